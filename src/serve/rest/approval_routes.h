// Asking for what a second person must let pass.
#pragma once

#include "serve/rest/house.h"

namespace shangdao::serve::rest {

std::vector<Route> approval_routes(House& house);

}  // namespace shangdao::serve::rest
