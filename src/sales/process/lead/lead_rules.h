// Rules and verbs of leads; the conversion 一转三.
#pragma once

#include "engine/records.h"
#include "sales/process/stage_engine/stage_engine.h"

namespace shangdao::process {

void add_lead_behaviours(engine::Behaviours& behaviours, const engine::Records& records, std::shared_ptr<const StageEngine> stages);

// Verb convert: in one unit the lead ends well, an account (given, found by its exact name among the visible ones, or new), a
// contact and a deal come to be, each event caused by the conversion; the records belong to the lead's owner. Refusals of
// creation and of gates; then nothing happened.
Result<Record> convert_lead(Work& work, const engine::Records& records, const StageEngine& stages, const Object& object, const Record& current,
                            const engine::Arguments& arguments);

}  // namespace shangdao::process
