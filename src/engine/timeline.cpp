// A record's history for one viewer: its own events and the births of records that are reached through it.
#include <algorithm>

#include "base/json.h"
#include "engine/event_answer.h"
#include "engine/expressions.h"
#include "engine/lists.h"

namespace shangdao::engine {

namespace {

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

}  // namespace

Result<std::string> timeline_answer(store::View& view, const Desk& desk, const Object& object, const Record& record, std::int64_t before, std::int64_t limit)
{
    if (limit < 1 || limit > 200) return refuse("invalid_value", "limit", {{"expected", "1…200"}});
    auto concerned = records_below(view, desk, object, record.id());
    concerned.emplace_back(&object, record.id());
    auto events = view.history(concerned, before > 0 ? before : INT64_MAX, limit + 1);
    const bool more = events.size() > static_cast<std::size_t>(limit);
    if (more) events.pop_back();

    struct Line {
        const record::Event* event;
        const Object* of;
        Id id;
        ToldEvent told;
    };
    std::vector<Line> lines;
    PastNames names(view, desk);
    for (const auto& event : events) {
        const auto* of = desk.catalogue->find(event.object);
        if (of == nullptr) continue;
        const auto concerns = [&](const auto& one) { return one.first == of && (one.second == event.id || std::ranges::find(event.ids, one.second) != event.ids.end()); };
        const auto about = std::ranges::find_if(concerned, concerns);
        if (about == concerned.end()) continue;
        auto told = told_event(desk, *of, event, about->second);
        if (told.withheld) continue;
        names.want(*of, told);
        lines.push_back({&event, of, about->second, std::move(told)});
    }
    names.fetch();
    const auto actors = actors_of(view, desk, events);

    std::string out = R"({"data":[)";
    for (const auto& [event, of, id, told] : lines) {
        out += out.back() == '[' ? "{" : ",{";
        append_event_head(out, desk, *event, actors);
        out += R"(,"object":)";
        append_json_string(out, event->object);
        out += R"(,"id":")" + to_string(id) + '"';
        append_changes(out, *of, told, names);
        out += R"(,"cause":)";
        out += event->cause > 0 ? "\"" + std::to_string(event->cause) + "\"" : "null";
        if (event->verb == "created" && of != &object)
            if (const auto child = view.find(*of, id); child && !child->deleted()) out += R"(,"record":)" + record_answer(view, desk, *of, *child);
        out += '}';
    }
    out += R"(],"next":)";
    out += more ? "\"" + std::to_string(events.back().seq) + "\"}" : "null}";
    return out;
}

}  // namespace shangdao::engine
