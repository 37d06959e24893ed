// What is held of rights is what the store says; where it is not, it is told and mended.
#include "base/testing.h"

#include "engine/sharing/locks.h"
#include "engine/testing_fleet.h"

namespace shangdao::engine {
namespace {

using testing_fleet::Fleet;

TEST("nothing differs after whatever members, shares and locks went through")
{
    const Fleet fleet;
    const auto boat = *fleet.create(fleet.other, "boat", R"({"name":"海鸥"})");
    for (const auto member : {fleet.admiral, fleet.captain, fleet.mate, fleet.other}) ASSERT_TRUE(fleet.engine->desk(Fleet::as(member)));
    ASSERT_TRUE(fleet.write(Fleet::as(fleet.other), [&](Work& work) -> Result<std::string> {
        CHECK_OK(share(work, fleet.engine->records(), work.desk.catalogue->at("boat"), boat, {fleet.captain, Grant::edit, {}}));
        return std::string{};
    }));
    ASSERT_TRUE(fleet.change(fleet.admiral, "member", fleet.captain, {}, R"({"manager":")" + to_string(fleet.other) + "\"}"));
    for (const auto member : {fleet.captain, fleet.mate}) ASSERT_TRUE(fleet.engine->desk(Fleet::as(member)));
    const auto compared = fleet.engine->compare_rights();
    EXPECT_GT(compared.lines, 20);
    EXPECT_EQ(compared.differences, 0) << compared.examples.front();
    EXPECT_EQ(fleet.engine->rights_differences(), 0);
}

TEST("a share and a lock that slipped past are found, told and then hold")
{
    const Fleet fleet;
    const auto boat = *fleet.create(fleet.other, "boat", R"({"name":"海鸥"})");
    const auto seen = [&] { return testing_fleet::rows(*fleet.list(fleet.captain, "boats", {})); };
    const auto locked = [&] { return testing_fleet::rows(*fleet.list(fleet.other, "boats", {.filter = "id in locked()"})); };
    EXPECT_EQ(seen(), 0U);
    // Rows without an event: no commit tells of them.
    ASSERT_TRUE(fleet.write(Fleet::system(), [&](Work& work) -> Result<std::string> {
        const auto& shares = work.desk.catalogue->at("share");
        const auto& locks = work.desk.catalogue->at("record_lock");
        fleet.engine->records().insert_quietly(work, shares, {{*shares.slot("object"), std::string{"boat"}}, {*shares.slot("record"), to_string(boat)}, {*shares.slot("grantee"), to_string(fleet.captain)},
                                                              {*shares.slot("level"), record::ChoiceKey{"read"}}});
        fleet.engine->records().insert_quietly(work, locks, {{*locks.slot("object"), std::string{"boat"}}, {*locks.slot("record"), to_string(boat)}, {*locks.slot("reason"), std::string{"x"}}});
        return std::string{};
    }));
    EXPECT_EQ(seen(), 0U);
    EXPECT_EQ(locked(), 0U);
    const auto compared = fleet.engine->compare_rights();
    EXPECT_GE(compared.differences, 3) << "the share, the lock, the captain's guard";
    EXPECT_EQ(fleet.engine->rights_differences(), compared.differences);
    EXPECT_EQ(seen(), 1U);
    EXPECT_EQ(locked(), 1U);
    EXPECT_EQ(fleet.engine->compare_rights().differences, 0);
}

}  // namespace
}  // namespace shangdao::engine
