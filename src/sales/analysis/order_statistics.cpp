// Walking the histogram to the two ranks around the quantile.
#include "sales/analysis/order_statistics.h"

#include <cmath>

namespace shangdao::analysis {

namespace {

// The value at `rank` (0 based); ranks lie inside.
std::int64_t at_rank(const Histogram& histogram, std::int64_t rank)
{
    std::int64_t last = 0;
    for (const auto& [value, count] : histogram) {
        last = value;
        if (rank < count) break;
        rank -= count;
    }
    return last;
}

}  // namespace

std::int64_t size_of(const Histogram& histogram)
{
    std::int64_t size = 0;
    for (const auto& [value, count] : histogram) size += count;
    return size;
}

std::optional<double> quantile(const Histogram& histogram, double share)
{
    const auto size = size_of(histogram);
    if (size == 0) return std::nullopt;
    const auto place = share * static_cast<double>(size - 1);
    const auto below = static_cast<std::int64_t>(std::floor(place));
    const auto low = static_cast<double>(at_rank(histogram, below));
    const auto high = static_cast<double>(at_rank(histogram, std::min(below + 1, size - 1)));
    return low + (high - low) * (place - std::floor(place));
}

}  // namespace shangdao::analysis
