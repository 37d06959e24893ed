// What a client sent, read against the definition before any unit begins: shape, types, names. What needs the data
// (existence, uniqueness, rights on the row) is checked inside the unit.
#include <boost/json.hpp>

#include <algorithm>

#include "base/text.h"
#include "engine/records.h"
#include "engine/verb_arguments.h"
#include "record/wire.h"

namespace shangdao::engine {

namespace {

namespace json = boost::json;
using record::FieldLevel;

// Keys of a record answer that may be sent back unchanged and mean nothing.
constexpr std::string_view ignored[] = {"id", "version", "created_at", "created_by", "updated_at", "updated_by", "deleted_at", "deleted_by", "duplicates"};

Problem unknown_field(const Desk& desk, const Object& object, std::string_view name)
{
    std::vector<std::string_view> visible;
    for (std::size_t slot = 0; slot < object.slot_count(); ++slot)
        if (desk.guard->field(object, slot) >= FieldLevel::read) visible.push_back(object.field(slot).name);
    std::map<std::string, std::string> args{{"name", std::string{name.substr(0, 80)}}, {"object", std::string{object.name()}}};
    if (const auto near = nearest(name, visible)) args["nearest"] = *near;
    return {"unknown_field", std::string{name.substr(0, 80)}, std::move(args)};
}

// `also`: fields of verbs that may be named here.
Result<record::Changes> read_fields(const Desk& desk, const Object& object, const json::value& body, std::span<const std::string_view> also)
{
    const auto* map = body.if_object();
    if (map == nullptr) return refuse("invalid_value", "", {{"expected", "object"}});
    record::Changes changes;
    Problems problems;
    for (const auto& [key, value] : *map) {
        const std::string_view name{key};
        if (std::ranges::find(ignored, name) != std::end(ignored)) continue;
        const auto slot = object.slot(name);
        const auto level = slot ? desk.guard->field(object, *slot) : FieldLevel::hidden;
        if (level == FieldLevel::hidden) {
            problems.push_back(unknown_field(desk, object, name));
            continue;
        }
        const auto& field = object.field(*slot);
        const bool owner_given = *slot == record::slot_owner;   // an owner may be named on creation; Records judges
        const bool may_be_named = field.written_by == record::WrittenBy::verb && std::ranges::find(also, name) != also.end();
        if (level < FieldLevel::edit || (field.written_by != record::WrittenBy::anyone && !owner_given && !may_be_named)) {
            problems.push_back({"read_only_field", std::string{name}, {{"name", std::string{name}}, {"written_by", field.written_by == record::WrittenBy::verb ? "verb" : "system"}}});
            continue;
        }
        auto read = record::from_wire(field, value, desk.organisation->base);
        if (!read) problems.insert(problems.end(), read.error().begin(), read.error().end());
        else changes.push_back({*slot, std::move(*read)});
    }
    if (!problems.empty()) return refuse(std::move(problems));
    std::ranges::sort(changes, {}, &record::Change::slot);
    return changes;
}

}  // namespace

Result<record::Changes> read_changes(const Desk& desk, const Object& object, const json::value& body) { return read_fields(desk, object, body, {}); }

Result<record::Changes> read_creation(const Desk& desk, const Behaviours& behaviours, const Object& object, const json::value& body)
{
    const auto* behaviour = behaviours.find(object.name());
    return read_fields(desk, object, body, behaviour == nullptr ? std::span<const std::string_view>{} : behaviour->born_with);
}

Result<Arguments> read_arguments(const Desk& desk, const Object& object, const record::VerbDef& verb, const json::value& body)
{
    static const json::object nothing;
    const auto* map = body.is_null() ? &nothing : body.if_object();
    if (map == nullptr) return refuse("invalid_value", "", {{"expected", "object"}});
    std::vector<record::Value> values(verb.arguments.size());
    Problems problems;
    for (const auto& [key, value] : *map) {
        const auto found = std::ranges::find(verb.arguments, std::string_view{key}, &record::FieldDef::name);
        if (found == verb.arguments.end() || !knows_argument(*desk.guard, object, *found)) {
            std::vector<std::string_view> known;
            for (const auto& argument : verb.arguments)
                if (knows_argument(*desk.guard, object, argument)) known.push_back(argument.name);
            std::map<std::string, std::string> args{{"name", std::string{key}}, {"object", std::string{verb.name}}};
            if (const auto near = nearest(key, known)) args["nearest"] = *near;
            problems.push_back({"unknown_field", std::string{key}, std::move(args)});
            continue;
        }
        auto read = record::from_wire(*found, value, desk.organisation->base);
        if (!read) problems.insert(problems.end(), read.error().begin(), read.error().end());
        else values[static_cast<std::size_t>(found - verb.arguments.begin())] = std::move(*read);
    }
    for (std::size_t i = 0; i < values.size(); ++i)
        if (verb.arguments[i].need == record::Need::required && record::is_null(values[i]) && problems.empty())
            problems.push_back({"required", std::string{verb.arguments[i].name}, {{"name", std::string{verb.arguments[i].name}}}});
    if (!problems.empty()) return refuse(std::move(problems));
    return Arguments(verb, std::move(values));
}

const record::Value& Arguments::at(std::string_view name) const
{
    for (std::size_t i = 0; i < values_.size(); ++i)
        if (verb_->arguments[i].name == name) return values_[i];
    require(false, "a verb asks for an argument that its definition lacks");
    return values_.front();
}

}  // namespace shangdao::engine
