// A record's own versions, out of the ledger: who made what of which field, and how two versions differ. Nothing is kept for it.
#include <boost/json.hpp>

#include <algorithm>

#include "base/json.h"
#include "engine/event_answer.h"
#include "engine/lists.h"

namespace shangdao::engine {

namespace {

constexpr std::int64_t events_at_once = 200, events_max = 10'000;

std::vector<record::Event> own_events(store::View& view, const Object& object, Id id, std::int64_t before)
{
    const std::pair<const Object*, Id> own[] = {{&object, id}};
    return view.history(own, before, events_at_once);
}

// A field between two versions: as it was at the older, as it is at the newer.
void follow(std::vector<FieldChange>& fields, const ToldEvent& told)
{
    for (const auto& change : told.changes) {
        const auto known = std::ranges::find(fields, change.slot, &FieldChange::slot);
        if (known == fields.end())
            fields.push_back(change);
        else
            known->before = change.before;  // events come newest first
    }
}

}  // namespace

Result<std::string> history_answer(store::View& view, const Desk& desk, const Object& object, const Record& record,
                                   const HistoryRequest& request)
{
    if (request.limit < 1 || request.limit > events_at_once)
        return refuse("invalid_value", "limit", {{"expected", "1…200"}});
    std::optional<std::size_t> only;
    if (!request.field.empty()) {
        TRY(only, visible_slot(desk, object, request.field));
    }

    std::vector<record::Event> found;
    std::vector<ToldEvent> tolds;
    auto before = request.before > 0 ? request.before : INT64_MAX;
    bool more = false;
    for (std::int64_t read = 0; read < events_max && !more; read += events_at_once) {
        auto events = own_events(view, object, record.id(), before);
        for (auto& event : events) {
            auto told = told_event(desk, object, event, record.id());
            if (only) std::erase_if(told.changes, [&](const auto& change) { return change.slot != *only; });
            if (told.withheld || (only && told.changes.empty())) continue;
            if (std::ssize(found) == request.limit) {
                more = true;
                break;
            }
            found.push_back(std::move(event));
            tolds.push_back(std::move(told));
        }
        if (std::ssize(events) < events_at_once) break;
        before = events.back().seq;
    }

    PastNames names(view, desk);
    for (const auto& told : tolds) names.want(object, told);
    names.fetch();
    const auto actors = actors_of(view, desk, found);
    std::string out = R"({"data":[)";
    for (std::size_t i = 0; i < found.size(); ++i) {
        out += i == 0 ? "{" : ",{";
        append_event_head(out, desk, found[i], actors);
        append_changes(out, object, tolds[i], names);
        out += '}';
    }
    out += R"(],"next":)";
    out += more ? '"' + std::to_string(found.back().seq) + '"' : "null";
    return out + '}';
}

Result<std::string> compare_answer(store::View& view, const Desk& desk, const Object& object, const Record& record,
                                   std::int64_t from, std::int64_t to)
{
    const auto [older, newer] = std::minmax(from, to);
    const auto no_version = [&](std::int64_t seq) {
        return refuse("invalid_value", seq == to ? "to" : "from", {{"expected", "seq of GET …/history"}});
    };
    std::vector<record::Event> ends;  // newer, older
    std::vector<FieldChange> fields;
    auto before = newer < INT64_MAX ? newer + 1 : newer;
    for (std::int64_t read = 0; read < events_max && ends.size() < 2; read += events_at_once) {
        auto events = own_events(view, object, record.id(), before);
        if (events.empty()) break;
        before = events.back().seq;
        for (auto& event : events) {
            const auto told = told_event(desk, object, event, record.id());
            // A version in which nothing is to be seen is none.
            if (ends.empty() && (event.seq != newer || told.withheld)) return no_version(newer);
            if (event.seq > older) follow(fields, told);
            if (event.seq == older && told.withheld) return no_version(older);
            if (event.seq == older || ends.empty()) ends.push_back(std::move(event));
            if (event.seq <= older) break;
        }
        if (before <= older || std::ssize(events) < events_at_once) break;
    }
    if (older == newer && ends.size() == 1) ends.push_back(ends.front());
    if (ends.empty()) return no_version(newer);
    if (ends.size() < 2) return no_version(older);
    std::erase_if(fields, [](const auto& change) { return change.before == change.now; });
    std::ranges::sort(fields, {}, &FieldChange::slot);

    PastNames names(view, desk);
    names.want(object, {.changes = fields});
    names.fetch();
    const auto actors = actors_of(view, desk, ends);
    std::string out = R"({"from":{)";
    append_event_head(out, desk, ends.back(), actors);
    out += R"(},"to":{)";
    append_event_head(out, desk, ends.front(), actors);
    out += R"(},"fields":[)";
    for (const auto& change : fields) {
        out += out.back() == '[' ? R"({"field":)" : R"(,{"field":)";
        append_json_string(out, object.field(change.slot).name);
        out += R"(,"from":)";
        names.append(out, object, change.slot, change.before);
        out += R"(,"to":)";
        names.append(out, object, change.slot, change.now);
        out += '}';
    }
    return out + "]}";
}

}  // namespace shangdao::engine
