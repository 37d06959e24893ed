// The room analysis: what the records say. Its measures are formulas with a passport; its answers list the records behind them.
#pragma once

#include <span>

#include "engine/measures.h"

namespace shangdao::analysis {

std::span<const engine::MeasureDef* const> measures();

}  // namespace shangdao::analysis
