// Files at records: brought as raw bytes, sent back to whoever sees the record.
#pragma once

#include "serve/rest/house.h"

namespace shangdao::serve::rest {

inline constexpr std::uint64_t attachment_bytes_max = std::uint64_t{50} << 20U;

std::vector<Route> attachment_routes(House& house);

}  // namespace shangdao::serve::rest
