// RateLimit – token buckets by key, for sign-in and other doors that strangers may knock at.
//
// Memory is bounded: buckets that have filled up again are forgotten, and when too many keys are active the one that was
// used longest ago goes. Time comes from the injected clock; a clock that steps back gives nobody anything.
#pragma once

#include <chrono>
#include <cstddef>
#include <list>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/time.h"

namespace shangdao::serve {

struct Allowance {
    int at_once = 5;  // knocks in a row
    std::chrono::seconds refill_time{60};  // in which an empty bucket fills up
};

class RateLimit {
public:
    RateLimit(Allowance allowance, const Clock& clock, std::size_t keys_max = 100'000)
        : allowance_(allowance), clock_(clock), keys_max_(keys_max)
    {
    }

    // Takes one knock; nullopt when allowed, else the seconds to wait (at least 1). Thread-safe. A refused knock costs nothing.
    std::optional<std::chrono::seconds> take(std::string_view key);
    // Fills the key's bucket: after a successful sign-in.
    void forgive(std::string_view key);
    std::size_t keys() const;

private:
    struct Bucket {
        std::string key;
        Instant full_at;  // when it will have filled up again; the one number a bucket needs
    };
    void make_room(Instant now);

    Allowance allowance_;
    const Clock& clock_;
    std::size_t keys_max_;
    mutable std::mutex mutex_;
    std::list<Bucket> buckets_;  // most recently used first
    std::unordered_map<std::string_view, std::list<Bucket>::iterator> by_key_;
};

}  // namespace shangdao::serve
