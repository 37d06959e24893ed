// REST for every object, built-in and custom (D9): one set of routes, drawn from the catalogue at each request.
#pragma once

#include "serve/rest/house.h"

namespace shangdao::serve::rest {

std::vector<Route> record_routes(House& house);

}  // namespace shangdao::serve::rest
