// GET /describe – the definitions as this member may use them; screens, filters and forms are drawn from it.
#include <algorithm>

#include "base/json.h"
#include "engine/conditions.h"
#include "engine/lists.h"
#include "engine/people.h"
#include "engine/sharing/locks.h"
#include "engine/verb_arguments.h"
#include "engine/view_sight.h"
#include "record/type.h"

namespace shangdao::engine {

namespace {

using record::FieldDef;
using record::FieldLevel;

constexpr std::array<std::string_view, 6> kinds{"plain", "long", "email", "phone", "url", "person"};
constexpr std::array<std::string_view, 4> accesses{"hidden", "masked", "read", "edit"};
constexpr std::array<std::string_view, 3> writers{"anyone", "verb", "system"};
constexpr std::array<std::string_view, 3> tones{"plain", "good", "bad"};

void key(std::string& out, std::string_view name)
{
    if (!out.empty() && out.back() != '{' && out.back() != '[') out += ',';
    append_json_string(out, name);
    out += ':';
}
void text(std::string& out, std::string_view name, std::string_view value)
{
    key(out, name);
    append_json_string(out, value);
}
void flag(std::string& out, std::string_view name, bool value)
{
    key(out, name);
    out += value ? "true" : "false";
}
void label(std::string& out, std::string_view name, Label value)
{
    key(out, name);
    out += '{';
    text(out, "zh", value.zh);
    text(out, "en", value.en);
    out += '}';
}

void append_field(std::string& out, const FieldDef& field, FieldLevel access, bool custom)
{
    out += out.back() == '[' ? "{" : ",{";
    text(out, "name", field.name);
    text(out, "type", record::type_name(field.type));
    label(out, "label", field.label);
    if (!field.help.zh.empty()) label(out, "help", field.help);
    text(out, "kind", kinds[static_cast<std::size_t>(field.text_kind)]);
    if (field.type == record::Type::number) key(out, "scale"), out += std::to_string(field.scale);
    if (field.type == record::Type::text) key(out, "max_length"), out += std::to_string(field.max_length);
    flag(out, "required", field.need == record::Need::required);
    flag(out, "unique", field.uniqueness == record::Uniqueness::unique);
    flag(out, "active", field.in_use == record::InUse::yes);
    if (!field.target.empty()) text(out, "target", field.target);
    if (field.type == record::Type::choice || field.type == record::Type::choices) {
        key(out, "choices");
        out += '[';
        for (const auto& choice : field.choices) {
            out += out.back() == '[' ? "{" : ",{";
            text(out, "key", choice.key);
            label(out, "label", choice.label);
            flag(out, "active", choice.state == record::Choice::State::active);
            text(out, "tone", choice.tone);
            out += '}';
        }
        out += ']';
    }
    text(out, "access", accesses[static_cast<std::size_t>(access)]);
    text(out, "written_by", writers[static_cast<std::size_t>(field.written_by)]);
    flag(out, "sortable", access >= FieldLevel::read && !record::is_shown_in_part(field));
    flag(out, "filterable", access >= FieldLevel::masked && !record::is_shown_in_part(field));
    flag(out, "custom", custom);
    out += '}';
}

void append_words(std::string& out, std::string_view name, const Desk& desk, const Object& object, std::span<const std::string_view> words)
{
    key(out, name);
    out += '[';
    for (const auto word : words) {
        const auto slot = object.slot(word);
        if (!slot || desk.guard->field(object, *slot) == FieldLevel::hidden) continue;
        if (out.back() != '[') out += ',';
        append_json_string(out, word);
    }
    out += ']';
}

// The sections, then whatever no section names (custom fields above all).
void append_layout(std::string& out, const Desk& desk, const Object& object)
{
    const auto& layout = object.layout();
    key(out, "layout");
    out += '{';
    append_words(out, "list", desk, object, layout.list);
    append_words(out, "key", desk, object, layout.key);
    key(out, "sections");
    out += '[';
    std::vector<std::string_view> rest;
    for (std::size_t slot = record::first_own_slot; slot < object.slot_count(); ++slot) {
        const auto& field = object.field(slot);
        if (field.written_by != record::WrittenBy::system) rest.push_back(field.name);
    }
    for (const auto& section : layout.sections) {
        out += out.back() == '[' ? "{" : ",{";
        label(out, "label", section.label);
        append_words(out, "fields", desk, object, section.fields);
        out += '}';
        for (const auto word : section.fields) std::erase(rest, word);
    }
    if (!rest.empty()) {
        out += out.back() == '[' ? "{" : ",{";
        label(out, "label", layout.sections.empty() ? Label{"基本信息", "Details"} : Label{"其他", "More"});
        append_words(out, "fields", desk, object, rest);
        out += '}';
    }
    out += "]}";
}

void append_verbs(std::string& out, const Desk& desk, const Object& object)
{
    key(out, "verbs");
    out += '[';
    const auto append = [&](const record::VerbDef& verb) {
        if (!desk.guard->has_verb_right(object, verb)) return;
        out += out.back() == '[' ? "{" : ",{";
        text(out, "name", verb.name);
        label(out, "label", verb.label);
        text(out, "tone", tones[static_cast<std::size_t>(verb.tone)]);
        flag(out, "offered", verb.offered == record::VerbDef::Offered::anywhere);
        key(out, "arguments");
        out += '[';
        for (const auto& argument : verb.arguments)
            if (knows_argument(*desk.guard, object, argument)) append_field(out, argument, FieldLevel::edit, false);
        out += "]}";
    };
    for (const auto& verb : object.def().verbs) append(verb);
    if (object.owned())
        for (const auto* verb : verbs_of_owners()) append(*verb);
    out += ']';
}

void append_relations(std::string& out, const Desk& desk, const Object& object)
{
    key(out, "relations");
    out += '[';
    for (const auto& reverse : object.reverses()) {
        const auto& child = desk.catalogue->object(reverse.object);
        if (!child.routed() || !desk.guard->may(Action::read, child)) continue;
        if (desk.guard->field(child, reverse.slot) < FieldLevel::read) continue;
        out += out.back() == '[' ? "{" : ",{";
        text(out, "name", reverse.name);
        text(out, "object", child.name());
        text(out, "field", child.field(reverse.slot).name);
        label(out, "label", child.plural_label());
        out += '}';
    }
    out += ']';
}

// Those that are there for this member (engine/view_sight.h) and the one of them that opens the list.
void append_views(std::string& out, const Desk& desk, const Object& object)
{
    const auto person = desk.people->find(desk.member);
    const auto has = [&](std::string_view role) { return person && std::ranges::find(person->roles, role) != person->roles.end(); };
    std::vector<std::string_view> there;
    key(out, "views");
    out += '[';
    for (const auto& view : object.views()) {
        if (view.key == locked_view.key && !object.owned()) continue;
        if (view.hidden || (!view.roles.empty() && std::ranges::none_of(view.roles, has))) continue;
        if (!view_is_there(*desk.guard, desk.organisation->base, object, {view.filter, view.sort, view.group})) continue;
        there.push_back(view.key);
        out += out.back() == '[' ? "{" : ",{";
        text(out, "key", view.key);
        label(out, "label", view.label);
        text(out, "filter", view.filter);
        text(out, "sort", view.sort);
        key(out, "columns");
        out += '[';
        for (const auto column : view.columns.empty() ? object.layout().list : view.columns) {
            if (!column_is_shown(*desk.guard, object, column)) continue;
            if (out.back() != '[') out += ',';
            append_json_string(out, column);
        }
        out += ']';
        text(out, "group", view.group);
        out += '}';
    }
    out += ']';
    const auto opening = std::ranges::find_if(object.openings(), [&](const record::Opening& one) {
        return (one.role.empty() || has(one.role)) && std::ranges::find(there, one.view) != there.end();
    });
    text(out, "opens", opening == object.openings().end() ? std::string_view{} : opening->view);
}

void append_object(std::string& out, const Desk& desk, const Object& object)
{
    const auto& def = object.def();
    out += out.back() == '[' ? "{" : ",{";
    text(out, "name", def.name);
    text(out, "plural", def.plural);
    label(out, "label", object.label());
    label(out, "plural_label", object.plural_label());
    text(out, "icon", object.icon());
    text(out, "group", def.group);
    text(out, "name_field", def.name_field);
    flag(out, "owned", object.owned());
    flag(out, "custom", object.custom());
    flag(out, "staged", def.staged == record::Staged::yes);
    flag(out, "person", object.about_a_person());
    flag(out, "by_parent", !object.seen_through().empty());
    flag(out, "conditional", is_conditional(object));
    key(out, "rights");
    out += '{';
    static constexpr std::array<std::string_view, 6> actions{"create", "read", "edit", "delete", "export", "bulk"};
    for (std::size_t i = 0; i < actions.size(); ++i) flag(out, actions[i], desk.guard->may(static_cast<Action>(i), object));
    out += '}';
    key(out, "fields");
    out += '[';
    bool searchable = false;
    for (std::size_t slot = 0; slot < object.slot_count(); ++slot) {
        const auto level = desk.guard->field(object, slot);
        if (level == FieldLevel::hidden) continue;
        auto field = object.field(slot);
        if (slot == record::slot_owner) field.written_by = record::WrittenBy::verb;
        append_field(out, field, level, field.name.starts_with("x_"));
        searchable = searchable || field.searched == record::Searched::yes;
    }
    out += ']';
    append_verbs(out, desk, object);
    append_layout(out, desk, object);
    append_relations(out, desk, object);
    append_views(out, desk, object);
    flag(out, "searchable", searchable);
    out += '}';
}

}  // namespace

std::string describe_answer(const Desk& desk)
{
    std::string out = R"({"epoch":")" + std::to_string(desk.catalogue->epoch()) + R"(","objects":[)";
    for (const auto& object : desk.catalogue->objects())
        if (object.routed() && desk.guard->may(Action::read, object)) append_object(out, desk, object);
    out += R"(],"measures":[)";
    for (const auto& [name, measure] : desk.measures->all()) {
        out += out.back() == '[' ? "{" : ",{";
        text(out, "name", name);
        text(out, "object", measure->object);
        label(out, "label", measure->label);
        label(out, "help", measure->help);
        text(out, "unit", measure->unit);
        out += '}';
    }
    out += "]}";
    return out;
}

}  // namespace shangdao::engine
