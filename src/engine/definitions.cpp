// Overlays are few and small: they are read, changed and written whole.
#include "engine/definitions.h"

#include <boost/json.hpp>

#include <algorithm>

#include "base/json.h"
#include "base/require.h"
#include "base/text.h"
#include "formula/check.h"
#include "record/catalogue.h"

namespace shangdao::engine {

namespace {

namespace json = boost::json;
using record::ChoiceOverlay;
using record::FieldOverlay;
using record::ObjectOverlay;

constexpr std::size_t fields_max = 300;

Result<void> keep_what_lasts(const FieldOverlay& before, FieldOverlay& field, const std::string& place)
{
    if (field.type && before.type && *field.type != *before.type)
        return refuse("definition_retyped", place + ".type", {{"type", field.name}});
    if (field.scale != before.scale) return refuse("definition_retyped", place + ".scale", {{"type", field.name}});
    if (field.target != before.target) return refuse("definition_retyped", place + ".target", {{"type", field.name}});
    field.type = before.type;
    field.column = before.column;
    for (auto choice : before.choices) {
        if (std::ranges::find(field.choices, choice.key, &ChoiceOverlay::key) != field.choices.end()) continue;
        choice.retired = true;
        field.choices.push_back(std::move(choice));
    }
    return {};
}

}  // namespace

Definitions Definitions::read(store::View& view)
{
    Definitions definitions;
    definitions.next_column = std::stoll(view.setting("next_column").value_or("1"));
    const auto text = view.setting("overlays");
    if (!text) return definitions;
    const auto value = json::parse(*text);
    for (const auto& entry : value.as_array()) {
        auto overlay = record::object_overlay_from_json(entry);
        require(overlay.has_value(), "a stored definition no longer reads");
        definitions.overlays.push_back(std::move(*overlay));
    }
    return definitions;
}

void Definitions::write(store::Unit& unit) const
{
    std::string text = "[";
    for (const auto& one : overlays) text += (text.size() > 1 ? "," : "") + record::to_json(one);
    unit.set_setting("overlays", text + "]");
    unit.set_setting("next_column", std::to_string(next_column));
}

ObjectOverlay* Definitions::find(std::string_view object)
{
    const auto found = std::ranges::find(overlays, object, &ObjectOverlay::object);
    return found == overlays.end() ? nullptr : &*found;
}

std::int64_t Definitions::version_of(std::string_view object)
{
    const auto* overlay = find(object);
    return overlay == nullptr ? 1 : overlay->version + 1;
}

Result<void> Definitions::merge(const ObjectOverlay& change, std::optional<std::int64_t> expected,
                                const record::Catalogue& known)
{
    const auto version = version_of(change.object);
    if (expected && *expected != version)
        return refuse("version_stale", "",
                      {{"expected", std::to_string(*expected)}, {"current", std::to_string(version)}});
    auto* found = find(change.object);
    if (found == nullptr) {
        found = &overlays.emplace_back(change);
        found->fields.clear();
    } else {
        if (!change.plural.empty() && change.plural != found->plural)
            return refuse("immutable_field", "plural", {{"name", "plural"}});
        if (!change.label.zh.empty()) found->label = change.label;
        if (!change.plural_label.zh.empty()) found->plural_label = change.plural_label;
        if (!change.icon.empty()) found->icon = change.icon;
        found->retired = change.retired;
        if (change.layout) found->layout = change.layout;
        if (change.views) found->views = change.views;
    }
    if (found->views && found->views->list.empty() && found->views->opens.empty()) found->views.reset();  // as built
    if (found->layout && found->layout->list.empty() && found->layout->key.empty() && found->layout->sections.empty())
        found->layout.reset();  // as built
    found->version = version;

    const auto* object = known.find(change.object);
    for (auto field : change.fields) {
        field.column.clear();  // never from outside (D19)
        const auto existing = std::ranges::find(found->fields, field.name, &FieldOverlay::name);
        if (existing != found->fields.end()) {
            CHECK_OK(keep_what_lasts(*existing, field, change.object + "." + field.name));
            *existing = std::move(field);
            continue;
        }
        if (object == nullptr || !object->slot(field.name)) field.column = "x" + std::to_string(next_column++);
        found->fields.push_back(std::move(field));
    }
    if (found->fields.size() > fields_max) return refuse("too_many", "fields", {{"limit", std::to_string(fields_max)}});
    return {};
}

namespace {

class Conditions {
public:
    Conditions(const record::Catalogue& catalogue, const Desk& desk) : catalogue_(catalogue), desk_(desk) {}

