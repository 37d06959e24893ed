// The printer. User text never reaches SQL: names are physical names of definitions, values are parameters.
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

std::string quoted_column(const std::string& alias, std::string_view name) { return fmt::format("{}.\"{}\"", alias, name); }

std::string_view sign_of(Op op)
{
    switch (op) {
    case Op::equal: return "IS";
    case Op::not_equal: return "IS NOT";
    case Op::less: return "<";
    case Op::less_equal: return "<=";
    case Op::greater: return ">";
    default: return ">=";
    }
}

constexpr std::size_t owners_listed_max = 8;

}  // namespace

bool has_sort_key(const record::Object& object, std::size_t slot);

bool is_constant(const Expression& e)
{
    if (e == nullptr) return true;
    if (e->op == Op::field || e->op == Op::aggregate) return false;
    return std::ranges::all_of(e->args, is_constant);
}

std::string ExpressionSql::bind(Bind value)
{
    binds_.push_back(std::move(value));
    return "?" + std::to_string(binds_.size());
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
    return bind(formula::units_of(value));
}

std::string ExpressionSql::choice_place(const record::FieldDef& field, const std::string& sql) const
{
    std::string out = "CASE " + sql;
    for (std::size_t i = 0; i < field.choices.size(); ++i) {
        std::string key;
        for (const char c : field.choices[i].key) key += c == '\'' ? std::string{"''"} : std::string(1, c);   // keys are ours, quoted all the same
        out += fmt::format(" WHEN '{}' THEN {}", key, i);
    }
    return out + " END";
}

std::string ExpressionSql::bind_sort_value(const Expression& by, const Value& value)
{
    if (record::is_null(value)) return "NULL";
    const auto* text = std::get_if<std::string>(&value);
    if (text != nullptr && by->op == Op::field && by->path.size() == 1 && has_sort_key(catalogue_.object(by->object), by->path.front()))
        return "CAST(" + bind(pinyin_sort_key(*text)) + " AS BLOB)";
    if (const auto* key = std::get_if<record::ChoiceKey>(&value); key != nullptr && by->type.choices_of != nullptr) {
        const auto& choices = by->type.choices_of->choices;
        return bind(static_cast<std::int64_t>(std::ranges::find(choices, std::string_view{key->key}, &record::Choice::key) - choices.begin()));
    }
    return bind_value(value);
}

std::string ExpressionSql::column(const record::Object& object, std::size_t slot, const std::string& alias) const
{
    const auto columns = columns_of(object, slot);
    return quoted_column(alias, object.field(slot).type == Type::money ? columns[2].name : columns[0].name);
}

std::string ExpressionSql::sort_value(const Expression& e, const std::string& alias)
{
    if (e->op == Op::field && e->path.size() == 1) {
        const auto& object = catalogue_.object(e->object);
        if (has_sort_key(object, e->path.front())) return quoted_column(alias, columns_of(object, e->path.front())[1].name);
    }
    if (e->type.type == Type::choice && e->type.choices_of != nullptr) return choice_place(*e->type.choices_of, value(e, alias));
    return value(e, alias);
}

// ---- rows

std::string ExpressionSql::owned_rows(const record::Object& object, const std::string& alias)
{
    const auto& sight = sight_->rows(object);
    using Kind = record::RowSight::Kind;
    if (sight.kind == Kind::all) return "1";
    if (sight.kind == Kind::none || !sight.owners || sight.owners->empty()) return "0";
    const auto owner = quoted_column(alias, "owner");
    if (sight.owners->size() <= owners_listed_max && !sight.mostly) {
        std::vector<Id> owners(sight.owners->begin(), sight.owners->end());
        std::ranges::sort(owners);
        std::string list;
        for (const auto id : owners) list += (list.empty() ? "" : ",") + bind(id.value);
        return owners.size() == 1 ? fmt::format("{} = {}", owner, list) : fmt::format("{} IN ({})", owner, list);
    }
    return fmt::format("visible({}, {})", bind(sight.owners), owner);
}

