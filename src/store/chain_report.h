// What following the chain of a ledger found, from its first event to the last that is sealed.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace shangdao::store {

struct ChainReport {
    std::vector<std::string> findings;         // empty: whole
    std::int64_t events = 0;
    std::optional<std::int64_t> first_bad;     // the first event that is not what was sealed, or is missing
    std::int64_t seq = 0;                      // where the chain ends …
    std::string hash;                          // … and its hash there, hexadecimal
};

}  // namespace shangdao::store
