// A forgotten password: a one-time link goes to the member's mailbox. The other end of the link is that of an invitation (invitation_routes.h).
#pragma once

#include "serve/rate_limit.h"
#include "serve/rest/house.h"

namespace shangdao::serve::rest {

// Whoever asks learns nothing of who is here: the answer, its work and its limits are the same for every address.
std::vector<Route> reset_routes(House& house, RateLimit& by_account, RateLimit& by_address);

inline constexpr Allowance resets_per_account{.at_once = 3, .refill_time = std::chrono::hours{1}};
inline constexpr Allowance resets_per_address{.at_once = 10, .refill_time = std::chrono::hours{1}};

}  // namespace shangdao::serve::rest
