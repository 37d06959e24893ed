// Long work, followed and ended: whoever ordered it sees it; an administrator sees everybody's, but nobody else's file.
#pragma once

#include "serve/rest/house.h"

namespace shangdao::serve::rest {

std::vector<Route> job_routes(House& house);

}  // namespace shangdao::serve::rest
