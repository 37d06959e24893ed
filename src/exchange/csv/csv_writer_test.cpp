#include "exchange/csv/csv_writer.h"

#include <random>

#include "base/testing.h"
#include "exchange/csv/formula_guard.h"
#include "exchange/sheet_testing.h"

namespace shangdao::exchange {

using Rows = std::vector<std::string>;
using trial::rows_of;

namespace {

const std::vector<Column> voyage_columns = {{"boat", ColumnKind::text},   {"length", ColumnKind::number},   {"worth", ColumnKind::money},  {"load", ColumnKind::share},
                                            {"built", ColumnKind::date},  {"sighted", ColumnKind::instant}, {"afloat", ColumnKind::boolean}};

std::string written(const std::vector<Column>& columns, const std::vector<std::vector<WriteCell>>& rows, const WriteOptions& options = {})
{
    std::string bytes;
    const auto writer = csv::write_to([&](std::string_view piece) { bytes += piece; }, columns, options);
    for (const auto& row : rows) writer->write(row);
    EXPECT_EQ(writer->finish().rows, static_cast<std::int64_t>(rows.size()));
    return bytes;
}

}  // namespace

TEST("a text table for people has a mark, civil time and percentages")
{
    const std::vector<WriteCell> row = {"虎鲸", Number{-1250, 2}, Money{123'456'700, Currency("CNY"), 0}, Share{285'000}, Date::of(2026, 3, 20), parse_instant("2026-03-20T08:30:15.25Z").value(), true};
    const std::vector<WriteCell> gaps(7);
    EXPECT_EQ(written(voyage_columns, {row, gaps}, {.zone = Zone::find("Asia/Shanghai").value()}),
              "\xEF\xBB\xBF" "boat,length,worth,load,built,sighted,afloat\r\n虎鲸,-12.50,1234567.00,28.5%,2026-03-20,2026-03-20 16:30:15,true\r\n,,,,,,\r\n");
    EXPECT_EQ(written(voyage_columns, {row}, {.text_style = TextStyle::raw}),
              "boat,length,worth,load,built,sighted,afloat\r\n虎鲸,-12.50,1234567.00,0.285,2026-03-20,2026-03-20T08:30:15.25Z,true\r\n");
}

TEST("what a spreadsheet would run is guarded for people and left alone for migration")
{
    struct Case {
        std::string_view text;
        std::string_view people;
    };
    const Case cases[] = {
        {"=1+1", "'=1+1"},         {"+8613800138000", "'+8613800138000"}, {"-1+1", "'-1+1"}, {"@SUM(A1)", "'@SUM(A1)"}, {"\tx", "\"'\tx\""}, {"\r=1", "\"'\r=1\""},
        {"\n=1", "\"'\n=1\""},     {"＝1+1", "'＝1+1"},                   {"＋1", "'＋1"},   {"－1", "'－1"},           {"＠x", "'＠x"},     {"-12.50", "-12.50"},
        {"-3", "-3"},              {"-", "'-"},                           {"-3.", "'-3."},   {"-1e3", "'-1e3"},         {"a=1", "a=1"},      {"x;=1", "\"x;=1\""},
        {"=cmd|'/c x'!A0", "\"'=cmd|'/c x'!A0\""}, {"=\"a\"", "\"'=\"\"a\"\"\""}, {"'quoted'", "'quoted'"}, {"", ""},
    };
    for (const Case& c : cases) {
        EXPECT_EQ(written({{"a"}}, {{c.text}}), "\xEF\xBB\xBF" "a\r\n" + std::string(c.people) + "\r\n");
        const std::string raw = written({{"a"}}, {{c.text}}, {.text_style = TextStyle::raw});
        EXPECT_EQ(rows_of(raw), c.text.empty() ? Rows{"1: a"} : (Rows{"1: a", "2: " + std::string(c.text)}));
        const std::string guarded = csv::needs_guard(c.text) ? "'" + std::string(c.text) : std::string(c.text);
        EXPECT_EQ(csv::without_guard(guarded), c.text);
    }
    EXPECT_EQ(written({{"=title"}}, {}), "\xEF\xBB\xBF'=title\r\n");
}

TEST("reading what was written raw gives the very same cells")
{
    std::mt19937 random(20260321);
    const std::string_view pieces[] = {"a", ",", ";", "\"", "\n", "\r", "\r\n", "\t", "|", " ", "虎", "=", "'", "sep=", "𠮷", "_x0041_"};
    const std::vector<Column> columns = {{"key"}, {"b"}, {"c"}};
    std::vector<std::vector<std::string>> rows;
    std::vector<std::vector<WriteCell>> cells;
    for (int i = 0; i < 5000; ++i) {
        std::vector<std::string> row(3);
        row[0] = std::to_string(i);
        for (std::size_t column = 1; column < 3; ++column)
            for (auto length = random() % 6; length > 0; --length) row[column] += pieces[random() % std::size(pieces)];
        rows.push_back(row);
    }
    for (const auto& row : rows) cells.emplace_back(row.begin(), row.end());
    const auto reader = open_sheet(SheetSource::bytes(written(columns, cells, {.text_style = TextStyle::raw})), {.delimiter = ','}).value();
    reader->next().value();
    for (const auto& row : rows) {
        const auto read = reader->next().value();
        ASSERT_TRUE(read.has_value());
        ASSERT_EQ(read->cells.size(), 3u);
        for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(read->cells[i].text, row[i]);
    }
    EXPECT_FALSE(reader->next().value().has_value());
}

}  // namespace shangdao::exchange
