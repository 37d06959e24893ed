// One's own door: second factor, sessions, tokens; and an administrator's hand on that of others.
#pragma once

#include "serve/rate_limit.h"
#include "serve/rest/house.h"

namespace shangdao::serve::rest {

// `by_account`: how often a password or code is tried.
std::vector<Route> account_routes(House& house, RateLimit& by_account);

}  // namespace shangdao::serve::rest
