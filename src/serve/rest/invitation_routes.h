// Bringing members in: a one-time link that an administrator hands over, and the page that takes it.
#pragma once

#include "serve/rate_limit.h"
#include "serve/rest/house.h"

namespace shangdao::serve::rest {

std::vector<Route> invitation_routes(House& house, RateLimit& by_address);

}  // namespace shangdao::serve::rest
