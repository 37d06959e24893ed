// Checker – gives a syntax tree its names, types and rights. A hidden field and a name that does not exist take the same road
// to the same answer; a masked field may only be compared by = with a literal.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "formula/check.h"
#include "formula/functions.h"
#include "formula/syntax.h"

namespace shangdao::formula {

enum class Place : unsigned char { value, measure };

class Checker {
public:
    Checker(std::string_view source, const Scope& scope, Place place) : source_(source), scope_(scope), object_(&scope.object), place_(place) {}

    Result<Expression> condition(const Syntax& tree);
    // A value, never a list: those stand right of `in` only.
    Result<Expression> value(const Syntax& tree);

private:
    using Checked = Result<Expression>;

    // Findings.
    std::unexpected<Problems> fail(const Syntax& tree, std::string code, std::map<std::string, std::string> args = {}) const;
    std::unexpected<Problems> wrong(const Syntax& tree, std::string expected, const ExprType& found) const;
    std::unexpected<Problems> arguments_wrong(const Syntax& tree, std::string expected, std::string_view example) const;
    std::unexpected<Problems> unknown_name(const Syntax& tree, const record::Object& object, std::string_view word) const;

    // Names (check_names.cpp).
    record::FieldLevel level(const record::Object& object, std::size_t slot) const;
    bool sees(const record::Object& object, std::size_t slot) const { return level(object, slot) != record::FieldLevel::hidden; }
    std::optional<std::size_t> field_of(const record::Object& object, std::string_view word) const;
    const record::Reverse* reverse_of(const record::Object& object, std::string_view word) const;
    const Expression* measure_named(std::string_view word) const;
    std::span<const std::string> own_names(const Syntax& tree) const;
    Checked name(const Syntax& tree);

    // Literals (check_literals.cpp): alone, and beside something typed.
    Checked number(const Syntax& tree) const;
    Checked text(const Syntax& tree) const;
    Checked moment_literal(const Syntax& tree, std::string_view word) const;
    Checked adapt(const Syntax& tree, Expression expression, const ExprType& wanted) const;
    Checked adapted_number(const Syntax& tree, Number number, const ExprType& wanted) const;
    Checked adapted_text(const Syntax& tree, Expression expression, const std::string& text, const ExprType& wanted) const;
    Checked choice(const Syntax& tree, const std::string& text, const ExprType& wanted) const;

    // Operators (check_operators.cpp).
    Checked negation(const Syntax& tree);
    Checked operation(const Syntax& tree);
    Checked equality(const Syntax& tree);
    Checked ordering(const Syntax& tree);
    Checked membership(const Syntax& tree);
    Checked text_match(const Syntax& tree);
    Checked arithmetic(const Syntax& tree);
    Checked moved_time(const Syntax& tree, Expression left, Expression right);
    Result<std::pair<Expression, Expression>> pair_of(const Syntax& left_tree, const Syntax& right_tree);

    // Calls (check_calls.cpp).
    Checked call(const Syntax& tree);
    Result<ExprType> result_type(const Syntax& tree, const FunctionRow& row, std::vector<Expression>& args);
    Result<ExprType> moment_type(const Syntax& tree, const FunctionRow& row, std::vector<Expression>& args);
    Result<ExprType> choosing_type(const Syntax& tree, const FunctionRow& row, std::vector<Expression>& args);
    Result<ExprType> part_type(const Syntax& tree, const FunctionRow& row, std::vector<Expression>& args);
    Result<void> arity(const Syntax& tree, const FunctionRow& row, std::size_t wanted) const;
    Result<void> of_type(const Syntax& tree, const FunctionRow& row, const Expression& argument, std::size_t place, std::initializer_list<Type> types) const;
    Result<void> alike(const Syntax& tree, std::vector<Expression>& args, std::size_t from) const;

    // Aggregates (check_aggregates.cpp).
    Checked aggregate(const Syntax& tree, Aggregate kind);
    Result<void> aggregate_parts(const Syntax& tree, const Syntax* inside, std::size_t next, Node& node);
    Result<void> aggregate_value(const Syntax& inside, Node& node, Expression& counted);

    std::string_view source_;
    const Scope& scope_;
    const record::Object* object_;      // whose fields are meant: inside an aggregate the children's
    Place place_;
    bool masked_allowed_ = false, inside_aggregate_ = false;
};

// What the checker's parts share.
std::string name_of(const ExprType& type);
bool is_numeric(const ExprType& type);
bool same_kind(const ExprType& a, const ExprType& b);
bool is_constant(const Expression& expression);   // nothing of a record is read
Expression literal(const Syntax& at, ExprType type, Value value);
Expression made(const Syntax& at, Op op, ExprType type, std::vector<Expression> args);
Expression called(const Syntax& at, Function function, ExprType type, std::vector<Expression> args);
Expression day_of(const Syntax& at, Expression instant);
std::optional<Aggregate> aggregate_named(std::string_view word);

// How much of an SQL parser's stack the expression takes; SQLite holds 100 symbols and the statement around needs its part.
int nesting(const Expression& expression);
inline constexpr int max_nesting = 80;

}  // namespace shangdao::formula
