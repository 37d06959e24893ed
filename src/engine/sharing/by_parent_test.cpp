// What is given by parent, and what never is.
#include "base/testing.h"

#include "engine/sharing/testing_sharing.h"

namespace shangdao::engine {
namespace {

using testing_fleet::Fleet;
using testing_sharing::SharingFleet;

TEST("by parent, whoever may edit a record edits what belongs to it, and neither deletes nor gives it away; a lock of the parent ends it")
{
    const SharingFleet fleet;
    const auto boat = fleet.boat(fleet.captain, 1'000);
    const auto visit = *fleet.create(fleet.admiral, "visit", R"({"name":"v","boat":")" + to_string(boat) + "\"}");
    auto edits = [&, times = 0](Id by) mutable { return fleet.refusal(fleet.change(by, "visit", visit, {}, R"({"name":"v)" + std::to_string(++times) + "\"}")); };
    const auto removes = [&](Id by) {
        return fleet.refusal(fleet.write(Fleet::as(by), [&](Work& work) -> Result<std::string> {
            CHECK_OK(fleet.engine->records().remove(work, work.desk.catalogue->at("visit"), visit, {}));
            return std::string{};
        }));
    };
    const auto gives_away = [&](Id by) {
        return fleet.refusal(fleet.write(Fleet::as(by), [&](Work& work) -> Result<std::string> {
            const auto& visits = work.desk.catalogue->at("visit");
            TRY(const auto arguments, read_arguments(work.desk, visits, hand_over_verb(), boost::json::parse(R"({"owner":")" + to_string(by) + "\"}")));
            CHECK_OK(fleet.engine->records().perform(work, visits, visit, {}, hand_over_verb(), arguments));
            return std::string{};
        }));
    };
    EXPECT_EQ(edits(fleet.captain), "forbidden") << "he sees it through his boat";
    const auto rule = fleet.made("sharing_rule", R"({"name":"parent","object":"visit","basis":"by_parent","audience":"everyone","level":"read","active":true})");
    EXPECT_EQ(edits(fleet.captain), "forbidden");
    ASSERT_TRUE(fleet.change(fleet.admiral, "sharing_rule", rule, 1, R"({"level":"edit"})"));
    EXPECT_EQ(edits(fleet.captain), "");
    EXPECT_EQ(edits(fleet.mate), "") << "his leader edits the boat, too";
    EXPECT_EQ(edits(fleet.other), "not_found");
    EXPECT_EQ(removes(fleet.captain), "forbidden");
    EXPECT_EQ(gives_away(fleet.captain), "forbidden");

    ASSERT_TRUE(fleet.give(fleet.captain, boat, fleet.other, Grant::read));
    EXPECT_EQ(edits(fleet.other), "forbidden") << "he only reads the boat";
    ASSERT_TRUE(fleet.give(fleet.captain, boat, fleet.other, Grant::edit));
    EXPECT_EQ(edits(fleet.other), "");

    fleet.made("sharing_rule", R"({"name":"closed","object":"boat","basis":"criteria","criteria":"price > 0","audience":"everyone","level":"lock","active":true})");
    EXPECT_EQ(edits(fleet.captain), "forbidden") << "of what is locked nothing is edited through it";
    EXPECT_EQ(edits(fleet.admiral), "") << "by his role";
}

}  // namespace
}  // namespace shangdao::engine
