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
            const auto units = subtract(0, units_of(inner));
            if (!units) return refuse("number_overflow");
            return value_of(e->type, *units, moment_.base);
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
        return as_stored(at->at(node.path.back()), node.type);
    }

    // A record in hand may hold what the store would even out: another scale, an empty text.
    static Result<Value> as_stored(const Value& value, const ExprType& type)
    {
        if (const auto* number = std::get_if<Number>(&value)) return scaled(*number, type);
        const auto* text = std::get_if<std::string>(&value);
        const auto* id = std::get_if<Id>(&value);
        const auto* keys = std::get_if<record::ChoiceKeys>(&value);
        if ((text != nullptr && text->empty()) || (id != nullptr && !*id) || (keys != nullptr && keys->keys.empty())) return Value{Null{}};
        return value;
    }

    static Result<Value> scaled(Number number, const ExprType& type)
    {
        if (number.scale == type.scale) return Value{number};
        const auto units = rescale(number.units, number.scale, type.scale);
        if (!units) return refuse("number_overflow");
        return Value{Number{*units, type.scale}};
    }

    // One of several values that become the result, so numbers take its scale.
    Result<Value> branch(const Expression& e, const ExprType& result, const Record& record)
    {
        TRY(auto one, value(e, record));
        if (const auto* number = std::get_if<Number>(&one)) return scaled(*number, result);
        return one;
    }

    Result<Value> calling(const Expression& e, const Record& record)
    {
        const auto function = static_cast<Function>(e->function);
        if (function == Function::condition) {
            TRY(const auto holds, value(e->args[0], record));
            return branch(e->args[truth(holds) ? 1 : 2], e->type, record);
        }
        if (function == Function::coalesce) {
            for (const auto& argument : e->args) {
                TRY(auto one, branch(argument, e->type, record));
                if (!is_null(one)) return one;
            }
            return Value{Null{}};
        }
        const bool picks = function == Function::least || function == Function::greatest;
        std::vector<Value> arguments;
        arguments.reserve(e->args.size());
        for (const auto& argument : e->args) {
            TRY(auto one, picks ? branch(argument, e->type, record) : value(argument, record));
            arguments.push_back(std::move(one));
        }
        return call(function, arguments, e->type, moment_);
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
            const auto function = static_cast<Function>(right->function);
            if (is_period(function)) {
                const auto days = days_of(function, moment_.today, right->args.empty() ? 0 : units_of(right->args[0]->value));
                const auto day = std::get<Date>(left);
                return Value{(days.first <= day && day <= days.last) == wanted};
            }
            const auto* id = std::get_if<Id>(&left);
            const auto& set = function == Function::followed ? moment_.followed : function == Function::locked ? moment_.locked : moment_.my_team;
            const bool inside = id != nullptr && set && set->contains(*id);
            return Value{inside == wanted};
        }
        for (const auto& entry : right->args) {
            TRY(const auto one, value(entry, record));
            if (!is_null(one) && same(left, one)) return Value{wanted};
        }
        return Value{!wanted};
    }

    Result<Value> sum(const Node& node, const Record& record)
    {
        Sum total;
        bool whole = true;
        for (const auto& term : terms_of(node)) {
            TRY(const auto one, value(*term.value, record));
            if (is_null(one)) whole = false;
            else total.add(units_of(one), scale_of(node.type, moment_.base) - scale_of((*term.value)->type, moment_.base), term.minus);
        }
        if (!whole) return Value{Null{}};
        const auto units = total.total();
        if (!units) return refuse("number_overflow");
        return value_of(node.type, *units, moment_.base);
    }

    Result<Value> binary(const Expression& e, const Record& record)
    {
        if (is_sum(*e)) return sum(*e, record);
        TRY(const auto left, value(e->args[0], record));
        TRY(const auto right, value(e->args[1], record));
        switch (e->op) {
        case Op::equal: return Value{same(left, right)};
        case Op::not_equal: return Value{!same(left, right)};
        default: break;
        }
        const bool both = !is_null(left) && !is_null(right);
        switch (e->op) {
        case Op::less:
        case Op::less_equal:
        case Op::greater:
        case Op::greater_equal: return Value{both && ordered(*e, left, right)};
        case Op::contains: return Value{both && match_key(std::get<std::string>(left)).contains(match_key(std::get<std::string>(right)))};
        case Op::starts_with: return Value{both && match_key(std::get<std::string>(left)).starts_with(match_key(std::get<std::string>(right)))};
        default: break;
        }
        if (!both) return Value{Null{}};
        return arithmetic(*e, left, right);
    }

    static bool ordered(const Node& node, const Value& left, const Value& right)
    {
        int order = 0;
        if (const auto* key = std::get_if<record::ChoiceKey>(&left)) {
            const auto& field = *node.args[0]->type.choices_of;
            const auto a = place_of(field, key->key), b = place_of(field, std::get<record::ChoiceKey>(right).key);
            if (!a || !b) return false;
            order = *a < *b ? -1 : *a > *b ? 1 : 0;
        } else {
            order = compare(left, right);
        }
        switch (node.op) {
        case Op::less: return order < 0;
        case Op::less_equal: return order <= 0;
        case Op::greater: return order > 0;
        default: return order >= 0;
        }
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
        require(left_type.type == Type::date, "a sum is added term by term");
        return Value{Number{units_of(left) - units_of(right), 0}};
    }

    Result<Value> moved(const Value& from, Duration duration, int direction)
    {
        const auto amount = duration.amount * direction;
        const auto* date = std::get_if<Date>(&from);
        if (date != nullptr && duration.unit == Duration::Unit::working_days)
            return moment_.calendar ? Value{moment_.calendar->add_working_days(*date, amount)} : Value{Null{}};
        if (date != nullptr) {
            const auto day = moved_day(date->days, amount);
            if (!day) return refuse("number_overflow");
            return Value{Date{static_cast<std::int32_t>(*day)}};
        }
        const auto us = moved_instant(std::get<Instant>(from).us, microseconds_of(duration) * direction);
        if (!us) return refuse("number_overflow");
        return Value{Instant{*us}};
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

    Result<Value> reduced(const Node& node, const std::vector<Value>& values)
    {
        if (node.aggregate == Aggregate::min || node.aggregate == Aggregate::max) return outermost(node, values);
        const int more = scale_of(node.type, moment_.base) - scale_of(node.args[1]->type, moment_.base);
        std::optional<std::int64_t> result;
        if (node.aggregate == Aggregate::sum || node.aggregate == Aggregate::avg) {
            Sum sum;
            for (const auto& one : values) sum.add(units_of(one));
            result = node.aggregate == Aggregate::sum ? sum.total() : sum.mean(std::ssize(values), more);
        } else {
            std::vector<std::int64_t> units;
            for (const auto& one : values) units.push_back(units_of(one));
            std::ranges::sort(units);
            result = percentile_of(units, node.aggregate == Aggregate::median ? Share{500'000} : std::get<Share>(node.value), more);
        }
        if (!result) return refuse("number_overflow");
        return value_of(node.type, *result, moment_.base);
    }

    // The smallest or largest; of choices by their place in the definition, those no longer listed left out.
    static Value outermost(const Node& node, const std::vector<Value>& values)
    {
        const auto* choices = node.args[1]->type.choices_of;
        const auto place = [&](const Value& value) { return place_of(*choices, std::get<record::ChoiceKey>(value).key); };
        const auto before = [&](const Value& a, const Value& b) { return choices != nullptr ? place(a) < place(b) : compare(a, b) < 0; };
        const Value* best = nullptr;
        for (const auto& one : values) {
            if (choices != nullptr && !place(one)) continue;
            if (best == nullptr || (node.aggregate == Aggregate::min ? before(one, *best) : before(*best, one))) best = &one;
        }
        return best == nullptr ? Value{Null{}} : *best;
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
