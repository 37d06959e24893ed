#include "exchange/csv/csv_reader.h"

#include <random>

#include "base/testing.h"
#include "exchange/sheet_testing.h"
#include "exchange/text_stream.h"

namespace shangdao::exchange {

using Rows = std::vector<std::string>;
using trial::rest_of;
using trial::rows_of;
using trial::shown;

TEST("a text table becomes rows of cells")
{
    struct Case {
        std::string_view bytes;
        Rows rows;
    };
    const Case cases[] = {
        {"boat,length\nOrca,12\n", {"1: boat|length", "2: Orca|12"}},
        {"boat,length\nOrca,12", {"1: boat|length", "2: Orca|12"}},
        {"boat,length\r\nOrca,12\r\n", {"1: boat|length", "2: Orca|12"}},
        {"boat,length\rOrca,12\r", {"1: boat|length", "2: Orca|12"}},
        {"boat,length\rOrca,12\r\nGull,9\nTern,4", {"1: boat|length", "2: Orca|12", "3: Gull|9", "4: Tern|4"}},
        {"\xEF\xBB\xBF" "boat\nOrca\n", {"1: boat", "2: Orca"}},
        {"boat,note\n\"Orca, the\",\"says \"\"hi\"\"\"\n", {"1: boat|note", "2: Orca, the|says \"hi\""}},
        {"boat,note\nOrca,\"two\nlines\"\nGull,\n", {"1: boat|note", "2: Orca|two\nlines", "3: Gull|"}},
        {"boat,note\n\"\",\"\"\nOrca,\"\"\n", {"1: boat|note", "3: Orca|"}},
        {"boat,\"\"\"\"\nOrca,\"\"\"a\"\"\"\n", {"1: boat|\"", "2: Orca|\"a\""}},
        {"boat,length,\r\nOrca,12,\r\nGull,9,x\r\n", {"1: boat|length", "2: Orca|12", "3[long]: Gull|9|x"}},
        {"a,b,c\n1,2\n1,2,3,4\n1,2,3,\n", {"1: a|b|c", "2[short]: 1|2|", "3[long]: 1|2|3|4", "4: 1|2|3"}},
        {"boat,length\n\n\n,\nOrca,12\n", {"1: boat|length", "5: Orca|12"}},
        {"boat,note\nOrca,5\" pipe\n", {"1: boat|note", "2: Orca|5\" pipe"}},
        {"boat,note\nOrca,\"5\" \"pipe\",x\n", {"1: boat|note", "2[stray]: Orca|5 \"pipe\"|x"}},
        {"boat,note\nOrca,\"a\"\"b\"c\"\"d\n", {"1: boat|note", "2[stray]: Orca|a\"bc\"\"d"}},
        {"sep=;\r\nboat;length\r\nOrca;1,2\r\n", {"2: boat|length", "3: Orca|1,2"}},
        {"船,长度\n虎鲸,十二\n", {"1: 船|长度", "2: 虎鲸|十二"}},
        {" boat , length\n", {"1:  boat | length"}},
        {"boat\n\"Orca\"", {"1: boat", "2: Orca"}},
        {"\n\n", {}},
        {",,\n", {}},
    };
    for (const Case& c : cases) EXPECT_EQ(rows_of(std::string(c.bytes)), c.rows) << c.bytes;
}

TEST("the delimiter is recognised, quotes respected, and a person may name it")
{
    EXPECT_EQ(rows_of("a;b\n1,5;2,5\n"), (Rows{"1: a|b", "2: 1,5|2,5"}));
    EXPECT_EQ(rows_of("a\tb\n1,5\t2;5\n"), (Rows{"1: a|b", "2: 1,5|2;5"}));
    EXPECT_EQ(rows_of("a|b\n1|2\n"), (Rows{"1: a|b", "2: 1|2"}));
    EXPECT_EQ(rows_of("a,b\n\"x;y;z\",2\n\"x;y;z\",2\n"), (Rows{"1: a|b", "2: x;y;z|2", "3: x;y;z|2"}));
    EXPECT_EQ(rows_of("name;note\nOrca;\"one, two\"\nGull;three, four, five\n"), (Rows{"1: name|note", "2: Orca|one, two", "3: Gull|three, four, five"}));
    EXPECT_EQ(rows_of("a;b\n", {.delimiter = ','}), (Rows{"1: a;b"}));
    EXPECT_EQ(rows_of("a;b\n", {.delimiter = 'x'}), (Rows{"refused unknown_delimiter delimiter=x"}));
    EXPECT_EQ(rows_of("only one column\nof words\n"), (Rows{"1: only one column", "2: of words"}));
}

TEST("a damaged text table is refused with its line")
{
    const auto with = [](std::string_view head, std::string_view tail) { return std::string(head) + std::string(tail); };
    struct Case {
        std::string bytes;
        std::string answer;
    };
    const Case cases[] = {
        {"a,b\n1,2\n3,\"open\n5,6\n", "refused csv_unterminated_quote line=3"},
        {"a,b\n\"x\ny\",\"open\n5,6\n", "refused csv_unterminated_quote line=3"},
        {"a,b\n\"", "refused csv_unterminated_quote line=2"},
        {with("a,b\n1,2\n3,", "\xFF\xFE\xFA\xE8 \x81 \xFF\n"), "refused invalid_bytes line=3"},
        {"a,b\n1," + std::string(csv::field_bytes_max + 1, 'x') + "\n", "refused csv_field_too_long limit=1048576 line=2"},
        {"a,b\n1,\"" + std::string(csv::field_bytes_max + 1, 'x') + "\"\n", "refused csv_field_too_long limit=1048576 line=2"},
        {"a\n" + std::string(csv::columns_max, ',') + "x\n", "refused csv_too_many_columns limit=2000 line=2"},
        {std::string("a,b\n") + std::string(5000, '\n') + std::string("1,\0" "2\n", 5), "refused nul_byte line=5002"},
    };
    for (const Case& c : cases) {
        const Rows rows = rows_of(c.bytes, {.encoding = "UTF-8", .delimiter = ','});
        ASSERT_FALSE(rows.empty());
        EXPECT_EQ(rows.back(), c.answer) << c.bytes.substr(0, 80);
    }
}

TEST("a row of too many bytes is refused")
{
    std::string row;
    for (int i = 0; i < 18; ++i) row += std::string(1000 * 1000, 'x') + ",";
    EXPECT_EQ(rows_of("a\n" + row + "\n").back(), "refused csv_row_too_long limit=16777216 line=2");
}

TEST("a reader that refused goes on refusing")
{
    const auto reader = open_sheet(SheetSource::bytes("a,b\n1,\"open\n")).value();
    EXPECT_EQ(rest_of(*reader).size(), 2u);
    EXPECT_EQ(rest_of(*reader), (Rows{"refused csv_unterminated_quote line=2"}));
}

TEST("rows before a damaged place are given, wherever the pieces end")
{
    const std::string table = "a,b\n\"two\nlines\",4\n5,\xDE\n";
    for (std::size_t back = 0; back <= table.size(); ++back) {
        const std::string bytes = std::string(TextStream::piece_bytes - back, '\n') + table;
        EXPECT_EQ(rows_of(bytes, {.encoding = "UTF-8", .delimiter = ','}).size(), 3u) << back;
    }
}

TEST("what is cut by the end of a piece is read whole")
{
    const std::string snippet = "虎鲸,\"a\"\"b\",\"two\r\nlines\"\r\n𠮷,x,\n";
    const Rows expected = {"虎鲸|a\"b|two\r\nlines", "𠮷|x|"};
    for (std::size_t back = 0; back <= snippet.size() + 1; ++back) {
        std::string bytes = "a,b,c\n";
        bytes += std::string(TextStream::piece_bytes - bytes.size() - back - 1, 'x') + "\n" + snippet + snippet;
        const Rows rows = rows_of(bytes);
        ASSERT_EQ(rows.size(), 6u) << back;
        for (std::size_t i = 2; i < 6; ++i) EXPECT_EQ(rows[i].substr(rows[i].find(": ") + 2), expected[i % 2]) << back;
    }
}

namespace {

// A table with everything in it, from a seed; about 400 kB.
std::string random_table(std::uint32_t seed)
{
    std::mt19937 random(seed);
    const std::string_view cells[] = {"", "x", "虎鲸", "\"quoted, \"\"cell\"\"\"", "\"two\nlines\"", "12.50", "\"\"", "港口港口港口", "a longer cell of plain text"};
    const std::string_view ends[] = {"\n", "\r\n", "\n\n"};
    std::string table = "a,b,c,d\n";
    while (table.size() < 400'000) {
        const auto width = 3 + random() % 3;
        for (std::size_t i = 0; i < width; ++i) {
            if (i > 0) table += ',';
            table += cells[random() % std::size(cells)];
        }
        table += ends[random() % std::size(ends)];
    }
    return table;
}

}  // namespace

TEST("a reading resumed at any position gives the rest, in every encoding")
{
    for (const std::string_view encoding : {"UTF-8", "GB18030", "UTF-16LE"}) {
        const std::uint32_t seed = 20260320;
        const SheetSource source = SheetSource::bytes(trial::encoded(random_table(seed), encoding));
        const ReadOptions options{.encoding = std::string(encoding), .delimiter = ','};
        const Rows all = rows_of(source, options);
        const auto reader = open_sheet(source, options).value();
        for (std::size_t i = 0; i < all.size(); ++i) {
            const auto position = parse_sheet_position(to_string(reader->position()));
            ASSERT_TRUE(position.has_value());
            if (i % 997 == 0 || i + 1 == all.size()) {
                const auto resumed = open_sheet(source, options).value();
                ASSERT_TRUE(resumed->seek(*position).has_value());
                EXPECT_EQ(rest_of(*resumed), Rows(all.begin() + static_cast<std::ptrdiff_t>(i), all.end())) << encoding << " seed " << seed << " row " << i;
                EXPECT_LE(position->skip, TextStream::room_needed);
            }
            ASSERT_EQ(shown(**reader->next()), all[i]);
        }
        const auto ended = open_sheet(source, options).value();
        while (*ended->next()) {}
        EXPECT_EQ(ended->progress().done, source.size());
        const auto at_end = open_sheet(source, options).value();
        ASSERT_TRUE(at_end->seek(ended->position()).has_value());
        EXPECT_EQ(rest_of(*at_end), Rows{});
    }
}

TEST("a position beyond the file is refused")
{
    const auto reader = open_sheet(SheetSource::bytes("a,b\n1,2\n")).value();
    EXPECT_EQ(reader->seek({.byte = 100}).error().front().code, "bad_position");
    EXPECT_EQ(reader->seek({.byte = 4, .skip = 99}).error().front().code, "bad_position");
    EXPECT_FALSE(parse_sheet_position("1:2:3").has_value());
    EXPECT_FALSE(parse_sheet_position("1:2:3:-4").has_value());
    EXPECT_FALSE(parse_sheet_position("1:2:3:4:").has_value());
}

}  // namespace shangdao::exchange
