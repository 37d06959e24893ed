// Expressions as SQL: columns of an alias, bound parameters, and the functions of sqlite/formula_functions. What reads nothing
// of the record is computed here, once, and bound; so today() and me() cost nothing per row.
#pragma once

#include <span>
#include <string>

#include "store/sql/statement.h"

namespace shangdao::store::sql {

class ExpressionSql {
public:
    ExpressionSql(const record::Catalogue& catalogue, const formula::Moment& moment, const record::Sight* sight, std::vector<Bind>& binds)
        : catalogue_(catalogue), moment_(moment), sight_(sight), binds_(binds)
    {
    }

    // Equalities of these slots of the outermost rows must not choose an index (Select::broad).
    void walk_past(std::span<const std::size_t> broad) { broad_ = broad; }

    // True or not true: null counts as not true. Fit for WHERE, HAVING and CASE WHEN.
    std::string condition(const formula::Expression& e, const std::string& alias);
    // A scalar: units of numbers and shares, base minor units of money, days, µs, text, key, id, 0/1; null is null.
    std::string value(const formula::Expression& e, const std::string& alias);
    // What ORDER BY sorts by: the pinyin key of text that has one, the place of a choice, else the value.
    std::string sort_value(const formula::Expression& e, const std::string& alias);
    // Rows of `object` under `alias` that are live and visible; "1" when every row is.
    std::string visible_rows(const record::Object& object, const std::string& alias, Select::Deleted deleted);

    std::string bind(Bind value);
    // The parameter of a literal: as `value` would print it.
    std::string bind_value(const record::Value& value);
    // The same for a place in ORDER BY, where text stands for its pinyin key and a choice for its place.
    std::string bind_sort_value(const formula::Expression& by, const record::Value& value);

private:
    std::string fresh_alias() { return "t" + std::to_string(++aliases_); }
    std::string column(const record::Object& object, std::size_t slot, const std::string& alias) const;
    std::string owned_rows(const record::Object& object, const std::string& alias);
    std::string field(const formula::Node& node, const std::string& alias);
    std::string field_at(const formula::Node& node, std::size_t step, std::size_t object, const std::string& alias);
    std::string comparison(const formula::Node& node, const std::string& alias);
    std::string day_comparison(const formula::Node& node, const std::string& alias);
    std::string exact(const formula::Expression& e, const std::string& alias);
    std::string membership(const formula::Node& node, const std::string& alias);
    std::string call(const formula::Node& node, const std::string& alias);
    std::string arithmetic(const formula::Node& node, const std::string& alias);
    std::string aggregate(const formula::Node& node, const std::string& alias);
    std::string choice_place(const record::FieldDef& field, const std::string& sql) const;
    std::string scaled(std::string sql, int from, int to) const;

    const record::Catalogue& catalogue_;
    const formula::Moment& moment_;
    const record::Sight* sight_;
    std::vector<Bind>& binds_;
    std::span<const std::size_t> broad_;
    int aliases_ = 0;
};

// True when nothing of a record is read.
bool is_constant(const formula::Expression& e);

}  // namespace shangdao::store::sql
