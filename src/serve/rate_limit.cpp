#include "serve/rate_limit.h"

#include <algorithm>

namespace shangdao::serve {

std::optional<std::chrono::seconds> RateLimit::take(std::string_view key)
{
    const std::lock_guard lock(mutex_);
    const Instant now = clock_.now();
    const Instant empty_now = now + allowance_.refill_time;
    const std::chrono::microseconds one = std::chrono::microseconds(allowance_.refill_time) / allowance_.at_once;
    auto found = by_key_.find(key);
    if (found == by_key_.end()) {
        make_room(now);
        buckets_.push_front({std::string(key), now});
        found = by_key_.emplace(buckets_.front().key, buckets_.begin()).first;
    }
    Bucket& bucket = *found->second;
    buckets_.splice(buckets_.begin(), buckets_, found->second);
    // After the clock stepped back a bucket is at most empty, never more.
    bucket.full_at = std::clamp(bucket.full_at, now, empty_now);
    if (bucket.full_at + one <= empty_now) {
        bucket.full_at = bucket.full_at + one;
        return std::nullopt;
    }
    return std::chrono::ceil<std::chrono::seconds>(bucket.full_at + one - empty_now);
}

void RateLimit::forgive(std::string_view key)
{
    const std::lock_guard lock(mutex_);
    const auto found = by_key_.find(key);
    if (found == by_key_.end()) return;
    const auto bucket = found->second;
    by_key_.erase(found);
    buckets_.erase(bucket);
}

std::size_t RateLimit::keys() const
{
    const std::lock_guard lock(mutex_);
    return buckets_.size();
}

// Two old buckets at most for each new one, so no call pays for many.
void RateLimit::make_room(Instant now)
{
    for (int i = 0; i < 2 && !buckets_.empty(); ++i) {
        const Bucket& oldest = buckets_.back();
        const bool full = oldest.full_at <= now;
        if (!full && buckets_.size() < keys_max_) return;
        by_key_.erase(oldest.key);
        buckets_.pop_back();
    }
}

}  // namespace shangdao::serve
