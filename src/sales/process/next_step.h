// A step agreed in a conversation is the deal's or lead's next step: this room listens to activities of the room on its left.
#pragma once

#include "engine/records.h"

namespace shangdao::process {

// After an activity is done with a next step, its open deal (or lead) takes over step and day, when the actor may edit it.
void follow_activities(engine::Behaviours& behaviours, const engine::Records& records);

}  // namespace shangdao::process
