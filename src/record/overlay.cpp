// Overlays as JSON: strict reading (an unknown key is a refusal with the nearest known one), canonical writing.
#include "record/overlay.h"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <array>

#include "base/text.h"
#include "record/type.h"

namespace shangdao::record {

namespace {

namespace json = boost::json;

constexpr std::array<std::string_view, 6> text_kinds{"plain", "long", "email", "phone", "url", "person"};
constexpr std::array<std::string_view, 4> field_classes{"plain", "personal", "pay", "secret"};

// Reads one JSON object key by key; what nobody asked for is unknown.
class Reader {
public:
    Reader(const json::value& value, std::string place) : place_(std::move(place))
    {
        object_ = value.if_object();
        if (object_ == nullptr) problem("invalid_value", place_, {{"expected", "object"}});
    }

    const json::value* take(std::string_view key)
    {
        known_.push_back(key);
        if (object_ == nullptr) return nullptr;
        const auto* found = object_->if_contains(key);
        return found == nullptr || found->is_null() ? nullptr : found;
    }
    std::string text(std::string_view key)
    {
        const auto* value = take(key);
        if (value == nullptr) return {};
        if (const auto* text = value->if_string()) {
            if (const auto control = control_character(*text)) problem("control_character", at(key), {{"character", fmt::format("U+{:04X}", static_cast<std::uint32_t>(*control))}});
            return std::string{*text};
        }
        problem("invalid_value", at(key), {{"expected", "text"}});
        return {};
    }
    std::optional<bool> flag(std::string_view key)
    {
        const auto* value = take(key);
        if (value == nullptr) return std::nullopt;
        if (const auto* flag = value->if_bool()) return *flag;
        problem("invalid_value", at(key), {{"expected", "boolean"}});
        return std::nullopt;
    }
    int whole(std::string_view key)
    {
        const auto* value = take(key);
        if (value == nullptr) return 0;
        if (const auto* number = value->if_int64(); number != nullptr && *number >= 0 && *number <= 65'535) return static_cast<int>(*number);
        problem("invalid_value", at(key), {{"expected", "number"}});
        return 0;
    }
    template <std::size_t N> std::size_t word(std::string_view key, const std::array<std::string_view, N>& words)
    {
        const auto name = text(key);
        if (name.empty()) return 0;
        for (std::size_t i = 0; i < N; ++i)
            if (words[i] == name) return i;
        unknown(at(key), name, words);
        return 0;
    }
    std::optional<OwnedLabel> label(std::string_view key)
    {
        const auto* value = take(key);
        if (value == nullptr) return std::nullopt;
        if (const auto* text = value->if_string()) return OwnedLabel{std::string{*text}, std::string{*text}};
        Reader inner(*value, at(key));
        OwnedLabel label{inner.text("zh"), inner.text("en")};
        if (label.en.empty()) label.en = label.zh;
        if (label.zh.empty()) label.zh = label.en;
        adopt(inner.finish());
        return label;
    }
    // The objects of a list, each read by a reader of its own.
    template <typename Read> void each(std::string_view key, const Read& read)
    {
        const auto* list = array(key);
        for (std::size_t i = 0; list != nullptr && i < list->size(); ++i) {
            Reader inner((*list)[i], at(key) + "[" + std::to_string(i) + "]");
            read(inner);
            adopt(inner.finish());
        }
    }
    std::vector<std::string> words(std::string_view key)
    {
        std::vector<std::string> found;
        const auto* list = array(key);
        for (std::size_t i = 0; list != nullptr && i < list->size(); ++i) {
            if (const auto* word = (*list)[i].if_string()) found.emplace_back(*word);
            else problem("invalid_value", at(key), {{"expected", "text"}});
        }
        return found;
    }
    const json::array* array(std::string_view key)
    {
        const auto* value = take(key);
        if (value == nullptr) return nullptr;
        if (const auto* list = value->if_array()) return list;
        problem("invalid_value", at(key), {{"expected", "list"}});
        return nullptr;
    }
    std::string at(std::string_view key) const { return place_.empty() ? std::string{key} : place_ + "." + std::string{key}; }
    void problem(std::string code, std::string field, std::map<std::string, std::string> args) { problems_.push_back({std::move(code), std::move(field), std::move(args)}); }
    void adopt(Problems problems) { problems_.insert(problems_.end(), problems.begin(), problems.end()); }
    void unknown(std::string field, std::string_view word, std::span<const std::string_view> known)
    {
        std::map<std::string, std::string> args{{"name", std::string{word}}};
        if (const auto near = nearest(word, known)) args["nearest"] = *near;
        problem("unknown_word", std::move(field), std::move(args));
    }
    Problems finish()
    {
        if (object_ != nullptr)
            for (const auto& entry : *object_)
                if (std::ranges::find(known_, std::string_view{entry.key()}) == known_.end()) unknown(at(entry.key()), entry.key(), known_);
        return std::move(problems_);
    }

private:
    const json::object* object_ = nullptr;
    std::string place_;
    std::vector<std::string_view> known_;
    Problems problems_;
};

ChoiceOverlay read_choice(Reader& reader)
{
    ChoiceOverlay choice;
    choice.key = reader.text("key");
    choice.label = reader.label("label").value_or(OwnedLabel{choice.key, choice.key});
    choice.retired = !reader.flag("active").value_or(true);
    choice.tone = reader.text("tone");
    return choice;
}

FieldOverlay read_field(Reader& reader)
{
    FieldOverlay field;
    field.name = reader.text("name");
    if (const auto type = reader.text("type"); !type.empty()) {
        field.type = type_named(type);
        if (!field.type) {
            std::vector<std::string_view> names;
            for (const auto& row : type_table()) names.push_back(row.name);
            reader.unknown(reader.at("type"), type, names);
        }
    }
    field.label = reader.label("label");
    field.help = reader.label("help");
    field.required = reader.flag("required");
    field.unique = reader.flag("unique").value_or(false);
    field.searched = reader.flag("searched").value_or(false);
    field.ordered = reader.flag("ordered").value_or(false);
    field.text_kind = static_cast<TextKind>(reader.word("kind", text_kinds));
    field.field_class = static_cast<FieldClass>(reader.word("class", field_classes));
    field.scale = reader.whole("scale");
    field.max_length = reader.whole("max_length");
    field.target = reader.text("target");
    field.column = reader.text("column");
    field.retired = reader.flag("retired").value_or(false);
    field.required_when = reader.text("required_when");
    field.shown_when = reader.text("shown_when");
    reader.each("choices", [&](Reader& inner) { field.choices.push_back(read_choice(inner)); });
    return field;
}

SectionOverlay read_section(Reader& reader)
{
    SectionOverlay section;
    section.label = reader.label("label").value_or(OwnedLabel{});
    section.fields = reader.words("fields");
    section.shown_when = reader.text("shown_when");
    return section;
}

LayoutOverlay read_layout(Reader& reader)
{
    LayoutOverlay layout;
    layout.list = reader.words("list");
    layout.key = reader.words("key");
    reader.each("sections", [&](Reader& inner) { layout.sections.push_back(read_section(inner)); });
    return layout;
}

std::optional<std::string> said(Reader& reader, std::string_view key)
{
    if (reader.take(key) == nullptr) return std::nullopt;
    return reader.text(key);
}

ViewOverlay read_view(Reader& reader)
{
    ViewOverlay view;
    view.key = reader.text("key");
    if (view.key.empty()) reader.problem("required", reader.at("key"), {});
    view.label = reader.label("label");
    view.filter = said(reader, "filter");
    view.sort = said(reader, "sort");
    view.group = said(reader, "group");
    if (reader.take("columns") != nullptr) view.columns = reader.words("columns");
    view.roles = reader.words("roles");
    view.hidden = !reader.flag("active").value_or(true);
    return view;
}

ViewsOverlay read_views(Reader& reader)
{
    ViewsOverlay views;
    reader.each("list", [&](Reader& inner) { views.list.push_back(read_view(inner)); });
    reader.each("opens", [&](Reader& inner) {
        auto role = inner.text("role"), view = inner.text("view");
        views.opens.push_back({.role = std::move(role), .view = std::move(view)});
    });
    return views;
}

json::value label_json(const OwnedLabel& label) { return {{"zh", label.zh}, {"en", label.en}}; }

json::object field_json(const FieldOverlay& field)
{
    json::object out{{"name", field.name}};
    if (field.type) out["type"] = type_name(*field.type);
    if (field.label) out["label"] = label_json(*field.label);
    if (field.help) out["help"] = label_json(*field.help);
    if (field.required) out["required"] = *field.required;
    if (field.unique) out["unique"] = true;
    if (field.searched) out["searched"] = true;
    if (field.ordered) out["ordered"] = true;
    if (field.text_kind != TextKind::plain) out["kind"] = text_kinds[static_cast<std::size_t>(field.text_kind)];
    if (field.field_class != FieldClass::plain) out["class"] = field_classes[static_cast<std::size_t>(field.field_class)];
    if (field.scale != 0) out["scale"] = field.scale;
    if (field.max_length != 0) out["max_length"] = field.max_length;
    if (!field.target.empty()) out["target"] = field.target;
    if (!field.column.empty()) out["column"] = field.column;
    if (field.retired) out["retired"] = true;
    if (!field.required_when.empty()) out["required_when"] = field.required_when;
    if (!field.shown_when.empty()) out["shown_when"] = field.shown_when;
    if (!field.choices.empty()) {
        json::array choices;
        for (const auto& choice : field.choices) {
            json::object one{{"key", choice.key}, {"label", label_json(choice.label)}};
            if (choice.retired) one["active"] = false;
            if (!choice.tone.empty()) one["tone"] = choice.tone;
            choices.push_back(std::move(one));
        }
        out["choices"] = std::move(choices);
    }
    return out;
}

json::array words_json(const std::vector<std::string>& words) { return json::array(words.begin(), words.end()); }

json::object layout_json(const LayoutOverlay& layout)
{
    json::array sections;
    for (const auto& section : layout.sections) {
        json::object one{{"label", label_json(section.label)}, {"fields", words_json(section.fields)}};
        if (!section.shown_when.empty()) one["shown_when"] = section.shown_when;
        sections.push_back(std::move(one));
    }
    return {{"list", words_json(layout.list)}, {"key", words_json(layout.key)}, {"sections", std::move(sections)}};
}

json::object view_json(const ViewOverlay& view)
{
    json::object out{{"key", view.key}};
    if (view.label) out["label"] = label_json(*view.label);
    if (view.filter) out["filter"] = *view.filter;
    if (view.sort) out["sort"] = *view.sort;
    if (view.columns) out["columns"] = words_json(*view.columns);
    if (view.group) out["group"] = *view.group;
    if (!view.roles.empty()) out["roles"] = words_json(view.roles);
    if (view.hidden) out["active"] = false;
    return out;
}

json::object views_json(const ViewsOverlay& views)
{
    json::array list, opens;
    for (const auto& view : views.list) list.push_back(view_json(view));
    for (const auto& [role, view] : views.opens) opens.push_back(json::object{{"role", role}, {"view", view}});
    return {{"list", std::move(list)}, {"opens", std::move(opens)}};
}

}  // namespace

std::string to_json(const ObjectOverlay& overlay)
{
    json::object out{{"object", overlay.object}};
    if (overlay.custom) {
        out["custom"] = true;
        out["plural"] = overlay.plural;
        out["owned"] = overlay.owned;
        if (overlay.retired) out["retired"] = true;
    }
    if (!overlay.label.zh.empty()) out["label"] = label_json(overlay.label);
    if (!overlay.plural_label.zh.empty()) out["plural_label"] = label_json(overlay.plural_label);
    if (!overlay.icon.empty()) out["icon"] = overlay.icon;
    if (overlay.version > 0) out["version"] = overlay.version;
    if (overlay.layout) out["layout"] = layout_json(*overlay.layout);
    if (overlay.views) out["views"] = views_json(*overlay.views);
    json::array fields;
    for (const auto& field : overlay.fields) fields.push_back(field_json(field));
    out["fields"] = std::move(fields);
    return json::serialize(out);
}

Result<FieldOverlay> field_overlay_from_json(const json::value& value)
{
    Reader reader(value, "");
    auto field = read_field(reader);
    if (field.name.empty()) reader.problem("required", "name", {});
    if (auto problems = reader.finish(); !problems.empty()) return refuse(std::move(problems));
    return field;
}

Result<ObjectOverlay> object_overlay_from_json(const json::value& value)
{
    Reader reader(value, "");
    ObjectOverlay overlay;
    overlay.object = reader.text("object");
    overlay.custom = reader.flag("custom").value_or(false);
    overlay.plural = reader.text("plural");
    const OwnedLabel unnamed = overlay.custom ? OwnedLabel{overlay.object, overlay.object} : OwnedLabel{};
    overlay.label = reader.label("label").value_or(unnamed);
    overlay.plural_label = reader.label("plural_label").value_or(overlay.label);
    overlay.icon = reader.text("icon");
    overlay.owned = reader.flag("owned").value_or(true);
    overlay.retired = reader.flag("retired").value_or(false);
    overlay.version = reader.whole("version");
    reader.each("fields", [&](Reader& inner) { overlay.fields.push_back(read_field(inner)); });
    if (const auto* layout = reader.take("layout")) {
        Reader inner(*layout, "layout");
        overlay.layout = read_layout(inner);
        reader.adopt(inner.finish());
    }
    if (const auto* views = reader.take("views")) {
        Reader inner(*views, "views");
        overlay.views = read_views(inner);
        reader.adopt(inner.finish());
    }
    if (overlay.object.empty()) reader.problem("required", "object", {});
    if (auto problems = reader.finish(); !problems.empty()) return refuse(std::move(problems));
    return overlay;
}

}  // namespace shangdao::record
