// "Did you mean": the optimal string alignment distance (insert, delete, replace, swap of neighbours) on match keys, so
// case and width cost nothing. A quarter of the letters may be wrong, at least one when there are two letters or more.
#include <algorithm>
#include <numeric>

#include "base/text.h"

#include <unicode/utf8.h>

namespace shangdao {
namespace {

std::u32string code_points(std::string_view text)
{
    std::u32string out;
    const auto length = static_cast<std::int32_t>(text.size());
    for (std::int32_t at = 0; at < length;) {
        UChar32 c = 0;
        U8_NEXT(text.data(), at, length, c);
        out += static_cast<char32_t>(c);
    }
    return out;
}

std::size_t mistakes_allowed(std::size_t length)
{
    return length < 2 ? 0 : std::max<std::size_t>(1, (length + 1) / 4);
}

// Three rows of the table suffice: the swap looks back two.
std::size_t distance(std::u32string_view a, std::u32string_view b)
{
    std::vector<std::size_t> before(b.size() + 1), above(b.size() + 1), row(b.size() + 1);
    std::iota(above.begin(), above.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t replaced = above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            row[j] = std::min({above[j] + 1, row[j - 1] + 1, replaced});
            const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
        }
        before.swap(above);
        above.swap(row);
    }
    return above[b.size()];
}

}  // namespace

std::optional<std::string_view> nearest(std::string_view word, std::span<const std::string_view> candidates)
{
    constexpr std::size_t length_max = 100;  // nobody mistypes a name that long; keeps the table small
    const auto wanted = code_points(match_key(word.substr(0, 4 * length_max)));
    if (wanted.empty() || wanted.size() > length_max) return std::nullopt;
    std::optional<std::string_view> best;
    std::size_t least = 0;
    for (const auto candidate : candidates) {
        const auto offered = code_points(match_key(candidate));
        const auto allowed = mistakes_allowed(std::max(wanted.size(), offered.size()));
        const auto gap =
            wanted.size() > offered.size() ? wanted.size() - offered.size() : offered.size() - wanted.size();
        if (gap > allowed) continue;
        const auto mistakes = distance(wanted, offered);
        if (mistakes > allowed || (best && mistakes >= least)) continue;
        best = candidate;
        least = mistakes;
    }
    return best;
}

}  // namespace shangdao
