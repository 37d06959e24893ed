// Operators: what may stand beside what (D2, D3).
#include <algorithm>
#include <utility>

#include "formula/arithmetic.h"
#include "formula/checker.h"

namespace shangdao::formula {

namespace {

constexpr std::size_t terms_max = 100;   // SQLite gives a function 127 arguments

bool is_ordered(const ExprType& type)
{
    return is_numeric(type) || type.type == Type::date || type.type == Type::instant || type.type == Type::text || type.type == Type::choice;
}

bool is_null_literal(const Syntax& tree) { return tree.kind == Syntax::Kind::null || (tree.kind == Syntax::Kind::text && tree.text.empty()); }

}  // namespace

Expression day_of(const Syntax& at, Expression instant) { return called(at, Function::date_of, {.type = Type::date}, {std::move(instant)}); }

// Both sides of a comparison, brought to one type.
Result<std::pair<Expression, Expression>> Checker::pair_of(const Syntax& left_tree, const Syntax& right_tree)
{
    TRY(auto left, value(left_tree));
    TRY(auto right, value(right_tree));
    TRY(left, adapt(left_tree, left, right->type));
    TRY(right, adapt(right_tree, right, left->type));
    // An instant beside a day is asked for its day.
    if (left->type.type == Type::instant && right->type.type == Type::date) left = day_of(left_tree, left);
    if (right->type.type == Type::instant && left->type.type == Type::date) right = day_of(right_tree, right);
    if (!same_kind(left->type, right->type)) return wrong(right_tree, name_of(left->type), right->type);
    return std::pair{std::move(left), std::move(right)};
}

Result<Expression> Checker::negation(const Syntax& tree)
{
    TRY(auto inner, value(tree.args[0]));
    if (!is_numeric(inner->type)) return wrong(tree.args[0], "number", inner->type);
    const auto type = inner->type;
    if (const auto* number = std::get_if<Number>(&inner->value); inner->op == Op::literal && number != nullptr)
        return literal(tree, type, Number{-number->units, number->scale});
    return made(tree, Op::negate, type, {std::move(inner)});
}

Result<Expression> Checker::operation(const Syntax& tree)
{
    switch (tree.op) {
    case Op::all_of:
    case Op::any_of:
    case Op::not_: {
        std::vector<Expression> args;
        for (const auto& argument : tree.args) {
            TRY(auto checked, condition(argument));
            args.push_back(std::move(checked));
        }
        return made(tree, tree.op, {.type = Type::boolean}, std::move(args));
    }
    case Op::is_null:
    case Op::is_not_null: {
        TRY(auto inner, value(tree.args[0]));
        return made(tree, tree.op, {.type = Type::boolean}, {std::move(inner)});
    }
    case Op::equal:
    case Op::not_equal: return equality(tree);
    case Op::less:
    case Op::less_equal:
    case Op::greater:
    case Op::greater_equal: return ordering(tree);
    case Op::in:
    case Op::not_in: return membership(tree);
    case Op::contains:
    case Op::starts_with: return text_match(tree);
    default: return arithmetic(tree);
    }
}

Result<Expression> Checker::equality(const Syntax& tree)
{
    // x = null says the same as x is null.
    for (const auto side : {std::size_t{0}, std::size_t{1}})
        if (is_null_literal(tree.args[side])) {
            TRY(auto inner, value(tree.args[1 - side]));
            return made(tree, tree.op == Op::equal ? Op::is_null : Op::is_not_null, {.type = Type::boolean}, {std::move(inner)});
        }
    const auto right_kind = tree.args[1].kind;
    const bool exact = tree.op == Op::equal && tree.args[0].kind == Syntax::Kind::name && (right_kind == Syntax::Kind::text || right_kind == Syntax::Kind::number);
    const auto before = std::exchange(masked_allowed_, exact);
    auto sides = pair_of(tree.args[0], tree.args[1]);
    masked_allowed_ = before;
    if (!sides) return std::unexpected(sides.error());
    const auto type = sides->first->type.type;
    if (type == Type::choices) return wrong(tree.args[0], "has(…)", sides->first->type);
    if (type == Type::address) return wrong(tree.args[0], "country(…), region(…), detail(…)", sides->first->type);
    return made(tree, tree.op, {.type = Type::boolean}, {std::move(sides->first), std::move(sides->second)});
}

Result<Expression> Checker::ordering(const Syntax& tree)
{
    TRY(auto sides, pair_of(tree.args[0], tree.args[1]));
    const auto& type = sides.first->type;
    if (!is_ordered(type)) return wrong(tree.args[0], "number, money, share, date, instant, text, choice", type);
    // The order of choices is their definition's, so both must have one.
    if (type.type == Type::choice && (type.choices_of == nullptr || type.choices_of != sides.second->type.choices_of))
        return wrong(tree.args[1], type.choices_of == nullptr ? "choice" : std::string{type.choices_of->name}, sides.second->type);
    return made(tree, tree.op, {.type = Type::boolean}, {std::move(sides.first), std::move(sides.second)});
}

Result<Expression> Checker::membership(const Syntax& tree)
{
    TRY(auto left, value(tree.args[0]));
    const auto& right = tree.args[1];
    if (right.kind == Syntax::Kind::call) {
        TRY(auto set, call(right));
        if (!set->type.list) return wrong(right, "list", set->type);
        if (set->type.type == Type::date && left->type.type == Type::instant) left = day_of(tree.args[0], left);
        if (!same_kind(left->type, set->type)) return wrong(tree.args[0], name_of(set->type), left->type);
        return made(tree, tree.op, {.type = Type::boolean}, {std::move(left), std::move(set)});
    }
    if (right.kind != Syntax::Kind::list) return fail(right, "formula_type", {{"expected", "(…)"}, {"found", right.text}});
    if (right.args.size() > 1'000) return fail(right, "formula_too_large", {{"limit", "1000"}});
    if (left->type.type == Type::choices || left->type.type == Type::address) return wrong(tree.args[0], "has(…)", left->type);
    std::vector<Expression> entries;
    for (const auto& entry : right.args) {
        TRY(auto checked, value(entry));
        TRY(checked, adapt(entry, checked, left->type));
        if (!is_constant(checked)) return fail(entry, "formula_type", {{"expected", "\"…\""}, {"found", "field"}});
        if (!same_kind(checked->type, left->type)) return wrong(entry, name_of(left->type), checked->type);
        entries.push_back(std::move(checked));
    }
    auto type = left->type;
    type.list = true;
    auto list = made(right, Op::list, type, std::move(entries));
    return made(tree, tree.op, {.type = Type::boolean}, {std::move(left), std::move(list)});
}

Result<Expression> Checker::text_match(const Syntax& tree)
{
    TRY(auto left, value(tree.args[0]));
    TRY(auto right, value(tree.args[1]));
    if (left->type.type == Type::choices && tree.op == Op::contains) {
        TRY(right, adapt(tree.args[1], right, left->type));
        if (right->op != Op::literal || right->type.type != Type::choice) return wrong(tree.args[1], "choice", right->type);
        return called(tree, Function::has, {.type = Type::boolean}, {std::move(left), std::move(right)});
    }
    if (left->type.type != Type::text) return wrong(tree.args[0], "text", left->type);
    if (right->type.type != Type::text) return wrong(tree.args[1], "text", right->type);
    return made(tree, tree.op, {.type = Type::boolean}, {std::move(left), std::move(right)});
}

Result<Expression> Checker::arithmetic(const Syntax& tree)
{
    TRY(auto left, value(tree.args[0]));
    TRY(auto right, value(tree.args[1]));
    const bool sum = tree.op == Op::add || tree.op == Op::subtract;
    const auto kind = [](const Expression& e) { return e->type.type; };
    if (sum && (kind(left) == Type::date || kind(left) == Type::instant)) return moved_time(tree, std::move(left), std::move(right));
    if (sum) {
        TRY(left, adapt(tree.args[0], left, right->type));
        TRY(right, adapt(tree.args[1], right, left->type));
    }
    if (!is_numeric(left->type)) return wrong(tree.args[0], "number", left->type);
    if (!is_numeric(right->type)) return wrong(tree.args[1], "number", right->type);
    ExprType type{.type = Type::number};
    if (sum) {
        if (kind(left) != kind(right)) return fail(tree, "formula_type", {{"expected", name_of(left->type)}, {"found", name_of(right->type)}});
        type = left->type;
        type.scale = std::max(left->type.scale, right->type.scale);
    } else if (tree.op == Op::multiply) {
        if (kind(left) == Type::money && kind(right) == Type::money) return fail(tree, "formula_type", {{"expected", "number"}, {"found", "money"}});
        if (kind(left) == Type::money || kind(right) == Type::money) type.type = Type::money;
        else type.scale = std::min(6, scale_of(left->type, scope_.base) + scale_of(right->type, scope_.base));
    } else {
        if (kind(right) == Type::money && kind(left) != Type::money) return wrong(tree.args[1], "number", right->type);
        if (kind(left) == Type::money && kind(right) != Type::money) type.type = Type::money;
        else type.scale = 6;
    }
    auto result = made(tree, tree.op, type, {std::move(left), std::move(right)});
    if (is_sum(*result) && terms_of(*result).size() > terms_max) return fail(tree, "formula_too_large", {{"limit", std::to_string(terms_max)}});
    return result;
}

// day ± 15d, day - day, instant ± 36h.
Result<Expression> Checker::moved_time(const Syntax& tree, Expression left, Expression right)
{
    const auto type = left->type;
    if (tree.op == Op::subtract && type.type == Type::date && right->type.type == Type::date)
        return made(tree, tree.op, {.type = Type::number}, {std::move(left), std::move(right)});
    const auto* duration = std::get_if<Duration>(&right->value);
    if (right->op != Op::literal || duration == nullptr) return wrong(tree.args[1], "15d", right->type);
    using Unit = Duration::Unit;
    const bool days = duration->unit == Unit::days || duration->unit == Unit::working_days;
    if (type.type == Type::date && !days) return fail(tree.args[1], "formula_type", {{"expected", "15d, 10wd"}, {"found", to_string(*duration)}});
    if (type.type == Type::instant && duration->unit == Unit::working_days)
        return fail(tree.args[1], "formula_type", {{"expected", "15d, 36h, 90m"}, {"found", to_string(*duration)}});
    return made(tree, tree.op, type, {std::move(left), std::move(right)});
}

}  // namespace shangdao::formula
