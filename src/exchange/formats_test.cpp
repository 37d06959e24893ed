#include "exchange/formats.h"

#include "base/testing.h"
#include "exchange/sheet_testing.h"

namespace shangdao::exchange {

using Rows = std::vector<std::string>;
using trial::rows_of;

TEST("what is no sheet is named for what it is")
{
    EXPECT_EQ(rows_of(""), Rows{"refused file_empty"});
    EXPECT_EQ(rows_of("%PDF-1.7\n"), Rows{"refused pdf_is_no_sheet"});
    EXPECT_EQ(rows_of("<html><table>"), Rows{"refused html_is_no_sheet"});
    EXPECT_EQ(rows_of(std::string("\x7F" "ELF\0\0\0", 7)), Rows{"refused file_format_unknown"});
}

TEST("a file that is not there is refused by name")
{
    const auto source = SheetSource::file("/nowhere/voyages.csv");
    EXPECT_EQ(trial::shown(source.error()), "refused file_unreadable file=voyages.csv");
    EXPECT_FALSE(SheetSource::file("/").has_value());
}

}  // namespace shangdao::exchange
