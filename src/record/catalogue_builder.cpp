// CatalogueBuilder – lays overlays over built-in definitions, links references, and checks the whole. Every finding names
// its place ("boat.x_colour.type") and, where a word is unknown, the nearest known one.
#include <algorithm>
#include <set>

#include "base/require.h"
#include "base/text.h"
#include "record/catalogue.h"
#include "record/overlay.h"
#include "record/sort_keys.h"
#include "record/type.h"

namespace shangdao::record {

namespace {

bool snake_case(std::string_view name)
{
    if (name.empty() || name.size() > 48 || name.front() < 'a' || name.front() > 'z') return false;
    return std::ranges::all_of(name, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
}

constexpr std::size_t views_max = 50, view_name_max = 60, view_filter_bytes_max = 10'000, view_columns_max = 60, sort_keys_max = 4;

std::string place(std::string_view object, std::string_view field = {}, std::string_view detail = {})
{
    std::string text{object};
    if (!field.empty()) text.append(".").append(field);
    if (!detail.empty()) text.append(".").append(detail);
    return text;
}

}  // namespace

// Carries the catalogue under construction and the findings; one use, inside build().
class CatalogueAssembly {
public:
    explicit CatalogueAssembly(Catalogue& catalogue, std::deque<std::string>& arena) : catalogue_(catalogue), arena_(arena) {}

