// What is proved alike of the records of every engine: templates over its Connection, as the ledger is.
#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>

#include "store/sql/layout.h"
#include "store/store.h"

namespace shangdao::store::sql {

inline constexpr int findings_of_a_kind_max = 20;

// First rows of `sql` (one id each) as findings.
template <typename Connection> void check_none(Connection& connection, const std::string& sql, std::string_view what, CheckReport& report)
{
    auto query = connection.prepare(fmt::format("{} LIMIT {}", sql, findings_of_a_kind_max));
    while (query.step()) report.findings.push_back(fmt::format("{}: record {}", what, query.integer(0)));
}

// A record may refer to a deleted one, never to one that is not there.
template <typename Connection, typename Layout> void check_references(Connection& connection, const Layout& layout, const TableLayout& table, CheckReport& report)
{
    for (std::size_t slot = record::first_own_slot; slot < table.slots.size(); ++slot) {
        if (table.slots[slot].type != record::Type::reference) continue;
        const auto& target = layout.tables[table.object->target(slot)];
        const auto column = in_quotes(table.slots[slot].columns.front());
        check_none(connection,
                   fmt::format("SELECT r.id FROM {} r WHERE r.{} IS NOT NULL AND NOT EXISTS (SELECT 1 FROM {} t WHERE t.id = r.{})", table.table,
                               column, target.table, column),
                   fmt::format("{}.{} refers to nothing", table.object->name(), table.object->field(slot).name), report);
    }
}

template <typename Connection> void check_records(Connection& connection, const TableLayout& table, CheckReport& report)
{
    const auto name = table.object->name();
    report.records += connection.integer(fmt::format("SELECT count(*) FROM {}", table.table));
    check_none(connection, fmt::format("SELECT id FROM {} WHERE version IS NULL OR version < 1", table.table), fmt::format("{} without a version", name), report);
    check_none(connection, fmt::format("SELECT id FROM {} WHERE id <= 0", table.table), fmt::format("{} with an impossible id", name), report);
}

}  // namespace shangdao::store::sql
