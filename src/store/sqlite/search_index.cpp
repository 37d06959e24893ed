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
    if (before)
        connection.prepare(fmt::format("INSERT INTO {0} ({0}, rowid, tokens) VALUES ('delete', ?1, ?2)", table.search_table)).bind(1, id.value).bind_copy(2, search_tokens(*before)).run();
    if (!now) {
        connection.prepare("DELETE FROM search_doc WHERE doc = ?1").bind(1, id.value).run();
        return;
    }
    connection.prepare("INSERT OR REPLACE INTO search_doc (doc, object, text) VALUES (?1, ?2, ?3)")
        .bind(1, id.value)
        .bind(2, table.number)
        .bind(3, std::string_view{*now})
        .run();
    connection.prepare(fmt::format("INSERT INTO {} (rowid, tokens) VALUES (?1, ?2)", table.search_table)).bind(1, id.value).bind_copy(2, search_tokens(*now)).run();
}

}  // namespace

std::string search_tokenizer()
{
    constexpr int of_index = 2;   // a table for each object
    return fmt::format("{}.{}", search_tokenizer_version, of_index);
}

void renew_index(Connection& connection, std::string& made_with)
{
    if (made_with == search_tokenizer()) return;
    made_with = search_tokenizer();
    std::string drops = "DROP TABLE IF EXISTS search_doc;";
    {
        auto query = connection.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE 'CREATE VIRTUAL TABLE%USING fts5%'");
        while (query.step()) drops += fmt::format("DROP TABLE {};", in_quotes(query.text(0)));
    }
    connection.execute(drops + "CREATE TABLE search_doc (doc INTEGER PRIMARY KEY, object INTEGER NOT NULL, text TEXT NOT NULL)");
}

void create_index(Connection& connection, const TableLayout& table)
{
    if (table.searched_slots.empty()) return;
    connection.execute(fmt::format("CREATE VIRTUAL TABLE IF NOT EXISTS {} USING fts5 (tokens, content = '', detail = none, columnsize = 0, tokenize = 'unicode61 remove_diacritics 0')",
                                   table.search_table));
}

std::optional<std::string> searched_text(Connection& connection, const TableLayout& table, Id id)
{
    if (table.searched_slots.empty()) return std::nullopt;
    auto query = connection.prepare(table.searched_sql);
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
