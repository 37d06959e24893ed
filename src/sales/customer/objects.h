// The room customer: accounts, the people there, and what happens between us.
#pragma once

#include <span>

#include "engine/engine.h"

namespace shangdao::customer {

std::span<const record::ObjectDef* const> objects();
void add_behaviours(engine::Behaviours& behaviours, engine::Records& records);

}  // namespace shangdao::customer
