// What would that member see – asked by an administrator, and written down.
#pragma once

#include "serve/rest/house.h"

namespace shangdao::serve::rest {

std::vector<Route> sight_routes(House& house);

}  // namespace shangdao::serve::rest
