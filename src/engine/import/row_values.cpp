// Text of a cell → value: first the plan's own words, then the field's rules, then the plan's factor.
#include "engine/import/row_values.h"

#include <algorithm>

#include "base/text.h"
#include "record/wire.h"

namespace shangdao::engine {

namespace {

using record::FieldDef;
using record::Value;

Result<Value> multiplied(const FieldDef& field, Value value, std::int64_t times)
{
    const auto product = [&](std::int64_t units) -> std::optional<std::int64_t> {
        std::int64_t out = 0;
        return __builtin_mul_overflow(units, times, &out) ? std::nullopt : std::optional{out};
    };
    if (auto* money = std::get_if<Money>(&value)) {
        const auto minor = product(money->minor);
        if (!minor) return refuse("number_overflow", std::string{field.name});
        return Value{Money::of_base(*minor, money->currency)};
    }
    if (auto* number = std::get_if<Number>(&value)) {
        const auto units = product(number->units);
        if (!units) return refuse("number_overflow", std::string{field.name});
        return Value{Number{*units, number->scale}};
    }
    return value;
}

// Types whose texts are few and dear to read.
bool is_worded(record::Type type)
{
    return type == record::Type::choice || type == record::Type::choices || type == record::Type::boolean;
}

// What is to be read, and how: one cell on its way to one field.
struct Reading {
    const Organisation& organisation;
    KnownWords& known;
    const CompiledStep& step;

    Result<Value> value(const FieldDef& field, std::size_t slot, std::string_view text, const ImportField* as)
    {
        if (!is_worded(field.type)) {
            auto read = from_text(field, text);
            return read && as != nullptr && as->times != 1 ? multiplied(field, *read, as->times) : read;
        }
        if (const auto* before = known.find(slot, text)) return *before;
        const auto missing = as == nullptr ? ImportField::Missing::refuse : as->missing;
        auto read = from_text(field, text);
        if (!read && missing != ImportField::Missing::refuse && read.error().front().code == "unknown_choice")
            read = instead(field, missing, read);
        known.add(slot, text, read);
        return read;
    }

private:
    Result<Value> from_text(const FieldDef& field, std::string_view text) const
    {
        return record::from_text(field, text,
                                 {.base = organisation.base,
                                  .day_order = step.plan->day_first ? record::TextReading::DayOrder::day_first
                                                                    : record::TextReading::DayOrder::month_first,
                                  .zone = &organisation.zone});
    }
    // Of a word that no choice is called by. What would be added is the first choice for now; where there is none, nothing.
    Result<Value> instead(const FieldDef& field, ImportField::Missing missing, const Result<Value>& refused) const
    {
        if (missing == ImportField::Missing::empty) return Value{record::Null{}};
        if (!step.has_stand_ins) return refused;
        return field.choices.empty() ? Result<Value>{Value{record::Null{}}}
                                     : from_text(field, field.choices.front().key);
    }
};

Result<Value> found(Work& work, Lookup& lookup, const Object& object, const CellValue& cell)
{
    const auto& target = work.desk.catalogue->object(object.target(cell.slot));
    const auto answer = lookup.by_text(work, target, cell.reference);
    if (answer.found == Lookup::Found::one) return Value{answer.id};
    const bool may_miss = cell.as != nullptr && cell.as->missing == ImportField::Missing::empty;
    if (answer.found == Lookup::Found::none && may_miss) return Value{record::Null{}};
    return refuse(answer.found == Lookup::Found::none ? "reference_not_found" : "reference_ambiguous",
                  std::string{object.field(cell.slot).name},
                  {{"value", cell.reference}, {"object", std::string{target.name()}}});
}

}  // namespace

const Result<record::Value>* KnownWords::find(std::size_t slot, std::string_view text) const
{
    const auto of_slot = words_.find(slot);
    if (of_slot == words_.end()) return nullptr;
    const auto found = of_slot->second.find(text);
    return found == of_slot->second.end() ? nullptr : &found->second;
}

void KnownWords::add(std::size_t slot, std::string_view text, const Result<record::Value>& value)
{
    constexpr std::size_t words_max = 1'000;
    auto& words = words_[slot];
    if (words.size() < words_max) words.emplace(text, value);
}

std::string_view column_text(const CompiledStep& step, const ImportColumn& column, std::string_view cell)
{
    if (column.as->values.empty() && step.plan->empty.empty()) return trimmed(cell);
    const auto key = match_key(cell);
    if (const auto found = column.as->values.find(key); found != column.as->values.end()) return trimmed(found->second);
    return std::ranges::find(step.plan->empty, key) == step.plan->empty.end() ? trimmed(cell) : std::string_view{};
}

std::vector<CellValue> cell_values(const Organisation& organisation, KnownWords& known, const Object& object, const CompiledStep& step,
                                   std::span<const exchange::Cell> cells)
{
    std::vector<CellValue> values;
    values.reserve(step.columns.size() + step.constants.size());
    Reading reading{organisation, known, step};
    const auto cell = [&](std::size_t i) {
        return i < cells.size() ? std::string_view{cells[i].text} : std::string_view{};
    };
    const auto take = [&](std::size_t slot, std::string_view text, const ImportField* as, std::string_view heading) {
        if (text.empty()) return;
        const auto& field = object.field(slot);
        if (field.type == record::Type::reference) {
            values.push_back({slot, heading, as, record::Value{record::Null{}}, std::string{text}});
            return;
        }
        auto value = reading.value(field, slot, text, as);
        if (!value || !record::is_null(*value)) values.push_back({slot, heading, as, std::move(value), {}});
    };
    for (const auto& column : step.columns) {
        const bool broken = column.cell < cells.size() && cells[column.cell].kind == exchange::CellKind::error;
        if (broken)
            values.push_back({column.slot,
                              column.heading,
                              column.as,
                              refuse("cell_error", std::string{object.field(column.slot).name}, {{"value", std::string{cell(column.cell)}}}),
                              {}});
        else
            take(column.slot, column_text(step, column, cell(column.cell)), column.as, column.heading);
    }
    for (const auto& constant : step.constants) {
        std::string text;
        for (const auto& [piece, place] : constant.pieces)
            text.append(piece).append(place ? cell(*place) : std::string_view{});
        take(constant.slot, trimmed(text), nullptr, object.field(constant.slot).name);
    }
    return values;
}

RowValues row_values(Work& work, Lookup& lookup, const Object& object, std::vector<CellValue>& cells)
{
    RowValues row;
    row.values.reserve(cells.size());
    for (auto& cell : cells) {
        auto value = cell.reference.empty() ? std::move(cell.value) : found(work, lookup, object, cell);
        if (!value) {
            for (auto& problem : value.error()) row.problems.emplace_back(cell.heading, std::move(problem));
        } else if (!record::is_null(*value)) {
            row.values.push_back({cell.slot, std::move(*value)});
        }
    }
    return row;
}

}  // namespace shangdao::engine
