// XLSX reading – a worksheet streamed out of its zip.
//
// Formulas give the value the spreadsheet last computed; nothing is ever evaluated or fetched. Text that is not valid is
// impossible here: expat has checked it.
// Refused: file_damaged, xlsx_doctype, xlsx_encrypted, xlsx_too_large, xlsx_too_many_entries, xlsx_too_many_strings,
// xlsx_too_many_rows, xlsx_too_many_columns, xlsx_text_too_long, unknown_sheet; xls_old for workbooks of before 2007.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "exchange/formats.h"

namespace shangdao::exchange::xlsx {

// Every zip; open() says whether it is a workbook.
bool sniff(const SheetSource& source, std::string_view head);

Result<std::vector<SheetName>> list(const SheetSource& source);

Result<std::unique_ptr<SheetReader>> open(const SheetSource& source, const ReadOptions& options);

// Whether `head` begins a compound file, the old container of Microsoft's programs, and the refusal it deserves:
// xlsx_encrypted, xls_old or file_format_unknown.
bool is_compound_file(std::string_view head);
std::string_view compound_file_code(const SheetSource& source);

}  // namespace shangdao::exchange::xlsx
