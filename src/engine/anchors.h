// Anchors – the places of every thousandth row of a list, so that row 900,000 is a short walk away and not 900,000 rows (ADR 0009).
//
// A keyset has no row numbers. Who jumps into the middle of a list has it walked once, a thousand rows a hop and no further than
// asked; the places between the hops are kept, sealed in by what made them as a cursor is: member, filter, sort, search. A page
// then leaves out less than a thousand rows. Kept places are used while nothing was written since, else for half a minute: a row
// that came or went before them moves what lies behind by one, and an old number by no more than that.
#pragma once

#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/lists.h"

namespace shangdao::engine {

inline constexpr std::int64_t anchor_step = 1'000;

class Anchors {
public:
    // Sets after and skip of `select` so that its page begins with row `at`, counted from 0. `context` is the cursor's.
    // Thread-safe; `view` is walked by the caller's thread.
    void place(store::View& view, const Desk& desk, std::string_view context, store::Select& select, std::int64_t at);

private:
    using Place = std::vector<record::Value>;
    struct Ladder {
        std::vector<Place> rungs;  // rungs[i]: behind it lies row (i + 1) · anchor_step
        std::int64_t seq = 0;  // the ledger's head when it was begun
        Instant begun{};
    };
    using Kept = std::shared_ptr<const Ladder>;

    Kept find(const std::string& context, std::int64_t head, Instant now);
    void keep(const std::string& context, Kept ladder);

    std::mutex mutex_;
    std::list<std::pair<std::string, Kept>> recent_;  // the latest first
    std::unordered_map<std::string, decltype(recent_)::iterator> by_context_;
};

}  // namespace shangdao::engine
