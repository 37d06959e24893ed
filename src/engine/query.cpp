// POST /query: rows or groups, every group row with the filter that opens its records (D8).
#include <boost/json.hpp>

#include <algorithm>

#include "base/json.h"
#include "base/text.h"
#include "engine/answer.h"
#include "engine/lists.h"
#include "formula/check.h"
#include "record/type.h"
#include "record/wire.h"

namespace shangdao::engine {

namespace {

namespace json = boost::json;

constexpr std::int64_t rows_max = 10'000;
constexpr std::string_view keys[] = {"from", "where", "q", "group", "measures", "select", "having", "order", "limit"};

// One query as it was asked, checked against what the viewer may see.
struct Query {
    const Object* object = nullptr;
    std::string where;
    store::Select select;
    std::vector<std::string> names;      // of the output columns, in order
};

class QueryReader {
public:
    QueryReader(const Desk& desk, const json::object& body) : desk_(desk), body_(body) {}

    Result<Query> read()
    {
        for (const auto& entry : body_)
            if (std::ranges::find(keys, std::string_view{entry.key()}) == std::end(keys)) {
                std::map<std::string, std::string> args{{"name", std::string{entry.key()}}};
                if (const auto near = nearest(entry.key(), keys)) args["nearest"] = *near;
                return refuse("unknown_word", std::string{entry.key()}, std::move(args));
            }
        CHECK_OK(read_from());
        CHECK_OK(read_where());
        CHECK_OK(read_columns("group", query_.select.group));
        CHECK_OK(read_measures());
        const bool grouped = !query_.select.group.empty() || !query_.select.measures.empty();
        if (body_.contains("select")) {
            if (grouped) return refuse("invalid_value", "select", {{"expected", "select or group"}});
            CHECK_OK(read_columns("select", query_.select.outputs));
        } else if (!grouped) {
            return refuse("required", "select", {{"name", "select"}});
        }
        CHECK_OK(read_having());
        CHECK_OK(read_order(grouped));
        CHECK_OK(read_limit());
        return std::move(query_);
    }

private:
    formula::Scope scope() const
    {
        return {.catalogue = *desk_.catalogue, .object = *query_.object, .sight = desk_.guard.get(), .base = desk_.organisation->base};
    }
    Result<std::string> text(std::string_view key) const
    {
        const auto* value = body_.if_contains(key);
        if (value == nullptr || value->is_null()) return std::string{};
        if (const auto* words = value->if_string()) return std::string{*words};
        return refuse("invalid_value", std::string{key}, {{"expected", "text"}});
    }

    Result<void> read_from()
    {
        TRY(const auto from, text("from"));
        query_.object = desk_.catalogue->find_plural(from);
        const auto readable = [&](const Object& object) { return object.routed() && desk_.guard->may(Action::read, object); };
        if (query_.object == nullptr || !readable(*query_.object)) {
            std::vector<std::string_view> known;
            for (const auto& object : desk_.catalogue->objects())
                if (readable(object)) known.push_back(object.plural());
            std::map<std::string, std::string> args{{"name", from}};
            if (const auto near = nearest(from, known)) args["nearest"] = *near;
            return refuse("unknown_object", "from", std::move(args));
        }
        query_.select.from = query_.object;
        query_.select.sight = desk_.guard.get();
        return {};
    }

    Result<void> read_where()
    {
        TRY(query_.where, text("where"));
        if (!trimmed(query_.where).empty()) {
            TRY(query_.select.where, formula::check_condition(query_.where, scope()));
        }
        TRY(const auto words, text("q"));
        if (!trimmed(words).empty()) CHECK_OK(add_search(desk_, *query_.object, words, query_.select));
        return {};
    }

    // "outcome" or {"as":"m","of":"month(closed_on)"}.
    Result<void> read_columns(std::string_view key, std::vector<store::Output>& columns)
    {
        const auto* list = body_.if_contains(key);
        if (list == nullptr || list->is_null()) return {};
        if (!list->is_array() || list->as_array().size() > 64) return refuse("invalid_value", std::string{key}, {{"expected", "list"}});
        for (const auto& entry : list->as_array()) {
            std::string name, of;
            if (const auto* plain = entry.if_string()) {
                name = of = *plain;
            } else if (const auto* pair = entry.if_object(); pair != nullptr && pair->if_contains("as") != nullptr && pair->if_contains("of") != nullptr &&
                                                             pair->at("as").is_string() && pair->at("of").is_string()) {
                name = pair->at("as").as_string();
                of = pair->at("of").as_string();
            } else {
                return refuse("invalid_value", std::string{key}, {{"expected", "field or {as, of}"}});
            }
            TRY(auto expression, formula::check_value(of, scope()));
            CHECK_OK(add(name, std::move(expression), columns));
        }
        return {};
    }