    void check(const Object& object, std::string_view text, const std::string& place)
    {
        if (text.empty()) return;
        const formula::Scope scope{.catalogue = catalogue_,
                                   .object = object,
                                   .base = desk_.organisation->base,
                                   .back_end = formula::Scope::BackEnd::record};
        const auto condition = formula::check_condition(text, scope);
        if (!condition) {
            for (auto problem : condition.error()) {
                problem.field = place;
                problems.push_back(std::move(problem));
            }
            return;
        }
        for (const auto& [index, slot] : formula::inputs(catalogue_, *condition)) {
            const auto& read = catalogue_.object(index);
            const auto* before = desk_.catalogue->find(read.name());
            const auto old = before == nullptr ? std::nullopt : before->slot(read.field(slot).name);
            if (old && before->shows(*old) && desk_.guard->field(*before, *old) < record::FieldLevel::read)
                problems.push_back({"formula_unknown_name", place, {{"name", std::string{read.field(slot).name}}}});
        }
    }

    void check_filter(const Object& object, const record::LaidView& view)
    {
        if (view.filter.empty()) return;
        const auto filter = formula::check_condition(
            view.filter, {.catalogue = catalogue_, .object = object, .base = desk_.organisation->base});
        if (filter) return;
        for (auto problem : filter.error()) {
            problem.field = std::string{object.name()} + ".views." + std::string{view.key} + ".filter";
            problems.push_back(std::move(problem));
        }
    }

    Problems problems;

private:
    const record::Catalogue& catalogue_;
    const Desk& desk_;
};

}  // namespace

Result<void> check_conditions(const record::Catalogue& catalogue, const Desk& desk)
{
    Conditions conditions(catalogue, desk);
    for (const auto& object : catalogue.objects()) {
        const std::string name{object.name()};
        for (const auto& field : object.fields()) {
            conditions.check(object, field.required_when, name + "." + std::string{field.name} + ".required_when");
            conditions.check(object, field.shown_when, name + "." + std::string{field.name} + ".shown_when");
        }
        for (const auto& view : object.views()) conditions.check_filter(object, view);
        const auto& sections = object.layout().sections;
        for (std::size_t i = 0; i < sections.size(); ++i)
            conditions.check(object, sections[i].shown_when,
                             name + ".layout.sections[" + std::to_string(i) + "].shown_when");
    }
    if (!conditions.problems.empty()) return refuse(std::move(conditions.problems));
    return {};
}

Result<void> check_view_roles(const record::Catalogue& catalogue, const ObjectOverlay& change)
{
    if (!change.views) return {};
    const auto& members = catalogue.at("member");
    std::vector<std::string_view> known;
    for (const auto& role : members.field(*members.slot("roles")).choices) known.push_back(role.key);
    Problems problems;
    const auto check = [&](const std::string& role, const std::string& place) {
        if (std::ranges::find(known, std::string_view{role}) != known.end()) return;
        std::map<std::string, std::string> args{{"name", role}};
        if (const auto near = nearest(role, known)) args["nearest"] = *near;
        problems.push_back({"unknown_word", change.object + ".views." + place, std::move(args)});
    };
    for (const auto& view : change.views->list)
        for (const auto& role : view.roles) check(role, view.key + ".roles");
    for (const auto& opening : change.views->opens)
        if (!opening.role.empty()) check(opening.role, "opens");
    if (!problems.empty()) return refuse(std::move(problems));
    return {};
}

namespace {

void append_words(std::string& out, std::string_view name, std::span<const std::string_view> words)
{
    out += ",\"" + std::string{name} + "\":[";
    for (const auto word : words) {
        if (out.back() != '[') out += ',';
        append_json_string(out, word);
    }
    out += ']';
}

void append_views(std::string& out, const Object& object)
{
    out += R"(,"views":[)";
    for (const auto& view : object.views()) {
        out += out.back() == '[' ? R"({"key":)" : R"(,{"key":)";
        append_json_string(out, view.key);
        out += R"(,"label":{"zh":)";
        append_json_string(out, view.label.zh);
        out += R"(,"en":)";
        append_json_string(out, view.label.en);
        out += '}';
        for (const auto& [name, text] :
             {std::pair{"filter", view.filter}, std::pair{"sort", view.sort}, std::pair{"group", view.group}}) {
            out += ",\"" + std::string{name} + "\":";
            append_json_string(out, text);
        }
        append_words(out, "columns", view.columns);
        append_words(out, "roles", view.roles);
        out += view.hidden ? R"(,"active":false)" : R"(,"active":true)";
        out += view.built_in ? R"(,"built_in":true})" : R"(,"built_in":false})";
    }
    out += ']';
}

}  // namespace

std::string definitions_answer(store::View& view, const Desk& desk)
{
    auto definitions = Definitions::read(view);
    std::string out = R"({"objects":[)";
    for (const auto& object : desk.catalogue->objects()) {
        if (object.def().exposure == record::Exposure::internal) continue;
        out += out.back() == '[' ? R"({"object":)" : R"(,{"object":)";
        append_json_string(out, object.name());
        out += R"(,"version":)" + std::to_string(definitions.version_of(object.name()));
        out += object.custom() ? R"(,"custom":true,"overlay":)" : R"(,"custom":false,"overlay":)";
        const auto* overlay = definitions.find(object.name());
        out += overlay == nullptr ? "null" : record::to_json(*overlay);
        append_views(out, object);
        out += '}';
    }
    return out + "]}";
}

}  // namespace shangdao::engine
