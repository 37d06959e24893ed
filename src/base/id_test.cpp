#include "base/id.h"

#include <set>
#include <thread>
#include <vector>

#include "base/testing.h"

namespace shangdao {
namespace {

Instant at(std::string_view iso)
{
    return parse_instant(iso).value();
}

}  // namespace

TEST("an id travels as a decimal string")
{
    EXPECT_EQ(to_string(Id{1}), "1");
    EXPECT_EQ(parse_id(to_string(Id{147258369})), Id{147258369});
    EXPECT_EQ(parse_id("9223372036854775807"), Id{9223372036854775807});
}

TEST("what is not 1 to 19 plain digits of a positive number is no id")
{
    for (const auto* text : {"", "0", "01", "-1", "+1", " 1", "1 ", "1.0", "1e3", "0x1", "９", "9223372036854775808",
                             "99999999999999999999", "abc"})
        EXPECT_FALSE(parse_id(text)) << text;
}

TEST("no id is false, an id is true")
{
    EXPECT_FALSE(Id{});
    EXPECT_TRUE(Id{5});
}

TEST("ids begin with the milliseconds since 2024")
{
    const ManualClock clock(at("2024-01-01T00:00:01Z"));
    IdSource source(clock);
    EXPECT_EQ(source.next(), Id{std::int64_t{1000} << 21});
    EXPECT_EQ(source.next(), Id{(std::int64_t{1000} << 21) + 1});
}

TEST("ids grow when the clock stands, steps back, or is older than the store")
{
    ManualClock clock(at("2026-03-20T08:00:00Z"));
    IdSource source(clock);
    Id last = source.next();
    for (const auto* now :
         {"2026-03-20T08:00:00Z", "2026-03-20T07:00:00Z", "2020-01-01T00:00:00Z", "2026-03-21T00:00:00Z"}) {
        clock.set(at(now));
        const Id next = source.next();
        EXPECT_LT(last, next) << now;
        last = next;
    }
    IdSource restarted(clock, Id{last.value + (std::int64_t{1} << 50)});
    EXPECT_EQ(restarted.next().value, last.value + (std::int64_t{1} << 50) + 1);
}

TEST("an id is positive even before 2024")
{
    const ManualClock clock(at("1999-12-31T00:00:00Z"));
    IdSource source(clock);
    EXPECT_EQ(source.next(), Id{1});
}

TEST("threads that draw from one source never draw the same id")
{
    const SystemClock clock;
    IdSource source(clock);
    std::vector<std::vector<Id>> drawn(4);
    std::vector<std::jthread> threads;
    for (auto& ids : drawn)
        threads.emplace_back([&source, &ids] {
            for (int i = 0; i < 5000; ++i) ids.push_back(source.next());
        });
    threads.clear();
    std::set<Id> all;
    for (const auto& ids : drawn) {
        EXPECT_TRUE(std::is_sorted(ids.begin(), ids.end()));
        all.insert(ids.begin(), ids.end());
    }
    EXPECT_EQ(all.size(), 20000u);
}

}  // namespace shangdao
