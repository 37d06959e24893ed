// Questions over many records: query, formula check, search. Definitions at run time.
#pragma once

#include "serve/rest/house.h"

namespace shangdao::serve::rest {

std::vector<Route> query_routes(House& house);
std::vector<Route> definition_routes(House& house);   // custom objects and fields; need "admin"

}  // namespace shangdao::serve::rest
