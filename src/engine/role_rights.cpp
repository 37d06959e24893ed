// Role rights as JSON: strict reading with the nearest word, canonical writing.
#include <boost/json.hpp>

#include <array>

#include "base/text.h"
#include "engine/guard.h"

namespace shangdao::engine {

namespace {

namespace json = boost::json;

constexpr std::array<std::string_view, 4> level_names{"none", "own", "team", "all"};
constexpr std::array<std::string_view, 4> field_level_names{"hidden", "masked", "read", "edit"};
constexpr std::array<std::string_view, 8> right_names{"create", "read", "edit", "delete", "export", "bulk", "fields", "verbs"};
constexpr std::array<std::string_view, 9> general_names{"admin", "import", "import_history", "export", "audit", "reveal", "person_export", "erase", "grant_exceptions"};
constexpr std::array<std::string_view, 4> section_names{"general", "objects", "classes", "budgets"};
constexpr std::array<std::string_view, budgets_without_role.size()> budget_names{"export_rows", "reveals"};   // by Budget
// A secret is hidden whatever a role says.
constexpr std::array<std::pair<std::string_view, record::FieldClass>, 2> classes{{{"personal", record::FieldClass::personal}, {"pay", record::FieldClass::pay}}};
constexpr std::array<std::string_view, 2> class_names{classes[0].first, classes[1].first};

class Reading {
public:
    explicit Reading(const record::Catalogue& catalogue) : catalogue_(catalogue) {}

    void unknown(std::string place, std::string_view word, std::span<const std::string_view> known)
    {
        std::map<std::string, std::string> args{{"name", std::string{word}}};
        if (const auto near = nearest(word, known)) args["nearest"] = *near;
        problems.push_back({"unknown_word", std::move(place), std::move(args)});
    }
    void wrong(std::string place, std::string_view expected) { problems.push_back({"invalid_value", std::move(place), {{"expected", std::string{expected}}}}); }

    Level level(const json::value& value, const std::string& place)
    {
        if (const auto* flag = value.if_bool()) return *flag ? Level::all : Level::none;
        const auto* word = value.if_string();
        if (word == nullptr) {
            wrong(place, "level");
            return Level::none;
        }
        for (std::size_t i = 0; i < level_names.size(); ++i)
            if (level_names[i] == std::string_view{*word}) return static_cast<Level>(i);
        unknown(place, *word, level_names);
        return Level::none;
    }

    void fields(const json::value& value, const Object* object, const std::string& place, ObjectRights& rights)
    {
        const auto* map = value.if_object();
        if (map == nullptr) return wrong(place, "object");
        for (const auto& [name, level] : *map) {
            const auto at = place + "." + std::string{name};
            if (object != nullptr && !object->slot(name)) {
                std::vector<std::string_view> known;
                for (const auto& field : object->fields()) known.push_back(field.name);
                unknown(at, name, known);
                continue;
            }
            if (const auto shown = field_level(level, at)) rights.fields[std::string{name}] = *shown;
        }
    }

    std::optional<record::FieldLevel> field_level(const json::value& value, const std::string& place)
    {
        const auto* word = value.if_string();
        const auto found = word == nullptr ? field_level_names.end() : std::ranges::find(field_level_names, std::string_view{*word});
        if (found != field_level_names.end()) return static_cast<record::FieldLevel>(found - field_level_names.begin());
        unknown(place, word == nullptr ? "" : std::string_view{*word}, field_level_names);
        return std::nullopt;
    }

    void of_classes(const json::object& levels, RoleRights& rights)
    {
        for (const auto& [name, level] : levels) {
            const auto place = "classes." + std::string{name};
            const auto known = std::ranges::find(classes, std::string_view{name}, [](const auto& one) { return one.first; });
            if (known == classes.end()) unknown(place, name, class_names);
            else if (const auto shown = field_level(level, place)) rights.classes[known->second] = *shown;
        }
    }

    void of_budgets(const json::object& budgets, RoleRights& rights)
    {
        for (const auto& [name, value] : budgets) {
            const auto place = "budgets." + std::string{name};
            const auto known = std::ranges::find(budget_names, std::string_view{name});
            const auto* number = value.if_int64();
            if (known == budget_names.end()) unknown(place, name, budget_names);
            else if (number == nullptr || *number < 0 || *number > budget_max) wrong(place, "0…" + std::to_string(budget_max));
            else rights.budgets[static_cast<Budget>(known - budget_names.begin())] = *number;
        }
    }

    void verbs(const json::value& value, const std::string& place, ObjectRights& rights)
    {
        const auto* list = value.if_array();
        if (list == nullptr) return wrong(place, "list");
        for (const auto& entry : *list) {
            if (const auto* name = entry.if_string()) rights.verbs.emplace(*name);
            else wrong(place, "text");
        }
    }

