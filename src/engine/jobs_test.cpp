// Who a job runs as.
#include "engine/jobs.h"

#include "base/testing.h"

#include "engine/testing_fleet.h"

namespace shangdao::engine {
namespace {

using testing_fleet::Fleet;

TEST("a job may do what the token that ordered it may do, and no more")
{
    Fleet fleet;
    std::string seen;
    fleet.engine->jobs().add_kind("look", [&](Engine&, const Desk& desk, const JobRow&) -> PlannedStep {
        const auto may = [&](Action action, std::string_view object) { return desk.guard->may(action, desk.catalogue->at(object)) ? "1" : "0"; };
        seen = std::string{may(Action::read, "boat")} + may(Action::edit, "boat") + may(Action::read, "harbour");
        return {.step = {.state = Step::State::finished}};
    });
    const auto run = [&](std::vector<std::string> scopes) {
        auto caller = fleet.as(fleet.captain);
        caller.scopes = std::move(scopes);
        const auto id = fleet.write(caller, [](Work& work) -> Result<std::string> { return to_string(Jobs::enqueue(work, "look", {})); });
        fleet.engine->jobs().run_to_end(*parse_id(*id));
        return seen;
    };
    EXPECT_EQ(run({}), "111");
    EXPECT_EQ(run({"read"}), "101");
    EXPECT_EQ(run({"read", "object:boat"}), "100");
    EXPECT_EQ(run({"write", "object:boat"}), "110");
}

}  // namespace
}  // namespace shangdao::engine
