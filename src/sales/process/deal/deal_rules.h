// Rules and verbs of deals.
#pragma once

#include "engine/records.h"
#include "sales/process/stage_engine/stage_engine.h"

namespace shangdao::process {

// advance, step_back, win, lose, reopen through the stage engine; amounts are never below zero.
void add_deal_behaviours(engine::Behaviours& behaviours, const engine::Records& records, std::shared_ptr<const StageEngine> stages);

}  // namespace shangdao::process
