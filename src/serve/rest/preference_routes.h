// How a member wants to have it; one's own alone.
#pragma once

#include "serve/rest/house.h"

namespace shangdao::serve::rest {

std::vector<Route> preference_routes(House& house);

}  // namespace shangdao::serve::rest
