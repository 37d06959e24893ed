// XLSX writing – a workbook as people expect it: bold frozen header with a filter, widths that fit, numbers that add.
//
// Text is a string cell, never a formula. Money shows its currency and stays a number; a number of more than 15 digits
// would lose some, so it is text, and so is a date before 1900-03-01, which no workbook can hold.
#pragma once

#include "exchange/sheet_writer.h"

namespace shangdao::exchange::xlsx {

// Writes to `path` at finish(); until then beside it in unnamed temporary files.
std::unique_ptr<SheetWriter> write_to(const std::filesystem::path& path, std::vector<Column> columns, const WriteOptions& options);

// A name that spreadsheets accept: at most 31 characters, none of []:*?/\ and no apostrophe at the ends.
std::string valid_sheet_name(std::string_view wanted);

}  // namespace shangdao::exchange::xlsx
