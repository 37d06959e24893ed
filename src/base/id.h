// Id – 63-bit, positive, time-ordered; a decimal string on the wire. Ids are never reused.
#pragma once

#include <atomic>
#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"

namespace shangdao {

struct Id {
    std::int64_t value = 0;  // 0 is "no id": never stored, never on the wire

    explicit operator bool() const { return value != 0; }
    auto operator<=>(const Id&) const = default;
};

std::string to_string(Id id);
// Accepts 1–19 decimal digits without sign or leading zero; nullopt otherwise.
std::optional<Id> parse_id(std::string_view text);

// Gives ids of the form (milliseconds since 2024-01-01 UTC) << 21 | counter; later calls give larger ids, also when the
// clock steps back. Thread-safe. One source per store: `start_after` is the largest id the store holds. Where several processes write one
// store, each keeps to a lane of its own – the lowest bits of its ids –, so no two give the same.
class IdSource {
public:
    static constexpr std::int64_t lanes = 16;

    explicit IdSource(const Clock& clock, Id start_after = {}) : clock_(clock), last_(start_after.value) {}
    Id next();
    // 0 ≤ lane < lanes. A source that keeps to none uses every id.
    void keep_to(std::int64_t lane);

private:
    const Clock& clock_;
    std::atomic<std::int64_t> last_;
    std::atomic<std::int64_t> lane_ = -1;
};

}  // namespace shangdao

template <>
struct std::hash<shangdao::Id> {
    std::size_t operator()(shangdao::Id id) const noexcept { return static_cast<std::size_t>(id.value) * 0x9E3779B97F4A7C15ULL >> 7; }
};
