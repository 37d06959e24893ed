#include "exchange/csv/dialect.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <vector>

namespace shangdao::exchange::csv {

namespace {

constexpr std::size_t records_looked_at = 100;

// Cells per record under `delimiter`; the record cut by the end of `head` counts only when it is the only one.
std::vector<std::size_t> widths(std::string_view head, char delimiter)
{
    std::vector<std::size_t> found;
    std::size_t cells = 1;
    bool quoted = false;
    bool at_start = true;
    bool blank = true;
    for (std::size_t i = 0; i < head.size(); ++i) {
        const char c = head[i];
        if (quoted) {
            quoted = c != '"';
            continue;
        }
        if (c == '\n' || c == '\r') {
            if (!blank) found.push_back(cells);
            if (found.size() == records_looked_at) return found;
            cells = 1;
            at_start = blank = true;
            continue;
        }
        // A doubled quote closes and opens again, which comes to the same count.
        if (c == '"') quoted = at_start || head[i - 1] == '"';
        cells += c == delimiter;
        at_start = c == delimiter;
        blank = false;
    }
    if (found.empty() && !blank) found.push_back(cells);
    return found;
}

}  // namespace

char sniff_delimiter(std::string_view head)
{
    char best = ',';
    std::size_t best_agreeing = 0;
    std::size_t best_width = 1;
    for (const char delimiter : delimiters) {
        const std::vector<std::size_t> found = widths(head, delimiter);
        std::map<std::size_t, std::size_t> counts;
        for (const std::size_t width : found) ++counts[width];
        counts.erase(1);
        if (counts.empty()) continue;
        const auto usual = std::ranges::max_element(counts, {}, [](const auto& entry) { return entry.second; });
        // A header that agrees outweighs: prose full of commas seldom cuts like its first line.
        const std::size_t agreeing = usual->second * 2 + (found.front() == usual->first ? found.size() : 0);
        if (agreeing > best_agreeing || (agreeing == best_agreeing && usual->first > best_width)) {
            best = delimiter;
            best_agreeing = agreeing;
            best_width = usual->first;
        }
    }
    return best;
}

char declared_delimiter(std::string_view head)
{
    if (head.size() < 6 || !head.starts_with("sep=") || (head[5] != '\n' && head[5] != '\r')) return 0;
    return std::ranges::find(delimiters, head[4]) != delimiters.end() ? head[4] : '\0';
}

}  // namespace shangdao::exchange::csv
