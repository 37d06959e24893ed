// Expressions as SQL: columns of an alias, bound parameters, and functions of ours (dialect_sql.h). What reads nothing
// of the record is computed here, once, and bound; so today() and me() cost nothing per row.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "store/sql/dialect_sql.h"

namespace shangdao::store::sql {

class ExpressionSql {
public:
    ExpressionSql(const record::Catalogue& catalogue, const formula::Moment& moment, const record::Sight* sight, Dialect dialect, std::vector<Bind>& binds)
        : catalogue_(catalogue), moment_(moment), sight_(sight), dialect_(DialectSql::of(dialect)), binds_(binds)
    {
    }

    // Equalities of these slots of the outermost rows must not choose an index (Select::broad).
    void walk_past(std::span<const std::size_t> broad) { broad_ = broad; }

    // The rows of several owners are judged one by one on the walk over an order's index, not gathered owner by owner and sorted.
    void judge_owners() { owners_judged_ = true; }
    // Nothing is walked in an order: the rows of one's team are gathered owner by owner.
    void gather_team() { team_gathered_ = true; }

    // The outermost rows are cells of a cube: each counts as its n records.
    void count_cells() { cells_ = true; }
    // The cells under `alias` that hold visible records.
    std::string visible_cells(const record::Object& object, const std::string& alias);

    // True or not true: null counts as not true. Fit for WHERE, HAVING and CASE WHEN.
    std::string condition(const formula::Expression& e, const std::string& alias);
    // A scalar: units of numbers and shares, base minor units of money, days, µs, text, key, id, truth; null is null.
    std::string value(const formula::Expression& e, const std::string& alias);

    // What ORDER BY sorts by: the pinyin key of text that has one, the place of a choice, else the value; and the parameter
    // that stands for `place` there. A key that is no longer listed has no place, as null.
    std::string sort_value(const formula::Expression& e, const std::string& alias);
    std::string bind_sort_value(const formula::Expression& by, const record::Value& place);
    // The same of a value already selected under `name`.
    std::string sort_of(const formula::ExprType& type, const std::string& name) const;

    // Rows of `object` under `alias` that are live (or in the bin) and visible.
    std::string visible_rows(const record::Object& object, const std::string& alias, Select::Deleted deleted, Select::Part part = Select::Part::whole);
    // Rows seen beyond ownership, and by none of `owners`.
    std::string rows_beyond(const record::Object& object, const std::string& alias, Select::Deleted deleted);
    static std::string live_rows(const std::string& alias, Select::Deleted deleted);

    const DialectSql::Words& words() const { return dialect_.words(); }
    std::string bind(Bind value);
    // The parameter of a literal: as `value` would print it.
    std::string bind_value(const record::Value& value);
    // What is withheld from the viewer whoever owns or shares it, each test behind an AND. There is a viewer.
    std::string withheld_rows(const record::Object& object, const std::string& alias);
    // The physical column of a field; of money its worth in base currency.
    std::string column(const record::Object& object, std::size_t slot, const std::string& alias) const;

private:
    // Which of a field's columns is meant.
    enum class Part : unsigned char { value, sort, minor, currency, country, region, detail };

    std::string fresh_alias() { return "t" + std::to_string(++aliases_); }
    std::string part_of(const record::Object& object, std::size_t slot, const std::string& alias, Part part) const;
    std::string field(const formula::Node& node, const std::string& alias, Part part = Part::value) { return field_at(node, 0, node.object, alias, part); }
    std::string field_at(const formula::Node& node, std::size_t step, std::size_t object, const std::string& alias, Part part);
    std::string owned_rows(const record::Object& object, const std::string& alias);
    std::string opened_rows(const record::Object& object, const std::string& alias, Select::Deleted deleted);
    std::string seen_rows(const record::Object& object, const std::string& alias, Select::Deleted deleted);
    std::string one_of(const std::shared_ptr<const record::OwnerSet>& owners, const std::string& owner);
    std::string with_id(const std::shared_ptr<const record::OwnerSet>& ids, const std::string& alias);
    std::string in_team(const std::string& owner);

    std::string_view sign_of(formula::Op op) const;
    std::string bind_all(std::vector<Bind> values);
    std::optional<record::Value> constant(const formula::Expression& e) const;
    std::string constant_text(const formula::Expression& e);
    static std::string overflow(record::Type type);
    std::string arithmetic(const formula::Node& node, const std::string& alias);
    std::string sum(const formula::Node& node, const std::string& alias);
    std::string moved(const formula::Node& node, Duration duration, const std::string& alias);
    std::string call(const formula::Node& node, const std::string& alias);
    std::string chosen(const formula::Node& node, const std::string& alias);
    std::string aggregate(const formula::Node& node, const std::string& alias);
    std::string aggregated(const formula::Node& node, const std::string& inside);
    std::string choice_place(const record::FieldDef& field, const std::string& sql) const;
    std::string branch(const formula::Expression& e, const formula::ExprType& result, const std::string& alias);
    int scale_of(const formula::ExprType& type) const;

    std::string connected(const formula::Node& node, std::size_t first, std::size_t count, const std::string& alias);
    std::string exact(const formula::Expression& e, const std::string& alias);
    bool is_broad(const formula::Node& node, const std::string& alias) const;
    std::string comparison(const formula::Node& node, const std::string& alias);
    std::string day_comparison(const formula::Node& node, const std::string& alias);
    std::string number_comparison(const formula::Node& node, const std::string& alias);
    std::string bounded(const formula::Expression& left, formula::Op op, std::int64_t units, int scale, const std::string& alias);
    std::string text_match(const formula::Node& node, const std::string& alias);
    std::string membership(const formula::Node& node, const std::string& alias);
    std::string among(const formula::Node& node, const std::string& alias);
    std::string in_period(const formula::Node& node, const std::string& alias);

    const record::Catalogue& catalogue_;
    const formula::Moment& moment_;
    const record::Sight* sight_;
    const DialectSql& dialect_;
    std::vector<Bind>& binds_;
    std::span<const std::size_t> broad_;
    bool owners_judged_ = false;
    bool team_gathered_ = false;
    bool cells_ = false;
    int aliases_ = 0;
};

// True when nothing of a record is read.
bool is_constant(const formula::Expression& e);
// Text whose pinyin key is stored beside it.
bool has_sort_key(const record::Object& object, std::size_t slot);

}  // namespace shangdao::store::sql