    std::string_view keep(std::string text) { return arena_.emplace_back(std::move(text)); }
    Label keep(const OwnedLabel& label) { return {keep(label.zh), keep(label.en.empty() ? label.zh : label.en)}; }
    std::vector<std::string_view> keep(const std::vector<std::string>& words)
    {
        std::vector<std::string_view> kept;
        for (const auto& word : words) kept.push_back(keep(word));
        return kept;
    }
    void find(std::string code, std::string field, std::map<std::string, std::string> args = {})
    {
        problems_.push_back({std::move(code), std::move(field), std::move(args)});
    }
    void unknown(std::string code, std::string field, std::string_view word, std::span<const std::string_view> known)
    {
        std::map<std::string, std::string> args{{"name", std::string{word}}};
        if (const auto near = nearest(word, known)) args["nearest"] = *near;
        find(std::move(code), std::move(field), std::move(args));
    }
    Problems& problems() { return problems_; }

private:
    [[maybe_unused]] Catalogue& catalogue_;
    std::deque<std::string>& arena_;
    Problems problems_;
};

namespace {

// What an overlay may say of any field. A retired one is required of nobody and written by nobody.
void dress(FieldDef& field, const FieldOverlay& overlay, CatalogueAssembly& assembly)
{
    if (!overlay.required_when.empty()) field.required_when = assembly.keep(overlay.required_when);
    if (!overlay.shown_when.empty()) field.shown_when = assembly.keep(overlay.shown_when);
    if (!overlay.retired) return;
    field.in_use = InUse::retired;
    field.need = Need::optional;
    field.required_when = {};
    if (field.written_by == WrittenBy::anyone) field.written_by = WrittenBy::system;
}

// Choices with changes: added ones come last, unless all are named: then the order is the overlay's.
std::vector<Choice> changed_choices(std::span<const Choice> choices, const FieldOverlay& overlay, CatalogueAssembly& assembly)
{
    std::vector<Choice> changed(choices.begin(), choices.end());
    for (const auto& added : overlay.choices) {
        const auto state = added.retired ? Choice::State::retired : Choice::State::active;
        const auto existing = std::ranges::find(changed, std::string_view{added.key}, &Choice::key);
        if (existing == changed.end()) {
            changed.push_back({assembly.keep(added.key), assembly.keep(added.label), state, assembly.keep(added.tone)});
            continue;
        }
        existing->state = state;
        if (!added.label.zh.empty()) existing->label = assembly.keep(added.label);
        if (!added.tone.empty()) existing->tone = assembly.keep(added.tone);
    }
    const auto place = [&](const Choice& choice) { return std::ranges::find(overlay.choices, choice.key, &ChoiceOverlay::key) - overlay.choices.begin(); };
    if (changed.size() == overlay.choices.size()) std::ranges::sort(changed, {}, place);
    return changed;
}

FieldDef field_from(const FieldOverlay& overlay, CatalogueAssembly& assembly, std::deque<std::vector<Choice>>& choice_store)
{
    FieldDef field;
    field.name = assembly.keep(overlay.name);
    field.type = overlay.type.value_or(Type::text);
    if (overlay.label) field.label = assembly.keep(*overlay.label);
    if (overlay.help) field.help = assembly.keep(*overlay.help);
    field.need = overlay.required.value_or(false) ? Need::required : Need::optional;
    field.uniqueness = overlay.unique ? Uniqueness::unique : Uniqueness::repeatable;
    field.searched = overlay.searched ? Searched::yes : Searched::no;
    field.ordered = overlay.ordered ? Ordered::indexed : Ordered::no;
    field.text_kind = overlay.text_kind;
    field.field_class = overlay.field_class;
    field.scale = overlay.scale;
    field.max_length = overlay.max_length > 0 ? overlay.max_length : (overlay.text_kind == TextKind::long_text ? 65'535 : 255);
    field.target = assembly.keep(overlay.target);
    dress(field, overlay, assembly);
    if (!overlay.column.empty()) field.column = assembly.keep(overlay.column);
    auto& choices = choice_store.emplace_back();
    for (const auto& choice : overlay.choices)
        choices.push_back({assembly.keep(choice.key), assembly.keep(choice.label),
                           choice.retired ? Choice::State::retired : Choice::State::active, assembly.keep(choice.tone)});
    field.choices = choices;
    return field;
}

// A built-in field may be relabelled, tightened and given further choices; never retyped (D20).
void change_field(FieldDef& field, const FieldOverlay& overlay, std::string_view object, CatalogueAssembly& assembly,
                  std::deque<std::vector<Choice>>& choice_store)
{
    if (overlay.type && *overlay.type != field.type)
        assembly.find("definition_retyped", place(object, field.name, "type"), {{"type", std::string{type_name(field.type)}}});
    if (overlay.required && !*overlay.required && field.need == Need::required)
        assembly.find("definition_loosened", place(object, field.name, "required"));
    if (overlay.label) field.label = assembly.keep(*overlay.label);
    if (overlay.help) field.help = assembly.keep(*overlay.help);
    if (overlay.required.value_or(false)) field.need = Need::required;
    if (overlay.retired && field.need == Need::required) assembly.find("definition_needed", place(object, field.name, "retired"), {{"name", std::string{field.name}}});
    dress(field, overlay, assembly);
    if (!overlay.choices.empty()) field.choices = choice_store.emplace_back(changed_choices(field.choices, overlay, assembly));
}

void check_field(const Object& object, const FieldDef& field, CatalogueAssembly& assembly)
{
    const auto at = [&](std::string_view detail) { return place(object.name(), field.name, detail); };
    if (!snake_case(field.name)) assembly.find("definition_bad_name", at("name"), {{"name", std::string{field.name}}});
    if (field.label.zh.empty() && field.label.en.empty()) assembly.find("definition_no_label", at("label"));
    if (field.scale < 0 || field.scale > 6) assembly.find("definition_bad_scale", at("scale"), {{"scale", std::to_string(field.scale)}});
    if (field.type == Type::reference && field.target.empty() && field.name != "id") assembly.find("definition_no_target", at("target"));
    if ((field.type == Type::choice || field.type == Type::choices) && field.choices.empty() && field.choices_from.empty())
        assembly.find("definition_no_choices", at("choices"));
    std::set<std::string_view> keys;
    for (const auto& choice : field.choices) {
        if (choice.key.empty() || choice.key.contains('|')) assembly.find("definition_bad_name", at("choices"), {{"name", std::string{choice.key}}});
        if (!keys.insert(choice.key).second) assembly.find("definition_twice", at("choices"), {{"name", std::string{choice.key}}});
    }
}

void check_words(const Object& object, std::span<const std::string_view> words, std::string_view where, CatalogueAssembly& assembly)
{
    std::vector<std::string_view> known;
    for (const auto& field : object.fields()) known.push_back(field.name);
    for (const auto word : words)
        if (!object.slot(word)) assembly.unknown("definition_unknown_field", place(object.name(), where), word, known);
}

}  // namespace

void CatalogueBuilder::add(const ObjectDef& def) { built_in_.push_back(&def); }

void CatalogueBuilder::offer(const ViewDef& view) { offered_.push_back(view); }

void CatalogueBuilder::overlay(const ObjectOverlay& overlay) { overlays_.push_back(overlay); }

void CatalogueBuilder::fill_choices(std::string_view source, std::string_view object, std::vector<Choice> choices)
{
    for (auto& choice : choices) {
        choice.key = result_->arena_.emplace_back(choice.key);
        choice.label = {result_->arena_.emplace_back(choice.label.zh), result_->arena_.emplace_back(choice.label.en)};
        choice.tone = result_->arena_.emplace_back(choice.tone);
    }
    filled_[{std::string{source}, std::string{object}}] = std::move(choices);
}

Result<std::shared_ptr<const Catalogue>> CatalogueBuilder::build(std::uint64_t epoch)
{
    require(result_ != nullptr, "a CatalogueBuilder builds once");
    auto catalogue = std::move(result_);
    CatalogueAssembly assembly(*catalogue, catalogue->arena_);
    catalogue->epoch_ = epoch;

    add_objects(*catalogue, assembly);
    lay_overlays(*catalogue, assembly);
    link(*catalogue, assembly);
    if (!assembly.problems().empty()) return refuse(std::move(assembly.problems()));
    return catalogue;
}

void CatalogueBuilder::add_objects(Catalogue& catalogue, CatalogueAssembly& assembly)
{
    auto begin_object = [&](const ObjectDef& def, bool custom) {
        Object object;
        object.def_ = &def;
        object.custom_ = custom;
        object.routed_ = def.exposure == Exposure::routed;
        object.label_ = def.label;
        object.plural_label_ = def.plural_label;
        object.icon_ = def.icon;
        object.layout_.list.assign(def.list_columns.begin(), def.list_columns.end());
        object.layout_.key.assign(def.key_fields.begin(), def.key_fields.end());
        for (const auto& section : def.layout) object.layout_.sections.push_back({section.label, {section.fields.begin(), section.fields.end()}, section.shown_when});
        std::vector<ViewDef> views(def.views.begin(), def.views.end());
        if (def.group != "system") views.insert(views.end(), offered_.begin(), offered_.end());
        for (const auto& view : views)
            object.views_.push_back({.key = view.key, .label = view.label, .filter = view.filter, .sort = view.sort, .group = view.group, .columns = {view.columns.begin(), view.columns.end()}, .roles = {}, .built_in = true});
        object.index_ = catalogue.objects_.size();
        object.fields_.assign(system_fields().begin(), system_fields().end());
        if (def.orders == Orders::named)
            for (auto& field : object.fields_) field.ordered = Ordered::no;
        object.fields_.insert(object.fields_.end(), def.fields.begin(), def.fields.end());
        if (!catalogue.by_name_.emplace(def.name, object.index_).second || !catalogue.by_plural_.emplace(def.plural, object.index_).second)
            assembly.find("definition_twice", std::string{def.name}, {{"name", std::string{def.name}}});
        if (!snake_case(def.name) || !snake_case(def.plural)) assembly.find("definition_bad_name", std::string{def.name}, {{"name", std::string{def.name}}});
        catalogue.objects_.push_back(std::move(object));
    };
    for (const auto* def : built_in_) begin_object(*def, false);

    for (const auto& overlay : overlays_) {
        if (!overlay.custom) continue;
        if (!overlay.object.starts_with("x_")) assembly.find("definition_needs_prefix", overlay.object, {{"name", overlay.object}});
        auto& def = catalogue.custom_objects_.emplace_back();
        def.name = assembly.keep(overlay.object);
        def.plural = assembly.keep(overlay.plural.empty() ? overlay.object + "s" : overlay.plural);
        def.label = assembly.keep(overlay.label);
        def.plural_label = assembly.keep(overlay.plural_label.zh.empty() ? overlay.label : overlay.plural_label);
        def.icon = assembly.keep(overlay.icon);
        def.group = "custom";
        def.ownership = overlay.owned ? Ownership::owned : Ownership::shared;
        static constexpr FieldDef name_field{.name = "name", .type = Type::text, .label = {"名称", "Name"}, .need = Need::required,
                                             .searched = Searched::yes, .ordered = Ordered::indexed};
        def.fields = std::span{&name_field, 1};
        static constexpr std::string_view name_column[] = {"name"};
        def.list_columns = name_column;
        begin_object(def, true);
    }
}

void CatalogueBuilder::lay_overlays(Catalogue& catalogue, CatalogueAssembly& assembly)
{
    for (const auto& overlay : overlays_) {
        const auto found = catalogue.by_name_.find(overlay.object);
        if (found == catalogue.by_name_.end()) {
            std::vector<std::string_view> known;
            for (const auto& object : catalogue.objects_) known.push_back(object.name());
            assembly.unknown("definition_unknown_object", overlay.object, overlay.object, known);
            continue;
        }
        lay_object(catalogue, catalogue.objects_[found->second], overlay, assembly);
    }
    for (auto& object : catalogue.objects_)
        for (auto& field : object.fields_) {
            if (field.choices_from.empty()) continue;
            const auto filled = filled_.find({std::string{field.choices_from}, std::string{object.name()}});
            if (filled == filled_.end()) continue;
            field.choices = catalogue.custom_choices_.emplace_back(filled->second);
        }
}

void CatalogueBuilder::lay_object(Catalogue& catalogue, Object& object, const ObjectOverlay& overlay, CatalogueAssembly& assembly)
{
    if (!overlay.label.zh.empty()) object.label_ = assembly.keep(overlay.label);
    if (!overlay.plural_label.zh.empty()) object.plural_label_ = assembly.keep(overlay.plural_label);
    if (!overlay.icon.empty()) object.icon_ = assembly.keep(overlay.icon);
    if (overlay.retired && object.custom()) object.routed_ = false;
    for (const auto& field : overlay.fields) {
        const auto existing = std::ranges::find(object.fields_, std::string_view{field.name}, &FieldDef::name);
        if (existing != object.fields_.end()) {
            change_field(*existing, field, object.name(), assembly, catalogue.custom_choices_);
        } else {
            if (!field.name.starts_with("x_")) assembly.find("definition_needs_prefix", place(object.name(), field.name), {{"name", field.name}});
            if (!field.type) assembly.find("definition_no_type", place(object.name(), field.name, "type"));
            object.fields_.push_back(field_from(field, assembly, catalogue.custom_choices_));
        }
    }
    if (overlay.views) lay_views(object, *overlay.views, assembly);
    if (!overlay.layout) return;
    const auto kept = [&](const std::vector<std::string>& words) { return assembly.keep(words); };
    object.layout_ = {.list = kept(overlay.layout->list), .key = kept(overlay.layout->key), .sections = {}};
    for (const auto& section : overlay.layout->sections)
        object.layout_.sections.push_back({assembly.keep(section.label), kept(section.fields), assembly.keep(section.shown_when)});
}

// Those that the overlay names in its order, then the built-in ones that it does not.
void CatalogueBuilder::lay_views(Object& object, const ViewsOverlay& overlay, CatalogueAssembly& assembly)
{
    const auto at = [&](std::string_view key, std::string_view detail) { return place(object.name(), "views." + std::string{key}, detail); };
    if (overlay.list.size() > views_max) assembly.find("too_many", place(object.name(), "views"), {{"limit", std::to_string(views_max)}});
    if (overlay.opens.size() > views_max) assembly.find("too_many", place(object.name(), "views", "opens"), {{"limit", std::to_string(views_max)}});
    std::vector<std::string_view> known;
    for (const auto& view : object.views_) known.push_back(view.key);
    std::vector<LaidView> laid;
    for (const auto& change : overlay.list) {
        if (std::ranges::find(laid, std::string_view{change.key}, &LaidView::key) != laid.end()) assembly.find("definition_twice", place(object.name(), "views"), {{"name", change.key}});
        const auto built = std::ranges::find(object.views_, std::string_view{change.key}, &LaidView::key);
        LaidView view;
        if (built != object.views_.end()) {
            view = *built;
        } else {
            view.key = assembly.keep(change.key);
            if (!change.key.starts_with("x_")) assembly.unknown("unknown_word", at(change.key, "key"), change.key, known);
            else if (!snake_case(change.key)) assembly.find("definition_bad_name", at(change.key, "key"), {{"name", change.key}});
        }
        if (change.label) {
            view.label = assembly.keep(*change.label);
            if (std::max(code_point_count(change.label->zh), code_point_count(change.label->en)) > view_name_max)
                assembly.find("too_long", at(change.key, "label"), {{"limit", std::to_string(view_name_max)}});
        }
        if (trimmed(view.label.zh).empty()) assembly.find("definition_no_label", at(change.key, "label"));
        if (change.filter) view.filter = assembly.keep(*change.filter);
        if (view.filter.size() > view_filter_bytes_max) assembly.find("too_long", at(change.key, "filter"), {{"limit", std::to_string(view_filter_bytes_max)}});
        if (change.sort) view.sort = assembly.keep(*change.sort);
        if (change.group) view.group = assembly.keep(*change.group);
        if (change.columns) view.columns = assembly.keep(*change.columns);
        view.roles = assembly.keep(change.roles);
        view.hidden = change.hidden;
        laid.push_back(std::move(view));
    }
    for (const auto& view : object.views_)
        if (std::ranges::find(laid, view.key, &LaidView::key) == laid.end()) laid.push_back(view);
    object.views_ = std::move(laid);
    for (const auto& [role, view] : overlay.opens) {
        if (const auto twice = std::ranges::find(object.openings_, std::string_view{role}, &Opening::role); twice != object.openings_.end())
            assembly.find("definition_twice", place(object.name(), "views", "opens"), {{"name", role}});
        const auto opened = std::ranges::find(object.views_, std::string_view{view}, &LaidView::key);
        if (opened == object.views_.end()) {
            std::vector<std::string_view> keys;
            for (const auto& one : object.views_) keys.push_back(one.key);
            assembly.unknown("unknown_word", place(object.name(), "views", "opens"), view, keys);
            continue;
        }
        object.openings_.push_back({assembly.keep(role), opened->key});
    }
}

// Every word of a view is a field of its object; a column may be one of what it refers to, and goes when it is retired.
void CatalogueBuilder::settle_views(const Catalogue& catalogue, Object& object, CatalogueAssembly& assembly)
{
    for (auto& view : object.views_) {
        const auto check = [&](std::string_view path, std::string_view detail) {
            const auto where = "views." + std::string{view.key} + "." + std::string{detail};
            const auto dot = path.find('.');
            const auto head = path.substr(0, dot);
            check_words(object, {&head, 1}, where, assembly);
            const auto slot = object.slot(head);
            if (dot == std::string_view::npos || !slot) return;
            const auto tail = path.substr(dot + 1);
            if (object.field(*slot).type != Type::reference) assembly.find("definition_unknown_field", place(object.name(), where), {{"name", std::string{path}}});
            else if (const auto& target = catalogue.object(object.target(*slot)); !target.slot(tail)) check_words(target, {&tail, 1}, where, assembly);
        };
        for (const auto& key : sort_keys(view.sort)) check(key.field, "sort");
        for (const auto column : view.columns) check(column, "columns");
        if (view.columns.size() > view_columns_max) assembly.find("too_many", place(object.name(), "views." + std::string{view.key}, "columns"), {{"limit", std::to_string(view_columns_max)}});
        if (sort_keys(view.sort).size() > sort_keys_max) assembly.find("too_many", place(object.name(), "views." + std::string{view.key}, "sort"), {{"limit", std::to_string(sort_keys_max)}});
        if (!view.group.empty()) check(view.group, "group");
        std::erase_if(view.columns, [&](std::string_view path) {
            const auto slot = object.slot(path.substr(0, path.find('.')));
            return !slot || object.field(*slot).in_use == InUse::retired;
        });
    }
}

// Words that are fields; those that are retired leave the layout.
void CatalogueBuilder::lay_out(Object& object, CatalogueAssembly& assembly)
{
    auto& layout = object.layout_;
    const auto settle = [&](std::vector<std::string_view>& words, std::string_view where) {
        check_words(object, words, where, assembly);
        std::erase_if(words, [&](std::string_view word) {
            const auto slot = object.slot(word);
            return !slot || object.field(*slot).in_use == InUse::retired;
        });
    };
    settle(layout.list, "list_columns");
    settle(layout.key, "key_fields");
    for (auto& section : layout.sections) settle(section.fields, "layout");
}

void CatalogueBuilder::link(Catalogue& catalogue, CatalogueAssembly& assembly)
{
    std::vector<std::string_view> object_names;
    for (const auto& object : catalogue.objects_) object_names.push_back(object.name());

    for (auto& object : catalogue.objects_) {
        object.targets_.assign(object.fields_.size(), 0);
        for (std::size_t slot = 0; slot < object.fields_.size(); ++slot) {
            const auto& field = object.fields_[slot];
            if (!object.slots_.emplace(field.name, slot).second) assembly.find("definition_twice", place(object.name(), field.name), {{"name", std::string{field.name}}});
            check_field(object, field, assembly);
            if (field.type != Type::reference) continue;
            if (slot == slot_id) {
                object.targets_[slot] = object.index_;
            } else if (const auto target = catalogue.by_name_.find(field.target); target != catalogue.by_name_.end()) {
                object.targets_[slot] = target->second;
                if (slot >= first_own_slot && object.routed() && field.in_use == InUse::yes && catalogue.objects_[target->second].custom() && !catalogue.objects_[target->second].routed())
                    assembly.find("definition_in_use", std::string{field.target}, {{"name", place(object.name(), field.name)}});
                if (slot >= first_own_slot) {
                    auto name = field.reverse.empty() ? object.plural() : field.reverse;
                    auto& reverses = catalogue.objects_[target->second].reverses_;
                    if (std::ranges::find(reverses, name, &Reverse::name) == reverses.end()) reverses.push_back({name, object.index_, slot});
                }
            } else if (slot >= first_own_slot || catalogue.by_name_.contains("member")) {
                assembly.unknown("definition_unknown_object", place(object.name(), field.name, "target"), field.target, object_names);
            }
        }
    }
    for (auto& object : catalogue.objects_) {
        const auto name_slot = object.slot(object.def().name_field);
        if (!name_slot) assembly.find("definition_no_name_field", std::string{object.name()}, {{"name", std::string{object.def().name_field}}});
        object.name_slot_ = name_slot.value_or(0);
        lay_out(object, assembly);
        settle_views(catalogue, object, assembly);
        check_words(object, object.def().seen_through, "seen_through", assembly);
        for (const auto word : object.def().seen_through)
            if (const auto slot = object.slot(word)) object.seen_through_.push_back(*slot);
        object.sight_slots_ = {slot_id, slot_deleted_at, slot_owner};
        object.sight_slots_.insert(object.sight_slots_.end(), object.seen_through_.begin(), object.seen_through_.end());
        if (const auto word = object.def().shared_by; !word.empty()) {
            check_words(object, {&word, 1}, "shared_by", assembly);
            object.shared_by_ = object.slot(word);
            if (object.shared_by_) object.sight_slots_.push_back(*object.shared_by_);
        }
        std::ranges::sort(object.sight_slots_);
        for (std::size_t slot = first_own_slot; slot < object.slot_count(); ++slot) {
            const auto& copy_of = object.field(slot).copy_of;
            if (copy_of.empty()) continue;
            if (const auto original = catalogue.field(copy_of)) object.copies_.push_back({slot, original->first->index(), original->second});
            else assembly.find("definition_unknown_field", place(object.name(), object.field(slot).name, "copy_of"), {{"name", std::string{copy_of}}});
        }
    }
}

}  // namespace shangdao::record
