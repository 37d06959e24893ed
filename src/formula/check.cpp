// The doors of the checker: from text to a checked tree.
#include "formula/check.h"

#include <algorithm>

#include "formula/arithmetic.h"
#include "formula/checker.h"
#include "formula/token.h"
#include "record/type.h"

namespace shangdao::formula {

namespace {

Result<Expression> bounded(std::string_view text, const Scope& scope, Expression expression)
{
    if (scope.back_end == Scope::BackEnd::every && nesting(expression) > max_nesting)
        return refuse_at(text, expression->begin, "formula_too_deep", {{"limit", std::to_string(max_nesting)}});
    return expression;
}

// A field outside an aggregate has no single value over many rows; nor has an aggregate over one row's children.
const Node* stray(const Expression& e)
{
    if (e->op == Op::field) return e.get();
    if (e->op == Op::aggregate) return e->path.empty() ? nullptr : e.get();
    for (const auto& argument : e->args)
        if (argument)
            if (const auto* found = stray(argument)) return found;
    return nullptr;
}

}  // namespace

std::string name_of(const ExprType& type) { return std::string{record::type_name(type.type)}; }

bool is_numeric(const ExprType& type) { return type.type == Type::number || type.type == Type::money || type.type == Type::share; }

bool same_kind(const ExprType& a, const ExprType& b) { return a.type == b.type && (a.type != Type::reference || a.target == b.target); }

bool is_constant(const Expression& expression)
{
    if (expression == nullptr) return true;
    if (expression->op == Op::field || expression->op == Op::aggregate) return false;
    return std::ranges::all_of(expression->args, is_constant);
}

Expression literal(const Syntax& at, ExprType type, Value value)
{
    Node node{.op = Op::literal, .type = type, .value = std::move(value), .begin = at.begin, .end = at.end};
    return std::make_shared<const Node>(std::move(node));
}

Expression made(const Syntax& at, Op op, ExprType type, std::vector<Expression> args)
{
    Node node{.op = op, .type = type, .begin = at.begin, .end = at.end};
    node.args = std::move(args);
    return std::make_shared<const Node>(std::move(node));
}

Expression called(const Syntax& at, Function function, ExprType type, std::vector<Expression> args)
{
    Node node{.op = Op::call, .type = type, .function = static_cast<std::size_t>(function), .begin = at.begin, .end = at.end};
    node.args = std::move(args);
    return std::make_shared<const Node>(std::move(node));
}

int nesting(const Expression& expression)
{
    if (expression == nullptr || is_constant(expression)) return 1;
    constexpr int bracket = 5, subselect = 10;
    const auto& e = *expression;
    if (e.op == Op::field) return 1 + subselect * static_cast<int>(e.path.size() - 1);
    if (e.op == Op::call && static_cast<Function>(e.function) == Function::condition) {
        // A chain of else-ifs is one CASE.
        const auto& otherwise = e.args[2];
        const bool chain = otherwise->op == Op::call && otherwise->function == e.function;
        return std::max({nesting(e.args[0]) + bracket, nesting(e.args[1]) + bracket, nesting(otherwise) + (chain ? 0 : bracket)});
    }
    if (e.op == Op::multiply || e.op == Op::divide) return std::max(nesting(e.args[0]) + 3, nesting(e.args[1]) + bracket);
    int inside = 0;
    if (is_sum(e)) {
        for (const auto& term : terms_of(e)) inside = std::max(inside, nesting(*term.value));
        return inside + bracket;
    }
    for (const auto& argument : e.args) inside = std::max(inside, nesting(argument));
    switch (e.op) {
    case Op::aggregate: return inside + subselect + bracket;
    case Op::all_of:
    case Op::any_of: {
        int own = 2;
        for (auto terms = e.args.size(); terms > 1; terms = (terms + 1) / 2) own += 2;   // printed as a balanced tree
        return inside + own;
    }
    case Op::is_null:
    case Op::is_not_null: return inside + 2;
    case Op::call: return inside + bracket + (e.args.size() > 1 ? 1 : 0);
    default: return inside + bracket;
    }
}

Result<Expression> Checker::condition(const Syntax& tree)
{
    TRY(auto expression, value(tree));
    if (expression->type.type != Type::boolean) return wrong(tree, "boolean", expression->type);
    return expression;
}

Result<Expression> Checker::value(const Syntax& tree)
{
    switch (tree.kind) {
    case Syntax::Kind::number: return number(tree);
    case Syntax::Kind::text: return text(tree);
    case Syntax::Kind::duration: return literal(tree, {.type = Type::duration}, *parse_duration(tree.text));
    case Syntax::Kind::boolean: return literal(tree, {.type = Type::boolean}, tree.flag);
    case Syntax::Kind::null: return literal(tree, {.type = Type::text}, record::Null{});
    case Syntax::Kind::name: return name(tree);
    case Syntax::Kind::call: {
        TRY(auto expression, call(tree));
        if (expression->type.list) return fail(tree, "formula_type", {{"expected", "in " + tree.text + "(…)"}, {"found", "list"}});
        return expression;
    }
    case Syntax::Kind::list: return fail(tree, "formula_type", {{"expected", "in (…)"}, {"found", "list"}});
    case Syntax::Kind::negate: return negation(tree);
    case Syntax::Kind::operation: return operation(tree);
    }
    return fail(tree, "formula_syntax");
}

std::unexpected<Problems> Checker::fail(const Syntax& tree, std::string code, std::map<std::string, std::string> args) const
{
    return refuse_at(source_, tree.begin, std::move(code), std::move(args));
}

std::unexpected<Problems> Checker::wrong(const Syntax& tree, std::string expected, const ExprType& found) const
{
    return fail(tree, "formula_type", {{"expected", std::move(expected)}, {"found", name_of(found)}});
}

std::unexpected<Problems> Checker::arguments_wrong(const Syntax& tree, std::string expected, std::string_view example) const
{
    return fail(tree, "formula_arguments",
                {{"name", tree.text}, {"expected", std::move(expected)}, {"found", std::to_string(tree.args.size())}, {"example", std::string{example}}});
}

Result<Expression> check_condition(std::string_view text, const Scope& scope)
{
    TRY(const auto tree, parse(text));
    TRY(auto expression, Checker(text, scope, Place::value).condition(tree));
    return bounded(text, scope, std::move(expression));
}

Result<Expression> check_value(std::string_view text, const Scope& scope)
{
    TRY(const auto tree, parse(text));
    TRY(auto expression, Checker(text, scope, Place::value).value(tree));
    if (expression->type.type == Type::address) return refuse_at(text, 0, "formula_type", {{"expected", "country(…), region(…), detail(…)"}, {"found", "address"}});
    return bounded(text, scope, std::move(expression));
}

Result<Expression> check_measure(std::string_view text, const Scope& scope)
{
    TRY(const auto tree, parse(text));
    TRY(auto expression, Checker(text, scope, Place::measure).value(tree));
    if (const auto* found = stray(expression)) return refuse_at(text, found->begin, "formula_type", {{"expected", "count(), sum(…)"}, {"found", "field"}});
    return bounded(text, scope, std::move(expression));
}

std::vector<std::pair<std::size_t, std::size_t>> inputs(const record::Catalogue& catalogue, const Expression& expression)
{
    std::vector<std::pair<std::size_t, std::size_t>> found;
    const auto visit = [&](const auto& self, const Expression& e) -> void {
        if (!e) return;
        if (e->op == Op::field) {
            auto object = e->object;
            for (const auto slot : e->path) {
                found.emplace_back(object, slot);
                object = catalogue.object(object).target(slot);
            }
        }
        if (e->op == Op::aggregate && !e->path.empty()) found.emplace_back(e->child_object, e->path.front());
        for (const auto& argument : e->args) self(self, argument);
    };
    visit(visit, expression);
    return found;
}

}  // namespace shangdao::formula
