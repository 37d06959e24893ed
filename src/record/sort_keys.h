// The keys of a sort as it is written: "-amount,name".
#pragma once

#include <string_view>
#include <vector>

namespace shangdao::record {

struct SortKey {
    std::string_view field;
    bool descending = false;
};
// In their order; the words are not looked up. They live as long as `sort`.
std::vector<SortKey> sort_keys(std::string_view sort);

}  // namespace shangdao::record
