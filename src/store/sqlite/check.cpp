// check_sqlite – proves one store, on a connection of its own that only reads, so beside a running server too: the file's
// structure, the rows, what refers to what, totals, search documents, and the ledger's chain. One snapshot, so what is being
// written meanwhile disturbs nothing.
#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "base/bytes.h"
#include "base/require.h"
#include "base/text.h"
#include "store/sql/checks.h"
#include "store/sql/statement.h"
#include "store/sqlite/ledger.h"
#include "store/sqlite/schema.h"
#include "store/sqlite/search_index.h"
#include "store/sqlite/sqlite_store.h"
#include "store/sqlite/totals.h"

namespace shangdao::store {
namespace sqlite {
namespace {

using sql::check_none;
using sql::findings_of_a_kind_max;

constexpr int cache_mib = 32;

void check_structure(Connection& connection, CheckReport& report)
{
    auto query = connection.prepare("PRAGMA integrity_check(20)");
    while (query.step())
        if (query.text(0) != "ok") report.findings.push_back(fmt::format("file: {}", query.text(0)));
}

// Every record's words are in the index as they should be, unless it waits in search_pending.
void check_search(Connection& connection, const TableLayout& table, CheckReport& report)
{
    int found = 0;
    auto query = connection.prepare(fmt::format("SELECT r.id, d.text, d.owner FROM {} r LEFT JOIN search_doc d ON d.id = r.id "
                                                "WHERE NOT EXISTS (SELECT 1 FROM search_pending p WHERE p.id = r.id)", table.table));
    while (query.step() && found < findings_of_a_kind_max) {
        std::optional<Document> indexed;
        if (!query.is_null(1)) indexed = Document{std::string{query.text(1)}, Id{query.integer(2)}};
        if (document_of(connection, table, Id{query.integer(0)}) == indexed) continue;
        ++found;
        report.findings.push_back(fmt::format("search: {} {} is not indexed as it is", table.object->name(), query.integer(0)));
    }
    check_none(connection,
               fmt::format("SELECT d.doc FROM search_doc d WHERE d.object = {} AND NOT EXISTS (SELECT 1 FROM {} r WHERE r.id = d.id) "
                           "AND NOT EXISTS (SELECT 1 FROM search_pending p WHERE p.id = d.id)", table.number, table.table),
               fmt::format("search: a document without its {}", table.object->name()), report);
}

// A document that the text index does not find by its words is missing from it.
void check_text_index(Connection& connection, const TableLayout& table, CheckReport& report)
{
    if (table.searched_slots.empty()) return;
    const auto documents = connection.integer(fmt::format("SELECT count(*) FROM search_doc WHERE object = {}", table.number));
    const auto step = std::max<std::int64_t>(1, documents / 1000);
    auto query = connection.prepare("SELECT doc, text, owner FROM (SELECT doc, text, owner, row_number() OVER (ORDER BY doc) AS n FROM search_doc WHERE object = ?1) WHERE n % ?2 = 0");
    query.bind(1, table.number).bind(2, step);
    int found = 0;
    while (query.step() && found < findings_of_a_kind_max) {
        const auto tokens = search_tokens(query.text(1));
        if (tokens.empty()) continue;
        auto match = connection.prepare(fmt::format("SELECT 1 FROM {0} WHERE {0} MATCH ?1 AND rowid = ?2", table.search_table));
        const auto word = fmt::format("\"{}\"", tokens.substr(0, tokens.find(' ')));
        match.bind(1, std::string_view{word}).bind(2, sql::text_row(query.integer(0), Id{query.integer(2)}));
        if (match.step()) continue;
        ++found;
        report.findings.push_back(fmt::format("search: document {} is not found by its words", query.integer(0)));
    }
}

void check_ledger(Connection& connection, const SqliteOptions& options, CheckReport& report)
{
    auto chain = check_chain(connection, options.chain_key);
    report.events = chain.events;
    std::ranges::move(chain.findings, std::back_inserter(report.findings));
    check_none(connection, "SELECT id FROM event_record r WHERE NOT EXISTS (SELECT 1 FROM event e WHERE e.seq = r.seq)", "ledger: an index of no event", report);
}

}  // namespace
}  // namespace sqlite

CheckReport check_sqlite(const SqliteOptions& options, const record::Catalogue& catalogue)
{
    CheckReport report;
    // The catalogue outlives this call, so a pointer without a part in its ownership is enough.
    const auto layout = sqlite::layout_of({std::shared_ptr<const record::Catalogue>{}, &catalogue});
    sqlite::Connection connection(options.file, sqlite::role_of(options), sqlite::cache_mib);
    connection.prepare("BEGIN").run();
    if (const auto known = sqlite::recognise(connection, *layout); !known) {
        report.findings.push_back(fmt::format("schema: {} {}", known.error().front().code, known.error().front().field));
        return report;
    }
    try {
        sqlite::check_structure(connection, report);
        for (const auto& table : layout->tables) {
            sql::check_records(connection, table, report);
            for (auto& finding : sqlite::check_totals(connection, table)) report.findings.push_back(std::move(finding));
            sql::check_references(connection, *layout, table, report);
            sqlite::check_search(connection, table, report);
            sqlite::check_text_index(connection, table, report);
        }
    } catch (const Fault& fault) {
        report.findings.push_back(fmt::format("file: {}", fault.what()));
    }
    sqlite::check_ledger(connection, options, report);
    return report;
}

ChainReport verify_chain(const SqliteOptions& options)
{
    sqlite::Connection connection(options.file, sqlite::role_of(options), sqlite::cache_mib);
    connection.prepare("BEGIN").run();
    return sqlite::check_chain(connection, options.chain_key);
}

std::optional<std::string> chain_hash_at(const SqliteOptions& options, std::int64_t seq)
{
    sqlite::Connection connection(options.file, sqlite::role_of(options), sqlite::cache_mib);
    return sql::chain_hash_at(connection, seq);
}

}  // namespace shangdao::store
