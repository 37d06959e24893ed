// Each has his own way, and words that mean nothing change nothing.
#include "engine/preferences.h"

#include "base/testing.h"

#include "engine/testing_fleet.h"

namespace shangdao::engine {
namespace {

struct Cabin : testing_fleet::Fleet {
    std::string of(Id member, std::string_view name) const
    {
        const auto desk = engine->desk(as(member));
        const auto view = engine->store().read();
        return std::string{boost::json::parse(preferences_answer(*view, *desk)).at(name).as_string()};
    }
    std::string set(Id member, std::string_view json) const
    {
        const auto done = write(as(member), [&](Work& work) -> Result<std::string> {
            CHECK_OK(set_preferences(work, engine->records(), boost::json::parse(json)));
            return std::string{};
        });
        std::string said;
        if (!done)
            for (const auto& problem : done.error()) said += (said.empty() ? "" : ", ") + problem.code + ' ' + problem.field;
        return said;
    }
};

TEST("what was never said is the first choice; what was said holds for who said it")
{
    Cabin cabin;
    EXPECT_EQ(cabin.of(cabin.captain, "theme"), "system");
    EXPECT_EQ(cabin.set(cabin.captain, R"({"theme":"dark","notify.due":"off"})"), "");
    EXPECT_EQ(cabin.set(cabin.captain, R"({"density":"compact","theme":"light"})"), "");
    EXPECT_EQ(cabin.of(cabin.captain, "theme"), "light");
    EXPECT_EQ(cabin.of(cabin.captain, "density"), "compact");
    EXPECT_EQ(cabin.of(cabin.captain, "notify.due"), "off");
    EXPECT_EQ(cabin.of(cabin.captain, "notify.overdue"), "on");
    EXPECT_EQ(cabin.of(cabin.mate, "theme"), "system");
}

TEST("a preference that does not exist is refused with all that is wrong, and changes nothing")
{
    struct Row {
        std::string_view json, refusal;
    };
    constexpr Row rows[] = {
        {R"([])", "invalid_value "},
        {R"({"colour":"red"})", "unknown_field colour"},
        {R"({"theme":"black"})", "unknown_choice theme"},
        {R"({"theme":true})", "unknown_choice theme"},
        {R"({"theme":"dark","density":"thin","colour":"red"})", "unknown_choice density, unknown_field colour"},
    };
    Cabin cabin;
    for (const auto& row : rows) {
        EXPECT_EQ(cabin.set(cabin.captain, row.json), row.refusal) << row.json;
        EXPECT_EQ(cabin.of(cabin.captain, "theme"), "system") << row.json;
    }
}

}  // namespace
}  // namespace shangdao::engine