std::string ExpressionSql::visible_rows(const record::Object& object, const std::string& alias, Select::Deleted deleted)
{
    const auto live = quoted_column(alias, "deleted_at") + (deleted == Select::Deleted::hide ? " IS NULL" : " IS NOT NULL");
    if (sight_ == nullptr) return live;
    auto seen = owned_rows(object, alias);
    if (seen == "1") return live;
    if (sight_->rows(object).kind == record::RowSight::Kind::none) return live + " AND 0";
    for (const auto slot : object.seen_through()) {
        const auto& target = catalogue_.object(object.target(slot));
        const auto inner = fresh_alias();
        const auto target_seen = owned_rows(target, inner);
        if (target_seen == "0") continue;
        seen += fmt::format(" OR EXISTS (SELECT 1 FROM \"{}\" {} WHERE {}.id = {} AND {}.deleted_at IS NULL AND {})", table_of(target), inner, inner,
                            column(object, slot, alias), inner, target_seen);
    }
    return fmt::format("{} AND ({})", live, seen);
}

// ---- values

std::string ExpressionSql::field_at(const Node& node, std::size_t step, std::size_t object_index, const std::string& alias)
{
    const auto& object = catalogue_.object(object_index);
    const auto slot = node.path[step];
    if (step + 1 == node.path.size()) return column(object, slot, alias);
    const auto& target = catalogue_.object(object.target(slot));
    const auto inner = fresh_alias();
    const auto inside = field_at(node, step + 1, target.index(), inner);
    return fmt::format("(SELECT {} FROM \"{}\" {} WHERE {}.id = {} AND {})", inside, table_of(target), inner, inner, column(object, slot, alias),
                       visible_rows(target, inner, Select::Deleted::hide));
}

std::string ExpressionSql::field(const Node& node, const std::string& alias) { return field_at(node, 0, node.object, alias); }

std::string ExpressionSql::scaled(std::string sql, int from, int to) const
{
    if (from == to) return sql;
    return fmt::format("sd_scale({},{},{})", sql, from, to);
}

std::string ExpressionSql::value(const Expression& e, const std::string& alias)
{
    if (is_constant(e) && e->op != Op::list && !e->type.list) {
        if (e->op == Op::literal) return bind_value(e->value);
        Nowhere nowhere;
        const auto computed = formula::evaluate(catalogue_, e, record::Record{}, moment_, nowhere);
        return computed ? bind_value(*computed) : "sd_overflow()";
    }
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
    const auto& left = node.args[0];
    const auto& right = node.args[1];
    const auto a = value(left, alias);
    if (const auto* duration = std::get_if<Duration>(&right->value)) {
        constexpr std::int64_t minute_us = 60'000'000;
        std::int64_t amount = duration->amount;
        if (left->type.type == Type::instant)
            amount *= duration->unit == Duration::Unit::minutes ? minute_us : duration->unit == Duration::Unit::hours ? 60 * minute_us : 24 * 60 * minute_us;
        return fmt::format("{}({},{})", node.op == Op::add ? "sd_add" : "sd_subtract", a, bind(amount));
    }
    const auto b = value(right, alias);
    const int sa = formula::scale_of(left->type, moment_.base), sb = formula::scale_of(right->type, moment_.base), scale = formula::scale_of(node.type, moment_.base);
    if (node.op == Op::multiply) return fmt::format("sd_multiply({},{},{},{},{})", a, sa, b, sb, scale);
    if (node.op == Op::divide) return fmt::format("sd_divide({},{},{},{},{})", a, sa, b, sb, scale);
    if (left->type.type == Type::date) return fmt::format("sd_subtract({},{})", a, b);
    return fmt::format("{}({},{})", node.op == Op::add ? "sd_add" : "sd_subtract", scaled(a, sa, scale), scaled(b, sb, scale));
}

