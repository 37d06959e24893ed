// A page of rows as index walks. Sorting with nulls last, by the place of a choice, or over several owners has no one index;
// so a page is cut into segments that each have one, asked in turn and only as far as the limit needs.
#pragma once

#include <string>
#include <vector>

#include "store/sql/expression_sql.h"

namespace shangdao::store::sql {

// One key of ORDER BY; `nulls` when it may be null in its segment.
struct SortKey {
    std::string sql;
    bool descending;
    bool nulls;
};

struct PageSegment {
    std::string test;            // empty: none
    std::vector<SortKey> keys;   // id follows
};

// The segments of a page behind select.after, in order.
std::vector<PageSegment> page_segments(const Select& select, ExpressionSql& sql);

bool id_descends(const Select& select);
// Owners whose index walks are merged into one: few, no other way to see a row, an order their index has, and no test that
// is narrower than an owner. Empty: do not merge.
std::vector<Id> merged_owners(const record::Catalogue& catalogue, const Select& select);

}  // namespace shangdao::store::sql
