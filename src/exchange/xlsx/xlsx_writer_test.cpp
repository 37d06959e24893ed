#include "exchange/xlsx/xlsx_writer.h"

#include "base/require.h"
#include "base/testing.h"
#include "exchange/sheet_testing.h"
#include "exchange/xlsx/archive.h"

namespace shangdao::exchange {

using Rows = std::vector<std::string>;
using trial::rows_of;

namespace {

const std::vector<Column> voyage_columns = {{"船名", ColumnKind::text},   {"length", ColumnKind::number},   {"worth", ColumnKind::money},  {"load", ColumnKind::share},
                                            {"built", ColumnKind::date}, {"sighted", ColumnKind::instant}, {"afloat", ColumnKind::boolean}};

SheetSource written(const std::filesystem::path& path, const std::vector<Column>& columns, const std::vector<std::vector<WriteCell>>& rows, const WriteOptions& options = {})
{
    const auto writer = open_writer("xlsx", path, columns, options).value();
    for (const auto& row : rows) writer->write(row);
    EXPECT_EQ(writer->finish().rows, static_cast<std::int64_t>(rows.size()));
    return SheetSource::file(path).value();
}

std::string part_of(const SheetSource& source, const std::string& name)
{
    const auto archive = xlsx::Archive::open(source).value();
    auto entry = archive.entry(name).value();
    std::string text(entry.size(), '\0');
    text.resize(entry.read(text).value());
    return text;
}

}  // namespace

TEST("a written workbook reads back with the same values and kinds")
{
    const trial::TemporaryDirectory directory;
    const std::vector<WriteCell> row = {"虎鲸", Number{-1250, 2}, Money{123'456'755, Currency("CNY"), 0}, Share{285'000}, Date::of(2026, 3, 20), parse_instant("2026-03-20T08:30:15.75Z").value(), true};
    const std::vector<WriteCell> edges = {"013800138000", Number{1'234'567'890'123'456'789, 6}, Money{5, Currency("JPY"), 0}, Share{1'000'000}, Date::of(1900, 2, 28), parse_instant("1899-01-01T00:00:00Z").value(), false};
    const SheetSource source = written(directory / "v.xlsx", voyage_columns, {row, std::vector<WriteCell>(7), edges}, {.sheet_name = "航行", .zone = Zone::find("Asia/Shanghai").value()});
    EXPECT_EQ(rows_of(source), (Rows{"1: 船名|length|worth|load|built|sighted|afloat",
                                     "2: 虎鲸|number(-12.5)|number(1234567.55)|share(0.285)|date(2026-03-20)|date_time(2026-03-20T16:30:15)|boolean(true)",
                                     "4: 013800138000|1234567890123.456789|number(5)|share(1)|1900-02-28|1899-01-01T00:00:00Z|boolean(false)"}));
    EXPECT_EQ(sheet_list(source).value().front().name, "航行");
}

TEST("every text comes back as the text it was, and no cell is a formula")
{
    const trial::TemporaryDirectory directory;
    std::vector<std::vector<WriteCell>> rows;
    Rows expected = {"1: =title"};
    for (const std::string_view text : {"=1+1", "+1", "-1", "@x", "{=1}", "http://example.com", "mailto:a@b.c", "＝1", "a\tb\nc", "a\rb", "\x01x\x1f", "_x0041_", "_x005F_", "_x0041_x0042_", "a & <b> \"c\"", " spaces around ", "𠮷",
                                        "12", "2026-03-20", "TRUE", "'x"}) {
        rows.push_back({text});
        expected.push_back(std::to_string(rows.size() + 1) + ": " + std::string(text));
    }
    const SheetSource source = written(directory / "v.xlsx", {{"=title"}}, rows);
    EXPECT_EQ(rows_of(source), expected);
    const std::string xml = part_of(source, "xl/worksheets/sheet1.xml");
    EXPECT_EQ(xml.find("<f>"), std::string::npos);
    EXPECT_EQ(xml.find("hyperlink"), std::string::npos);
}

TEST("characters that XML cannot carry are replaced, not written")
{
    const trial::TemporaryDirectory directory;
    const std::string_view text("a\0b\xEF\xBF\xBE" "c\xEF\xBF\xBF", 10);
    EXPECT_EQ(rows_of(written(directory / "v.xlsx", {{"a"}}, {{text}})), (Rows{"1: a", "2: ab\xEF\xBF\xBD" "c\xEF\xBF\xBD"}));
}

TEST("the header is frozen, bold and filtered, and the columns are wide enough")
{
    const trial::TemporaryDirectory directory;
    const SheetSource source = written(directory / "v.xlsx", {{"a"}, {"b"}}, {{"一个相当长的中文名字", "x"}, {std::string_view(), "y"}});
    const std::string xml = part_of(source, "xl/worksheets/sheet1.xml");
    EXPECT_NE(xml.find("state=\"frozen\""), std::string::npos);
    EXPECT_NE(xml.find("<autoFilter ref=\"A1:B3\"/>"), std::string::npos);
    EXPECT_NE(xml.find("<col min=\"1\" max=\"1\" width=\"21.7109375\""), std::string::npos) << xml.substr(0, 800);
    EXPECT_NE(part_of(source, "xl/styles.xml").find("<b/>"), std::string::npos);
}

TEST("text beyond what a cell holds is shortened and counted")
{
    const trial::TemporaryDirectory directory;
    std::string wide;
    for (int i = 0; i < 20'000; ++i) wide += "𠮷";
    const auto writer = open_writer("xlsx", directory / "v.xlsx", {{"a"}}).value();
    const std::string fits(32'767, 'x');
    for (const std::string& text : {fits, fits + "x", wide}) {
        const std::vector<WriteCell> row = {text};
        writer->write(row);
    }
    EXPECT_EQ(writer->finish().shortened_cells, 2);
    const Rows rows = rows_of(SheetSource::file(directory / "v.xlsx").value());
    ASSERT_EQ(rows.size(), 4u);
    EXPECT_EQ(rows[1], "2: " + fits);
    EXPECT_EQ(rows[2], "3: " + fits.substr(1) + "…");
    EXPECT_EQ(rows[3].size(), 3 + 16'383 * 4 + 3u);
}

TEST("sheet names are made valid")
{
    struct Case {
        std::string_view wanted;
        std::string_view name;
    };
    const Case cases[] = {{"航行", "航行"}, {"a/b:c*?[d]\\", "a_b_c__[d]_"}, {"", "Sheet1"}, {"  ", "Sheet1"}, {"'a'", "a"}, {"History", "History_"}, {"x\ny", "x_y"},
                          {"1234567890123456789012345678901234", "1234567890123456789012345678901"}};
    for (const Case& c : cases) {
        std::string expected(c.name);
        for (char& letter : expected)
            if (letter == '[' || letter == ']') letter = '_';
        EXPECT_EQ(xlsx::valid_sheet_name(c.wanted), expected);
    }
}

TEST("more rows than a sheet holds go on in the next")
{
    const trial::TemporaryDirectory directory;
    const auto writer = open_writer("xlsx", directory / "v.xlsx", {{"n", ColumnKind::number}}, {.sheet_name = "a"}).value();
    for (std::int64_t i = 0; i < 1'048'577; ++i) {
        const std::vector<WriteCell> row = {Number{i, 0}};
        writer->write(row);
    }
    EXPECT_EQ(writer->finish().sheets, 2);
    const SheetSource source = SheetSource::file(directory / "v.xlsx").value();
    EXPECT_EQ(sheet_list(source).value()[1].name, "a (2)");
    EXPECT_EQ(rows_of(source, {.sheet = 1}), (Rows{"1: n", "2: number(1048575)", "3: number(1048576)"}));
}

TEST("a writer that is given up leaves no trace in memory")
{
    const trial::TemporaryDirectory directory;
    const auto writer = open_writer("xlsx", directory / "v.xlsx", {{"a"}}).value();
    const std::vector<WriteCell> row = {"x"};
    writer->write(row);
}

}  // namespace shangdao::exchange
