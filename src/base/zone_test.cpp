#include "base/zone.h"

#include <algorithm>
#include <thread>

#include "base/testing.h"

namespace shangdao {
namespace {

Instant at(std::string_view iso)
{
    return parse_instant(iso).value();
}

Date day(std::string_view iso)
{
    return parse_date(iso).value();
}

Zone zone(std::string_view name)
{
    return Zone::find(name).value();
}

}  // namespace

TEST("zones are found by their IANA name only")
{
    for (const auto* name : {"Asia/Shanghai", "Europe/Berlin", "America/New_York", "Etc/GMT+8", "UTC",
                             "America/Argentina/Buenos_Aires", "America/Port-au-Prince"})
        EXPECT_EQ(zone(name).name(), name);
    for (const auto* name : {"", "Asia", "Asia/Nowhere", "PST", "GMT+8", "+08:00", "Etc/Unknown", "Asia/Shanghai ",
                             "亚洲/上海", "../etc/passwd"})
        EXPECT_FALSE(Zone::find(name)) << name;
}

TEST("Shanghai is eight hours ahead, with summer time only in its history")
{
    const auto shanghai = zone("Asia/Shanghai");
    EXPECT_EQ(shanghai.offset_seconds(at("2026-07-01T00:00:00Z")), 8 * 3600);
    EXPECT_EQ(shanghai.offset_seconds(at("1988-07-01T00:00:00Z")), 9 * 3600);
    EXPECT_EQ(shanghai.date_of(at("2026-03-19T15:59:59.999999Z")), day("2026-03-19"));
    EXPECT_EQ(shanghai.date_of(at("2026-03-19T16:00:00Z")), day("2026-03-20"));
    EXPECT_EQ(shanghai.start_of(day("2026-03-20")), at("2026-03-19T16:00:00Z"));
    EXPECT_EQ(shanghai.start_of(day("0001-01-01")).us,
              (-719162LL * 86400 - shanghai.offset_seconds(at("0001-01-02T00:00:00Z"))) * 1'000'000);
}

TEST("UTC has its days where they are")
{
    EXPECT_EQ(Zone::utc().date_of(Instant{-1}), day("1969-12-31"));
    EXPECT_EQ(Zone::utc().start_of(day("2026-03-20")), at("2026-03-20T00:00:00Z"));
    EXPECT_EQ(zone("UTC").offset_seconds(Instant{0}), 0);
}

TEST("the offset follows summer time, until 2100 too")
{
    const auto berlin = zone("Europe/Berlin");
    EXPECT_EQ(berlin.offset_seconds(at("2026-03-29T00:59:59Z")), 3600);
    EXPECT_EQ(berlin.offset_seconds(at("2026-03-29T01:00:00Z")), 7200);
    EXPECT_EQ(berlin.offset_seconds(at("2026-10-25T00:59:59Z")), 7200);
    EXPECT_EQ(berlin.offset_seconds(at("2026-10-25T01:00:00Z")), 3600);
    EXPECT_EQ(berlin.offset_seconds(at("2099-07-01T00:00:00Z")), 7200);
    const auto new_york = zone("America/New_York");
    EXPECT_EQ(new_york.start_of(day("2026-01-15")), at("2026-01-15T05:00:00Z"));
    EXPECT_EQ(new_york.start_of(day("2026-07-15")), at("2026-07-15T04:00:00Z"));
    EXPECT_EQ(new_york.date_of(at("2026-07-15T03:59:59Z")), day("2026-07-14"));
}

TEST("a midnight that is skipped or comes twice has one start of day")
{
    struct Row {
        const char* zone;
        const char* date;
        const char* start;
    };
    for (const auto& [name, date, start] : {
             Row{"America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00:00Z"},   // 00:00 → 01:00
             Row{"America/Sao_Paulo", "2018-02-18", "2018-02-18T03:00:00Z"},   // 00:00 → 23:00 the day before
             Row{"America/Havana", "2026-11-01", "2026-11-01T04:00:00Z"},      // 01:00 → 00:00, both in the day
             Row{"Pacific/Apia", "2011-12-29", "2011-12-29T10:00:00Z"},
             Row{"Pacific/Apia", "2011-12-30", "2011-12-30T10:00:00Z"},  // a day that never was: the next one begins
             Row{"Pacific/Apia", "2011-12-31", "2011-12-30T10:00:00Z"},
             Row{"Asia/Shanghai", "1988-04-17", "1988-04-16T16:00:00Z"},
         })
        EXPECT_EQ(to_string(zone(name).start_of(day(date))), start) << name << ' ' << date;
}

TEST("every day starts on itself, and the microsecond before is another day")
{
    for (const auto* name : {"Asia/Shanghai", "Europe/London", "America/Sao_Paulo", "Australia/Lord_Howe",
                             "Asia/Kathmandu", "Africa/Casablanca", "America/St_Johns"}) {
        const auto there = zone(name);
        for (Date date = day("1990-01-01"); date < day("2060-01-01"); date = date + 1) {
            const auto start = there.start_of(date);
            ASSERT_EQ(there.date_of(start), date) << name << ' ' << to_string(date);
            ASSERT_EQ(there.date_of(Instant{start.us - 1}), date + -1) << name << ' ' << to_string(date);
        }
    }
}

TEST("threads share a zone")
{
    const auto berlin = zone("Europe/Berlin");
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i)
        threads.emplace_back([berlin] {
            for (Date date = day("2020-01-01"); date < day("2030-01-01"); date = date + 1)
                EXPECT_EQ(berlin.date_of(berlin.start_of(date)), date);
        });
}

