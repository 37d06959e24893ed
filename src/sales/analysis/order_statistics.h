// Order statistics of whole numbers given as a histogram: value → how often.
#pragma once

#include <cstdint>
#include <map>
#include <optional>

namespace shangdao::analysis {

using Histogram = std::map<std::int64_t, std::int64_t>;

std::int64_t size_of(const Histogram& histogram);

// The quantile at `share` (0…1), linear between ranks: R's quantile(type = 7), SPSS' median at 0.5. nullopt of nothing.
std::optional<double> quantile(const Histogram& histogram, double share);

}  // namespace shangdao::analysis
