// Workbook – the parts of a workbook that are read before any cell: sheets, formats, where the strings lie.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "exchange/formats.h"
#include "exchange/xlsx/archive.h"
#include "exchange/xlsx/number_format.h"

namespace shangdao::exchange::xlsx {

struct WorkbookSheet {
    SheetName name;
    std::string part;  // entry of the archive
};

struct Workbook {
    std::vector<WorkbookSheet> sheets;  // worksheets only; charts have no cells
    DateSystem dates = DateSystem::from_1900;
    std::string strings_part;  // empty when there are none
    std::vector<NumberMeaning> meanings;  // by the style number of a cell
};

// Refuses what is a zip but no workbook: xlsb_unsupported, ods_unsupported, file_format_unknown; and file_damaged.
Result<Workbook> read_workbook(const Archive& archive);

}  // namespace shangdao::exchange::xlsx
