// What somebody may ask of whoever keeps records about him: to have them, and that they are erased.
#pragma once

#include "serve/rest/house.h"

namespace shangdao::serve::rest {

std::vector<Route> person_routes(House& house);

}  // namespace shangdao::serve::rest
