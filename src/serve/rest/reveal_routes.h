// The whole of a masked value, asked for on purpose.
#pragma once

#include "serve/rest/house.h"

namespace shangdao::serve::rest {

std::vector<Route> reveal_routes(House& house);

}  // namespace shangdao::serve::rest
