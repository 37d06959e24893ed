// Overlays are few and small: they are read, changed and written whole.
#include "engine/definitions.h"

#include <boost/json.hpp>

#include <algorithm>

#include "base/json.h"
#include "base/require.h"
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
    }
    if (found->layout && found->layout->list.empty() && found->layout->key.empty() && found->layout->sections.empty())
        found->layout.reset();   // as built
    found->version = version;

    const auto* object = known.find(change.object);
    for (auto field : change.fields) {
        field.column.clear();   // never from outside (D19)
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
        const auto& sections = object.layout().sections;
        for (std::size_t i = 0; i < sections.size(); ++i)
            conditions.check(object, sections[i].shown_when,
                             name + ".layout.sections[" + std::to_string(i) + "].shown_when");
    }
    if (!conditions.problems.empty()) return refuse(std::move(conditions.problems));
    return {};
}

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
        out += (overlay == nullptr ? "null" : record::to_json(*overlay)) + "}";
    }
    return out + "]}";
}

}  // namespace shangdao::engine
