// Layout – how the objects of a catalogue lie in tables, alike in every engine: their columns, indexes and common statements.
//
// Made once per catalogue and shared by all connections; immutable, so thread-safe. slot_columns.h carries values to columns and back.
#pragma once

#include <algorithm>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "record/record.h"

namespace shangdao::store::sql {

// The physical columns of one slot: columns_of, and what the further ones hold.
struct SlotLayout {
    std::size_t first = 0;            // position among the table's columns
    std::vector<std::string> columns;
    record::Type type = record::Type::text;
    int scale = 0;
    std::size_t sort = 0, key = 0;    // text: offset from `first` of the pinyin key and of the match key; 0: it has none
};

struct TableLayout {
    const record::Object* object = nullptr;
    std::int64_t number = 0;               // stands for the object's name in machinery's tables; 0 until the schema is there
    std::string table;                     // quoted
    std::vector<SlotLayout> slots;
    std::size_t column_count = 0;
    std::vector<std::size_t> unique_slots, searched_slots;
    std::string sight_sql;                 // the sight slots of one record
    std::string find_sql, insert_sql, erase_sql, name_sql;
    std::string search_table;              // quoted
    std::string searched_sql;              // the owner and the searched columns of one record

    // The columns of each ordinary index (indexes_of).
    std::vector<std::vector<std::string>> indexes;

    std::string select_list(std::span<const std::size_t> wanted = {}) const;   // of these slots, or of all
    // True when an index begins with these columns.
    bool has_index(const std::vector<std::string>& columns) const;
    bool is_reference(std::string_view column) const;   // quoted
    bool is_for_lists(const std::vector<std::string>& index) const;
    // Where a unique slot's equality is decided: "c_key" of text, else the first column. Quoted.
    std::string unique_column(std::size_t slot) const;
    // Where a slot's order is decided: the pinyin key of text, the base worth of money. Quoted.
    std::string order_column(std::size_t slot) const;
};

template <typename Table> struct LayoutOf {
    std::shared_ptr<const record::Catalogue> catalogue;
    std::vector<Table> tables;             // by catalogue index

    // By name when `object` comes from another snapshot of the catalogue; one that this catalogue lacks is a bug.
    const Table& of(const record::Object& object) const
    {
        if (object.index() < tables.size() && tables[object.index()].object == &object) return tables[object.index()];
        return tables[catalogue->at(object.name()).index()];
    }
    // nullptr: an object that this catalogue lacks.
    const Table* numbered(std::int64_t number) const
    {
        const auto found = std::ranges::find(tables, number, &Table::number);
        return found == tables.end() ? nullptr : &*found;
    }
};

std::string in_quotes(std::string_view name);   // "name"
TableLayout table_layout(const record::Object& object);

// An index that an object should have: over live records, or over the bin's.
struct IndexLayout {
    std::string name;                      // "i_o_boat_state__price"
    bool unique = false;
    std::vector<std::string> columns;      // quoted
    std::string where;
    bool for_lists = false;                // nothing but the order of lists asks for it
};
std::vector<IndexLayout> indexes_of(const TableLayout& table);

}  // namespace shangdao::store::sql
