// Seven days are long enough to notice a wrong file, and short enough that old values still mean something.
#include "engine/undo/trail.h"

#include <boost/json.hpp>

#include "engine/engine_objects.h"

namespace shangdao::engine {

namespace json = boost::json;

void keep_trail(json::object& cursor, const Trail& trail)
{
    json::array events;
    for (const auto& range : trail.events) events.emplace_back(json::array{range.first, range.last});
    cursor["events"] = std::move(events);
    if (trail.undo) cursor["undo"] = to_string(trail.undo);
}

Trail trail_of(const json::object& cursor)
{
    Trail trail;
    if (const auto* events = cursor.if_contains("events"))
        for (const auto& range : events->as_array()) trail.events.push_back({range.at(0).to_number<std::int64_t>(), range.at(1).to_number<std::int64_t>()});
    if (const auto* undo = cursor.if_contains("undo")) trail.undo = parse_id(undo->as_string()).value_or(Id{});
    return trail;
}

Trail trail_of(const record::Record& job)
{
    const auto* cursor = job.get(job::cursor);
    if (cursor == nullptr) return {};
    const auto kept = json::parse(*cursor);
    return kept.is_object() ? trail_of(kept.as_object()) : Trail{};
}

std::optional<Instant> undo_ends(const record::Record& job)
{
    const auto* finished = job.get(job::finished_at);
    if (finished == nullptr || trail_of(job).events.empty()) return std::nullopt;
    return Instant{finished->us + undo_days * 24 * 3'600 * 1'000'000};
}

std::optional<Instant> undo_until(const record::Record& job, Instant now)
{
    const auto ends = undo_ends(job);
    return ends && now <= *ends ? ends : std::nullopt;
}

}  // namespace shangdao::engine
