// CSV reading – RFC 4180 and what spreadsheets made of it.
//
// Accepted: , ; tab | as delimiter, LF CR CRLF as line ends (mixed too), quoted cells with doubled quotes and line breaks,
// text after a closing quote (flawed row), a first line "sep=;", a byte order mark, trailing empty columns, ragged rows
// (flawed row).
// Refused, with the line: csv_unterminated_quote, csv_field_too_long, csv_row_too_long, csv_too_many_columns,
// invalid_bytes, nul_byte.
#pragma once

#include <memory>

#include "exchange/sheet.h"
#include "exchange/source.h"

namespace shangdao::exchange::csv {

inline constexpr std::size_t field_bytes_max = 1024 * 1024;
inline constexpr std::size_t row_bytes_max = 16 * 1024 * 1024;
inline constexpr std::size_t columns_max = 2'000;

// Refuses unknown_encoding, unknown_delimiter, and what the first piece of the file already shows.
Result<std::unique_ptr<SheetReader>> open(const SheetSource& source, const ReadOptions& options);

}  // namespace shangdao::exchange::csv
