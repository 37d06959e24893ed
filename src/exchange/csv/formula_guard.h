// Formula guard – keeps a spreadsheet from running what a stranger typed.
//
// A text table has no types: a spreadsheet that opens it takes a cell beginning with = + - @ (also full-width), TAB, CR
// or LF for a formula. Such a cell gets a leading apostrophe, except a plain negative number, which is harmless.
#pragma once

#include <string_view>

namespace shangdao::exchange::csv {

bool needs_guard(std::string_view text);

// The text without the apostrophe that a guarded writing put there; for tables that come back from a spreadsheet.
std::string_view without_guard(std::string_view text);

}  // namespace shangdao::exchange::csv
