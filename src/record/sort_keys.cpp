#include "record/sort_keys.h"

#include <algorithm>

#include "base/text.h"

namespace shangdao::record {

std::vector<SortKey> sort_keys(std::string_view sort)
{
    std::vector<SortKey> keys;
    while (!sort.empty()) {
        const auto comma = std::min(sort.find(','), sort.size());
        auto field = trimmed(sort.substr(0, comma));
        sort.remove_prefix(std::min(comma + 1, sort.size()));
        const bool descending = field.starts_with('-');
        if (descending) field.remove_prefix(1);
        keys.push_back({field, descending});
    }
    return keys;
}

}  // namespace shangdao::record
