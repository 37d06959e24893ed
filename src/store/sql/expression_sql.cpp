// Values. User text never reaches SQL: names are physical names of definitions, values are parameters.
#include "store/sql/expression_sql.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/require.h"
#include "base/text.h"
#include "formula/arithmetic.h"
#include "formula/functions.h"

namespace shangdao::store::sql {

namespace {

using formula::Aggregate;
using formula::Expression;
using formula::Function;
using formula::Node;
using formula::Op;
using record::Type;
using record::Value;

// A constant needs no surroundings.
class Nowhere final : public formula::Surroundings {
public:
    const record::Record* find(const record::Object&, Id) override { return nullptr; }
    std::vector<record::Record> children(const record::Object&, std::size_t, Id) override { return {}; }
};

std::string scaled(const std::string& sql, int from, int to) { return from == to ? sql : fmt::format("sd_scale({},{},{})", sql, from, to); }

std::string quoted(std::string_view key)
{
    std::string out = "'";
    for (const char c : key) out += c == '\'' ? std::string{"''"} : std::string(1, c);
    return out + "'";
}

}  // namespace

bool is_constant(const Expression& e)
{
    if (e == nullptr) return true;
    if (e->op == Op::field || e->op == Op::aggregate) return false;
    return std::ranges::all_of(e->args, is_constant);
}

int ExpressionSql::scale_of(const formula::ExprType& type) const { return formula::scale_of(type, moment_.base); }

// What refuses when a row reaches it, in the place of a value of this type.
std::string ExpressionSql::overflow(Type type)
{
    switch (type) {
    case Type::boolean: return "(sd_overflow() = 0)";
    case Type::text:
    case Type::choice: return "CAST(sd_overflow() AS TEXT)";
    default: return "sd_overflow()";
    }
}

// nullopt: its computation overflows.
std::optional<Value> ExpressionSql::constant(const Expression& e) const
{
    Nowhere nowhere;
    auto computed = formula::evaluate(catalogue_, e, record::Record{}, moment_, nowhere);
    if (!computed) return std::nullopt;
    return std::move(*computed);
}

std::string ExpressionSql::constant_text(const Expression& e)
{
    const auto computed = constant(e);
    if (!computed) return overflow(e->type.type);
    return record::is_null(*computed) ? dialect_.null_of(e->type) : bind_value(*computed);
}

std::string ExpressionSql::bind(Bind value)
{
    binds_.push_back(std::move(value));
    return dialect_.parameter(binds_.size(), binds_.back());
}

std::string ExpressionSql::bind_all(std::vector<Bind> values)
{
    std::string list;
    for (auto& value : values) list += (list.empty() ? "" : ",") + bind(std::move(value));
    return list;
}

std::string ExpressionSql::bind_value(const Value& value)
{
    if (record::is_null(value)) return "NULL";
    if (const auto* text = std::get_if<std::string>(&value)) return bind(*text);
    if (const auto* key = std::get_if<record::ChoiceKey>(&value)) return bind(key->key);
    if (const auto* duration = std::get_if<Duration>(&value)) return bind(to_string(*duration));
    if (const auto* keys = std::get_if<record::ChoiceKeys>(&value)) {
        std::string text = "|";
        for (const auto& key : keys->keys) text += key + "|";
        return bind(std::move(text));
    }
    if (const auto* address = std::get_if<record::Address>(&value)) return bind(address->detail);
    if (const auto* truth = std::get_if<bool>(&value)) return bind(*truth);
    return bind(formula::units_of(value));
}

// ---- sorting

std::string ExpressionSql::choice_place(const record::FieldDef& field, const std::string& sql) const
{
    std::string out = "CASE " + sql;
    for (std::size_t i = 0; i < field.choices.size(); ++i) out += fmt::format(" WHEN {} THEN {}", quoted(field.choices[i].key), i);
    return out + " END";
}

std::string ExpressionSql::sort_of(const formula::ExprType& type, const std::string& name) const
{
    const bool placed = type.type == Type::choice && type.choices_of != nullptr && !type.choices_of->choices.empty();
    return placed ? choice_place(*type.choices_of, name) : name;
}

std::string ExpressionSql::sort_value(const Expression& e, const std::string& alias)
{
    if (e->op == Op::field && e->type.type == Type::text) {
        auto object = e->object;
        for (std::size_t i = 0; i + 1 < e->path.size(); ++i) object = catalogue_.object(object).target(e->path[i]);
        if (has_sort_key(catalogue_.object(object), e->path.back())) return field(*e, alias, Part::sort);
    }
    return sort_of(e->type, value(e, alias));
}

std::string ExpressionSql::bind_sort_value(const Expression& by, const Value& place)
{
    if (record::is_null(place)) return "NULL";
    if (const auto* key = std::get_if<record::ChoiceKey>(&place); key != nullptr && by->type.choices_of != nullptr && !by->type.choices_of->choices.empty()) {
        const auto at = formula::place_of(*by->type.choices_of, key->key);
        return at ? bind(*at) : "NULL";
    }
    const auto* text = std::get_if<std::string>(&place);
    if (text == nullptr || by->op != Op::field) return bind_value(place);
    auto object = by->object;
    for (std::size_t i = 0; i + 1 < by->path.size(); ++i) object = catalogue_.object(object).target(by->path[i]);
    if (!has_sort_key(catalogue_.object(object), by->path.back())) return bind(*text);
    return bind(Bytes{pinyin_sort_key(*text)});
}

// ---- values

std::string ExpressionSql::value(const Expression& e, const std::string& alias)
{
    if (e->op == Op::literal) return record::is_null(e->value) ? dialect_.null_of(e->type) : bind_value(e->value);
    if (is_constant(e)) return constant_text(e);
    switch (e->op) {
    case Op::field: return field(*e, alias);
    case Op::call: return call(*e, alias);
    case Op::negate: return fmt::format("sd_subtract(0,{})", value(e->args[0], alias));
    case Op::add:
    case Op::subtract:
    case Op::multiply:
    case Op::divide: return arithmetic(*e, alias);
    case Op::aggregate: return aggregate(*e, alias);
    default: return exact(e, alias);
    }
}

std::string ExpressionSql::arithmetic(const Node& node, const std::string& alias)
{
    if (formula::is_sum(node)) return sum(node, alias);
    const auto& left = node.args[0];
    const auto& right = node.args[1];
    if (const auto* duration = std::get_if<Duration>(&right->value)) return moved(node, *duration, alias);
    const auto a = value(left, alias), b = value(right, alias);
    if (left->type.type == Type::date) return fmt::format("sd_subtract({},{})", a, b);
    return fmt::format("{}({},{},{},{},{})", node.op == Op::multiply ? "sd_multiply" : "sd_divide", a, scale_of(left->type), b, scale_of(right->type), scale_of(node.type));
}

std::string ExpressionSql::sum(const Node& node, const std::string& alias)
{
    std::vector<TermSql> terms;
    for (const auto& term : formula::terms_of(node)) terms.push_back({value(*term.value, alias), scale_of(node.type) - scale_of((*term.value)->type), term.minus});
    return dialect_.sum(terms);
}

std::string ExpressionSql::moved(const Node& node, Duration duration, const std::string& alias)
{
    const auto from = value(node.args[0], alias);
    const std::int64_t direction = node.op == Op::add ? 1 : -1;
    if (node.type.type == Type::instant) return fmt::format("sd_moved_instant({},{})", from, bind(formula::microseconds_of(duration) * direction));
    if (duration.unit == Duration::Unit::working_days) return fmt::format("sd_moved_working_day({},{},{})", bind_all(dialect_.of_calendar(moment_.calendar)), from, bind(duration.amount * direction));
    return fmt::format("sd_moved_day({},{})", from, bind(duration.amount * direction));
}

std::string ExpressionSql::branch(const Expression& e, const formula::ExprType& result, const std::string& alias)
{
    return scaled(value(e, alias), scale_of(e->type), scale_of(result));
}

std::string ExpressionSql::chosen(const Node& node, const std::string& alias)
{
    if (static_cast<Function>(node.function) == Function::condition) {
        // A chain of else-ifs is one CASE.
        std::string out = "CASE";
        const Node* at = &node;
        for (;;) {
            const auto test = condition(at->args[0], alias);
            out += fmt::format(" WHEN {} THEN {}", test, branch(at->args[1], node.type, alias));
            const auto& otherwise = at->args[2];
            const bool chain = otherwise->op == Op::call && otherwise->function == node.function && scale_of(otherwise->type) == scale_of(node.type) && !is_constant(otherwise);
            if (!chain) return out + " ELSE " + branch(otherwise, node.type, alias) + " END";
            at = otherwise.get();
        }
    }
    const auto function = static_cast<Function>(node.function);
    std::string list;
    for (const auto& argument : node.args) list += (list.empty() ? "" : ",") + branch(argument, node.type, alias);
    return fmt::format("{}({})", function == Function::coalesce ? "coalesce" : function == Function::least ? words().least : words().greatest, list);
}

std::string ExpressionSql::call(const Node& node, const std::string& alias)
{
    const auto function = static_cast<Function>(node.function);
    const auto argument = [&](std::size_t i) { return value(node.args[i], alias); };
    const auto part = [&](Part which) { return field(*node.args[0], alias, which); };
    const auto day = [&](std::size_t i) {
        return node.args[i]->type.type == Type::instant ? fmt::format("sd_date_of({},{})", argument(i), bind_all(dialect_.of_zone(moment_.zone))) : argument(i);
    };
    switch (function) {
    case Function::days_since: return fmt::format("({} - {})", bind(std::int64_t{moment_.today.days}), day(0));
    case Function::days_until: return fmt::format("({} - {})", day(0), bind(std::int64_t{moment_.today.days}));
    case Function::working_days_between: {
        const auto calendar = bind_all(dialect_.of_calendar(moment_.calendar));
        return fmt::format("(sd_working_ordinal({0},{2}) - sd_working_ordinal({0},{1}))", calendar, argument(0), argument(1));
    }
    case Function::add_days: return fmt::format("sd_moved_day({},{})", argument(0), argument(1));
    case Function::date_of: return day(0);
    case Function::lower: return fmt::format("nullif(match_key({}),'')", argument(0));
    case Function::length: return fmt::format("length({})", argument(0));
    case Function::absolute: return fmt::format("abs({})", argument(0));
    case Function::round: return scaled(argument(0), scale_of(node.args[0]->type), scale_of(node.type));
    case Function::coalesce:
    case Function::condition:
    case Function::least:
    case Function::greatest: return chosen(node, alias);
    case Function::has: return fmt::format("(coalesce({}({}, {}), 0) > 0)", words().place, argument(0), bind("|" + std::get<record::ChoiceKey>(node.args[1]->value).key + "|"));
    case Function::original: return fmt::format("sd_original({},{})", part(Part::minor), part(Part::currency));
    case Function::currency: return part(Part::currency);
    case Function::country: return part(Part::country);
    case Function::region: return part(Part::region);
    case Function::detail: return part(Part::detail);
    default: return fmt::format("sd_day({},{})", static_cast<int>(function), argument(0));
    }
}

// ---- aggregates

std::string ExpressionSql::aggregated(const Node& node, const std::string& inside)
{
    const int more = scale_of(node.type) - scale_of(node.args[1]->type);
    const auto* choices = node.type.choices_of;
    switch (node.aggregate) {
    case Aggregate::sum: return dialect_.total(inside);
    case Aggregate::avg: return dialect_.mean(inside, more);
    case Aggregate::median: return dialect_.percentile(inside, "500000", more);
    case Aggregate::percentile: return dialect_.percentile(inside, bind(std::get<Share>(node.value).ppm), more);
    default: break;
    }
    const auto* name = node.aggregate == Aggregate::min ? "min" : "max";
    if (choices == nullptr) return fmt::format("{}({})", name, inside);
    // The outermost place, and its key again.
    auto out = fmt::format("CASE {}({})", name, choice_place(*choices, inside));
    for (std::size_t i = 0; i < choices->choices.size(); ++i) out += fmt::format(" WHEN {} THEN {}", i, quoted(choices->choices[i].key));
    return out + " END";
}

std::string ExpressionSql::aggregate(const Node& node, const std::string& alias)
{
    const bool over_rows = node.path.empty();
    const auto inner = over_rows ? alias : fresh_alias();
    const auto test = node.args[0] ? condition(node.args[0], inner) : std::string{};
    std::string out;
    if (node.aggregate == Aggregate::count && over_rows && cells_) {
        out = test.empty() ? fmt::format("coalesce(sum({}.n), 0)", inner) : fmt::format("coalesce(sum(CASE WHEN {} THEN {}.n END), 0)", test, inner);
    } else if (node.aggregate == Aggregate::count) {
        out = over_rows && !test.empty() ? fmt::format("count(CASE WHEN {} THEN 1 END)", test) : "count(*)";
    } else {
        const auto inside = value(node.args[1], inner);
        out = aggregated(node, over_rows && !test.empty() ? fmt::format("CASE WHEN {} THEN {} END", test, inside) : inside);
    }
    if (over_rows) return out;
    const auto& child = catalogue_.object(node.child_object);
    return fmt::format("(SELECT {} FROM \"{}\" {} WHERE {} = {}.id AND {}{})", out, table_of(child), inner, column(child, node.path.front(), inner), alias,
                       visible_rows(child, inner, Select::Deleted::hide), test.empty() ? "" : " AND " + test);
}

}  // namespace shangdao::store::sql
