// Names: API names first, labels in either language after them; what the viewer may not see is not there.
#include <algorithm>

#include "base/text.h"
#include "formula/checker.h"
#include "formula/token.h"
#include "record/type.h"

namespace shangdao::formula {

using record::FieldLevel;
using record::Object;

FieldLevel Checker::level(const Object& object, std::size_t slot) const
{
    if (!object.shows(slot)) return FieldLevel::hidden;
    // Who could ask for what is shown in part would hear of the rest.
    if (scope_.sight != nullptr && record::is_shown_in_part(object.field(slot))) return FieldLevel::hidden;
    return scope_.sight == nullptr ? FieldLevel::edit : scope_.sight->field(object, slot);
}

std::optional<std::size_t> Checker::field_of(const Object& object, std::string_view word) const
{
    if (const auto slot = object.slot(word); slot && sees(object, *slot)) return slot;
    const auto key = match_key(word);
    for (std::size_t slot = 0; slot < object.slot_count(); ++slot) {
        const auto& label = object.field(slot).label;
        if (sees(object, slot) && (label.zh == word || (!label.en.empty() && match_key(label.en) == key))) return slot;
    }
    return std::nullopt;
}

// Children are counted by whoever sees the reference that makes them children.
const record::Reverse* Checker::reverse_of(const Object& object, std::string_view word) const
{
    const auto* reverse = object.reverse(word);
    return reverse != nullptr && sees(scope_.catalogue.object(reverse->object), reverse->slot) ? reverse : nullptr;
}

std::unexpected<Problems> Checker::unknown_name(const Syntax& tree, const Object& object, std::string_view word) const
{
    std::vector<std::string_view> known;
    for (std::size_t slot = 0; slot < object.slot_count(); ++slot)
        if (sees(object, slot)) known.push_back(object.field(slot).name);
    for (const auto& reverse : object.reverses())
        if (reverse_of(object, reverse.name) != nullptr) known.push_back(reverse.name);
    for (const auto& row : function_table()) known.push_back(row.name);
    if (place_ == Place::measure)
        for (const auto& [name, measure] : scope_.measures) known.push_back(name);
    std::map<std::string, std::string> args{{"name", std::string{word}}, {"object", std::string{object.name()}}};
    if (const auto near = nearest(word, known)) args["nearest"] = *near;
    return fail(tree, "formula_unknown_name", std::move(args));
}

// Over rows a field has no value, so a measure's name takes nothing away.
const Expression* Checker::measure_named(std::string_view word) const
{
    if (place_ != Place::measure) return nullptr;
    const auto found = std::ranges::find(scope_.measures, word, &std::pair<std::string, Expression>::first);
    return found == scope_.measures.end() ? nullptr : &found->second;
}

// boat.price inside boat is price (D6), unless a field is called so.
std::span<const std::string> Checker::own_names(const Syntax& tree) const
{
    const std::span names{tree.names};
    return names.size() > 1 && names[0] == object_->name() && !field_of(*object_, names[0]) ? names.subspan(1) : names;
}

Result<Expression> Checker::name(const Syntax& tree)
{
    if (const auto* measure = tree.names.size() == 1 ? measure_named(tree.names[0]) : nullptr) {
        Node named = **measure;
        named.begin = tree.begin;
        named.end = tree.end;
        return std::make_shared<const Node>(std::move(named));
    }
    const auto parts = own_names(tree);
    Node node{.op = Op::field, .object = object_->index(), .begin = tree.begin, .end = tree.end};
    const Object* object = object_;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const bool last = i + 1 == parts.size();
        const auto slot = field_of(*object, parts[i]);
        if (!slot) return unknown_name(tree, *object, parts[i]);
        if (level(*object, *slot) == FieldLevel::masked && !(masked_allowed_ && last)) return fail(tree, "formula_masked", {{"name", parts[i]}});
        const auto& field = object->field(*slot);
        node.path.push_back(*slot);
        if (last) {
            node.type = {.type = field.type, .scale = field.scale, .target = object->target(*slot)};
            if (field.type == Type::choice || field.type == Type::choices) node.type.choices_of = &field;
        } else {
            if (field.type != Type::reference)
                return fail(tree, "formula_type", {{"expected", "reference"}, {"found", std::string{record::type_name(field.type)}}, {"name", parts[i]}});
            object = &scope_.catalogue.object(object->target(*slot));
        }
    }
    return std::make_shared<const Node>(std::move(node));
}

}  // namespace shangdao::formula