    ObjectRights object(const json::value& value, const Object* object, const std::string& place)
    {
        ObjectRights rights;
        const auto* map = value.if_object();
        if (map == nullptr) {
            wrong(place, "object");
            return rights;
        }
        const std::array<Level*, 6> targets{&rights.create, &rights.read, &rights.edit, &rights.remove, &rights.take_out, &rights.change_many};
        for (const auto& [name, entry] : *map) {
            const auto at = place + "." + std::string{name};
            const auto found = std::ranges::find(right_names, std::string_view{name});
            if (found == right_names.end()) unknown(at, name, right_names);
            else if (name == "fields") fields(entry, object, at, rights);
            else if (name == "verbs") verbs(entry, at, rights);
            else *targets[static_cast<std::size_t>(found - right_names.begin())] = level(entry, at);
        }
        return rights;
    }

    void general(const json::value& value, RoleRights& rights)
    {
        const auto* word = value.if_string();
        if (word == nullptr) return wrong("general", "text");
        if (std::ranges::find(general_names, std::string_view{*word}) == general_names.end()) return unknown("general", *word, general_names);
        rights.general.emplace(*word);
    }

    RoleRights role(const json::value& value)
    {
        RoleRights rights;
        const auto* map = value.if_object();
        if (map == nullptr) {
            wrong("rights", "object");
            return rights;
        }
        for (const auto& [name, entry] : *map) {
            if (name == "general" && entry.is_array()) {
                for (const auto& right : entry.as_array())
                    general(right, rights);
            } else if (name == "objects" && entry.is_object()) {
                for (const auto& [object_name, object_rights] : entry.as_object()) {
                    const auto place = "objects." + std::string{object_name};
                    if (object_name == "*") {
                        rights.everything = object(object_rights, nullptr, place);
                    } else if (const auto* known = catalogue_.find(object_name)) {
                        rights.objects[std::string{object_name}] = object(object_rights, known, place);
                    } else {
                        std::vector<std::string_view> names;
                        for (const auto& candidate : catalogue_.objects()) names.push_back(candidate.name());
                        unknown(place, object_name, names);
                    }
                }
            } else if (name == "classes" && entry.is_object()) {
                of_classes(entry.as_object(), rights);
            } else if (name == "budgets" && entry.is_object()) {
                of_budgets(entry.as_object(), rights);
            } else {
                unknown(std::string{name}, name, section_names);
            }
        }
        return rights;
    }

    Problems problems;

private:
    const record::Catalogue& catalogue_;
};

json::object object_json(const ObjectRights& rights)
{
    const auto name = [](Level level) { return level_names[static_cast<std::size_t>(level)]; };
    json::object out{{"create", rights.create != Level::none}, {"read", name(rights.read)},       {"edit", name(rights.edit)},
                     {"delete", name(rights.remove)},          {"export", name(rights.take_out)}, {"bulk", name(rights.change_many)}};
    if (!rights.fields.empty()) {
        json::object fields;
        for (const auto& [field, level] : rights.fields) fields[field] = field_level_names[static_cast<std::size_t>(level)];
        out["fields"] = std::move(fields);
    }
    if (!rights.verbs.empty()) out["verbs"] = json::array(rights.verbs.begin(), rights.verbs.end());
    return out;
}

}  // namespace

Result<RoleRights> role_rights_from_json(std::string_view text, const record::Catalogue& catalogue)
{
    boost::system::error_code error;
    const auto value = json::parse(text, error);
    if (error) return refuse("json_invalid", "rights");
    Reading reading(catalogue);
    auto rights = reading.role(value);
    if (!reading.problems.empty()) return refuse(std::move(reading.problems));
    return rights;
}

std::string to_json(const RoleRights& rights)
{
    json::object objects;
    for (const auto& [name, object] : rights.objects) objects[name] = object_json(object);
    objects["*"] = object_json(rights.everything);
    json::object out{{"general", json::array(rights.general.begin(), rights.general.end())}, {"objects", std::move(objects)}};
    if (!rights.classes.empty()) {
        json::object levels;
        for (const auto& [name, field_class] : classes)
            if (const auto found = rights.classes.find(field_class); found != rights.classes.end()) levels[name] = field_level_names[static_cast<std::size_t>(found->second)];
        out["classes"] = std::move(levels);
    }
    if (!rights.budgets.empty()) {
        json::object budgets;
        for (const auto& [of, most] : rights.budgets) budgets[budget_names[static_cast<std::size_t>(of)]] = most;
        out["budgets"] = std::move(budgets);
    }
    return json::serialize(out);
}

}  // namespace shangdao::engine
