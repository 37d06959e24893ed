// Over a shoulder: what both see, by list and by record alike.
#include "engine/member_sight.h"

#include <algorithm>
#include <set>

#include "base/testing.h"

#include "engine/testing_fleet.h"

namespace shangdao::engine {
namespace {

using testing_fleet::Fleet;

struct Bridge : Fleet {
    Id mine = *create(captain, "boat", R"({"name":"海鸥","price":"100.00"})");
    Id others = *create(other, "boat", R"({"name":"燕鸥","price":"200.00"})");
    Id mates = *create(mate, "boat", R"({"name":"信天翁"})");

    boost::json::value sight(Id asker, Id member, std::string_view object) const
    {
        auto view = engine->store().read();
        const auto answer = boost::json::parse(sight_answer(*view, *engine->look_over(as(asker), member)));
        const auto& objects = answer.at("objects").as_array();
        return *std::ranges::find_if(objects, [&](const boost::json::value& one) { return one.at("name").as_string() == object; });
    }
    // The names in the list, in their order; the records of the list are those the guard says are seen.
    std::string boats(Id asker, Id member) const
    {
        const auto shoulder = *engine->look_over(as(asker), member);
        auto view = engine->store().read();
        const auto answer = boost::json::parse(*sight_list_answer(*view, shoulder, engine->seal(), engine->anchors(), "boat"));
        std::set<std::string> names;
        for (const auto& row : answer.at("data").as_array()) names.emplace(row.at("name").as_string());
        const auto& object = shoulder.asker.catalogue->at("boat");
        std::size_t seen = 0;
        for (const auto id : {mine, others, mates}) seen += shoulder.desk->guard->sees(*view, object, *view->find(object, id)) ? 1 : 0;
        EXPECT_EQ(seen, answer.at("data").as_array().size());
        EXPECT_EQ(sight(asker, member, "boat").at("count").to_number<std::size_t>(), seen);
        std::string joined;
        for (const auto& one : names) joined += (joined.empty() ? "" : " ") + one;
        return joined;
    }
};

TEST("an administrator sees over a shoulder what the member sees")
{
    const Bridge bridge;
    EXPECT_EQ(bridge.boats(bridge.admiral, bridge.captain), "海鸥");
    EXPECT_EQ(bridge.boats(bridge.admiral, bridge.mate), "信天翁 海鸥");
    const auto boat = bridge.sight(bridge.admiral, bridge.mate, "boat");
    EXPECT_EQ(boat.at("read").as_string(), "team");
    EXPECT_EQ(boat.at("delete").as_string(), "none");
    EXPECT_EQ(boost::json::serialize(boat.at("hidden")), R"(["price"])");
    EXPECT_FALSE(boat.at("bounded").as_bool());
    EXPECT_EQ(boost::json::serialize(bridge.sight(bridge.admiral, bridge.clerk, "boat").at("masked")), R"(["phone"])");
    EXPECT_EQ(boost::json::serialize(bridge.sight(bridge.admiral, bridge.clerk, "boat").at("read_only")), R"(["built_on"])");
}

TEST("nobody sees over a shoulder more than himself, neither records nor fields")
{
    const Bridge bridge;
    EXPECT_EQ(bridge.boats(bridge.mate, bridge.admiral), "信天翁 海鸥");
    EXPECT_EQ(bridge.boats(bridge.mate, bridge.other), "");
    EXPECT_EQ(bridge.boats(bridge.captain, bridge.admiral), "海鸥");
    EXPECT_EQ(bridge.boats(bridge.captain, bridge.mate), "海鸥");
    const auto boat = bridge.sight(bridge.mate, bridge.captain, "boat");
    EXPECT_TRUE(boat.at("bounded").as_bool());
    EXPECT_EQ(boost::json::serialize(boat).find("price"), std::string::npos);
    auto view = bridge.engine->store().read();
    const auto list = sight_list_answer(*view, *bridge.engine->look_over(Fleet::as(bridge.mate), bridge.admiral), bridge.engine->seal(), bridge.engine->anchors(), "boat");
    EXPECT_EQ(list->find("price"), std::string::npos);
    EXPECT_FALSE(sight_list_answer(*view, *bridge.engine->look_over(Fleet::as(bridge.captain), bridge.admiral), bridge.engine->seal(), bridge.engine->anchors(), "role"));
}

TEST("over the shoulder of whoever is not there is nothing")
{
    const Bridge bridge;
    EXPECT_FALSE(bridge.engine->look_over(Fleet::as(bridge.admiral), Id{1}));
    EXPECT_FALSE(bridge.engine->look_over(Fleet::as(Id{1}), bridge.admiral));
}

}  // namespace
}  // namespace shangdao::engine
