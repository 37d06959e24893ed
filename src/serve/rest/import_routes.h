// Importing over REST: bring a file, get a draft plan, rehearse it, run it, read what was refused, take it back.
#pragma once

#include "serve/rest/house.h"

namespace shangdao::serve::rest {

std::vector<Route> import_routes(House& house);

}  // namespace shangdao::serve::rest
