// A record's history for one viewer: its own events and the births of records that are reached through it.
#include <boost/json.hpp>

#include "base/json.h"
#include "engine/answer.h"
#include "engine/expressions.h"
#include "engine/lists.h"

namespace shangdao::engine {

namespace {

namespace json = boost::json;

constexpr std::array<std::string_view, 6> via_names{"web", "api", "import", "bulk", "cli", "system"};

// Records that are seen through this one (activities, notes), visible to the viewer, newest first.
std::vector<std::pair<const Object*, Id>> records_below(store::View& view, const Desk& desk, const Object& object, Id id)
{
    std::vector<std::pair<const Object*, Id>> below;
    for (const auto& reverse : object.reverses()) {
        const auto& child = desk.catalogue->object(reverse.object);
        if (std::ranges::find(child.seen_through(), reverse.slot) == child.seen_through().end() || !desk.guard->may(Action::read, child)) continue;
        if (!child.routed()) continue;
        store::Select select{.from = &child, .where = field_is(child, reverse.slot, id), .limit = 200};
        select.order = {{field_expression(child, record::slot_created_at), true}};
        select.sight = desk.guard.get();
        for (const auto& one : view.records(select, desk.moment)) below.emplace_back(&child, one.id());
    }
    return below;
}

// What of an event's changes this viewer may read, as JSON [{field, old, new}]; empty when nothing is left.
std::string visible_changes(const Desk& desk, const Object& object, const json::object& changes, bool created)
{
    std::string out;
    for (const auto& [name, value] : changes) {
        const auto slot = object.slot(name);
        if (!slot || desk.guard->field(object, *slot) < record::FieldLevel::read) continue;
        out += out.empty() ? "" : ",";
        out += R"({"field":)";
        append_json_string(out, std::string_view{name});
        const bool pair = !created && value.is_array() && value.as_array().size() == 2;
        out += R"(,"old":)";
        if (pair) append_json(out, value.as_array()[0]);
        else out += "null";
        out += R"(,"new":)";
        append_json(out, pair ? value.as_array()[1] : value);
        out += '}';
    }
    return out;
}

// The part of an event's changes that concerns one record: imports and bulk hold many (D10).
const json::object* changes_of(const json::value& changes, Id id)
{
    if (const auto* one = changes.if_object()) return one;
    const auto wanted = to_string(id);
    if (const auto* many = changes.if_array())
        for (const auto& entry : *many)
            if (const auto* part = entry.if_object())
                if (const auto* part_id = part->if_contains("id"); part_id != nullptr && part_id->is_string() && part_id->as_string() == wanted)
                    if (const auto* inner = part->if_contains("changes"); inner != nullptr) return inner->if_object();
    return nullptr;
}

}  // namespace

Result<std::string> timeline_answer(store::View& view, const Desk& desk, const Object& object, const Record& record, std::int64_t before, std::int64_t limit)
{
    if (limit < 1 || limit > 200) return refuse("invalid_value", "limit", {{"expected", "1…200"}});
    auto concerned = records_below(view, desk, object, record.id());
    concerned.emplace_back(&object, record.id());
    auto events = view.history(concerned, before > 0 ? before : INT64_MAX, limit + 1);
    const bool more = events.size() > static_cast<std::size_t>(limit);
    if (more) events.pop_back();

    Names names(view, *desk.catalogue);
    const auto& members = desk.catalogue->at("member");
    for (const auto& event : events)
        if (event.actor) names.want(members.index(), event.actor);
    names.fetch();

    std::string out = R"({"data":[)";
    bool first = true;
    for (const auto& event : events) {
        const auto* of = desk.catalogue->find(event.object);
        if (of == nullptr) continue;
        const auto concerns = [&](const auto& one) { return one.first == of && (one.second == event.id || std::ranges::find(event.ids, one.second) != event.ids.end()); };
        const auto about = std::ranges::find_if(concerned, concerns);
        if (about == concerned.end()) continue;
        boost::system::error_code error;
        const auto changes = json::parse(event.changes, error);
        const auto* part = error ? nullptr : changes_of(changes, about->second);
        const bool created = event.verb == "created";
        const auto visible = part == nullptr ? std::string{} : visible_changes(desk, *of, *part, created);
        if (visible.empty() && part != nullptr && !part->empty()) continue;   // all of it is hidden from this viewer

        out += first ? "{" : ",{";
        first = false;
        out += R"("seq":")" + std::to_string(event.seq) + R"(","happened_at":")" + to_string(event.happened_at) + R"(","recorded_at":")" + to_string(event.recorded_at) + R"(","actor":)";
        if (event.actor) {
            out += R"({"id":")" + to_string(event.actor) + R"(","name":)";
            append_json_string(out, names.of(members.index(), event.actor));
            out += '}';
        } else {
            out += "null";
        }
        out += R"(,"via":)";
        append_json_string(out, via_names[static_cast<std::size_t>(event.via)]);
        out += R"(,"object":)";
        append_json_string(out, event.object);
        out += R"(,"id":")" + to_string(about->second) + R"(","verb":)";
        append_json_string(out, event.verb);
        out += R"(,"changes":[)" + visible + R"(],"reason":)";
        if (event.reason.empty()) out += "null";
        else append_json_string(out, event.reason);
        out += R"(,"cause":)";
        out += event.cause > 0 ? "\"" + std::to_string(event.cause) + "\"" : "null";
        if (created && of != &object)
            if (const auto child = view.find(*of, about->second); child && !child->deleted()) out += R"(,"record":)" + record_answer(view, desk, *of, *child);
        out += '}';
    }
    out += R"(],"next":)";
    out += more ? "\"" + std::to_string(events.back().seq) + "\"}" : "null}";
    return out;
}

}  // namespace shangdao::engine
