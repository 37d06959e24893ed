// CSV writing – RFC 4180 with CRLF; a cell is quoted when any known delimiter, a quote or a line break is in it, so that no
// reader with another delimiter can split a guarded cell into an unguarded one.
//
// Money is its amount alone: a table with several currencies needs a column that names them.
#pragma once

#include "exchange/sheet_writer.h"

namespace shangdao::exchange::csv {

// For people the table begins with a byte order mark, without which spreadsheets misread Chinese.
std::unique_ptr<SheetWriter> write_to(ByteSink sink, std::vector<Column> columns, const WriteOptions& options);

}  // namespace shangdao::exchange::csv