    Result<void> read_measures()
    {
        const auto* map = body_.if_contains("measures");
        if (map == nullptr || map->is_null()) return {};
        if (!map->is_object() || map->as_object().size() > 32) return refuse("invalid_value", "measures", {{"expected", "object"}});
        for (const auto& entry : map->as_object()) {
            if (!entry.value().is_string()) return refuse("invalid_value", "measures." + std::string{entry.key()}, {{"expected", "text"}});
            std::string formula{entry.value().as_string()};
            if (formula.starts_with('@')) {
                const auto* measure = desk_.measures->find(std::string_view{formula}.substr(1));
                if (measure == nullptr || measure->object != query_.object->name()) {
                    std::vector<std::string_view> known;
                    for (const auto& [name, one] : desk_.measures->all())
                        if (one->object == query_.object->name()) known.push_back(name);
                    std::map<std::string, std::string> args{{"name", formula}};
                    if (const auto near = nearest(std::string_view{formula}.substr(1), known)) args["nearest"] = "@" + std::string{*near};
                    return refuse("unknown_measure", "measures." + std::string{entry.key()}, std::move(args));
                }
                formula = measure->formula;
            }
            TRY(auto expression, formula::check_measure(formula, scope()));
            CHECK_OK(add(entry.key(), std::move(expression), query_.select.measures));
        }
        return {};
    }

    Result<void> add(std::string_view name, formula::Expression expression, std::vector<store::Output>& columns)
    {
        if (name.empty() || name.size() > 64 || name == "open") return refuse("invalid_value", std::string{name}, {{"expected", "name"}});
        if (std::ranges::find(query_.names, name) != query_.names.end()) return refuse("twice", std::string{name}, {{"name", std::string{name}}});
        query_.names.emplace_back(name);
        columns.push_back({std::string{name}, std::move(expression)});
        return {};
    }

    Result<void> read_having()
    {
        TRY(const auto having, text("having"));
        if (trimmed(having).empty()) return {};
        if (query_.select.group.empty()) return refuse("invalid_value", "having", {{"expected", "group"}});
        std::vector<std::pair<std::string, formula::Expression>> measures;
        for (const auto& measure : query_.select.measures) measures.emplace_back(measure.name, measure.value);
        auto naming = scope();
        naming.measures = measures;
        TRY(query_.select.having, formula::check_measure(having, naming));
        if (query_.select.having->type.type != record::Type::boolean) return refuse("formula_type", "having", {{"expected", "boolean"}});
        return {};
    }

    Result<void> read_order(bool grouped)
    {
        const auto* list = body_.if_contains("order");
        if (list == nullptr || list->is_null()) return {};
        if (!list->is_array() || list->as_array().size() > 8) return refuse("invalid_value", "order", {{"expected", "list"}});
        for (const auto& entry : list->as_array()) {
            if (!entry.is_string()) return refuse("invalid_value", "order", {{"expected", "text"}});
            std::string_view name{entry.as_string()};
            const bool descending = name.starts_with('-');
            if (descending) name.remove_prefix(1);
            const auto found = std::ranges::find(query_.names, name);
            if (found == query_.names.end()) {
                std::vector<std::string_view> known(query_.names.begin(), query_.names.end());
                std::map<std::string, std::string> args{{"name", std::string{name}}};
                if (const auto near = nearest(name, known)) args["nearest"] = *near;
                return refuse("unknown_column", "order", std::move(args));
            }
            const auto position = static_cast<std::size_t>(found - query_.names.begin());
            if (grouped) query_.select.group_order.emplace_back(position, descending);
            else query_.select.order.push_back({query_.select.outputs[position].value, descending});
        }
        return {};
    }

    Result<void> read_limit()
    {
        query_.select.limit = 1'000;
        const auto* value = body_.if_contains("limit");
        if (value == nullptr || value->is_null()) return {};
        const auto* limit = value->if_int64();
        if (limit == nullptr || *limit < 1 || *limit > rows_max) return refuse("invalid_value", "limit", {{"expected", "1…10000"}});
        query_.select.limit = *limit;
        return {};
    }

