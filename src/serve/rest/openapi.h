// /openapi.json – OpenAPI 3.1, made from the table of routes and the definitions: an anonymous caller sees the built-in
// objects, a member what the member may see (D29).
#pragma once

#include "serve/rest/house.h"

namespace shangdao::serve::rest {

// `tables` are read when the routes are made; only their method, path, access and summary are used.
std::vector<Route> openapi_routes(House& house, const std::vector<std::vector<Route>>& tables);

}  // namespace shangdao::serve::rest
