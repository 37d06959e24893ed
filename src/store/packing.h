// Packing – how the ledger keeps large changes and lists of ids small. Events of imports hold a thousand records of JSON that
// looks alike (a tenth of its size afterwards); small ones are left as they are, since a page holds them anyway.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"

namespace shangdao::store {

enum class Packing : std::int64_t { plain = 0, zlib = 1 };
// Stands beside it in the same column, as a bit: the event's reason is in its digest (chain.h).
inline constexpr std::int64_t reason_in_digest = 2;
constexpr Packing packing_of(std::int64_t column) { return static_cast<Packing>(column & 1); }

inline constexpr std::size_t packed_from_bytes = 4096;

std::string deflated(std::string_view text);
// Fault storage when the bytes are damaged.
std::string inflated(std::string_view bytes);

// Differences of neighbours as variable-length integers.
std::string packed_ids(std::span<const Id> ids);
std::vector<Id> unpacked_ids(std::string_view bytes);

}  // namespace shangdao::store
