// Calls: how many arguments of which types, and what comes of them.
#include <algorithm>

#include "base/text.h"
#include "formula/arithmetic.h"
#include "formula/checker.h"

namespace shangdao::formula {

namespace {

constexpr std::size_t arguments_max = 20;
constexpr std::int64_t period_days_max = 3'660;

// Numbers of different scales meet at the larger one.
ExprType widest(std::span<const Expression> args)
{
    auto type = args.front()->type;
    for (const auto& argument : args) type.scale = std::max(type.scale, argument->type.scale);
    return type;
}

const Number* whole_literal(const Expression& e)
{
    const auto* number = std::get_if<Number>(&e->value);
    return e->op == Op::literal && number != nullptr && number->scale == 0 ? number : nullptr;
}

}  // namespace

Result<Expression> Checker::call(const Syntax& tree)
{
    const auto word = match_key(tree.text);
    if (word == "date" || word == "instant") return moment_literal(tree, word);
    if (const auto kind = aggregate_named(word)) return aggregate(tree, *kind);
    const auto* row = function_named(word);
    if (row == nullptr) {
        std::vector<std::string_view> known;
        for (const auto& one : function_table()) known.push_back(one.name);
        std::map<std::string, std::string> args{{"name", tree.text}};
        if (const auto near = nearest(tree.text, known)) args["nearest"] = *near;
        return fail(tree, "formula_unknown_function", std::move(args));
    }
    if (tree.args.size() > arguments_max) return arguments_wrong(tree, std::to_string(arguments_max), row->example);
    std::vector<Expression> args;
    for (const auto& argument : tree.args) {
        TRY(auto checked, value(argument));
        args.push_back(std::move(checked));
    }
    TRY(const auto type, result_type(tree, *row, args));
    if (row->back_ends == FunctionRow::BackEnds::record && scope_.back_end == Scope::BackEnd::every && !std::ranges::all_of(args, is_constant))
        return fail(tree, "formula_no_sql", {{"name", std::string{row->name}}});
    return called(tree, row->function, type, std::move(args));
}

Result<void> Checker::arity(const Syntax& tree, const FunctionRow& row, std::size_t wanted) const
{
    if (tree.args.size() == wanted) return {};
    return arguments_wrong(tree, std::to_string(wanted), row.example);
}

Result<void> Checker::of_type(const Syntax& tree, const FunctionRow& row, const Expression& argument, std::size_t place, std::initializer_list<Type> types) const
{
    if (std::ranges::find(types, argument->type.type) != types.end()) return {};
    return fail(tree.args[place], "formula_type", {{"expected", std::string{row.takes}}, {"found", name_of(argument->type)}, {"example", std::string{row.example}}});
}

// Brings the arguments from `from` on to one type.
Result<void> Checker::alike(const Syntax& tree, std::vector<Expression>& args, std::size_t from) const
{
    const auto candidates = std::span{args}.subspan(from);
    auto typed = std::ranges::find_if(candidates, [](const Expression& e) { return e->op != Op::literal; });
    if (typed == candidates.end()) typed = std::ranges::find_if(candidates, [](const Expression& e) { return !record::is_null(e->value); });
    const auto model = (typed == candidates.end() ? args[from] : *typed)->type;
    for (std::size_t i = from; i < args.size(); ++i) {
        TRY(args[i], adapt(tree.args[i], args[i], model));
        if (!same_kind(args[i]->type, model)) return wrong(tree.args[i], name_of(model), args[i]->type);
        if (args[i]->type.type == Type::address) return wrong(tree.args[i], "country(…), region(…), detail(…)", args[i]->type);
    }
    return {};
}

Result<ExprType> Checker::result_type(const Syntax& tree, const FunctionRow& row, std::vector<Expression>& args)
{
    using enum Function;
    switch (row.function) {
    case lower:
    case length:
        CHECK_OK(arity(tree, row, 1));
        CHECK_OK(of_type(tree, row, args[0], 0, {Type::text}));
        return ExprType{.type = row.function == lower ? Type::text : Type::number};
    case absolute:
        CHECK_OK(arity(tree, row, 1));
        CHECK_OK(of_type(tree, row, args[0], 0, {Type::number, Type::money, Type::share}));
        return args[0]->type;
    case Function::round: {
        CHECK_OK(arity(tree, row, 2));
        CHECK_OK(of_type(tree, row, args[0], 0, {Type::number}));
        const auto* digits = whole_literal(args[1]);
        if (digits == nullptr || digits->units < 0 || digits->units > 6) return fail(tree.args[1], "formula_type", {{"expected", "0…6"}, {"found", tree.args[1].text}});
        return ExprType{.type = Type::number, .scale = std::min(args[0]->type.scale, static_cast<int>(digits->units))};
    }
    case least:
    case greatest:
    case coalesce:
    case condition: return choosing_type(tree, row, args);
    case has:
    case original:
    case currency:
    case country:
    case region:
    case detail: return part_type(tree, row, args);
    default: return moment_type(tree, row, args);
    }
}

Result<ExprType> Checker::choosing_type(const Syntax& tree, const FunctionRow& row, std::vector<Expression>& args)
{
    if (row.function == Function::condition) {
        CHECK_OK(arity(tree, row, 3));
        CHECK_OK(of_type(tree, row, args[0], 0, {Type::boolean}));
        CHECK_OK(alike(tree, args, 1));
        return widest(std::span{args}.subspan(1));
    }
    if (row.function == Function::coalesce && args.size() < 2) return arguments_wrong(tree, "2", row.example);
    if (row.function != Function::coalesce) CHECK_OK(arity(tree, row, 2));
    CHECK_OK(alike(tree, args, 0));
    if (row.function != Function::coalesce) CHECK_OK(of_type(tree, row, args[0], 0, {Type::number, Type::money, Type::share, Type::date, Type::instant}));
    return widest(args);
}

Result<ExprType> Checker::part_type(const Syntax& tree, const FunctionRow& row, std::vector<Expression>& args)
{
    if (row.function == Function::has) {
        CHECK_OK(arity(tree, row, 2));
        CHECK_OK(of_type(tree, row, args[0], 0, {Type::choices}));
        TRY(args[1], adapt(tree.args[1], args[1], args[0]->type));
        if (args[1]->op != Op::literal || args[1]->type.type != Type::choice) return wrong(tree.args[1], "choice", args[1]->type);
        return ExprType{.type = Type::boolean};
    }
    const bool money = row.function == Function::original || row.function == Function::currency;
    CHECK_OK(arity(tree, row, 1));
    CHECK_OK(of_type(tree, row, args[0], 0, {money ? Type::money : Type::address}));
    if (args[0]->op != Op::field) return fail(tree.args[0], "formula_type", {{"expected", "field"}, {"found", name_of(args[0]->type)}, {"example", std::string{row.example}}});
    if (row.function == Function::original) return ExprType{.type = Type::number, .scale = original_scale};
    return ExprType{.type = Type::text};
}

Result<ExprType> Checker::moment_type(const Syntax& tree, const FunctionRow& row, std::vector<Expression>& args)
{
    using enum Function;
    switch (row.function) {
    case today: CHECK_OK(arity(tree, row, 0)); return ExprType{.type = Type::date};
    case now: CHECK_OK(arity(tree, row, 0)); return ExprType{.type = Type::instant};
    case me:
    case my_team: {
        CHECK_OK(arity(tree, row, 0));
        const auto* members = scope_.catalogue.find("member");
        return ExprType{.type = Type::reference, .target = members == nullptr ? 0 : members->index(), .list = row.function == my_team};
    }
    case followed:
    case locked:
        CHECK_OK(arity(tree, row, 0));
        return ExprType{.type = Type::reference, .target = scope_.object.index(), .list = true};
    case last_days:
    case next_days: {
        CHECK_OK(arity(tree, row, 1));
        const auto* count = whole_literal(args[0]);
        if (count == nullptr || count->units < 1 || count->units > period_days_max)
            return fail(tree.args[0], "formula_type", {{"expected", "1…" + std::to_string(period_days_max)}, {"found", tree.args[0].text}});
        return ExprType{.type = Type::date, .list = true};
    }
    case days_since:
    case days_until:
        CHECK_OK(arity(tree, row, 1));
        CHECK_OK(of_type(tree, row, args[0], 0, {Type::date, Type::instant}));
        return ExprType{.type = Type::number};
    case working_days_between:
        CHECK_OK(arity(tree, row, 2));
        for (const std::size_t i : {0U, 1U}) CHECK_OK(of_type(tree, row, args[i], i, {Type::date}));
        return ExprType{.type = Type::number};
    case add_days:
        CHECK_OK(arity(tree, row, 2));
        CHECK_OK(of_type(tree, row, args[0], 0, {Type::date}));
        CHECK_OK(of_type(tree, row, args[1], 1, {Type::number}));
        if (args[1]->type.scale != 0) return fail(tree.args[1], "formula_type", {{"expected", "round(…, 0)"}, {"found", "number"}});
        return ExprType{.type = Type::date};
    case date_of:
        CHECK_OK(arity(tree, row, 1));
        CHECK_OK(of_type(tree, row, args[0], 0, {Type::instant}));
        return ExprType{.type = Type::date};
    default: break;
    }
    if (is_period(row.function)) {
        CHECK_OK(arity(tree, row, 0));
        return ExprType{.type = Type::date, .list = true};
    }
    CHECK_OK(arity(tree, row, 1));
    if (args[0]->type.type == Type::instant) args[0] = day_of(tree.args[0], args[0]);
    CHECK_OK(of_type(tree, row, args[0], 0, {Type::date}));
    return ExprType{.type = row.function == year ? Type::number : Type::date};
}

}  // namespace shangdao::formula
