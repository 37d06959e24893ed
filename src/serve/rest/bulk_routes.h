// Many records at once: changing them and taking them out as a file, both as jobs (job_routes.h).
#pragma once

#include "serve/rest/house.h"

namespace shangdao::serve::rest {

std::vector<Route> bulk_routes(House& house);

}  // namespace shangdao::serve::rest
