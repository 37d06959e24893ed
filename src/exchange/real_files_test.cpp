// Files that people's programs wrote, read as they are: tests/reference/sheet_counts.csv says what their READMEs count
// (rows without the header). The folder is not part of the source: without it the test is skipped, saying what is
// missing. SHANGDAO_SHARED names it, else ../shared beside the source.
#include <charconv>
#include <cstdlib>
#include <filesystem>

#include "base/testing.h"
#include "exchange/sheet_testing.h"

namespace shangdao::exchange {

namespace {

std::filesystem::path data_folder()
{
    const char* const shared = std::getenv("SHANGDAO_SHARED");
    return (shared != nullptr ? std::filesystem::path(shared) : std::filesystem::path(SHANGDAO_SOURCE_DIR) / ".." / "shared") / "data";
}

std::int64_t integer(std::string_view text)
{
    std::int64_t value = -1;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

struct Expected {
    std::string path;
    std::string format;
    std::int64_t sheets;
    std::int64_t rows;
    std::int64_t columns;  // -1: not counted
    std::string encoding;
};

std::vector<Expected> expectations()
{
    const auto reader = open_sheet(SheetSource::file(SHANGDAO_SOURCE_DIR "/tests/reference/sheet_counts.csv").value()).value();
    std::vector<Expected> all;
    reader->next().value();
    while (const auto row = reader->next().value()) {
        const auto text = [&](std::size_t i) { return std::string(row->cells[i].text); };
        all.push_back({text(0), text(1), integer(text(2)), integer(text(3)), integer(text(4)), text(5)});
    }
    return all;
}

void expect_counts(const SheetSource& source, const Expected& expected)
{
    const auto names = sheet_list(source);
    ASSERT_TRUE(names.has_value()) << trial::shown(names.error());
    EXPECT_EQ(static_cast<std::int64_t>(names->size()), expected.sheets);
    const auto opened = open_sheet(source);
    ASSERT_TRUE(opened.has_value()) << trial::shown(opened.error());
    SheetReader& reader = **opened;
    EXPECT_EQ(reader.facts().format, expected.format);
    EXPECT_EQ(reader.facts().encoding, expected.encoding);
    std::int64_t rows = -1;
    while (true) {
        const auto row = reader.next();
        ASSERT_TRUE(row.has_value()) << trial::shown(row.error());
        if (!*row) break;
        EXPECT_EQ((*row)->flaw, RowFlaw::none) << trial::shown(**row);
        ++rows;
    }
    EXPECT_EQ(rows, expected.rows);
    if (expected.columns >= 0) EXPECT_EQ(static_cast<std::int64_t>(reader.columns()), expected.columns);
}

}  // namespace

TEST("real files give the rows their README counts")
{
    const std::filesystem::path folder = data_folder();
    if (!std::filesystem::is_directory(folder)) GTEST_SKIP() << "no folder " << folder << "; set SHANGDAO_SHARED";
    const std::vector<Expected> all = expectations();
    EXPECT_GE(all.size(), 20u);
    for (const Expected& expected : all) {
        SCOPED_TRACE(expected.path);
        const auto source = SheetSource::file(folder / expected.path);
        ASSERT_TRUE(source.has_value());
        expect_counts(*source, expected);
    }
}

}  // namespace shangdao::exchange
