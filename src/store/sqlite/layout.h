// Layout – how the objects of a catalogue lie in tables: the one place that turns slots into columns and back.
//
// Made once per catalogue and shared by all connections; immutable, so thread-safe.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "record/record.h"
#include "store/sqlite/connection.h"

namespace shangdao::store::sqlite {

using record::Object;
using record::Record;
using record::Value;

// The physical columns of one slot: sql::columns_of, and what the further ones hold.
struct SlotLayout {
    std::size_t first = 0;            // position among the table's columns
    std::vector<std::string> columns;
    record::Type type = record::Type::text;
    int scale = 0;
    std::size_t sort = 0, key = 0;    // text: offset from `first` of the pinyin key and of the match key; 0: it has none
};

struct TableLayout {
    const Object* object = nullptr;
    std::int64_t number = 0;               // stands for the object's name in machinery's tables; 0 until the schema is there
    std::string table;                     // quoted
    std::vector<SlotLayout> slots;
    std::size_t column_count = 0;
    std::vector<std::size_t> unique_slots, searched_slots;
    std::vector<std::size_t> counted_slots;   // choices whose totals are kept (totals.h)
    std::vector<std::size_t> cube_slots, summed_slots;   // of its cube; none: it has none
    std::string cube_table;                // quoted
    std::string cell_columns, cell_sql;    // what a cube stores; adding to one cell
    std::string counted_sql;               // what one record counts as (totals.h)
    std::string sight_sql;                 // the sight slots of one record
    std::string find_sql, insert_sql, erase_sql, name_sql;
    std::string search_table;              // quoted
    std::string searched_sql;              // the owner and the searched columns of one record
    std::string add_words_sql, drop_words_sql;   // ?1 the row, ?2 its tokens
    std::string merge_words_sql;           // ?1 pages of work

    // The columns of each ordinary index (schema.h).
    std::vector<std::vector<std::string>> indexes;

    std::string select_list(std::span<const std::size_t> wanted = {}) const;   // of these slots, or of all
    // True when an index begins with these columns.
    bool has_index(const std::vector<std::string>& columns) const;
    bool is_reference(std::string_view column) const;   // quoted
    // Where a unique slot's equality is decided: "c_key" of text, else the first column. Quoted.
    std::string unique_column(std::size_t slot) const;
    // Where a cube adds up a slot: the sum, and of how many it is. Quoted.
    std::pair<std::string, std::string> sum_columns(std::size_t slot) const;
    // Where a slot's order is decided: the pinyin key of text, the base worth of money. Quoted.
    std::string order_column(std::size_t slot) const;
};

struct Layout {
    std::shared_ptr<const record::Catalogue> catalogue;
    std::vector<TableLayout> tables;       // by catalogue index

    // By name when `object` comes from another snapshot of the catalogue; one that this catalogue lacks is a bug.
    const TableLayout& of(const Object& object) const;
    const TableLayout* numbered(std::int64_t number) const;
};

std::string in_quotes(std::string_view name);   // "name"

// Numbers are still 0: the schema gives them (schema.h).
std::shared_ptr<Layout> layout_of(std::shared_ptr<const record::Catalogue> catalogue);

// Binds the columns of one slot to parameters from `index` on; gives the first parameter after them.
int bind_slot(Query& query, int index, const SlotLayout& slot, const Value& value);
// Reads the slot whose first column is `column` of the row.
Value read_slot(const Query& query, int column, const SlotLayout& slot);
// The row of find_sql, or of any statement that begins with select_list().
// Only these slots when there are any (Select::slots).
Record read_record(const Query& query, const TableLayout& table, std::span<const std::size_t> slots = {});

// What `value` is compared by in unique_column: bound to one parameter.
void bind_unique(Query& query, int index, const SlotLayout& slot, const Value& value);

}  // namespace shangdao::store::sqlite
