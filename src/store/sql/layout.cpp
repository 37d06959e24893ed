#include "store/sql/layout.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/require.h"
#include "store/sql/statement.h"

namespace shangdao::store::sql {
namespace {

using record::Object;
using record::Type;

SlotLayout slot_layout(const Object& object, std::size_t slot, std::size_t first)
{
    const auto& field = object.field(slot);
    SlotLayout layout{.first = first, .columns = {}, .type = field.type, .scale = field.scale};
    for (const auto& column : columns_of(object, slot)) {
        if (field.type == Type::text && !layout.columns.empty()) {
            if (column.name.ends_with("_sort")) layout.sort = layout.columns.size();
            if (column.name.ends_with("_key")) layout.key = layout.columns.size();
        }
        layout.columns.push_back(column.name);
    }
    return layout;
}

void add_texts(TableLayout& layout)
{
    std::string marks;
    for (std::size_t i = 0; i < layout.column_count; ++i) marks += i == 0 ? "?" : ",?";
    const auto list = layout.select_list();
    layout.find_sql = fmt::format("SELECT {} FROM {} WHERE id = ?1", list, layout.table);
    layout.sight_sql = fmt::format("SELECT {} FROM {} WHERE id = ?1", layout.select_list(layout.object->sight_slots()), layout.table);
    layout.insert_sql = fmt::format("INSERT INTO {} ({}) VALUES ({})", layout.table, list, marks);
    layout.erase_sql = fmt::format("DELETE FROM {} WHERE id = ?1", layout.table);
    layout.search_table = in_quotes(search_table_of(*layout.object));
    auto searched = in_quotes(layout.slots[record::slot_owner].columns.front());
    for (const auto slot : layout.searched_slots) searched += "," + in_quotes(layout.slots[slot].columns.front());
    layout.searched_sql = fmt::format("SELECT {} FROM {} WHERE id = ?1", searched, layout.table);
    layout.name_sql = fmt::format("SELECT {} FROM {} WHERE id = ?1", in_quotes(layout.slots[layout.object->name_slot()].columns.front()), layout.table);
}

bool begins_with(const std::vector<std::string>& list, const std::vector<std::string>& start)
{
    return list.size() >= start.size() && std::equal(start.begin(), start.end(), list.begin());
}

std::vector<std::string> listed_columns(const TableLayout& table, std::string_view list)
{
    std::vector<std::string> columns;
    for (std::size_t begin = 0; begin <= list.size();) {
        const auto end = std::min(list.find(',', begin), list.size());
        const auto slot = table.object->slot(list.substr(begin, end - begin));
        require(slot.has_value(), "an index of a definition names its fields");
        columns.push_back(table.order_column(*slot));
        begin = end + 1;
    }
    return columns;
}

// Order indexes of owned objects end in (…, id, owner): who sees the rows of some owners walks them and judges each entry without
// a look at its row – measured six times as fast. The system's times get no index per owner: every change of a record would move
// its entry in one more page, and a person's own records are few enough to sort.
std::vector<std::vector<std::string>> all_indexes(const TableLayout& table)
{
    const auto& object = *table.object;
    const auto owner = in_quotes(table.slots[record::slot_owner].columns.front());
    const bool routed = object.def().exposure == record::Exposure::routed;
    std::vector<std::vector<std::string>> lists;
    for (const auto list : object.def().indexes) lists.push_back(listed_columns(table, list));
    for (std::size_t slot = 0; slot < object.slot_count(); ++slot) {
        const auto& field = object.field(slot);
        const bool own = slot >= record::first_own_slot;
        const bool ordered = field.ordered == record::Ordered::indexed;
        const auto column = table.order_column(slot);
        if (ordered && (own || routed)) {
            if (object.owned()) lists.push_back({column, in_quotes("id"), owner});
            else lists.push_back({column});
            if (object.owned() && own) lists.push_back({owner, column});
        }
        if (field.type == Type::reference && own) lists.push_back({column});
    }
    if (object.owned()) lists.push_back({owner});
    if (auto sight = sight_columns(object); !sight.empty()) {
        for (auto& name : sight) name = in_quotes(name);
        lists.push_back(std::move(sight));
    }
    return lists;
}

// Without those that another one begins with.
std::vector<std::vector<std::string>> needed_indexes(const TableLayout& table)
{
    auto lists = all_indexes(table);
    std::ranges::sort(lists, [](const auto& a, const auto& b) { return a.size() != b.size() ? a.size() > b.size() : a < b; });
    std::vector<std::vector<std::string>> kept;
    for (auto& list : lists)
        if (std::ranges::none_of(kept, [&](const auto& longer) { return begins_with(longer, list); })) kept.push_back(std::move(list));
    return kept;
}

}  // namespace

std::string in_quotes(std::string_view name)
{
    require(!name.empty() && name.find('"') == std::string_view::npos, "a physical name holds no quoting mark");
    return fmt::format("\"{}\"", name);
}

std::string TableLayout::select_list(std::span<const std::size_t> wanted) const
{
    std::string list;
    const auto add = [&](const SlotLayout& slot) {
        for (const auto& column : slot.columns) {
            if (!list.empty()) list += ',';
            list += in_quotes(column);
        }
    };
    for (const auto& slot : slots)
        if (wanted.empty()) add(slot);
    for (const auto slot : wanted) add(slots[slot]);
    return list;
}

bool TableLayout::has_index(const std::vector<std::string>& columns) const
{
    return std::ranges::any_of(indexes, [&](const auto& list) { return begins_with(list, columns); });
}

bool TableLayout::is_reference(std::string_view column) const
{
    return std::ranges::any_of(slots, [&](const auto& slot) { return slot.type == Type::reference && in_quotes(slot.columns.front()) == column; });
}

bool TableLayout::is_for_lists(const std::vector<std::string>& index) const
{
    const auto owner = in_quotes(slots[record::slot_owner].columns.front());
    for (std::size_t slot = 0; slot < slots.size(); ++slot) {
        if (object->field(slot).ordered != record::Ordered::indexed) continue;
        const auto column = order_column(slot);
        if (index == std::vector{column, in_quotes("id"), owner} || index == std::vector{owner, column}) return true;
        if (index == std::vector{column} && !is_reference(column)) return true;
    }
    return false;
}

std::string TableLayout::unique_column(std::size_t slot) const
{
    const auto& layout = slots[slot];
    return in_quotes(layout.columns[layout.key]);
}

std::string TableLayout::order_column(std::size_t slot) const
{
    const auto& layout = slots[slot];
    return in_quotes(layout.columns[layout.type == Type::money ? 2 : layout.sort]);
}

TableLayout table_layout(const Object& object)
{
    TableLayout layout;
    layout.object = &object;
    layout.table = in_quotes(table_of(object));
    for (std::size_t slot = 0; slot < object.slot_count(); ++slot) {
        layout.slots.push_back(slot_layout(object, slot, layout.column_count));
        layout.column_count += layout.slots.back().columns.size();
        const auto& field = object.field(slot);
        if (field.uniqueness == record::Uniqueness::unique) layout.unique_slots.push_back(slot);
        if (field.searched == record::Searched::yes && field.type == Type::text) layout.searched_slots.push_back(slot);
    }
    layout.indexes = needed_indexes(layout);
    add_texts(layout);
    return layout;
}

std::vector<IndexLayout> indexes_of(const TableLayout& table)
{
    std::vector<IndexLayout> result;
    const auto add = [&](std::string_view kind, const std::vector<std::string>& columns, std::string where) {
        auto plain = columns;
        for (auto& column : plain) std::erase(column, '"');
        result.push_back({.name = index_name(kind, *table.object, plain), .unique = kind == "u", .columns = columns, .where = std::move(where), .for_lists = kind == "i" && table.is_for_lists(columns)});
    };
    const std::string live = "deleted_at IS NULL";
    for (const auto& list : table.indexes) {
        // Most references of most records are empty, and nobody looks for an empty one.
        const bool reference = list.size() == 1 && table.is_reference(list.front());
        add("i", list, reference ? fmt::format("{} AND {} IS NOT NULL", live, list.front()) : live);
    }
    for (const auto slot : table.unique_slots) add("u", {table.unique_column(slot)}, live);
    add("i", {"deleted_at"}, "deleted_at IS NOT NULL");
    return result;
}

}  // namespace shangdao::store::sql
