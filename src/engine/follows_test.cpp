// Whoever follows a record hears what others make of it, as far as he sees it.
#include "engine/follows.h"

#include "base/testing.h"

#include "engine/notifications.h"
#include "engine/preferences.h"
#include "engine/testing_fleet.h"

namespace shangdao::engine {
namespace {

struct Lookout : testing_fleet::Fleet {
    std::string set(Id by, Id boat, Following wanted = Following::begins) const
    {
        const auto done = write(as(by), [&](Work& work) -> Result<std::string> {
            CHECK_OK(follow(work, engine->records(), work.desk.catalogue->at("boat"), boat, wanted));
            return std::string{};
        });
        return done ? std::string{} : done.error().front().code;
    }
    // "阿德 海鸥 2 phone,built_on", one a line.
    std::string told(Id of) const
    {
        const auto desk = engine->desk(as(of));
        auto view = engine->store().read();
        const auto answer = boost::json::parse(notifications_answer(*view, *desk, {}));
        std::string lines;
        for (const auto& one : answer.at("data").as_array()) {
            if (one.at("reason").as_string() != "followed") continue;
            lines += std::string{one.at("by").at("name").as_string()} + ' ' + std::string{one.at("record").at("name").as_string()} + ' ' + std::to_string(one.at("count").as_int64()) + ' ';
            for (const auto& name : one.at("fields").as_array()) lines += std::string{lines.back() == ' ' ? "" : ","} + std::string{name.as_string()};
            lines += '\n';
        }
        EXPECT_EQ(answer.at("unread").as_int64() > 0, answer.at("data").as_array().size() > 0);
        return lines;
    }
    std::size_t listed(Id by) const { return testing_fleet::rows(*list(by, "boats", {.filter = "id in followed()"})); }
    std::string follows(Id by) const
    {
        const auto desk = engine->desk(as(by));
        return follows_answer(*engine->store().read(), *desk);
    }
};

TEST("a follower is told what others change, together until he reads it, and not what he does himself")
{
    Lookout lookout;
    const auto boat = *lookout.create(lookout.captain, "boat", R"({"name":"海鸥"})");
    EXPECT_EQ(lookout.set(lookout.admiral, boat), "");
    EXPECT_EQ(lookout.set(lookout.admiral, boat), "") << "twice is once";
    ASSERT_TRUE(lookout.change(lookout.admiral, "boat", boat, {}, R"({"phone":"010-1"})"));
    EXPECT_EQ(lookout.told(lookout.admiral), "");
    ASSERT_TRUE(lookout.change(lookout.captain, "boat", boat, {}, R"({"phone":"010-2"})"));
    ASSERT_TRUE(lookout.change(lookout.captain, "boat", boat, {}, R"({"built_on":"2026-01-01","phone":"010-3"})"));
    EXPECT_EQ(lookout.told(lookout.admiral), "凯普 海鸥 2 phone,built_on\n");
    EXPECT_EQ(lookout.told(lookout.captain), "");
    ASSERT_TRUE(lookout.write(Lookout::as(lookout.admiral), [](Work& work) -> Result<std::string> { return std::to_string(*mark_read(work, {})); }));
    ASSERT_TRUE(lookout.change(lookout.captain, "boat", boat, {}, R"({"name":"燕鸥"})"));
    EXPECT_EQ(lookout.told(lookout.admiral), "凯普 燕鸥 1 name\n凯普 燕鸥 2 phone,built_on\n");
    EXPECT_EQ(lookout.set(lookout.admiral, boat, Following::ends), "");
    ASSERT_TRUE(lookout.change(lookout.captain, "boat", boat, {}, R"({"name":"海鸥"})"));
    EXPECT_EQ(lookout.told(lookout.admiral), "凯普 海鸥 1 name\n凯普 海鸥 2 phone,built_on\n") << "he no longer follows";
}

TEST("who may not see a record can neither follow it nor hears of it, and a hidden field changes nothing")
{
    Lookout lookout;
    const auto boat = *lookout.create(lookout.captain, "boat", R"({"name":"海鸥","price":"1"})");
    EXPECT_EQ(lookout.set(lookout.other, boat), "not_found");
    EXPECT_EQ(lookout.set(lookout.mate, boat), "");
    ASSERT_TRUE(lookout.change(lookout.captain, "boat", boat, {}, R"({"price":"2"})"));
    EXPECT_EQ(lookout.told(lookout.mate), "") << "the price is hidden from him";
    ASSERT_TRUE(lookout.change(lookout.captain, "boat", boat, {}, R"({"price":"3","phone":"010-1"})"));
    EXPECT_EQ(lookout.told(lookout.mate), "凯普 海鸥 1 phone\n");
    ASSERT_TRUE(lookout.change(lookout.captain, "boat", boat, {}, R"({"price":"4"})"));
    EXPECT_EQ(lookout.told(lookout.mate), "凯普 海鸥 1 phone\n");
    EXPECT_EQ(lookout.listed(lookout.mate), 1U);
    const auto moved = lookout.write(Lookout::system(), [&](Work& work) -> Result<std::string> {
        const auto& boats = work.desk.catalogue->at("boat");
        TRY(const auto current, lookout.engine->records().visible(work.unit, work.desk, boats, boat));
        CHECK_OK(lookout.engine->records().hand_over(work, boats, current, lookout.other, {}));
        return std::string{};
    });
    ASSERT_TRUE(moved);
    EXPECT_EQ(lookout.told(lookout.mate), "") << "it is nobody's of his team now";
    EXPECT_EQ(lookout.listed(lookout.mate), 0U);
    EXPECT_EQ(lookout.follows(lookout.mate), R"({"data":[]})");
    EXPECT_EQ(lookout.set(lookout.mate, boat, Following::ends), "not_found");
}

TEST("what is followed is found in lists, by its followers alone, also after the organisation was opened anew")
{
    Lookout lookout;
    const auto boat = *lookout.create(lookout.captain, "boat", R"({"name":"海鸥"})");
    ASSERT_TRUE(lookout.create(lookout.captain, "boat", R"({"name":"燕鸥"})"));
    EXPECT_EQ(lookout.listed(lookout.captain), 0U);
    EXPECT_EQ(lookout.set(lookout.captain, boat), "");
    EXPECT_EQ(lookout.set(lookout.admiral, boat), "");
    lookout.open();
    EXPECT_EQ(lookout.listed(lookout.captain), 1U);
    EXPECT_EQ(lookout.listed(lookout.mate), 0U);
    EXPECT_EQ(lookout.follows(lookout.captain), R"({"data":[{"object":"boat","id":")" + to_string(boat) + R"("}]})");
    EXPECT_EQ(testing_fleet::rows(*lookout.list(lookout.captain, "boats", {.filter = "id not in followed()"})), 1U);
    EXPECT_EQ(lookout.query(lookout.admiral, R"x({"from":"boats","where":"id in followed()","measures":{"n":"count()"}})x")->at("rows").at(0).at("n").as_int64(), 1);
    EXPECT_EQ(lookout.set(lookout.captain, boat, Following::ends), "");
    EXPECT_EQ(lookout.listed(lookout.captain), 0U);
    EXPECT_EQ(lookout.listed(lookout.admiral), 1U) << "each follows for himself";
}

TEST("a follower who does not want to be told is not; one who is given the record hears that alone")
{
    Lookout lookout;
    const auto boat = *lookout.create(lookout.captain, "boat", R"({"name":"海鸥"})");
    EXPECT_EQ(lookout.set(lookout.admiral, boat), "");
    EXPECT_EQ(lookout.set(lookout.mate, boat), "");
    const auto off = lookout.write(Lookout::as(lookout.admiral), [&](Work& work) -> Result<std::string> {
        CHECK_OK(set_preferences(work, lookout.engine->records(), boost::json::parse(R"({"notify.followed":"off"})")));
        return std::string{};
    });
    ASSERT_TRUE(off);
    const auto given = lookout.write(Lookout::as(lookout.captain), [&](Work& work) -> Result<std::string> {
        const auto& boats = work.desk.catalogue->at("boat");
        TRY(const auto current, lookout.engine->records().visible(work.unit, work.desk, boats, boat));
        CHECK_OK(lookout.engine->records().hand_over(work, boats, current, lookout.mate, {}));
        return std::string{};
    });
    ASSERT_TRUE(given);
    EXPECT_EQ(lookout.told(lookout.admiral), "");
    EXPECT_EQ(lookout.told(lookout.mate), "");
}

}  // namespace
}  // namespace shangdao::engine
