#include "store/sqlite/search_index.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>
#include <vector>

#include "base/require.h"
#include "base/text.h"
#include "store/sql/statement.h"

namespace shangdao::store::sqlite {
namespace {

constexpr std::int64_t merge_step_pages = 16, unite_step_pages = 64;
constexpr int segments_merged_at_once = 64;    // by FTS5 itself, in a commit: when so many lie on one level, merging has not kept up

// Documents are numbered in the order of their records.
std::vector<std::pair<Id, std::int64_t>> in_order(const Touched& touched)
{
    std::vector<std::pair<Id, std::int64_t>> order(touched.begin(), touched.end());
    std::ranges::sort(order);
    return order;
}

// What a text index is to be told.
struct Change {
    const TableLayout* table;
    std::int64_t row;
    bool added;
    std::string text;
};

void keep(Connection& connection, std::int64_t doc, const Document& document)
{
    connection.prepare("UPDATE search_doc SET owner = ?2, text = ?3 WHERE doc = ?1").bind(1, doc).bind(2, document.owner.value).bind(3, std::string_view{document.text}).run();
}

std::int64_t keep_new(Connection& connection, const TableLayout& table, Id id, const Document& document)
{
    auto query = connection.prepare("INSERT INTO search_doc (id, object, owner, text) VALUES (?1, ?2, ?3, ?4)");
    query.bind(1, id.value).bind(2, table.number).bind(3, document.owner.value).bind(4, std::string_view{document.text}).run();
    return connection.last_row();   // RETURNING would make a table of its own for each
}

// Brings search_doc up to the record and notes what that means for the text index.
void note_changes(Connection& connection, const TableLayout& table, Id id, std::vector<Change>& changes)
{
    auto now = document_of(connection, table, id);
    std::int64_t doc = 0;
    std::optional<Document> before;
    {
        auto query = connection.prepare("SELECT doc, text, owner FROM search_doc WHERE id = ?1");
        query.bind(1, id.value);
        if (query.step()) {
            doc = query.integer(0);
            before = Document{std::string{query.text(1)}, Id{query.integer(2)}};
        }
    }
    if (now == before) return;
    if (!now) connection.prepare("DELETE FROM search_doc WHERE doc = ?1").bind(1, doc).run();
    else if (before) keep(connection, doc, *now);
    else doc = keep_new(connection, table, id, *now);
    if (before) changes.push_back({&table, sql::text_row(doc, before->owner), false, std::move(before->text)});
    if (now) changes.push_back({&table, sql::text_row(doc, now->owner), true, std::move(now->text)});
}

// FTS5 writes a segment whenever a row comes that is not behind the one before.
void write_changes(Connection& connection, std::vector<Change>& changes)
{
    std::ranges::sort(changes, {}, [](const Change& change) { return std::tuple{change.table->number, change.row, change.added}; });
    for (const auto& change : changes)
        connection.prepare(change.added ? change.table->add_words_sql : change.table->drop_words_sql).bind(1, change.row).bind_copy(2, search_tokens(change.text)).run();
}

bool merge(Connection& connection, const TableLayout& table, std::int64_t pages)
{
    const auto before = connection.all_changes();
    connection.prepare(table.merge_words_sql).bind(1, pages).run();
    return connection.all_changes() - before >= 2;    // one row is the command itself
}

}  // namespace

std::string search_tokenizer()
{
    constexpr int of_index = 3;   // a table for each object, rows by sql::text_row
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
    connection.execute(drops + "CREATE TABLE search_doc (doc INTEGER PRIMARY KEY AUTOINCREMENT, id INTEGER NOT NULL UNIQUE, object INTEGER NOT NULL, owner INTEGER NOT NULL, text TEXT NOT NULL)");
}

void create_index(Connection& connection, const TableLayout& table)
{
    if (table.searched_slots.empty()) return;
    connection.execute(fmt::format("CREATE VIRTUAL TABLE IF NOT EXISTS {} USING fts5 (tokens, content = '', detail = none, columnsize = 0, tokenize = 'unicode61 remove_diacritics 0')",
                                   table.search_table));
    const auto configured = fmt::format("SELECT v FROM {} WHERE k = 'usermerge'", in_quotes(sql::search_table_of(*table.object) + "_config"));
    if (connection.text(configured) == std::to_string(segments_merged_from)) return;
    for (const auto& [option, value] : {std::pair{"automerge", 0}, {"usermerge", segments_merged_from}, {"crisismerge", segments_merged_at_once}})
        connection.execute(fmt::format("INSERT INTO {0} ({0}, rank) VALUES ('{1}', {2})", table.search_table, option, value));
}

std::optional<Document> document_of(Connection& connection, const TableLayout& table, Id id)
{
    if (table.searched_slots.empty()) return std::nullopt;
    auto query = connection.prepare(table.searched_sql);
    query.bind(1, id.value);
    if (!query.step()) return std::nullopt;
    Document document{.text = {}, .owner = Id{query.is_null(0) ? 0 : query.integer(0)}};
    for (int i = 1; i <= static_cast<int>(table.searched_slots.size()); ++i) {
        if (query.is_null(i)) continue;
        if (!document.text.empty()) document.text += '\n';
        document.text += query.text(i);
    }
    if (document.text.empty()) return std::nullopt;
    return document;
}

void index_now(Connection& connection, const Layout& layout, const Touched& touched)
{
    std::vector<Change> changes;
    for (const auto& [id, number] : in_order(touched))
        if (const auto* table = layout.numbered(number)) note_changes(connection, *table, id, changes);
    write_changes(connection, changes);
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
    Touched chunk;
    Id last;
    {
        auto query = connection.prepare("SELECT id, object FROM search_pending ORDER BY id LIMIT ?1");
        query.bind(1, limit);
        while (query.step()) chunk.emplace(last = Id{query.integer(0)}, query.integer(1));
    }
    index_now(connection, layout, chunk);
    if (!chunk.empty()) connection.prepare("DELETE FROM search_pending WHERE id <= ?1").bind(1, last.value).run();
    return std::ssize(chunk);
}

bool merge_segments(Connection& connection, const TableLayout& table) { return merge(connection, table, merge_step_pages); }

// A negative number of pages puts all segments on one level first.
bool unite_segments(Connection& connection, const TableLayout& table, Unite unite)
{
    return merge(connection, table, unite == Unite::begin ? -unite_step_pages : unite_step_pages);
}

bool has_pending(Connection& connection)
{
    return connection.integer("SELECT EXISTS (SELECT 1 FROM search_pending)") != 0;
}

}  // namespace shangdao::store::sqlite