TEST("without holidays Monday to Friday are worked")
{
    const WorkCalendar plain;
    EXPECT_TRUE(plain.works(day("2026-03-20")));
    EXPECT_FALSE(plain.works(day("2026-03-21")));
    EXPECT_FALSE(plain.works(day("2026-03-22")));
    EXPECT_EQ(plain.ordinal(day("1970-01-01")), 1);
    EXPECT_EQ(plain.ordinal(day("1970-01-04")), 2);
    EXPECT_EQ(plain.ordinal(day("1970-01-05")), 3);
    EXPECT_EQ(plain.ordinal(day("1969-12-31")), 0);
    EXPECT_EQ(plain.ordinal(day("1969-12-30")), -1);
}

TEST("China rests and makes up as the State Council says")
{
    const auto china = WorkCalendar::china();
    for (const auto* rest : {"2024-01-01", "2024-02-12", "2025-01-28", "2025-10-08", "2026-01-02", "2026-02-23",
                             "2026-06-19", "2026-10-07", "2026-03-21"})
        EXPECT_FALSE(china.works(day(rest))) << rest;
    for (const auto* work : {"2024-02-04", "2024-02-09", "2024-10-12", "2025-01-26", "2025-06-03", "2026-01-04",
                             "2026-02-14", "2026-02-28", "2026-10-10", "2026-03-20"})
        EXPECT_TRUE(china.works(day(work))) << work;
}

TEST("each year of China's calendar has its weekdays less the 11 legal holidays, 13 from 2025 on")
{
    const auto china = WorkCalendar::china();
    EXPECT_EQ(china.ordinal(day("2024-12-31")) - china.ordinal(day("2023-12-31")), 262 - 11);
    EXPECT_EQ(china.ordinal(day("2025-12-31")) - china.ordinal(day("2024-12-31")), 261 - 13);
    EXPECT_EQ(china.ordinal(day("2026-12-31")) - china.ordinal(day("2025-12-31")), 261 - 13);
}

TEST("the ordinal counts exactly the worked days")
{
    const WorkCalendar calendar({day("1969-12-25"), day("1970-01-01"), day("2026-03-20"), day("2026-03-21")},
                                {day("1969-12-27"), day("2026-03-22"), day("2026-03-20")});
    EXPECT_TRUE(calendar.works(day("2026-03-20"))) << "a holiday that is made up is worked";
    for (const auto& any : {calendar, WorkCalendar::china()}) {
        std::int64_t expected = any.ordinal(day("1965-01-01"));
        for (Date date = day("1965-01-02"); date < day("2030-01-01"); date = date + 1) {
            expected += any.works(date) ? 1 : 0;
            ASSERT_EQ(any.ordinal(date), expected) << to_string(date);
        }
        EXPECT_EQ(any.ordinal(day("1969-12-31")), 0);
    }
}

TEST("working days are added and taken away")
{
    const auto china = WorkCalendar::china();
    struct Row {
        const char* from;
        std::int64_t count;
        const char* to;
    };
    for (const auto& [from, count, to] : {
             Row{"2026-03-20", 0, "2026-03-20"},
             Row{"2026-03-20", 1, "2026-03-23"},
             Row{"2026-03-21", 0, "2026-03-21"},
             Row{"2026-03-21", 1, "2026-03-23"},
             Row{"2026-02-13", 1, "2026-02-14"},
             Row{"2026-02-14", 1, "2026-02-24"},
             Row{"2026-09-30", 1, "2026-10-08"},
             Row{"2026-03-23", -1, "2026-03-20"},
             Row{"2026-03-22", -1, "2026-03-20"},
             Row{"2026-10-08", -1, "2026-09-30"},
             Row{"2026-03-20", 10, "2026-04-03"},
             Row{"2026-03-20", 1'000'000'000'000, "9999-12-31"},
             Row{"2026-03-20", -1'000'000'000'000, "0001-01-01"},
         })
        EXPECT_EQ(to_string(china.add_working_days(day(from), count)), to) << from << " + " << count;
}

TEST("adding working days agrees with walking day by day")
{
    const auto china = WorkCalendar::china();
    for (Date from = day("2025-12-01"); from < day("2026-03-15"); from = from + 1)
        for (int count = -30; count <= 30; ++count) {
            Date walked = from;
            for (int left = count; left != 0;) {
                walked = walked + (count > 0 ? 1 : -1);
                if (china.works(walked)) left += count > 0 ? -1 : 1;
            }
            ASSERT_EQ(china.add_working_days(from, count), walked) << to_string(from) << " + " << count;
        }
}

TEST("the changes of a zone tell every offset, and the exceptions of a calendar every day that is not as its weekday")
{
    const auto berlin = zone("Europe/Berlin");
    const auto changes = berlin.changes();
    ASSERT_GT(changes.size(), 100U);
    for (std::size_t i = 1; i < changes.size(); ++i) {
        EXPECT_EQ(berlin.offset_seconds(Instant{changes[i].at_seconds * 1'000'000}), changes[i].offset_seconds);
        EXPECT_EQ(berlin.offset_seconds(Instant{changes[i].at_seconds * 1'000'000 - 1}), changes[i - 1].offset_seconds);
    }
    const auto china = WorkCalendar::china();
    const auto exceptions = china.exceptions();
    const WorkCalendar weekdays;
    for (Date date = day("2023-12-25"); date < day("2027-01-10"); date = date + 1)
        EXPECT_EQ(std::ranges::binary_search(exceptions, date), china.works(date) != weekdays.works(date)) << to_string(date);
}

}  // namespace shangdao
