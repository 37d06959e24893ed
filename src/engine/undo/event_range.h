// Event ranges – what a job wrote, as places in the ledger: kept with the job so that it can be taken back.
#pragma once

#include <cstdint>
#include <vector>

namespace shangdao::engine {

// Seqs of the ledger, both included; none when last < first.
struct EventRange {
    std::int64_t first = 1, last = 0;
    bool operator==(const EventRange&) const = default;
};
using EventRanges = std::vector<EventRange>;   // rising, apart

// Adds what lies behind the others.
inline void append(EventRanges& ranges, EventRange next)
{
    if (next.last < next.first) return;
    if (!ranges.empty() && ranges.back().last + 1 == next.first) ranges.back().last = next.last;
    else ranges.push_back(next);
}

}  // namespace shangdao::engine
