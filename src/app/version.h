// The version of the program, as it tells it everywhere.
#pragma once

namespace shangdao::app {

inline constexpr const char* version = "0.1.0";

}  // namespace shangdao::app
