// Values to columns and back, for the Query of every engine: its bind(index, …), bind_copy, bind_blob_copy and bind_null, parameters
// counted from 1; its is_null, integer, text, columns counted from 0. Templates, since an engine reads thousands of cells a page.
#pragma once

#include <source_location>

#include "base/require.h"
#include "base/text.h"
#include "store/sql/layout.h"

namespace shangdao::store::sql {

using record::Value;

std::string joined(const record::ChoiceKeys& choices);    // "|a|b|"
Value split(std::string_view text);
Currency currency_of(std::string_view code);              // three letters, as stored
std::int64_t units_in(const SlotLayout& slot, Number number);
Duration stored_duration(std::string_view text);

template <typename... F> struct Each : F... {
    using F::operator()...;
};

// Binds the columns of one slot to parameters from `index` on; gives the first parameter after them.
template <typename Query> int bind_slot(Query& query, int index, const SlotLayout& slot, const Value& value)
{
    require(record::fits(slot.type, value), "a value has the type of its field");
    const int next = index + static_cast<int>(slot.columns.size());
    const auto nothing = [&] {
        for (int i = index; i < next; ++i) query.bind_null(i);
    };
    std::visit(Each{[&](record::Null) { nothing(); },
                    [&](bool truth) { query.bind(index, std::int64_t{truth}); },
                    [&](Number number) { query.bind(index, units_in(slot, number)); },
                    [&](Share share) { query.bind(index, share.ppm); },
                    [&](const Money& money) {
                        query.bind(index, money.minor).bind(index + 1, money.currency.text()).bind(index + 2, money.base_minor);
                    },
                    [&](Date date) { query.bind(index, date); },
                    [&](Instant instant) { query.bind(index, instant.us); },
                    [&](Duration duration) { query.bind_copy(index, to_string(duration)); },
                    [&](const std::string& text) {
                        if (text.empty()) return nothing();
                        query.bind(index, std::string_view{text});
                        if (slot.sort != 0) query.bind_blob_copy(index + static_cast<int>(slot.sort), pinyin_sort_key(text));
                        if (slot.key != 0) query.bind_copy(index + static_cast<int>(slot.key), match_key(text));
                    },
                    [&](const record::ChoiceKey& choice) { query.bind(index, std::string_view{choice.key}); },
                    [&](const record::ChoiceKeys& choices) { query.bind_copy(index, joined(choices)); },
                    [&](Id id) { id ? query.bind(index, id.value) : query.bind_null(index); },
                    [&](const record::Address& address) {
                        const auto part = [&](int i, const std::string& text) { text.empty() ? query.bind_null(i) : query.bind(i, std::string_view{text}); };
                        part(index, address.detail);
                        part(index + 1, address.country);
                        part(index + 2, address.region);
                    }},
               value);
    return next;
}

// What `value` is compared by in unique_column: bound to one parameter.
template <typename Query> void bind_unique(Query& query, int index, const SlotLayout& slot, const Value& value)
{
    std::visit(Each{[&](const std::string& text) { query.bind_copy(index, slot.key != 0 ? match_key(text) : text); },
                    [&](Number number) { query.bind(index, units_in(slot, number)); },
                    [&](Share share) { query.bind(index, share.ppm); },
                    [&](const Money& money) { query.bind(index, money.minor); },
                    [&](Date date) { query.bind(index, date); },
                    [&](Instant instant) { query.bind(index, instant.us); },
                    [&](Duration duration) { query.bind_copy(index, to_string(duration)); },
                    [&](bool truth) { query.bind(index, std::int64_t{truth}); },
                    [&](const record::ChoiceKey& choice) { query.bind_copy(index, choice.key); },
                    [&](const record::ChoiceKeys& choices) { query.bind_copy(index, joined(choices)); },
                    [&](Id id) { query.bind(index, id.value); },
                    [&](const auto&) { query.bind_null(index); }},
               value);
}

// Reads the slot whose first column is `column` of the row.
template <typename Query> Value read_slot(const Query& query, int column, const SlotLayout& slot)
{
    using record::Type;
    if (slot.type == Type::address) {
        if (query.is_null(column) && query.is_null(column + 1) && query.is_null(column + 2)) return record::Null{};
        return record::Address{std::string{query.text(column + 1)}, std::string{query.text(column + 2)}, std::string{query.text(column)}};
    }
    if (query.is_null(column)) return record::Null{};
    switch (slot.type) {
    case Type::text: return std::string{query.text(column)};
    case Type::number: return Number{query.integer(column), slot.scale};
    case Type::share: return Share{query.integer(column)};
    case Type::money: return Money{query.integer(column), currency_of(query.text(column + 1)), query.integer(column + 2)};
    case Type::date: return Date{static_cast<std::int32_t>(query.integer(column))};
    case Type::instant: return Instant{query.integer(column)};
    case Type::duration: return stored_duration(query.text(column));
    case Type::boolean: return query.integer(column) != 0;
    case Type::choice: return record::ChoiceKey{std::string{query.text(column)}};
    case Type::choices: return split(query.text(column));
    case Type::reference: return Id{query.integer(column)};
    case Type::address: break;
    }
    report_bug("a field type without a column", std::source_location::current());
}

// The row of find_sql, or of any statement that begins with select_list().
// Only these slots when there are any (Select::slots).
template <typename Query> record::Record read_record(const Query& query, const TableLayout& table, std::span<const std::size_t> slots = {})
{
    record::Record record(*table.object);
    int column = 0;
    const auto read = [&](std::size_t slot) {
        record.set(slot, read_slot(query, column, table.slots[slot]));
        column += static_cast<int>(table.slots[slot].columns.size());
    };
    for (std::size_t slot = 0; slot < table.slots.size() && slots.empty(); ++slot) read(slot);
    for (const auto slot : slots) read(slot);
    return record;
}

}  // namespace shangdao::store::sql