std::string ExpressionSql::call(const Node& node, const std::string& alias)
{
    const auto function = static_cast<Function>(node.function);
    const auto argument = [&](std::size_t i) { return value(node.args[i], alias); };
    const auto day = [&](std::size_t i) {
        return node.args[i]->type.type == Type::instant ? fmt::format("sd_date_of({},{})", argument(i), bind(moment_.zone.name())) : argument(i);
    };
    switch (function) {
    case Function::days_since: return fmt::format("({} - {})", bind(std::int64_t{moment_.today.days}), day(0));
    case Function::days_until: return fmt::format("({} - {})", day(0), bind(std::int64_t{moment_.today.days}));
    case Function::date_of: return day(0);
    case Function::lower: return fmt::format("match_key({})", argument(0));
    case Function::length: return fmt::format("length({})", argument(0));
    case Function::absolute: return fmt::format("abs({})", argument(0));
    case Function::coalesce: {
        std::string list;
        for (std::size_t i = 0; i < node.args.size(); ++i) list += (i > 0 ? "," : "") + argument(i);
        return "coalesce(" + list + ")";
    }
    case Function::condition: {
        const auto test = condition(node.args[0], alias);
        const auto then = argument(1), otherwise = argument(2);
        return fmt::format("CASE WHEN {} THEN {} ELSE {} END", test, then, otherwise);
    }
    case Function::round: return fmt::format("sd_round({},{},{})", argument(0), node.args[0]->type.scale, std::get<Number>(node.args[1]->value).units);
    case Function::least: return fmt::format("min({},{})", argument(0), argument(1));
    case Function::greatest: return fmt::format("max({},{})", argument(0), argument(1));
    case Function::has: {
        const auto& key = std::get<record::ChoiceKey>(node.args[1]->value);
        return fmt::format("(ifnull(instr({}, {}), 0) > 0)", argument(0), bind("|" + key.key + "|"));
    }
    default: return fmt::format("sd_day({},{})", static_cast<int>(function), argument(0));
    }
}

std::string ExpressionSql::aggregate(const Node& node, const std::string& alias)
{
    const bool over_rows = node.path.empty();
    const auto inner = over_rows ? alias : fresh_alias();
    const auto test = node.args[0] ? condition(node.args[0], inner) : std::string{};
    std::string out;
    if (node.aggregate == Aggregate::count) {
        out = over_rows && !test.empty() ? fmt::format("count(CASE WHEN {} THEN 1 END)", test) : "count(*)";
    } else {
        auto inside = value(node.args[1], inner);
        if (over_rows && !test.empty()) inside = fmt::format("CASE WHEN {} THEN {} END", test, inside);
        const int more = formula::scale_of(node.type, moment_.base) - formula::scale_of(node.args[1]->type, moment_.base);
        switch (node.aggregate) {
        case Aggregate::sum: out = fmt::format("sum({})", inside); break;
        case Aggregate::min: out = fmt::format("min({})", inside); break;
        case Aggregate::max: out = fmt::format("max({})", inside); break;
        case Aggregate::avg: out = fmt::format("sd_avg({},{})", inside, more); break;
        default: {
            const auto share = node.aggregate == Aggregate::median ? 0.5 : static_cast<double>(std::get<Share>(node.value).ppm) / 1e6;
            out = fmt::format("sd_percentile({},{},{})", inside, bind(share), more);
        }
        }
    }
    if (over_rows) return out;
    const auto& child = catalogue_.object(node.child_object);
    return fmt::format("(SELECT {} FROM \"{}\" {} WHERE {} = {}.id AND {}{})", out, table_of(child), inner, column(child, node.path.front(), inner), alias,
                       visible_rows(child, inner, Select::Deleted::hide), test.empty() ? "" : " AND " + test);
}

// ---- conditions

std::string ExpressionSql::exact(const Expression& e, const std::string& alias) { return fmt::format("(({}) IS TRUE)", condition(e, alias)); }

std::string ExpressionSql::condition(const Expression& e, const std::string& alias)
{
    switch (e->op) {
    case Op::all_of:
    case Op::any_of: {
        std::string out;
        for (const auto& argument : e->args) out += (out.empty() ? "" : e->op == Op::all_of ? " AND " : " OR ") + condition(argument, alias);
        return "(" + out + ")";
    }
    case Op::not_: return fmt::format("(NOT {})", exact(e->args[0], alias));
    case Op::is_null: return fmt::format("{} IS NULL", value(e->args[0], alias));
    case Op::is_not_null: return fmt::format("{} IS NOT NULL", value(e->args[0], alias));
    case Op::in:
    case Op::not_in: return membership(*e, alias);
    case Op::contains:
    case Op::starts_with: {
        const auto a = fmt::format("match_key({})", value(e->args[0], alias));
        const auto& right = e->args[1];
        const auto* literal = std::get_if<std::string>(&right->value);
        const auto b = right->op == Op::literal && literal != nullptr ? bind(match_key(*literal)) : fmt::format("match_key({})", value(right, alias));
        return fmt::format("instr({}, {}) {}", a, b, e->op == Op::contains ? "> 0" : "= 1");
    }
    case Op::equal:
    case Op::not_equal:
    case Op::less:
    case Op::less_equal:
    case Op::greater:
    case Op::greater_equal: return comparison(*e, alias);
    default: return value(e, alias);
    }
}

