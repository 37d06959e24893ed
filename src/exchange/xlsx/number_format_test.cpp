#include "exchange/xlsx/number_format.h"

#include "base/testing.h"

namespace shangdao::exchange::xlsx {

TEST("a format code tells what its number means")
{
    using enum NumberMeaning;
    struct Case {
        std::string_view code;
        NumberMeaning meaning;
    };
    const Case cases[] = {
        {"General", number},        {"0.00", number},           {"#,##0.00_);[Red](#,##0.00)", number}, {"0.00E+00", number},   {"0.0%", share},
        {"yyyy-mm-dd", date},       {"m/d/yy h:mm", date_time}, {"h:mm AM/PM", time},                   {"mm:ss.0", time},      {"[h]:mm:ss", number},
        {"[$-804]yyyy\"年\"m\"月\"", date}, {"\"day\" 0", number},  {"0\\d", number},                       {"mmm", date},          {"[Red]0.00", number},
        {"# ?/?", number},          {"@", number},              {"#,##0.00 \"CNY\"", number},           {"[$¥-804]#,##0", number}, {"YYYY/MM/DD HH:MM", date_time},
        {"\"open", number},         {"[", number},              {"", number},                           {"0;yyyy", number},
    };
    for (const Case& c : cases) EXPECT_EQ(meaning_of_code(c.code), c.meaning) << c.code;
}

TEST("a number keeps its text or is shown to 15 digits")
{
    struct Case {
        std::string_view written;
        std::string_view text;
    };
    const Case cases[] = {
        {"12", "12"},       {"12.50", "12.50"},     {"-0.1", "-0.1"},  {"1.1000000000000001", "1.1"}, {"0.28999999999999998", "0.29"}, {"1E-3", "0.001"}, {"1.5e3", "1500"},
        {"1e20", "100000000000000000000"},  {"123456789012345", "123456789012345"}, {"123456789012345678", "123456789012346000"}, {"-0", "0"}, {"0E5", "0"},
        {"007", "7"},       {".5", "0.5"},          {"5.", "5"},       {"0.000012345", "0.000012345"}, {"1.5E-7", "0.00000015"}, {"-1234567.8900000001", "-1234567.89"},
        {"abc", ""},        {"", ""},               {"nan", ""},       {"inf", ""},                   {"1e400", ""},                {"1,5", ""},       {"+1", ""},
        {"99999999999999.994", "100000000000000"},
    };
    for (const Case& c : cases) EXPECT_EQ(number_text(c.written), c.text) << c.written;
}

TEST("a serial becomes a day and a time of day")
{
    using enum NumberMeaning;
    EXPECT_EQ(moment_of("46101.999999999", date_time, DateSystem::from_1900).text, "2026-03-21T00:00:00");
    EXPECT_EQ(moment_of("46101.5000057870", date_time, DateSystem::from_1900).text, "2026-03-20T12:00:00.500");
    EXPECT_EQ(moment_of("0", time, DateSystem::from_1900).text, "00:00:00");
    EXPECT_EQ(moment_of("0", date, DateSystem::from_1900).kind, CellKind::number);
    EXPECT_EQ(moment_of_iso("2026-03-20").kind, CellKind::date);
    EXPECT_EQ(moment_of_iso("08:30:00").kind, CellKind::time);
    EXPECT_EQ(moment_of_iso("2026-03-20T08:30:00.1234567Z").text, "2026-03-20T08:30:00.123");
    EXPECT_EQ(moment_of_iso("yesterday").kind, CellKind::text);
}

}  // namespace shangdao::exchange::xlsx
