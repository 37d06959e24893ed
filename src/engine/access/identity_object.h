// The definition of an identity; internal: no route, no describe, no query ever names it.
#pragma once

#include "record/definition.h"

namespace shangdao::engine {

extern const record::ObjectDef identity_object;

}  // namespace shangdao::engine