// The day of a stored instant against a constant day: asked of the instant itself, so that an index serves it.
std::string ExpressionSql::day_comparison(const Node& node, const std::string& alias)
{
    Nowhere nowhere;
    const auto day_value = formula::evaluate(catalogue_, node.args[1], record::Record{}, moment_, nowhere);
    const auto* day = day_value ? std::get_if<Date>(&*day_value) : nullptr;
    if (day == nullptr) return node.op == Op::equal ? value(node.args[0], alias) + " IS NULL" : node.op == Op::not_equal ? value(node.args[0], alias) + " IS NOT NULL" : "0";
    const auto begin = moment_.zone.start_of(*day).us, end = moment_.zone.start_of(*day + 1).us;
    const auto instant = value(node.args[0]->args[0], alias);
    switch (node.op) {
    case Op::equal: return fmt::format("({0} >= {1} AND {0} < {2})", instant, bind(begin), bind(end));
    case Op::not_equal: return fmt::format("({0} IS NULL OR {0} < {1} OR {0} >= {2})", instant, bind(begin), bind(end));
    case Op::less: return fmt::format("{} < {}", instant, bind(begin));
    case Op::less_equal: return fmt::format("{} < {}", instant, bind(end));
    case Op::greater: return fmt::format("{} >= {}", instant, bind(end));
    default: return fmt::format("{} >= {}", instant, bind(begin));
    }
}

std::string ExpressionSql::comparison(const Node& node, const std::string& alias)
{
    const auto& left = node.args[0];
    const auto& right = node.args[1];
    const bool day_of_instant = left->op == Op::call && static_cast<Function>(left->function) == Function::date_of && left->args[0]->op == Op::field;
    if (day_of_instant && is_constant(right)) return day_comparison(node, alias);
    const bool ordering = node.op != Op::equal && node.op != Op::not_equal;
    const auto* choices = left->type.type == Type::choice ? left->type.choices_of : nullptr;
    const auto side = [&](const Expression& e) {
        if (ordering && choices != nullptr) return "(" + choice_place(*choices, value(e, alias)) + ")";
        return value(e, alias);
    };
    auto a = side(left), b = side(right);
    const int sa = formula::scale_of(left->type, moment_.base), sb = formula::scale_of(right->type, moment_.base);
    // A constant is brought to the column's scale when that loses nothing, so that the column stays bare and its index serves.
    if (sa != sb) {
        const auto* number = right->op == Op::literal ? std::get_if<Number>(&right->value) : nullptr;
        const auto fitted = number != nullptr ? rescale(number->units, number->scale, sa) : std::nullopt;
        if (fitted && rescale(*fitted, sa, number->scale) == number->units) {
            b = bind(*fitted);
        } else {
            const int scale = std::max(sa, sb);
            a = scaled(a, sa, scale);
            b = scaled(b, sb, scale);
        }
    }
    const bool broad = node.op == Op::equal && alias == "t" && left->op == Op::field && left->path.size() == 1 &&
                       std::ranges::find(broad_, left->path.front()) != broad_.end();
    return fmt::format("{}{} {} {}", broad ? "+" : "", a, sign_of(node.op), b);
}

std::string ExpressionSql::membership(const Node& node, const std::string& alias)
{
    const auto left = value(node.args[0], alias);
    const auto& right = node.args[1];
    std::string test;
    if (right->op == Op::call) {
        test = moment_.my_team ? fmt::format("visible({}, {})", bind(moment_.my_team), left) : "0";
    } else {
        std::string list;
        const int scale = formula::scale_of(node.args[0]->type, moment_.base);
        for (const auto& entry : right->args) {
            auto one = value(entry, alias);
            if (node.args[0]->type.type == Type::number) one = scaled(one, entry->type.scale, scale);
            list += (list.empty() ? "" : ",") + one;
        }
        test = fmt::format("{} IN ({})", left, list);
    }
    return node.op == Op::in ? test : fmt::format("(NOT (({}) IS TRUE))", test);
}

}  // namespace shangdao::store::sql
