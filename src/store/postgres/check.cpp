// check_postgres – proves one schema in one snapshot, beside running servers too: the rows, what refers to what, search documents, and the
// ledger's chain. Structure is the server's own to prove (amcheck).
#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <sstream>
#include <vector>

#include "base/text.h"
#include "store/postgres/schema.h"
#include "store/postgres/session.h"
#include "store/sql/checks.h"
#include "store/sql/ledger.h"

namespace shangdao::store {
namespace postgres {
namespace {

std::vector<std::string> sorted_words(std::string_view text)
{
    std::istringstream in{std::string{text}};
    std::vector<std::string> words{std::istream_iterator<std::string>{in}, {}};
    std::ranges::sort(words);
    words.erase(std::ranges::unique(words).begin(), words.end());
    return words;
}

// Every record's words are in the index as they should be, unless it waits in search_pending.
void check_words(Connection& connection, const TableLayout& table, CheckReport& report)
{
    if (table.searched_slots.empty()) return;
    std::string columns;
    for (const auto slot : table.searched_slots) columns += ", r." + in_quotes(table.slots[slot].columns.front());
    auto query = connection.prepare(fmt::format("SELECT r.id, array_to_string(tsvector_to_array(w.words), ' '){} FROM {} r LEFT JOIN {} w ON w.id = r.id "
                                                "WHERE NOT EXISTS (SELECT 1 FROM search_pending p WHERE p.id = r.id)", columns, table.table, table.search_table));
    for (int found = 0; found < sql::findings_of_a_kind_max && query.step();) {
        std::string text;
        for (std::size_t i = 0; i < table.searched_slots.size(); ++i) text += fmt::format("{}\n", query.text(static_cast<int>(i) + 2));
        if (sorted_words(search_tokens(text)) == sorted_words(query.text(1))) continue;
        ++found;
        report.findings.push_back(fmt::format("search: {} {} is not indexed as it is", table.object->name(), query.integer(0)));
    }
    sql::check_none(connection,
                    fmt::format("SELECT w.id FROM {} w WHERE NOT EXISTS (SELECT 1 FROM {} r WHERE r.id = w.id) AND NOT EXISTS (SELECT 1 FROM search_pending p WHERE p.id = w.id)",
                                table.search_table, table.table),
                    fmt::format("search: words without their {}", table.object->name()), report);
}

// A connection with one snapshot.
std::unique_ptr<Connection> looking(const PostgresOptions& options)
{
    auto patient = options;
    patient.statement_seconds_max = 0;    // no limit: it goes through everything
    auto connection = connect(patient, Role::reader);
    connection->execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    return connection;
}

}  // namespace
}  // namespace postgres

CheckReport check_postgres(const PostgresOptions& options, const record::Catalogue& catalogue)
{
    CheckReport report;
    // The catalogue outlives this call, so a pointer without a part in its ownership is enough.
    const auto layout = postgres::layout_of({std::shared_ptr<const record::Catalogue>{}, &catalogue});
    const auto connection = postgres::looking(options);
    if (const auto known = postgres::recognise(*connection, *layout); !known) {
        report.findings.push_back(fmt::format("schema: {} {}", known.error().front().code, known.error().front().field));
        return report;
    }
    for (const auto& table : layout->tables) {
        sql::check_records(*connection, table, report);
        sql::check_references(*connection, *layout, table, report);
        postgres::check_words(*connection, table, report);
    }
    auto chain = sql::check_chain(*connection, options.chain_key);
    report.events = chain.events;
    std::ranges::move(chain.findings, std::back_inserter(report.findings));
    sql::check_none(*connection, "SELECT id FROM event_record r WHERE NOT EXISTS (SELECT 1 FROM event e WHERE e.seq = r.seq)", "ledger: an index of no event", report);
    return report;
}

ChainReport verify_chain(const PostgresOptions& options) { return sql::check_chain(*postgres::looking(options), options.chain_key); }

std::optional<std::string> chain_hash_at(const PostgresOptions& options, std::int64_t seq) { return sql::chain_hash_at(*postgres::looking(options), seq); }

}  // namespace shangdao::store
