#include "store/postgres/words.h"

#include <fmt/format.h>

#include "base/text.h"

namespace shangdao::store::postgres {
namespace {

void write(Connection& connection, const TableLayout& table, Id id, const std::string& tokens)
{
    if (tokens.empty()) {
        auto query = connection.prepare(fmt::format("DELETE FROM {} WHERE id = ?1", table.search_table));
        query.bind(1, id.value).run();
        return;
    }
    auto query = connection.prepare(fmt::format("INSERT INTO {} (id, words) VALUES (?1, array_to_tsvector(string_to_array(?2, ' '))) "
                                                "ON CONFLICT (id) DO UPDATE SET words = excluded.words", table.search_table));
    query.bind(1, id.value).bind(2, tokens).run();
}

}  // namespace

void add_words(Connection& connection, const TableLayout& table, const Record& record)
{
    std::string text;
    for (const auto slot : table.searched_slots)
        if (const auto* part = std::get_if<std::string>(&record.at(slot)); part != nullptr && !part->empty()) text += (text.empty() ? "" : "\n") + *part;
    if (const auto tokens = search_tokens(text); !tokens.empty()) write(connection, table, record.id(), tokens);
}

void index_words(Connection& connection, const TableLayout& table, Id id)
{
    if (table.searched_slots.empty()) return;
    auto query = connection.prepare(table.searched_sql);
    query.bind(1, id.value);
    std::string text;
    if (query.step())
        for (int i = 1; i <= static_cast<int>(table.searched_slots.size()); ++i)
            if (!query.is_null(i)) text += fmt::format("{}{}", text.empty() ? "" : "\n", query.text(i));
    write(connection, table, id, search_tokens(text));
}

std::int64_t index_pending(Connection& connection, const Layout& layout, std::int64_t limit)
{
    auto query = connection.prepare("SELECT id, object FROM search_pending ORDER BY id LIMIT ?1");
    query.bind(1, limit);
    std::int64_t taken = 0;
    Id last;
    while (query.step()) {
        last = Id{query.integer(0)};
        if (const auto* table = layout.numbered(query.integer(1))) index_words(connection, *table, last);
        ++taken;
    }
    if (taken > 0) {
        auto done = connection.prepare("DELETE FROM search_pending WHERE id <= ?1");
        done.bind(1, last.value).run();
    }
    return taken;
}

bool has_pending(Connection& connection) { return connection.integer("SELECT count(*) FROM (SELECT 1 FROM search_pending LIMIT 1) p") != 0; }

}  // namespace shangdao::store::postgres
