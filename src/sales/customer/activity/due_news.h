// Due news – an owner is told in the morning what is due today, and once what was left undone the day before.
#pragma once

#include "engine/engine.h"

namespace shangdao::customer {

// Gives how many were told; telling twice on a day tells nobody the second time. Throws faults.
std::int64_t tell_what_is_due(engine::Engine& engine);

}  // namespace shangdao::customer
