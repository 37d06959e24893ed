// Taking an import back (D21): its events are read backwards; what it created is removed, what it changed gets its old value
// again – each field only where the value is still what the import wrote, each record only while nothing hangs on it that
// the import did not bring. The rest is kept and listed with the reason. A job: a step is at most 1,000 records of an event.
#pragma once

#include "engine/import/import_job.h"

namespace shangdao::engine {

inline constexpr std::string_view undo_job_kind = "import_undo";

// Inside a unit: queues the undo as the desk's member and marks the import. Refusals not_found, import_in_progress,
// nothing_to_undo, import_undone (an undo waits, runs or is done).
Result<Id> start_undo(Work& work, Id import);

void add_undo_job(Jobs& jobs);

}  // namespace shangdao::engine
