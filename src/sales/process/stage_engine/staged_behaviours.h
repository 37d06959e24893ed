// What every object with stages gets: the rule, the passages, the moving verbs, and the doors for import and bulk.
#pragma once

#include "sales/process/stage_engine/stage_engine.h"

namespace shangdao::process {

void add_staged_behaviours(engine::Behaviours& behaviours, std::string_view object, const std::shared_ptr<const StageEngine>& stages);

}  // namespace shangdao::process
