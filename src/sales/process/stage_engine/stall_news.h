// Stall news – an owner is told on the first day that something of theirs has been in its stage beyond the limit.
#pragma once

#include "engine/engine.h"

namespace shangdao::process {

// Gives how many were told; telling twice on a day tells nobody the second time. Throws faults.
std::int64_t tell_what_stalls(engine::Engine& engine);

}  // namespace shangdao::process
