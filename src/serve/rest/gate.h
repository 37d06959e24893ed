// The gate – who is at the door: a bearer token or the session cookie.
#pragma once

#include "serve/rest/house.h"
#include "serve/site.h"

namespace shangdao::serve::rest {

Gate make_gate(House& house);

}  // namespace shangdao::serve::rest
