// Formats – the one list of what a sheet may be written in.
//
// The content decides, never the name of the file: workbooks named .csv exist. A format is a row {name, sniff, list,
// open, write}; a new one is one more row.
//
// Refusals of this floor (codes): file_unreadable, file_empty, file_format_unknown, unknown_sheet, unknown_encoding,
// unknown_delimiter, bad_position, invalid_bytes, nul_byte, file_reader_failed (apart/apart.h), csv_* (csv/csv_reader.h), xlsx_* (xlsx/xlsx_reader.h), and
// what is known but not read: xls_old, xlsx_encrypted, xlsb_unsupported, ods_unsupported, html_is_no_sheet,
// pdf_is_no_sheet.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "exchange/sheet.h"
#include "exchange/sheet_writer.h"
#include "exchange/source.h"

namespace shangdao::exchange {

struct SheetName {
    std::string name;  // empty for CSV
    bool hidden = false;
};

struct Format {
    std::string_view name;        // "csv", "xlsx"
    std::string_view media_type;
    bool (*sniff)(const SheetSource& source, std::string_view head);
    Result<std::vector<SheetName>> (*list)(const SheetSource& source);
    Result<std::unique_ptr<SheetReader>> (*open)(const SheetSource& source, const ReadOptions& options);
    std::unique_ptr<SheetWriter> (*write)(const std::filesystem::path& path, std::vector<Column> columns, const WriteOptions& options);
};

// In the order they are tried.
std::span<const Format> formats();

// The format the content shows. Names what it is when it is known but not read.
Result<const Format*> recognise(const SheetSource& source);

// The sheets of the file in their order; one for CSV.
Result<std::vector<SheetName>> sheet_list(const SheetSource& source);

// A reader of one sheet, standing before its first row.
Result<std::unique_ptr<SheetReader>> open_sheet(const SheetSource& source, const ReadOptions& options = {});

// The same in this very process, whatever apart/apart.h says.
namespace here {
Result<std::vector<SheetName>> sheet_list(const SheetSource& source);
Result<std::unique_ptr<SheetReader>> open_sheet(const SheetSource& source, const ReadOptions& options = {});
}  // namespace here

// A writer into a new file at `path`, in the format of that name. Refuses file_format_unknown.
Result<std::unique_ptr<SheetWriter>> open_writer(std::string_view format, const std::filesystem::path& path, std::vector<Column> columns,
                                                 const WriteOptions& options = {});

}  // namespace shangdao::exchange
