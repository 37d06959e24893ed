// The rooms of sales, handed to the engine as definitions and behaviours.
#pragma once

#include "engine/engine.h"

namespace shangdao::sales {

engine::Rooms all_rooms();

// What every organisation begins with: default roles and processes, where they are missing. Idempotent; run by the system once
// after the store was opened, before anything else is written.
Result<void> seed(engine::Work& work, const engine::Records& records);

}  // namespace shangdao::sales
