#include "base/id.h"

#include <algorithm>
#include <charconv>

#include "base/require.h"

namespace shangdao {
namespace {

constexpr int counter_bits = 21;  // two million ids a millisecond before the clock is overtaken
constexpr std::int64_t epoch_ms = 1'704'067'200'000;  // 2024-01-01T00:00:00Z
constexpr std::int64_t ms_max = std::int64_t{1} << 42;  // the year 2163

}  // namespace

std::string to_string(Id id)
{
    return std::to_string(id.value);
}

std::optional<Id> parse_id(std::string_view text)
{
    if (text.empty() || text.size() > 19 || text.front() < '1' || text.front() > '9') return std::nullopt;
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return Id{value};
}

Id IdSource::next()
{
    const std::int64_t ms = std::max<std::int64_t>(clock_.now().us / 1000 - epoch_ms, 0);
    require(ms < ms_max, "the clock is within the years that ids can tell");
    const std::int64_t by_clock = std::max<std::int64_t>(ms << counter_bits, 1);
    const auto lane = lane_.load(std::memory_order_relaxed);
    std::int64_t last = last_.load(std::memory_order_relaxed);
    std::int64_t id = 0;
    do {
        id = std::max(by_clock, last + 1);
        if (lane >= 0) id += (lane - id) & (lanes - 1);
    } while (!last_.compare_exchange_weak(last, id, std::memory_order_relaxed));
    return Id{id};
}

void IdSource::keep_to(std::int64_t lane)
{
    require(lane >= 0 && lane < lanes, "a lane is one of those there are");
    lane_.store(lane, std::memory_order_relaxed);
}

}  // namespace shangdao
