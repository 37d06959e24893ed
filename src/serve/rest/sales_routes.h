// Doors to what the rooms answer beyond records: the way of a record through its process, the funnel.
#pragma once

#include "serve/rest/house.h"

namespace shangdao::serve::rest {

std::vector<Route> sales_routes(House& house);

}  // namespace shangdao::serve::rest
