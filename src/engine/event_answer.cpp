#include "engine/event_answer.h"

#include <boost/json.hpp>

#include "base/json.h"
#include "engine/people.h"
#include "record/wire.h"

namespace shangdao::engine {

namespace {

namespace json = boost::json;

constexpr std::array<std::string_view, 6> via_names{"web", "api", "import", "bulk", "cli", "system"};

// The part of an event's changes that concerns one record: imports and bulk hold many (D10).
const json::object* changes_of(const json::value& changes, Id id)
{
    if (const auto* one = changes.if_object()) return one;
    const auto wanted = to_string(id);
    if (const auto* many = changes.if_array())
        for (const auto& entry : *many)
            if (const auto* part = entry.if_object())
                if (const auto* part_id = part->if_contains("id");
                    part_id != nullptr && part_id->is_string() && part_id->as_string() == wanted)
                    if (const auto* inner = part->if_contains("changes"); inner != nullptr) return inner->if_object();
    return nullptr;
}

std::optional<Id> reference_in(const Object& object, std::size_t slot, const json::value& value)
{
    if (object.field(slot).type != record::Type::reference || object.field(slot).target.empty() || !value.is_string())
        return std::nullopt;
    return parse_id(value.as_string());
}

// What a view named is told as far as it may be (engine/view_sight.h); false: nothing of the change.
bool may_be_told(const Desk& desk, const record::FieldDef& field, Id id, FieldChange& change)
{
    if (field.naming == record::Naming::nothing) return true;
    const auto views = desk.people->saved_views();
    for (auto* value : {&change.before, &change.now}) {
        const auto* text = value->if_string();
        if (text == nullptr) continue;
        const auto part = views->told(*desk.guard, id, field.naming, *text);
        if (!part) return false;
        *value = json::string(*part);
    }
    return change.before != change.now;
}

}  // namespace

ToldEvent told_event(const Desk& desk, const Object& object, const record::Event& event, Id id)
{
    boost::system::error_code error;
    const auto parsed = json::parse(event.changes, error);
    const auto* part = error ? nullptr : changes_of(parsed, id);
    ToldEvent told{.changes = {}, .erased = event.redacted && (part == nullptr || part->empty())};
    if (part == nullptr) return told;
    const bool created = event.verb == "created";
    for (const auto& [name, value] : *part) {
        const auto slot = object.slot(name);
        if (!slot || desk.guard->field(object, *slot) < record::FieldLevel::read) continue;
        const bool pair = !created && value.is_array() && value.as_array().size() == 2;
        FieldChange change{*slot, pair ? value.as_array()[0] : json::value(nullptr),
                           pair ? value.as_array()[1] : value};
        if (may_be_told(desk, object.field(*slot), id, change)) told.changes.push_back(std::move(change));
    }
    told.withheld = told.changes.empty() && !part->empty();
    return told;
}

Names actors_of(store::View& view, const Desk& desk, std::span<const record::Event> events)
{
    Names names(view, *desk.catalogue);
    const auto members = desk.catalogue->at("member").index();
    for (const auto& event : events)
        for (const auto id : {event.actor, event.on_behalf})
            if (id) names.want(members, id);
    names.fetch();
    return names;
}

void append_event_head(std::string& out, const Desk& desk, const record::Event& event, const Names& actors)
{
    out += R"("seq":")" + std::to_string(event.seq) + R"(","happened_at":")" + to_string(event.happened_at) +
           R"(","recorded_at":")" + to_string(event.recorded_at) + '"';
    for (const auto& [word, member] : {std::pair{"actor", event.actor}, std::pair{"on_behalf", event.on_behalf}}) {
        out += std::string{",\""} + word + "\":";
        if (member) record::append_wire_reference(out, member, actors.of(desk.catalogue->at("member").index(), member));
        else out += "null";
    }
    out += R"(,"via":)";
    append_json_string(out, via_names[static_cast<std::size_t>(event.via)]);
    out += R"(,"verb":)";
    append_json_string(out, event.verb);
    out += R"(,"reason":)";
    if (event.reason.empty())
        out += "null";
    else
        append_json_string(out, event.reason);
}

void PastNames::want(const Object& object, const ToldEvent& told)
{
    for (const auto& change : told.changes)
        for (const auto* value : {&change.before, &change.now})
            if (const auto id = reference_in(object, change.slot, *value))
                wanted_[object.target(change.slot)].push_back(*id);
}

void PastNames::fetch()
{
    for (const auto& [index, ids] : wanted_) {
        const auto& target = desk_.catalogue->object(index);
        for (const auto& one : view_.find_all(target, ids)) {
            const auto* name = std::get_if<std::string>(&one.at(target.name_slot()));
            if (name != nullptr && !one.deleted() && desk_.guard->sees(view_, target, one) &&
                desk_.guard->field(target, target.name_slot()) >= record::FieldLevel::read)
                names_[index].emplace(one.id(), *name);
        }
    }
    wanted_.clear();
}

void PastNames::append(std::string& out, const Object& object, std::size_t slot, const json::value& value) const
{
    const auto id = reference_in(object, slot, value);
    if (!id) return append_json(out, value);
    out += R"({"id":")" + to_string(*id) + R"(","name":)";
    const auto group = names_.find(object.target(slot));
    const auto found =
        group == names_.end() ? std::unordered_map<Id, std::string>::const_iterator{} : group->second.find(*id);
    if (group == names_.end() || found == group->second.end())
        out += "null";
    else
        append_json_string(out, found->second);
    out += '}';
}

void append_changes(std::string& out, const Object& object, const ToldEvent& told, const PastNames& names)
{
    out += R"(,"changes":[)";
    for (const auto& change : told.changes) {
        out += out.back() == '[' ? R"({"field":)" : R"(,{"field":)";
        append_json_string(out, object.field(change.slot).name);
        out += R"(,"old":)";
        names.append(out, object, change.slot, change.before);
        out += R"(,"new":)";
        names.append(out, object, change.slot, change.now);
        out += '}';
    }
    out += ']';
    if (told.erased) out += R"(,"erased":true)";
}

}  // namespace shangdao::engine
