// When a server's night begins, by the clock and the zone of its organisation.
#include "app/housekeeping.h"

#include "base/testing.h"

namespace shangdao::app {
namespace {

TEST("a night begins once, in the first round after three in the morning of the organisation")
{
    const auto zone = *Zone::find("Asia/Shanghai");
    const auto at = [](const char* text) { return *parse_instant(text); };
    Nights nights(at("2026-03-02T01:00:00Z"), zone);   // nine in the morning: this day has had its night
    EXPECT_FALSE(nights.begins(at("2026-03-02T02:00:00Z"), zone));
    EXPECT_FALSE(nights.begins(at("2026-03-02T18:59:00Z"), zone)) << "a minute to three";
    EXPECT_TRUE(nights.begins(at("2026-03-02T19:59:00Z"), zone));
    EXPECT_FALSE(nights.begins(at("2026-03-02T20:59:00Z"), zone)) << "the same night";
    EXPECT_FALSE(nights.begins(at("2026-03-02T10:00:00Z"), zone)) << "the clock was put back";
    EXPECT_TRUE(nights.begins(at("2026-03-05T23:00:00Z"), zone)) << "after days of rest";
}

}  // namespace
}  // namespace shangdao::app
