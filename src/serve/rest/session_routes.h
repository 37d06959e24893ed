// Signing in and out, first set-up, who am I, definitions for this member.
#pragma once

#include "serve/rate_limit.h"
#include "serve/rest/house.h"

namespace shangdao::serve::rest {

// The limits outlive the routes.
std::vector<Route> session_routes(House& house, RateLimit& by_account, RateLimit& by_address);

}  // namespace shangdao::serve::rest