    const Desk& desk_;
    const json::object& body_;
    Query query_;
};

// A value as a literal of the formula language.
std::string literal_text(const record::Value& value)
{
    if (const auto* text = std::get_if<std::string>(&value)) {
        std::string quoted = "\"";
        for (const char c : *text) quoted += c == '"' ? "\"\"" : std::string(1, c);
        return quoted + "\"";
    }
    if (const auto* key = std::get_if<record::ChoiceKey>(&value)) return "\"" + key->key + "\"";
    if (const auto* date = std::get_if<Date>(&value)) return "date(\"" + to_string(*date) + "\")";
    if (const auto* id = std::get_if<Id>(&value)) return "\"" + to_string(*id) + "\"";
    if (const auto* money = std::get_if<Money>(&value)) return format_decimal(money->base_minor, minor_digits(money->currency));
    if (const auto* number = std::get_if<Number>(&value)) return format_decimal(number->units, number->scale);
    if (const auto* share = std::get_if<Share>(&value)) return format_decimal(share->ppm, 6);
    if (const auto* flag = std::get_if<bool>(&value)) return *flag ? "true" : "false";
    return {};
}

// The filter that lists exactly the records behind a group row; empty when a key has no literal.
std::string open_filter(const Desk& desk, const Query& query, const store::Row& row)
{
    std::string filter = trimmed(query.where).empty() ? "" : "(" + query.where + ")";
    for (std::size_t i = 0; i < query.select.group.size(); ++i) {
        if (!filter.empty()) filter += " and ";
        const auto key = formula::print(*desk.catalogue, query.select.group[i].value);
        if (record::is_null(row[i])) {
            filter += key + " is null";
        } else {
            const auto literal = literal_text(row[i]);
            if (literal.empty()) return {};
            filter += key + " = " + literal;
        }
    }
    return filter;
}

}  // namespace

Result<std::string> query_answer(store::View& view, const Desk& desk, const json::value& body)
{
    const auto* map = body.if_object();
    if (map == nullptr) return refuse("invalid_value", "", {{"expected", "object"}});
    TRY(auto query, QueryReader(desk, *map).read());
    const auto limit = query.select.limit++;
    auto rows = view.rows(query.select, desk.moment);
    const bool truncated = rows.size() > static_cast<std::size_t>(limit);
    if (truncated) rows.pop_back();

    std::vector<const store::Output*> outputs;
    for (const auto* part : {&query.select.group, &query.select.measures, &query.select.outputs})
        for (const auto& output : *part) outputs.push_back(&output);
    Names names(view, *desk.catalogue);
    for (std::size_t i = 0; i < outputs.size(); ++i)
        for (const auto& row : rows)
            if (const auto* id = std::get_if<Id>(&row[i])) names.want(outputs[i]->value->type.target, *id);
    names.fetch();

    static constexpr record::FieldDef any{};
    std::string out = R"({"rows":[)";
    for (std::size_t r = 0; r < rows.size(); ++r) {
        out += r > 0 ? ",{" : "{";
        for (std::size_t i = 0; i < outputs.size(); ++i) {
            if (i > 0) out += ',';
            append_json_string(out, outputs[i]->name);
            out += ':';
            if (const auto* id = std::get_if<Id>(&rows[r][i])) record::append_wire_reference(out, *id, names.of(outputs[i]->value->type.target, *id));
            else record::append_wire(out, any, rows[r][i]);
        }
        if (!query.select.group.empty()) {
            out += R"(,"open":)";
            append_json_string(out, open_filter(desk, query, rows[r]));
        }
        out += '}';
    }
    out += R"(],"as_of":{"seq":")" + std::to_string(view.head()) + R"(","at":")" + to_string(desk.moment.now) + R"("},"truncated":)";
    out += truncated ? "true}" : "false}";
    return out;
}

Result<std::string> formula_answer(const Desk& desk, const Object& object, std::string_view text)
{
    const formula::Scope scope{.catalogue = *desk.catalogue, .object = object, .sight = desk.guard.get(), .base = desk.organisation->base};
    TRY(const auto expression, formula::check_value(text, scope));
    std::string out = R"({"ok":true,"print":)";
    append_json_string(out, formula::print(*desk.catalogue, expression));
    out += R"(,"type":)";
    append_json_string(out, record::type_name(expression->type.type));
    out += R"(,"tree":)" + formula::builder_tree(*desk.catalogue, expression) + "}";
    return out;
}

}  // namespace shangdao::engine
