// Day news – what a day brings to the owners of records by itself: something is due, something stands still. Told once a day, to each
// owner in one notification however many records it is.
#pragma once

#include <functional>

#include "engine/engine.h"

namespace shangdao::engine {

struct DayCondition {
    std::string_view object;
    std::string_view reason;                  // of notification_reasons()
    // Which records it is today; literals only, since it is asked for nobody in particular.
    std::function<formula::Expression(const Object&, const formula::Moment&)> where;
};
// Reads page by page and writes in background units; told again on the same day it tells nobody. Gives how many were told. Throws faults.
std::int64_t tell_owners(Engine& engine, const DayCondition& condition);

}  // namespace shangdao::engine
