// Taking back what a job wrote (D21): its events are read backwards; what they created is removed, what they changed gets its old
// value again, what they removed comes out of the bin – each field only where the value is still what the job wrote, each record
// only while nothing hangs on it that the job did not bring. The rest is kept and listed with the reason.
#pragma once

#include "engine/engine.h"
#include "engine/undo/trail.h"

namespace shangdao::engine {

// Inside a unit: queues the job of this kind that takes back what `job` wrote, as the desk's member, and notes it in the job's trail. The
// job has ended; who may ask is the caller's matter. Refusals of the field `about`: already_undone while a former undo waits, runs or is
// done, nothing_to_undo, undo_expired.
Result<Id> begin_taking_back(Work& work, const Record& job, std::string_view kind, std::string_view about);

// A step of that job: at most 1,000 records of an event. Result: {<about>: id, "removed", "restored", "kept",
// "kept_records":[{object,id,code,fields}]}: records removed, records that got something back, records that keep something of the
// job (the first 50 are listed).
PlannedStep take_back_step(Engine& engine, const JobRow& row, std::string_view about);

}  // namespace shangdao::engine
