// Trail – what a job wrote, as places in the ledger, and the job that takes it back. It stands in the job's cursor, beside whatever else
// the kind keeps there, and stays when the job has ended.
#pragma once

#include <boost/json/object.hpp>
#include <optional>

#include "engine/undo/event_range.h"
#include "record/record.h"

namespace shangdao::engine {

struct Trail {
    EventRanges events;
    Id undo{};
};
void keep_trail(boost::json::object& cursor, const Trail& trail);
Trail trail_of(const boost::json::object& cursor);   // empty where none was kept
Trail trail_of(const record::Record& job);

inline constexpr std::int64_t undo_days = 7;
// When the time to take back what an ended job wrote is over; nullopt for a job that wrote nothing that can be taken back.
std::optional<Instant> undo_ends(const record::Record& job);
// The same while that time lasts.
std::optional<Instant> undo_until(const record::Record& job, Instant now);

}  // namespace shangdao::engine
