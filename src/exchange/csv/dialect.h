// Dialect – what separates the cells of a text table.
#pragma once

#include <array>
#include <string_view>

namespace shangdao::exchange::csv {

// Tried in this order; the first wins a draw.
inline constexpr std::array delimiters = {',', ';', '\t', '|'};

// The delimiter that cuts the first records of `head` into the same number of cells most often, quotes respected; the
// comma when there is but one column. `head` is the beginning of a file, as UTF-8, and may end anywhere.
char sniff_delimiter(std::string_view head);

// The delimiter of a first line "sep=;" that spreadsheets write and obey; 0 when there is none.
char declared_delimiter(std::string_view head);

}  // namespace shangdao::exchange::csv
