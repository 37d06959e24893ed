// Conditions, two-valued (D2). A field beside a constant stays bare, so that its index serves.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "formula/arithmetic.h"
#include "formula/functions.h"
#include "store/sql/expression_sql.h"

namespace shangdao::store::sql {

namespace {

using formula::Expression;
using formula::Function;
using formula::Node;
using formula::Op;
using record::Type;
using record::Value;

// a < b says b > a.
Op mirrored(Op op)
{
    switch (op) {
    case Op::less: return Op::greater;
    case Op::less_equal: return Op::greater_equal;
    case Op::greater: return Op::less;
    case Op::greater_equal: return Op::less_equal;
    default: return op;
    }
}

bool is_day_of_field(const Expression& e) { return e->op == Op::call && static_cast<Function>(e->function) == Function::date_of && e->args[0]->op == Op::field; }

}  // namespace

std::string_view ExpressionSql::sign_of(Op op) const
{
    switch (op) {
    case Op::equal: return words().same;
    case Op::not_equal: return words().differ;
    case Op::less: return "<";
    case Op::less_equal: return "<=";
    case Op::greater: return ">";
    default: return ">=";
    }
}

std::string ExpressionSql::exact(const Expression& e, const std::string& alias) { return fmt::format("(({}) IS TRUE)", condition(e, alias)); }

// A balanced tree, since SQLite bounds the depth of one.
std::string ExpressionSql::connected(const Node& node, std::size_t first, std::size_t count, const std::string& alias)
{
    if (count == 1) return condition(node.args[first], alias);
    const auto half = count / 2;
    const auto left = connected(node, first, half, alias), right = connected(node, first + half, count - half, alias);
    return fmt::format("({} {} {})", left, node.op == Op::all_of ? "AND" : "OR", right);
}

std::string ExpressionSql::condition(const Expression& e, const std::string& alias)
{
    if (is_constant(e)) return constant_text(e);
    switch (e->op) {
    case Op::all_of:
    case Op::any_of: return connected(*e, 0, e->args.size(), alias);
    case Op::not_: return fmt::format("(NOT {})", exact(e->args[0], alias));
    case Op::is_null: return fmt::format("{} IS NULL", value(e->args[0], alias));
    case Op::is_not_null: return fmt::format("{} IS NOT NULL", value(e->args[0], alias));
    case Op::in:
    case Op::not_in: return membership(*e, alias);
    case Op::contains:
    case Op::starts_with: return text_match(*e, alias);
    case Op::equal:
    case Op::not_equal:
    case Op::less:
    case Op::less_equal:
    case Op::greater:
    case Op::greater_equal: return comparison(*e, alias);
    default: return value(e, alias);
    }
}

std::string ExpressionSql::text_match(const Node& node, const std::string& alias)
{
    const auto side = [&](const Expression& e) {
        const auto* literal = std::get_if<std::string>(&e->value);
        return e->op == Op::literal && literal != nullptr ? bind(match_key(*literal)) : fmt::format("match_key({})", value(e, alias));
    };
    const auto text = side(node.args[0]), part = side(node.args[1]);
    return fmt::format("{}({}, {}) {}", words().place, text, part, node.op == Op::contains ? "> 0" : "= 1");
}

// The day of a stored instant against a constant day: asked of the instant itself, so that an index serves it.
std::string ExpressionSql::day_comparison(const Node& node, const std::string& alias)
{
    const auto day_value = constant(node.args[1]);
    if (!day_value) return overflow(Type::boolean);
    const auto* day = std::get_if<Date>(&*day_value);
    const auto instant = value(node.args[0]->args[0], alias);
    if (day == nullptr) return node.op == Op::equal ? instant + " IS NULL" : node.op == Op::not_equal ? instant + " IS NOT NULL" : "FALSE";
    const auto begin = moment_.zone.start_of(*day).us, end = moment_.zone.start_of(*day + 1).us;
    switch (node.op) {
    case Op::equal: return fmt::format("{} BETWEEN {} AND {}", instant, bind(begin), bind(end - 1));
    case Op::not_equal: return fmt::format("(NOT (({} BETWEEN {} AND {}) IS TRUE))", instant, bind(begin), bind(end - 1));
    case Op::less: return fmt::format("{} < {}", instant, bind(begin));
    case Op::less_equal: return fmt::format("{} < {}", instant, bind(end));
    case Op::greater: return fmt::format("{} >= {}", instant, bind(end));
    default: return fmt::format("{} >= {}", instant, bind(begin));
    }
}

// `left` against a constant of another scale, brought to the scale of `left` without loss: x < 12.345 says x <= 12.34.
std::string ExpressionSql::bounded(const Expression& left, Op op, std::int64_t units, int scale, const std::string& alias)
{
    const int own = scale_of(left->type);
    std::int64_t divisor = 1;
    for (int i = own; i < scale; ++i) divisor *= 10;
    const auto rest = (units % divisor + divisor) % divisor;
    const auto below = (units - rest) / divisor;
    // A parameter that is bound must be used, so `left` is printed where it is.
    if (rest == 0) return fmt::format("{} {} {}", value(left, alias), op == Op::equal ? "=" : sign_of(op), bind(below));
    switch (op) {
    case Op::equal: return "FALSE";
    case Op::not_equal: return "TRUE";
    case Op::less:
    case Op::less_equal: return fmt::format("{} <= {}", value(left, alias), bind(below));
    default: return fmt::format("{} > {}", value(left, alias), bind(below));
    }
}

std::string ExpressionSql::number_comparison(const Node& node, const std::string& alias)
{
    const auto& left = node.args[0];
    const auto& right = node.args[1];
    const int sa = scale_of(left->type), sb = scale_of(right->type);
    if (is_constant(right) && !is_constant(left)) {
        const auto computed = constant(right);
        if (!computed) return overflow(Type::boolean);
        if (const auto* number = std::get_if<Number>(&*computed)) {
            if (number->scale >= sa) return bounded(left, node.op, number->units, number->scale, alias);
            if (const auto units = rescale(number->units, number->scale, sa)) return bounded(left, node.op, *units, sa, alias);
        }
    }
    const auto a = value(left, alias), b = value(right, alias);
    if (sa == sb) return fmt::format("{} {} {}", a, sign_of(node.op), b);
    if (node.op == Op::equal || node.op == Op::not_equal) return fmt::format("sd_same({},{},{},{}) = {}", a, sa, b, sb, node.op == Op::equal ? 1 : 0);
    return fmt::format("sd_compare({},{},{},{}) {} 0", a, sa, b, sb, sign_of(node.op));
}

bool ExpressionSql::is_broad(const Node& node, const std::string& alias) const
{
    const auto& left = node.args[0];
    return node.op == Op::equal && alias == "t" && left->op == Op::field && left->path.size() == 1 && std::ranges::find(broad_, left->path.front()) != broad_.end();
}

std::string ExpressionSql::comparison(const Node& node, const std::string& alias)
{
    const auto& left = node.args[0];
    const auto& right = node.args[1];
    // A constant stands on the right.
    if (is_constant(left) && !is_constant(right)) {
        Node turned = node;
        std::swap(turned.args[0], turned.args[1]);
        turned.op = mirrored(node.op);
        return comparison(turned, alias);
    }
    if (is_day_of_field(left) && is_constant(right)) return day_comparison(node, alias);
    if (left->type.type == Type::number && right->type.type == Type::number) return number_comparison(node, alias);
    const bool ordering = node.op != Op::equal && node.op != Op::not_equal;
    const auto side = [&](const Expression& e) { return ordering ? sort_of(e->type, value(e, alias)) : value(e, alias); };
    const auto a = side(left), b = side(right);
    const bool bound = right->op == Op::literal && !record::is_null(right->value);
    return fmt::format("{}{} {} {}", is_broad(node, alias) ? "+" : "", a, node.op == Op::equal && bound ? "=" : sign_of(node.op), b);
}

std::string ExpressionSql::among(const Node& node, const std::string& alias)
{
    const auto& left = node.args[0];
    const int scale = scale_of(left->type);
    std::vector<Value> listed;
    for (const auto& entry : node.args[1]->args) {
        const auto computed = constant(entry);
        if (!computed) return overflow(Type::boolean);
        if (record::is_null(*computed)) continue;   // null is in no list
        auto bound = *computed;
        if (const auto* number = std::get_if<Number>(&*computed)) {
            const auto units = rescale(number->units, number->scale, scale);
            if (!units || formula::compare_scaled(*units, scale, number->units, number->scale) != 0) continue;   // no value of the field is this number
            bound = Number{*units, scale};
        }
        listed.push_back(std::move(bound));
    }
    if (listed.empty()) return "FALSE";
    std::string list;
    for (const auto& one : listed) list += (list.empty() ? "" : ",") + bind_value(one);
    return fmt::format("{} IN ({})", value(left, alias), list);
}

std::string ExpressionSql::in_period(const Node& node, const std::string& alias)
{
    const auto& left = node.args[0];
    const auto& period = *node.args[1];
    const auto days = formula::days_of(static_cast<Function>(period.function), moment_.today, period.args.empty() ? 0 : formula::units_of(period.args[0]->value));
    if (!is_day_of_field(left)) return fmt::format("{} BETWEEN {} AND {}", value(left, alias), bind(std::int64_t{days.first.days}), bind(std::int64_t{days.last.days}));
    const auto begin = moment_.zone.start_of(days.first).us, end = moment_.zone.start_of(days.last + 1).us;
    return fmt::format("{} BETWEEN {} AND {}", value(left->args[0], alias), bind(begin), bind(end - 1));
}

std::string ExpressionSql::membership(const Node& node, const std::string& alias)
{
    const auto& right = *node.args[1];
    const auto called = right.op == Op::call ? std::optional{static_cast<Function>(right.function)} : std::nullopt;
    const auto among_ids = [&](const std::shared_ptr<const record::OwnerSet>& ids) { return ids && !ids->empty() ? one_of(ids, value(node.args[0], alias)) : "FALSE"; };
    std::string test;
    if (!called) test = among(node, alias);
    else if (formula::is_period(*called)) test = in_period(node, alias);
    else if (*called == Function::followed) test = among_ids(moment_.followed);
    else if (*called == Function::locked) test = among_ids(moment_.locked);
    else test = moment_.my_team ? in_team(value(node.args[0], alias)) : "FALSE";
    return node.op == Op::in ? test : fmt::format("(NOT (({}) IS TRUE))", test);
}

}  // namespace shangdao::store::sql
