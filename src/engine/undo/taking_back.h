// Taking back what a job wrote (D21): its events are read backwards; what they created is removed, what they changed gets its old
// value again, what they removed comes out of the bin – each field only where the value is still what the job wrote, each record
// only while nothing hangs on it that the job did not bring. The rest is kept and listed with the reason.
#pragma once

#include "engine/engine.h"
#include "engine/undo/event_range.h"

namespace shangdao::engine {

// A step of the job that takes `ranges` back: at most 1,000 records of an event. Result: {<about>: id, "removed", "restored", "kept",
// "kept_records":[{object,id,code,fields}]}: records removed, records that got something back, records that keep something of the
// job (the first 50 are listed).
PlannedStep take_back_step(Engine& engine, const JobRow& row, const EventRanges& ranges, std::string_view about, Id id);

// Refusal already_undone while a former undo waits, runs or is done.
Result<void> may_take_back(Work& work, std::string_view about, Id undo_before);

}  // namespace shangdao::engine
