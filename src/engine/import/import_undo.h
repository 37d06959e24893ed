// Taking an import back: a job that reads its events backwards (undo/taking_back.h).
#pragma once

#include "engine/import/import_job.h"

namespace shangdao::engine {

inline constexpr std::string_view undo_job_kind = "import_undo";

// Inside a unit: queues the undo as the desk's member and marks the import. Refusals not_found, import_in_progress,
// nothing_to_undo, undo_expired, already_undone (an undo waits, runs or is done).
Result<Id> start_undo(Work& work, Id import);

void add_undo_job(Jobs& jobs);

}  // namespace shangdao::engine
