// What a member is told of; one's own alone, whatever the role.
#pragma once

#include "serve/rest/house.h"

namespace shangdao::serve::rest {

std::vector<Route> notification_routes(House& house);

}  // namespace shangdao::serve::rest
