// What SQLite's tables have beside the layout that all engines share (store/sql/layout.h): totals, cubes, the text index.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "store/sql/layout.h"
#include "store/sql/slot_columns.h"
#include "store/sqlite/connection.h"

namespace shangdao::store::sqlite {

using record::Object;
using record::Record;
using record::Value;
using sql::bind_slot;
using sql::bind_unique;
using sql::in_quotes;
using sql::read_record;
using sql::read_slot;
using sql::SlotLayout;

struct TableLayout : sql::TableLayout {
    std::vector<std::size_t> counted_slots;   // choices whose totals are kept (totals.h)
    std::vector<std::size_t> cube_slots, summed_slots;   // of its cube; none: it has none
    std::string cube_table;                // quoted
    std::string cell_columns, cell_sql;    // what a cube stores; adding to one cell
    std::string counted_sql;               // what one record counts as (totals.h)
    std::string add_words_sql, drop_words_sql;   // ?1 the row, ?2 its tokens
    std::string merge_words_sql;           // ?1 pages of work

    // Where a cube adds up a slot: the sum, and of how many it is. Quoted.
    std::pair<std::string, std::string> sum_columns(std::size_t slot) const;
};

using Layout = sql::LayoutOf<TableLayout>;

// Numbers are still 0: the schema gives them (schema.h).
std::shared_ptr<Layout> layout_of(std::shared_ptr<const record::Catalogue> catalogue);

}  // namespace shangdao::store::sqlite
