#include "base/time.h"

#include "base/require.h"
#include "base/testing.h"

namespace shangdao {

TEST("a date reads and prints as ISO 8601")
{
    EXPECT_EQ(to_string(Date{0}), "1970-01-01");
    for (const auto* text : {"0001-01-01", "1969-12-31", "2024-02-29", "2026-03-20", "9999-12-31"}) {
        ASSERT_TRUE(parse_date(text)) << text;
        EXPECT_EQ(to_string(*parse_date(text)), text);
    }
    EXPECT_EQ(parse_date("2026-03-20"), Date::of(2026, 3, 20));
    EXPECT_EQ(Date::of(2026, 3, 1) - Date::of(2026, 2, 28), 1);
    EXPECT_EQ(Date::of(2026, 2, 28) + 1, Date::of(2026, 3, 1));
}

TEST("a day that does not exist is not a date")
{
    for (const auto* text :
         {"", "2026-02-29", "2026-13-01", "2026-00-10", "2026-01-00", "2026-1-1", "26-01-01", "0000-01-01",
          "2026/01/01", "2026-01-01 ", " 2026-01-01", "2026-01-01T", "２026-01-01", "-001-01-01"})
        EXPECT_FALSE(parse_date(text)) << text;
    EXPECT_THROW(Date::of(2026, 2, 29), Bug);
    EXPECT_THROW(Date::of(0, 1, 1), Bug);
}

TEST("an instant prints in UTC without trailing zeros in the fraction")
{
    EXPECT_EQ(to_string(Instant{0}), "1970-01-01T00:00:00Z");
    EXPECT_EQ(to_string(Instant{-1}), "1969-12-31T23:59:59.999999Z");
    EXPECT_EQ(to_string(Instant{1'500'000}), "1970-01-01T00:00:01.5Z");
    EXPECT_EQ(to_string(Instant{-86'400'000'000}), "1969-12-31T00:00:00Z");
}

TEST("an instant reads RFC 3339 with Z or an offset")
{
    struct Row {
        const char* text;
        const char* utc;
    };
    for (const auto& [text, utc] : {
             Row{"2026-03-20T08:30:00Z", "2026-03-20T08:30:00Z"},
             Row{"2026-03-20T08:30:00.000001Z", "2026-03-20T08:30:00.000001Z"},
             Row{"2026-03-20T08:30:00.25+08:00", "2026-03-20T00:30:00.25Z"},
             Row{"2026-03-20t00:30:00+08:00", "2026-03-19T16:30:00Z"},
             Row{"2026-12-31 20:00:00-05:30", "2027-01-01T01:30:00Z"},
         }) {
        ASSERT_TRUE(parse_instant(text)) << text;
        EXPECT_EQ(to_string(*parse_instant(text)), utc);
    }
}

TEST("what is not a whole RFC 3339 instant is refused")
{
    for (const auto* text :
         {"", "2026-03-20", "2026-03-20T08:30Z", "2026-03-20T08:30:00", "2026-03-20T24:00:00Z", "2026-03-20T08:60:00Z",
          "2026-03-20T08:30:60Z", "2026-03-20T08:30:00.Z", "2026-03-20T08:30:00.1234567Z", "2026-03-20T08:30:00+8:00",
          "2026-03-20T08:30:00+0800", "2026-03-20T08:30:00ZZ", "2026-02-30T08:30:00Z"})
        EXPECT_FALSE(parse_instant(text)) << text;
}

TEST("a duration reads and prints in its own unit")
{
    EXPECT_EQ(parse_duration("15d"), (Duration{15, Duration::Unit::days}));
    EXPECT_EQ(parse_duration("10wd"), (Duration{10, Duration::Unit::working_days}));
    EXPECT_EQ(parse_duration("36h"), (Duration{36, Duration::Unit::hours}));
    EXPECT_EQ(parse_duration("90m"), (Duration{90, Duration::Unit::minutes}));
    for (const auto* text : {"0d", "15d", "10wd", "36h", "90m", "999999999m"})
        EXPECT_EQ(to_string(parse_duration(text).value()), text);
    for (const auto* text : {"", "d", "15", "-1d", "1.5d", "15 d", "15D", "15s", "15dd", "1d2h", "9999999999m"})
        EXPECT_FALSE(parse_duration(text)) << text;
}

TEST("a manual clock stands still until told")
{
    ManualClock clock(Instant{10});
    EXPECT_EQ(clock.now(), clock.now());
    clock.advance(std::chrono::seconds{1});
    EXPECT_EQ(clock.now(), Instant{1'000'010});
    clock.set(Instant{5});
    EXPECT_EQ(clock.now() - Instant{2}, std::chrono::microseconds{3});
}

TEST("the system clock knows that it is later than 2024")
{
    EXPECT_GT(SystemClock{}.now(), parse_instant("2024-01-01T00:00:00Z").value());
}

}  // namespace shangdao
