// Rights comparison – what a server holds in memory of who may what, line by line against the same made anew from the store. What is held is
// kept up by every commit; this proves at night that nothing was missed.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "base/id.h"
#include "base/time.h"

namespace shangdao::engine {

class Locks;   // engine/sharing/locks.h
class People;  // engine/people.h

// "12 17 31 ": the same text for the same ids.
template <typename Ids> std::string in_order(const Ids& ids)
{
    std::vector<Id> sorted(ids.begin(), ids.end());
    std::ranges::sort(sorted);
    std::string text;
    for (const auto id : sorted) text += to_string(id) + " ";
    return text;
}

struct RightsComparison {
    std::int64_t lines = 0;               // that were held
    std::int64_t differences = 0;         // lines that only one of the two has
    std::vector<std::string> examples;    // a few of them, "+" before what the store has and "-" before what is held
};

// Members and those below them, their roles, groups and territories; rules, shares and locks; and the guards that are handed out.
RightsComparison compare_rights(const People& held, const Locks& held_locks, const People& made, const Locks& made_locks, Instant now);

}  // namespace shangdao::engine
