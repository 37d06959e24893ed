// Text of a cell → value: first the plan's own words, then the field's rules, then the plan's factor.
#include "engine/import/row_values.h"

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

Result<Value> value_of(Work& work, Lookup& lookup, const Object& object, const CompiledStep& step, std::size_t slot, std::string text, const ImportField* as)
{
    const auto& field = object.field(slot);
    if (as != nullptr && !as->values.empty())
        if (const auto found = as->values.find(match_key(text)); found != as->values.end()) text = found->second;
    if (trimmed(text).empty()) return Value{record::Null{}};
    const bool may_lack = as != nullptr && as->missing == ImportField::Missing::empty;
    if (field.type == record::Type::reference) {
        const auto& target = work.desk.catalogue->object(object.target(slot));
        const auto answer = lookup.by_text(work, target, std::string{trimmed(text)});
        if (answer.found == Lookup::Found::one) return Value{answer.id};
        if (answer.found == Lookup::Found::none && may_lack) return Value{record::Null{}};
        return refuse(answer.found == Lookup::Found::none ? "reference_not_found" : "reference_ambiguous", std::string{field.name}, {{"value", text}, {"object", std::string{target.name()}}});
    }
    const record::TextReading reading{.base = work.desk.organisation->base,
                                      .day_order = step.plan->day_first ? record::TextReading::DayOrder::day_first : record::TextReading::DayOrder::month_first,
                                      .zone = &work.desk.moment.zone};
    auto value = record::from_text(field, text, reading);
    if (!value && may_lack && value.error().front().code == "unknown_choice") return Value{record::Null{}};
    if (value && as != nullptr && as->times != 1) return multiplied(field, *value, as->times);
    return value;
}

}  // namespace

RowValues row_values(Work& work, Lookup& lookup, const Object& object, const CompiledStep& step, std::span<const exchange::Cell> cells)
{
    RowValues row;
    const auto cell = [&](std::size_t i) { return i < cells.size() ? std::string{cells[i].text} : std::string{}; };
    const auto take = [&](std::size_t slot, std::string text, const ImportField* as, const std::string& heading) {
        auto value = value_of(work, lookup, object, step, slot, std::move(text), as);
        if (!value) {
            for (auto& problem : value.error()) row.problems.emplace_back(heading, std::move(problem));
        } else if (!record::is_null(*value)) {
            row.values.push_back({slot, std::move(*value)});
        }
    };
    for (const auto& column : step.columns) {
        const bool broken = column.cell < cells.size() && cells[column.cell].kind == exchange::CellKind::error;
        if (broken) row.problems.emplace_back(column.heading, Problem{"cell_error", std::string{object.field(column.slot).name}, {{"value", cell(column.cell)}}});
        else take(column.slot, cell(column.cell), column.as, column.heading);
    }
    for (const auto& constant : step.constants) {
        std::string text;
        for (const auto& [piece, place] : constant.pieces) text += piece + (place ? cell(*place) : std::string{});
        take(constant.slot, std::string{trimmed(text)}, nullptr, std::string{object.field(constant.slot).name});
    }
    return row;
}

}  // namespace shangdao::engine
