// Schema – brings the tables of a file to a layout, inside the caller's transaction: a kill leaves old or new, never between.
//
// Only what an object's stored fingerprint no longer matches is looked at, so opening a store that is up to date reads one
// small table. Columns and tables are added, never dropped or retyped (D19, D20): an older snapshot of the catalogue goes on
// working while a newer one is put in place.
#pragma once

#include "base/result.h"
#include "store/sqlite/connection.h"
#include "store/sqlite/layout.h"

namespace shangdao::store::sqlite {

// Refusals: store_too_new; definition_conflict with field = "boat.colour" and args.reason = type | duplicates.
// Gives the layout its numbers. Records whose search words changed are queued in search_pending (search_index.h).
struct Migration {
    std::vector<std::int64_t> recounted;    // numbers of objects whose totals were made anew
};
Result<Migration> migrate(Connection& connection, Layout& layout);

// Takes away the indexes that only lists ask for; the next migrate() makes them.
void set_order_aside(Connection& connection, const TableLayout& table);

// For connections that may not write: gives the numbers. A table may have more columns than the layout knows, for columns are
// only ever added; one that has fewer is a refusal store_outdated.
Result<void> recognise(Connection& connection, Layout& layout);

// The indexes an object should have, as (name, CREATE statement); by name. For tests and the check.
std::vector<std::pair<std::string, std::string>> indexes_of(const TableLayout& table);

}  // namespace shangdao::store::sqlite
