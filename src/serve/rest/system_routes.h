// /healthz /readyz /metrics /version – for those who run the server.
#pragma once

#include "serve/metrics.h"
#include "serve/rest/house.h"

namespace shangdao::serve::rest {

std::vector<Route> system_routes(House& house, Metrics& metrics, const std::function<bool()>& ready);

}  // namespace shangdao::serve::rest
