#include "store/sqlite/layout.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/require.h"
#include "store/sql/statement.h"

namespace shangdao::store::sqlite {
namespace {

using record::Type;

// Totals are kept for choices that lists are filtered by: those with an order, in an index, or fed by a process.
bool is_counted(const Object& object, std::size_t slot)
{
    const auto& field = object.field(slot);
    if (field.type != Type::choice) return false;
    if (field.ordered == record::Ordered::indexed || !field.choices_from.empty()) return true;
    return std::ranges::any_of(object.def().indexes, [&](std::string_view list) {
        return fmt::format(",{},", list).contains(fmt::format(",{},", field.name));
    });
}

void add_words_texts(TableLayout& layout)
{
    layout.add_words_sql = fmt::format("INSERT INTO {} (rowid, tokens) VALUES (?1, ?2)", layout.search_table);
    layout.drop_words_sql = fmt::format("INSERT INTO {0} ({0}, rowid, tokens) VALUES ('delete', ?1, ?2)", layout.search_table);
    layout.merge_words_sql = fmt::format("INSERT INTO {0} ({0}, rank) VALUES ('merge', ?1)", layout.search_table);
}

void add_cube_texts(TableLayout& layout)
{
    const auto first = [&](std::size_t slot) -> const std::string& { return layout.slots[slot].columns.front(); };
    layout.counted_sql = fmt::format("SELECT deleted_at, {}", in_quotes(first(record::slot_owner)));
    for (const auto* slots : {&layout.counted_slots, &layout.cube_slots})
        for (const auto slot : *slots) layout.counted_sql += ", " + in_quotes(first(slot));
    for (const auto slot : layout.summed_slots) layout.counted_sql += ", " + layout.order_column(slot);
    layout.counted_sql += fmt::format(" FROM {} WHERE id = ?1", layout.table);

    std::string keys = "owner_of", adds = "n = n + excluded.n", sums = ", n";
    for (const auto slot : layout.cube_slots) keys += ", " + in_quotes("of_" + first(slot));
    for (const auto slot : layout.summed_slots) {
        const auto [sum, of] = layout.sum_columns(slot);
        sums += fmt::format(", {}, {}", sum, of);
        adds += fmt::format(", {0} = {0} + excluded.{0}, {1} = {1} + excluded.{1}", sum, of);
    }
    std::string marks;
    for (std::size_t i = 0; i < 2 + layout.cube_slots.size() + 2 * layout.summed_slots.size(); ++i) marks += i == 0 ? "?" : ",?";
    layout.cell_columns = keys + sums;
    layout.cell_sql = fmt::format("INSERT INTO {} ({}) VALUES ({}) ON CONFLICT ({}) DO UPDATE SET {}", layout.cube_table, layout.cell_columns, marks, keys, adds);
}

TableLayout table_layout(const Object& object)
{
    TableLayout layout;
    static_cast<sql::TableLayout&>(layout) = sql::table_layout(object);
    for (std::size_t slot = 0; slot < object.slot_count(); ++slot)
        if (is_counted(object, slot)) layout.counted_slots.push_back(slot);
    layout.cube_slots = sql::cube_slots(object);
    layout.summed_slots = sql::summed_slots(object);
    layout.cube_table = in_quotes(sql::cube_table_of(object));
    add_words_texts(layout);
    add_cube_texts(layout);
    return layout;
}

}  // namespace

std::pair<std::string, std::string> TableLayout::sum_columns(std::size_t slot) const
{
    const auto& name = slots[slot].columns.front();
    return {in_quotes("sum_" + name), in_quotes("n_" + name)};
}

std::shared_ptr<Layout> layout_of(std::shared_ptr<const record::Catalogue> catalogue)
{
    auto layout = std::make_shared<Layout>();
    for (const auto& object : catalogue->objects()) layout->tables.push_back(table_layout(object));
    layout->catalogue = std::move(catalogue);
    return layout;
}

}  // namespace shangdao::store::sqlite
