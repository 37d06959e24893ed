// Sharing a record with members and groups.
#pragma once

#include "serve/rest/house.h"

namespace shangdao::serve::rest {

std::vector<Route> share_routes(House& house);

}  // namespace shangdao::serve::rest
