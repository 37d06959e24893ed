// origin – did this request come from our own pages? (cross-site request forgery)
#pragma once

#include <cstdint>
#include <string_view>

#include "serve/http.h"

namespace shangdao::serve {

// Judges Sec-Fetch-Site and Origin against Host. `ours`: both agree with us. `foreign`: one names another site.
// `unstated`: neither header is there (programs, very old browsers): with a cookie that is refused, too.
enum class Origin : std::uint8_t { ours, foreign, unstated };
Origin origin_of(const Request& request);

// Time depends on the lengths only.
bool equal_in_constant_time(std::string_view a, std::string_view b);

}  // namespace shangdao::serve
