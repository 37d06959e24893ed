#include "exchange/xlsx/archive.h"

#include "base/testing.h"
#include "exchange/xlsx/package_testing.h"

namespace shangdao::exchange {

using Rows = std::vector<std::string>;
using trial::rows_of;

namespace {

void put(std::string& bytes, std::size_t at, std::uint64_t value, std::size_t width)
{
    for (std::size_t i = 0; i < width; ++i) bytes[at + i] = static_cast<char>(value >> (8 * i));
}

}  // namespace

TEST("a bomb is refused by what it declares")
{
    trial::Parts parts = trial::workbook_around("<worksheet>" + std::string(20'000'000, ' ') + "</worksheet>");
    EXPECT_EQ(rows_of(trial::zipped(parts)), Rows{"refused xlsx_too_large"});
    parts = trial::workbook_around("<worksheet><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>");
    parts.push_back({"xl/media/bomb", std::string(20'000'000, 'x')});
    EXPECT_EQ(rows_of(trial::zipped(parts)), Rows{"refused xlsx_too_large"});
}

TEST("a bomb that lies about its size is refused while it is inflated")
{
    std::string bytes = trial::zipped(trial::workbook_around("<worksheet>" + std::string(20'000'000, ' ') + "</worksheet>"));
    const std::size_t entry = bytes.rfind("xl/worksheets/one.xml");
    ASSERT_EQ(bytes.substr(entry - 46, 4), "PK\x01\x02");
    put(bytes, entry - 46 + 24, 1000, 4);
    const Rows rows = rows_of(bytes);
    EXPECT_TRUE(rows.back() == "refused xlsx_too_large" || rows.back() == "refused file_damaged") << rows.back();
}

TEST("small things that inflate much are no bomb")
{
    EXPECT_EQ(rows_of(trial::zipped(trial::workbook_around("<worksheet>" + std::string(9'000'000, ' ') + "<sheetData><row><c><v>1</v></c></row></sheetData></worksheet>"))),
              Rows{"1: number(1)"});
}

TEST("too many entries are refused before they are read")
{
    trial::Parts parts = trial::workbook_around("<worksheet/>");
    for (int i = 0; i < 10'000; ++i) parts.push_back({"x" + std::to_string(i), ""});
    EXPECT_EQ(rows_of(trial::zipped(parts)), Rows{"refused xlsx_too_many_entries limit=10000"});

    std::string bytes = trial::workbook_of("");
    put(bytes, bytes.rfind("PK\x05\x06") + 12, 500'000'000, 4);
    EXPECT_EQ(rows_of(bytes), Rows{"refused xlsx_too_many_entries limit=10000"});
}

TEST("entries that overlap are refused")
{
    // One stored entry of 1 MB, named three times by the directory.
    trial::Parts parts;
    std::string noise;
    std::uint32_t state = 1;
    for (int i = 0; i < 1'000'000; ++i) noise += static_cast<char>((state = state * 1664525 + 1013904223) >> 24);
    parts.push_back({"a", noise});
    std::string bytes = trial::zipped(parts);
    const std::size_t end = bytes.rfind("PK\x05\x06");
    const std::size_t directory = bytes.rfind("PK\x01\x02");
    const std::string entry = bytes.substr(directory, end - directory);
    bytes.insert(end, entry + entry);
    const std::size_t moved = bytes.rfind("PK\x05\x06");
    put(bytes, moved + 8, 3, 2);
    put(bytes, moved + 10, 3, 2);
    put(bytes, moved + 12, 3 * entry.size(), 4);
    EXPECT_EQ(rows_of(bytes), Rows{"refused file_damaged"});
}

}  // namespace shangdao::exchange
