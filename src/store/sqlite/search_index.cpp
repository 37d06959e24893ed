#include "store/sqlite/search_index.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "base/text.h"
#include "store/sql/statement.h"

namespace shangdao::store::sqlite {
namespace {

std::optional<std::string> indexed_text(Connection& connection, Id id)
{
    auto query = connection.prepare("SELECT text FROM search_doc WHERE doc = ?1");
    query.bind(1, id.value);
    if (!query.step()) return std::nullopt;
    return std::string{query.text(0)};
}

void drop(Connection& connection, Id id, std::string_view tokens)
{
    connection.prepare("INSERT INTO search_fts (search_fts, rowid, tokens) VALUES ('delete', ?1, ?2)").bind(1, id.value).bind(2, tokens).run();
}

// FTS5 and the tables like rising ids.
std::vector<std::pair<Id, std::int64_t>> in_order(const Touched& touched)
{
    std::vector<std::pair<Id, std::int64_t>> order(touched.begin(), touched.end());
    std::ranges::sort(order);
    return order;
}

void index_record(Connection& connection, const TableLayout& table, Id id)
{
    const auto now = searched_text(connection, table, id);
    const auto before = indexed_text(connection, id);
    if (now == before) return;
    if (before) drop(connection, id, document_of(*table.object, *before));
    if (!now) {
        connection.prepare("DELETE FROM search_doc WHERE doc = ?1").bind(1, id.value).run();
        return;
    }
    connection.prepare("INSERT OR REPLACE INTO search_doc (doc, object, text) VALUES (?1, ?2, ?3)")
        .bind(1, id.value)
        .bind(2, table.number)
        .bind(3, std::string_view{*now})
        .run();
    const auto tokens = document_of(*table.object, *now);
    connection.prepare("INSERT INTO search_fts (rowid, tokens) VALUES (?1, ?2)").bind(1, id.value).bind(2, std::string_view{tokens}).run();
}

}  // namespace

std::string search_tokenizer()
{
    constexpr int of_document = 2;   // a document ends with the token of its object; search_doc keeps its text
    return fmt::format("{}.{}", search_tokenizer_version, of_document);
}

std::string document_of(const Object& object, std::string_view text)
{
    const auto tokens = search_tokens(text);
    return tokens.empty() ? sql::search_token_of(object) : tokens + " " + sql::search_token_of(object);
}

bool renew_index(Connection& connection, std::string_view made_with)
{
    if (made_with == search_tokenizer()) return false;
    connection.execute(R"(
DROP TABLE IF EXISTS search_fts;
DROP TABLE IF EXISTS search_doc;
CREATE TABLE search_doc (doc INTEGER PRIMARY KEY, object INTEGER NOT NULL, text TEXT NOT NULL);
CREATE VIRTUAL TABLE search_fts USING fts5 (tokens, content = '', detail = none, columnsize = 0, tokenize = 'unicode61 remove_diacritics 0');
)");
    return true;
}

std::optional<std::string> searched_text(Connection& connection, const TableLayout& table, Id id)
{
    if (table.searched_slots.empty()) return std::nullopt;
    std::string columns;
    for (const auto slot : table.searched_slots) {
        if (!columns.empty()) columns += ',';
        columns += in_quotes(table.slots[slot].columns.front());
    }
    auto query = connection.prepare(fmt::format("SELECT {} FROM {} WHERE id = ?1", columns, table.table));
    query.bind(1, id.value);
    if (!query.step()) return std::nullopt;
    std::string text;
    for (int i = 0; i < static_cast<int>(table.searched_slots.size()); ++i) {
        if (query.is_null(i)) continue;
        if (!text.empty()) text += '\n';
        text += query.text(i);
    }
    if (text.empty()) return std::nullopt;
    return text;
}

void index_now(Connection& connection, const Layout& layout, const Touched& touched)
{
    for (const auto& [id, number] : in_order(touched))
        if (const auto* table = layout.numbered(number)) index_record(connection, *table, id);
}

void index_later(Connection& connection, const Touched& touched)
{
    for (const auto& [id, number] : in_order(touched))
        connection.prepare("INSERT OR REPLACE INTO search_pending (id, object) VALUES (?1, ?2)")
            .bind(1, id.value)
            .bind(2, number)
            .run();
}

std::int64_t index_pending(Connection& connection, const Layout& layout, std::int64_t limit)
{
    std::vector<std::pair<Id, std::int64_t>> chunk;
    {
        auto query = connection.prepare("SELECT id, object FROM search_pending ORDER BY id LIMIT ?1");
        query.bind(1, limit);
        while (query.step()) chunk.emplace_back(Id{query.integer(0)}, query.integer(1));
    }
    for (const auto& [id, number] : chunk)
        if (const auto* table = layout.numbered(number)) index_record(connection, *table, id);
    if (!chunk.empty()) connection.prepare("DELETE FROM search_pending WHERE id <= ?1").bind(1, chunk.back().first.value).run();
    return std::ssize(chunk);
}

bool has_pending(Connection& connection)
{
    return connection.integer("SELECT EXISTS (SELECT 1 FROM search_pending)") != 0;
}

}  // namespace shangdao::store::sqlite
