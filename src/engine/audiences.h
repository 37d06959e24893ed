// With whom a member shares what he keeps: views and import plans.
#pragma once

#include "record/definition.h"

namespace shangdao::engine {

inline constexpr record::Choice audiences[] = {
    {.key = "me", .label = {"仅自己", "Only me"}},
    {.key = "team", .label = {"我的团队", "My team"}},
    {.key = "all", .label = {"所有人", "Everyone"}},
};

}  // namespace shangdao::engine
