#include "store/sqlite/layout.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "base/require.h"
#include "base/text.h"
#include "store/sql/statement.h"

namespace shangdao::store::sqlite {
namespace {

using record::Address;
using record::ChoiceKey;
using record::ChoiceKeys;
using record::FieldDef;
using record::Null;
using record::Type;

template <typename... F> struct Each : F... {
    using F::operator()...;
};

SlotLayout slot_layout(const Object& object, std::size_t slot, std::size_t first)
{
    const auto& field = object.field(slot);
    SlotLayout layout{.first = first, .columns = {}, .type = field.type, .scale = field.scale};
    for (const auto& column : sql::columns_of(object, slot)) {
        if (field.type == Type::text && !layout.columns.empty()) {
            if (column.name.ends_with("_sort")) layout.sort = layout.columns.size();
            if (column.name.ends_with("_key")) layout.key = layout.columns.size();
        }
        layout.columns.push_back(column.name);
    }
    return layout;
}

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

void add_texts(TableLayout& layout)
{
    std::string marks;
    for (std::size_t i = 0; i < layout.column_count; ++i) marks += i == 0 ? "?" : ",?";
    const auto list = layout.select_list();
    layout.find_sql = fmt::format("SELECT {} FROM {} WHERE id = ?1", list, layout.table);
    layout.sight_sql = fmt::format("SELECT {} FROM {} WHERE id = ?1", layout.select_list(layout.object->sight_slots()), layout.table);
    layout.insert_sql = fmt::format("INSERT INTO {} ({}) VALUES ({})", layout.table, list, marks);
    layout.erase_sql = fmt::format("DELETE FROM {} WHERE id = ?1", layout.table);
    layout.search_table = in_quotes(sql::search_table_of(*layout.object));
    layout.add_words_sql = fmt::format("INSERT INTO {} (rowid, tokens) VALUES (?1, ?2)", layout.search_table);
    layout.drop_words_sql = fmt::format("INSERT INTO {0} ({0}, rowid, tokens) VALUES ('delete', ?1, ?2)", layout.search_table);
    layout.merge_words_sql = fmt::format("INSERT INTO {0} ({0}, rank) VALUES ('merge', ?1)", layout.search_table);
    auto searched = in_quotes(layout.slots[record::slot_owner].columns.front());
    for (const auto slot : layout.searched_slots) searched += "," + in_quotes(layout.slots[slot].columns.front());
    layout.searched_sql = fmt::format("SELECT {} FROM {} WHERE id = ?1", searched, layout.table);
    layout.name_sql = fmt::format("SELECT {} FROM {} WHERE id = ?1", in_quotes(layout.slots[layout.object->name_slot()].columns.front()), layout.table);
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
    if (auto sight = sql::sight_columns(object); !sight.empty()) {
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

TableLayout table_layout(const Object& object)
{
    TableLayout layout;
    layout.object = &object;
    layout.table = in_quotes(sql::table_of(object));
    for (std::size_t slot = 0; slot < object.slot_count(); ++slot) {
        layout.slots.push_back(slot_layout(object, slot, layout.column_count));
        layout.column_count += layout.slots.back().columns.size();
        const auto& field = object.field(slot);
        if (field.uniqueness == record::Uniqueness::unique) layout.unique_slots.push_back(slot);
        if (field.searched == record::Searched::yes && field.type == Type::text) layout.searched_slots.push_back(slot);
        if (is_counted(object, slot)) layout.counted_slots.push_back(slot);
    }
    layout.cube_slots = sql::cube_slots(object);
    layout.summed_slots = sql::summed_slots(object);
    layout.cube_table = in_quotes(sql::cube_table_of(object));
    layout.indexes = needed_indexes(layout);
    add_texts(layout);
    add_cube_texts(layout);
    return layout;
}

std::string joined(const ChoiceKeys& choices)
{
    return fmt::format("|{}|", fmt::join(choices.keys, "|"));
}

Value split(std::string_view text)
{
    ChoiceKeys choices;
    while (text.size() > 1) {
        text.remove_prefix(1);
        const auto bar = text.find('|');
        choices.keys.emplace_back(text.substr(0, bar));
        if (bar == std::string_view::npos) break;
        text.remove_prefix(bar);
    }
    if (choices.keys.empty()) return Null{};
    return choices;
}

void bind_text(Query& query, int index, const SlotLayout& slot, const std::string& text)
{
    query.bind(index, text);
    if (slot.sort != 0) query.bind_blob_copy(index + static_cast<int>(slot.sort), pinyin_sort_key(text));
    if (slot.key != 0) query.bind_copy(index + static_cast<int>(slot.key), match_key(text));
}

Currency currency_of(std::string_view code)
{
    Currency currency;
    require(code.size() == currency.code.size(), "a stored currency has three letters");
    std::ranges::copy(code, currency.code.begin());
    return currency;
}

std::int64_t units_in(const SlotLayout& slot, Number number)
{
    if (number.scale == slot.scale) return number.units;
    const auto units = rescale(number.units, number.scale, slot.scale);
    require(units.has_value(), "a number does not fit the scale of its field");
    return *units;
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

std::string TableLayout::unique_column(std::size_t slot) const
{
    const auto& layout = slots[slot];
    return in_quotes(layout.columns[layout.key]);
}

std::pair<std::string, std::string> TableLayout::sum_columns(std::size_t slot) const
{
    const auto& name = slots[slot].columns.front();
    return {in_quotes("sum_" + name), in_quotes("n_" + name)};
}

std::string TableLayout::order_column(std::size_t slot) const
{
    const auto& layout = slots[slot];
    return in_quotes(layout.columns[layout.type == Type::money ? 2 : layout.sort]);
}

const TableLayout& Layout::of(const Object& object) const
{
    if (object.index() < tables.size() && tables[object.index()].object == &object) return tables[object.index()];
    return tables[catalogue->at(object.name()).index()];
}

const TableLayout* Layout::numbered(std::int64_t number) const
{
    const auto found = std::ranges::find(tables, number, &TableLayout::number);
    return found == tables.end() ? nullptr : &*found;
}

std::shared_ptr<Layout> layout_of(std::shared_ptr<const record::Catalogue> catalogue)
{
    auto layout = std::make_shared<Layout>();
    for (const auto& object : catalogue->objects()) layout->tables.push_back(table_layout(object));
    layout->catalogue = std::move(catalogue);
    return layout;
}

int bind_slot(Query& query, int index, const SlotLayout& slot, const Value& value)
{
    require(record::fits(slot.type, value), "a value has the type of its field");
    const int next = index + static_cast<int>(slot.columns.size());
    std::visit(Each{[&](Null) {
                        for (int i = index; i < next; ++i) query.bind_null(i);
                    },
                    [&](bool truth) { query.bind(index, std::int64_t{truth}); },
                    [&](Number number) { query.bind(index, units_in(slot, number)); },
                    [&](Share share) { query.bind(index, share.ppm); },
                    [&](const Money& money) {
                        query.bind(index, money.minor).bind(index + 1, money.currency.text()).bind(index + 2, money.base_minor);
                    },
                    [&](Date date) { query.bind(index, std::int64_t{date.days}); },
                    [&](Instant instant) { query.bind(index, instant.us); },
                    [&](Duration duration) { query.bind_copy(index, to_string(duration)); },
                    [&](const std::string& text) {
                        if (text.empty())
                            for (int i = index; i < next; ++i) query.bind_null(i);
                        else
                            bind_text(query, index, slot, text);
                    },
                    [&](const ChoiceKey& choice) { query.bind(index, std::string_view{choice.key}); },
                    [&](const ChoiceKeys& choices) { query.bind_copy(index, joined(choices)); },
                    [&](Id id) { id ? query.bind(index, id.value) : query.bind_null(index); },
                    [&](const Address& address) {
                        const auto part = [&](int i, const std::string& text) { text.empty() ? query.bind_null(i) : query.bind(i, std::string_view{text}); };
                        part(index, address.detail);
                        part(index + 1, address.country);
                        part(index + 2, address.region);
                    }},
               value);
    return next;
}

Value read_slot(const Query& query, int column, const SlotLayout& slot)
{
    if (slot.type == Type::address) {
        if (query.is_null(column) && query.is_null(column + 1) && query.is_null(column + 2)) return Null{};
        return Address{std::string{query.text(column + 1)}, std::string{query.text(column + 2)}, std::string{query.text(column)}};
    }
    if (query.is_null(column)) return Null{};
    switch (slot.type) {
    case Type::text: return std::string{query.text(column)};
    case Type::number: return Number{query.integer(column), slot.scale};
    case Type::share: return Share{query.integer(column)};
    case Type::money: return Money{query.integer(column), currency_of(query.text(column + 1)), query.integer(column + 2)};
    case Type::date: return Date{static_cast<std::int32_t>(query.integer(column))};
    case Type::instant: return Instant{query.integer(column)};
    case Type::duration: {
        const auto duration = parse_duration(query.text(column));
        require(duration.has_value(), "a stored duration can be read");
        return *duration;
    }
    case Type::boolean: return query.integer(column) != 0;
    case Type::choice: return ChoiceKey{std::string{query.text(column)}};
    case Type::choices: return split(query.text(column));
    case Type::reference: return Id{query.integer(column)};
    case Type::address: break;
    }
    report_bug("a field type without a column", std::source_location::current());
}

Record read_record(const Query& query, const TableLayout& table, std::span<const std::size_t> slots)
{
    Record record(*table.object);
    int column = 0;
    const auto read = [&](std::size_t slot) {
        record.set(slot, read_slot(query, column, table.slots[slot]));
        column += static_cast<int>(table.slots[slot].columns.size());
    };
    for (std::size_t slot = 0; slot < table.slots.size() && slots.empty(); ++slot) read(slot);
    for (const auto slot : slots) read(slot);
    return record;
}

void bind_unique(Query& query, int index, const SlotLayout& slot, const Value& value)
{
    if (const auto* text = std::get_if<std::string>(&value)) {
        if (slot.key != 0) query.bind_copy(index, match_key(*text));
        else query.bind_copy(index, *text);
        return;
    }
    std::visit(Each{[&](Number number) { query.bind(index, units_in(slot, number)); },
                    [&](Share share) { query.bind(index, share.ppm); },
                    [&](const Money& money) { query.bind(index, money.minor); },
                    [&](Date date) { query.bind(index, std::int64_t{date.days}); },
                    [&](Instant instant) { query.bind(index, instant.us); },
                    [&](Duration duration) { query.bind_copy(index, to_string(duration)); },
                    [&](bool truth) { query.bind(index, std::int64_t{truth}); },
                    [&](const ChoiceKey& choice) { query.bind_copy(index, choice.key); },
                    [&](const ChoiceKeys& choices) { query.bind_copy(index, joined(choices)); },
                    [&](Id id) { query.bind(index, id.value); },
                    [&](const auto&) { query.bind_null(index); }},
               value);
}

}  // namespace shangdao::store::sqlite
