// The records a member follows: one's own list, and its beginning and end at the record.
#pragma once

#include "serve/rest/house.h"

namespace shangdao::serve::rest {

std::vector<Route> follow_routes(House& house);

}  // namespace shangdao::serve::rest
