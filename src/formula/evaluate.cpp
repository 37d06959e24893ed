// The single-record back end: a walk over the tree. Values carry their type; null follows D2.
#include "formula/evaluate.h"

#include <algorithm>

#include "base/require.h"
#include "base/text.h"
#include "formula/arithmetic.h"
#include "formula/functions.h"

namespace shangdao::formula {

namespace {

using record::is_null;
using record::Null;
using record::Record;

bool truth(const Value& value)
{
    const auto* flag = std::get_if<bool>(&value);
    return flag != nullptr && *flag;
}

class Evaluator {
public:
    Evaluator(const record::Catalogue& catalogue, const Moment& moment, Surroundings& surroundings)
        : catalogue_(catalogue), moment_(moment), surroundings_(surroundings)
    {
    }

    Result<Value> value(const Expression& e, const Record& record)
    {
        switch (e->op) {
        case Op::literal: return e->value;
        case Op::field: return field(*e, record);
        case Op::call: return calling(e, record);
        case Op::aggregate: return aggregate(e, record);
        case Op::all_of:
        case Op::any_of: return connected(e, record);
        case Op::not_: {
            TRY(const auto inner, value(e->args[0], record));
            return Value{!truth(inner)};
        }
        case Op::is_null:
        case Op::is_not_null: {
            TRY(const auto inner, value(e->args[0], record));
            return Value{is_null(inner) == (e->op == Op::is_null)};
        }
        case Op::in:
        case Op::not_in: return membership(e, record);
        case Op::negate: {
            TRY(const auto inner, value(e->args[0], record));
            if (is_null(inner)) return Value{Null{}};
            if (units_of(inner) == INT64_MIN) return refuse("number_overflow");
            return value_of(e->type, -units_of(inner), moment_.base);
        }
        case Op::list: break;
        default: return binary(e, record);
        }
        require(false, "a list has no value");
        return Value{};
    }

private:
    Result<Value> field(const Node& node, const Record& record)
    {
        const Record* at = &record;
        auto object = node.object;
        for (std::size_t i = 0; i + 1 < node.path.size(); ++i) {
            const auto* id = std::get_if<Id>(&at->at(node.path[i]));
            object = catalogue_.object(object).target(node.path[i]);
            at = id == nullptr ? nullptr : surroundings_.find(catalogue_.object(object), *id);
            if (at == nullptr) return Value{Null{}};
        }
        return at->at(node.path.back());
    }

    Result<Value> calling(const Expression& e, const Record& record)
    {
        std::vector<Value> arguments;
        arguments.reserve(e->args.size());
        for (const auto& argument : e->args) {
            TRY(auto one, value(argument, record));
            arguments.push_back(std::move(one));
        }
        return call(static_cast<Function>(e->function), arguments, e->type, moment_);
    }

    Result<Value> connected(const Expression& e, const Record& record)
    {
        const bool stops_at = e->op == Op::any_of;
        for (const auto& argument : e->args) {
            TRY(const auto one, value(argument, record));
            if (truth(one) == stops_at) return Value{stops_at};
        }
        return Value{!stops_at};
    }

    Result<Value> membership(const Expression& e, const Record& record)
    {
        TRY(const auto left, value(e->args[0], record));
        const bool wanted = e->op == Op::in;
        if (is_null(left)) return Value{!wanted};   // null is in no list
        const auto& right = e->args[1];
        if (right->op == Op::call) {
            const auto* id = std::get_if<Id>(&left);
            const bool inside = id != nullptr && moment_.my_team && moment_.my_team->contains(*id);
            return Value{inside == wanted};
        }
        for (const auto& entry : right->args) {
            TRY(const auto one, value(entry, record));
            if (!is_null(one) && same(left, one)) return Value{wanted};
        }
        return Value{!wanted};
    }

    Result<Value> binary(const Expression& e, const Record& record)
    {
        TRY(const auto left, value(e->args[0], record));
        TRY(const auto right, value(e->args[1], record));
        switch (e->op) {
        case Op::equal: return Value{same(left, right)};
        case Op::not_equal: return Value{!same(left, right)};
        default: break;
        }
        const bool both = !is_null(left) && !is_null(right);
        const auto* choices = e->args[0]->type.choices_of;
        switch (e->op) {
        case Op::less: return Value{both && compare(left, right, choices) < 0};
        case Op::less_equal: return Value{both && compare(left, right, choices) <= 0};
        case Op::greater: return Value{both && compare(left, right, choices) > 0};
        case Op::greater_equal: return Value{both && compare(left, right, choices) >= 0};
        case Op::contains: return Value{both && match_key(std::get<std::string>(left)).contains(match_key(std::get<std::string>(right)))};
        case Op::starts_with: return Value{both && match_key(std::get<std::string>(left)).starts_with(match_key(std::get<std::string>(right)))};
        default: break;
        }
        if (!both) return Value{Null{}};
        return arithmetic(*e, left, right);
    }

    Result<Value> arithmetic(const Node& node, const Value& left, const Value& right)
    {
        if (const auto* duration = std::get_if<Duration>(&right)) return moved(left, *duration, node.op == Op::add ? 1 : -1);
        const auto& left_type = node.args[0]->type;
        const auto& right_type = node.args[1]->type;
        const int a = scale_of(left_type, moment_.base), b = scale_of(right_type, moment_.base), scale = scale_of(node.type, moment_.base);
        if (node.op == Op::multiply) {
            const auto units = product(units_of(left), a, units_of(right), b, scale);
            if (!units) return refuse("number_overflow");
            return value_of(node.type, *units, moment_.base);
        }
        if (node.op == Op::divide) {
            const auto result = quotient(units_of(left), a, units_of(right), b, scale);
            if (result.kind == Quotient::Kind::by_zero) return Value{Null{}};
            if (result.kind == Quotient::Kind::overflow) return refuse("number_overflow");
            return value_of(node.type, result.units, moment_.base);
        }
        if (left_type.type == Type::date) return Value{Number{units_of(left) - units_of(right), 0}};
        const auto x = rescale(units_of(left), a, scale), y = rescale(units_of(right), b, scale);
        const auto sum = !x || !y ? std::nullopt : node.op == Op::add ? add(*x, *y) : subtract(*x, *y);
        if (!sum) return refuse("number_overflow");
        return value_of(node.type, *sum, moment_.base);
    }

    Result<Value> moved(const Value& from, Duration duration, int direction)
    {
        const auto amount = duration.amount * direction;
        constexpr std::int64_t minute_us = 60'000'000;
        if (const auto* date = std::get_if<Date>(&from)) {
            if (duration.unit == Duration::Unit::working_days)
                return moment_.calendar ? Value{moment_.calendar->add_working_days(*date, amount)} : Value{Null{}};
            return Value{Date{static_cast<std::int32_t>(date->days + amount)}};
        }
        const auto per_unit = duration.unit == Duration::Unit::minutes ? minute_us : duration.unit == Duration::Unit::hours ? 60 * minute_us : 24 * 60 * minute_us;
        return Value{Instant{std::get<Instant>(from).us + amount * per_unit}};
    }

    Result<Value> aggregate(const Expression& e, const Record& record)
    {
        require(!e->path.empty(), "a measure over rows is asked of one record");
        const auto& child = catalogue_.object(e->child_object);
        std::vector<Value> values;
        std::int64_t count = 0;
        for (const auto& one : surroundings_.children(child, e->path.front(), record.id())) {
            if (e->args[0]) {
                TRY(const auto holds, value(e->args[0], one));
                if (!truth(holds)) continue;
            }
            ++count;
            if (!e->args[1]) continue;
            TRY(auto part, value(e->args[1], one));
            if (!is_null(part)) values.push_back(std::move(part));
        }
        if (e->aggregate == Aggregate::count) return Value{Number{count, 0}};
        if (values.empty()) return Value{Null{}};
        return reduced(*e, values);
    }

    Result<Value> reduced(const Node& node, std::vector<Value>& values)
    {
        std::ranges::sort(values, [](const Value& a, const Value& b) { return compare(a, b, nullptr) < 0; });
        const int from = scale_of(node.args[1]->type, moment_.base), to = scale_of(node.type, moment_.base);
        switch (node.aggregate) {
        case Aggregate::min: return values.front();
        case Aggregate::max: return values.back();
        case Aggregate::sum: {
            std::int64_t sum = 0;
            for (const auto& one : values) {
                const auto next = add(sum, units_of(one));
                if (!next) return refuse("number_overflow");
                sum = *next;
            }
            return value_of(node.type, sum, moment_.base);
        }
        case Aggregate::avg: {
            double sum = 0;
            for (const auto& one : values) sum += static_cast<double>(units_of(one));
            const auto mean = round_to_units(sum / static_cast<double>(values.size()), 0 + to - from);
            if (!mean) return refuse("number_overflow");
            return value_of(node.type, *mean, moment_.base);
        }
        default: {
            std::vector<std::int64_t> units;
            for (const auto& one : values) units.push_back(units_of(one));
            const auto share = node.aggregate == Aggregate::median ? 0.5 : static_cast<double>(std::get<Share>(node.value).ppm) / 1e6;
            return value_of(node.type, percentile_of(units, share, to - from), moment_.base);
        }
        }
    }

    const record::Catalogue& catalogue_;
    const Moment& moment_;
    Surroundings& surroundings_;
};

}  // namespace

Result<Value> evaluate(const record::Catalogue& catalogue, const Expression& expression, const Record& record, const Moment& moment, Surroundings& surroundings)
{
    return Evaluator(catalogue, moment, surroundings).value(expression, record);
}

Result<bool> holds(const record::Catalogue& catalogue, const Expression& condition, const Record& record, const Moment& moment, Surroundings& surroundings)
{
    TRY(const auto value, evaluate(catalogue, condition, record, moment, surroundings));
    return truth(value);
}

}  // namespace shangdao::formula
