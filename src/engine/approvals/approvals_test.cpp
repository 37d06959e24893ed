// A boat without a code is not sunk – unless the mate says so.
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "base/testing.h"
#include "engine/approvals/approvals.h"
#include "engine/notifications.h"
#include "engine/people.h"
#include "engine/testing_fleet.h"

namespace shangdao::engine {
namespace {

using testing_fleet::Fleet;

constexpr std::string_view sinking[] = {"sink"};

Rooms rooms()
{
    auto rooms = testing_fleet::rooms();
    rooms.add_behaviours = [plain = rooms.add_behaviours](Behaviours& behaviours, Records& records) {
        plain(behaviours, records);
        auto& boat = behaviours.of("boat");
        boat.verbs["sink"] = [sink = boat.verbs["sink"]](Work& work, const Object& object, const Record& current, const Arguments& arguments) -> Result<Record> {
            if (std::get<record::ChoiceKey>(current.at(*object.slot("state"))).key == "sunk") return refuse("record_closed", "state");
            if (record::is_null(current.at(*object.slot("code"))) && work.desk.approved != "exception") return refuse("required", "code");
            return sink(work, object, current, arguments);
        };
        boat.matters = {{.kind = "exception", .refusal = "required", .verbs = sinking,
                         .judge = [](store::View&, const Desk& desk, const Object& object, const Record& record, Id asker) -> Result<Judged> {
                             const auto owner = desk.people->find(record.owner());
                             Judged judged{.deciders = {}, .standing = std::get<record::ChoiceKey>(record.at(*object.slot("state"))).key};
                             if (owner && owner->manager && owner->manager != asker) judged.deciders.push_back(owner->manager);
                             return judged;
                         }}};
    };
    return rooms;
}

struct Asking : Fleet {
    Id boat{};

    Asking() : Fleet(rooms()) { boat = *create(captain, "boat", R"({"name":"海鸥"})"); }

    std::string ask(Id by, std::string_view verb = "sink", std::string_view arguments = R"({"reason":"旧了"})", std::string_view reason = R"("等不及")") const
    {
        const auto asked = write(as(by), [&](Work& work) -> Result<std::string> {
            TRY(const auto approval, ask_approval(work, engine->records(), work.desk.catalogue->at("boat"), boat,
                                                  {.verb = std::string{verb}, .arguments = boost::json::parse(arguments), .reason = boost::json::parse(reason)}));
            return to_string(approval.id());
        });
        return asked ? *asked : asked.error()[0].code;
    }
    // The code of the refusal, or the state the approval is in now.
    std::string decide(Id by, std::string_view approval, std::string_view verb, std::string_view arguments = R"({"note":"好"})") const
    {
        const auto decided = write(as(by), [&](Work& work) -> Result<std::string> {
            const auto& approvals = work.desk.catalogue->at("approval");
            const auto* how = verb_of(approvals, verb);
            TRY(const auto read, read_arguments(work.desk, approvals, *how, boost::json::parse(verb == "withdraw" ? "{}" : arguments)));
            TRY(const auto now, engine->records().perform(work, approvals, *parse_id(approval), std::nullopt, *how, read));
            return std::get<record::ChoiceKey>(now.at(*approvals.slot("state"))).key;
        });
        return decided ? *decided : decided.error()[0].code;
    }
    std::string state_of(std::string_view approval) const
    {
        const auto catalogue = engine->store().catalogue();
        const auto& approvals = catalogue->at("approval");
        return std::get<record::ChoiceKey>(engine->store().read()->find(approvals, *parse_id(approval))->at(*approvals.slot("state"))).key;
    }
    std::string boat_state() const
    {
        const auto catalogue = engine->store().catalogue();
        const auto& boats = catalogue->at("boat");
        return std::get<record::ChoiceKey>(engine->store().read()->find(boats, boat)->at(*boats.slot("state"))).key;
    }
    std::size_t listed(Id by) const { return testing_fleet::rows(*list(by, "approvals", {})); }
    // Reasons of what a member was told, the newest first.
    std::string told(Id by) const
    {
        const auto desk = *engine->desk(as(by));
        std::string reasons;
        const auto answer = boost::json::parse(notifications_answer(*engine->store().read(), desk, {}));
        for (const auto& one : answer.at("data").as_array()) reasons += std::string{one.at("reason").as_string()} + " ";
        return reasons;
    }
    record::Event last(std::string_view object) const
    {
        record::Event found;
        for (auto& event : engine->store().read()->events_after(0, 10'000))
            if (event.object == object) found = event;
        return found;
    }
};

TEST("what is granted is done by the rights of both, and the event names both")
{
    const Asking fleet;
    const auto approval = fleet.ask(fleet.captain);
    EXPECT_EQ(fleet.boat_state(), "docked");
    EXPECT_EQ(fleet.state_of(approval), "asked");
    EXPECT_EQ(fleet.told(fleet.mate), "approval_asked ");
    EXPECT_EQ(fleet.decide(fleet.mate, approval, "grant"), "granted");
    EXPECT_EQ(fleet.boat_state(), "sunk");
    EXPECT_EQ(fleet.told(fleet.captain), "approval_decided ");
    const auto event = fleet.last("boat");
    EXPECT_EQ(event.verb, "sunk");
    EXPECT_EQ(event.actor, fleet.mate);
    EXPECT_EQ(event.on_behalf, fleet.captain);
    const auto line = fleet.timeline(fleet.captain, "boat", fleet.boat)->at("data").at(0);
    EXPECT_EQ(line.at("actor").at("name").as_string(), "马特");
    EXPECT_EQ(line.at("on_behalf").at("name").as_string(), "凯普");
}

TEST("who asked, who may decide and who sees everything see an approval; nobody else does")
{
    const Asking fleet;
    const auto approval = fleet.ask(fleet.captain);
    for (const auto who : {fleet.captain, fleet.mate, fleet.admiral, fleet.clerk}) EXPECT_EQ(fleet.listed(who), 1u);
    EXPECT_EQ(fleet.listed(fleet.other), 0u);
    EXPECT_EQ(fleet.decide(fleet.other, approval, "grant"), "not_found");
    EXPECT_FALSE((*fleet.list(fleet.admiral, "approvals", {})).at("data").at(0).as_object().contains("arguments")) << "what was asked may name what not everybody reads";
}

TEST("an approval is refused where it must be, and then nothing has changed")
{
    Asking fleet;
    EXPECT_EQ(fleet.ask(fleet.other), "not_found");
    EXPECT_EQ(fleet.ask(fleet.captain, "sink", R"({"reason":"旧了"})", "null"), "required");
    EXPECT_EQ(fleet.ask(fleet.captain, "sink", R"({"reason":"旧了"})", "5"), "invalid_value");
    EXPECT_EQ(fleet.ask(fleet.captain, "hand_over", "{}"), "not_approvable");
    EXPECT_EQ(fleet.ask(fleet.captain, "fly", "{}"), "not_approvable");
    fleet.boat = *fleet.create(fleet.admiral, "boat", R"({"name":"旗舰"})");
    EXPECT_EQ(fleet.ask(fleet.admiral), "nobody_decides");
    EXPECT_EQ(fleet.boat_state(), "docked");
    EXPECT_EQ(fleet.listed(fleet.admiral), 0u);
}

TEST("nobody decides his own, nobody decides without the right, and nothing is decided twice")
{
    Asking fleet;
    const auto approval = fleet.ask(fleet.captain);
    EXPECT_EQ(fleet.ask(fleet.captain), "approval_waits");
    EXPECT_EQ(fleet.decide(fleet.captain, approval, "grant"), "approval_own");
    EXPECT_EQ(fleet.decide(fleet.captain, approval, "refuse"), "approval_own");
    EXPECT_EQ(fleet.decide(fleet.clerk, approval, "grant"), "forbidden") << "the clerk sees it and changes nothing";
    EXPECT_EQ(fleet.decide(fleet.mate, approval, "withdraw"), "forbidden") << "it is not his to take back";
    EXPECT_EQ(fleet.decide(fleet.mate, approval, "refuse", "{}"), "required");
    EXPECT_EQ(fleet.state_of(approval), "asked");
    EXPECT_EQ(fleet.decide(fleet.mate, approval, "refuse"), "refused");
    EXPECT_EQ(fleet.boat_state(), "docked");
    for (const auto* verb : {"grant", "refuse"}) EXPECT_EQ(fleet.decide(fleet.mate, approval, verb), "approval_closed");
    EXPECT_EQ(fleet.decide(fleet.captain, approval, "withdraw"), "approval_closed");

    const auto again = fleet.ask(fleet.captain);
    EXPECT_EQ(fleet.decide(fleet.captain, again, "withdraw"), "withdrawn");
    EXPECT_EQ(fleet.decide(fleet.mate, again, "grant"), "approval_closed");
    EXPECT_EQ(fleet.decide(fleet.admiral, fleet.ask(fleet.captain), "grant"), "granted") << "an administrator may, too";
}

TEST("an approval is written by its verbs alone, whoever tries")
{
    const Asking fleet;
    const auto approval = *parse_id(fleet.ask(fleet.captain));
    EXPECT_EQ(fleet.create(fleet.admiral, "approval", R"({})").error()[0].code, "forbidden");
    EXPECT_EQ(fleet.change(fleet.admiral, "approval", approval, std::nullopt, R"({"state":"granted"})").error()[0].code, "read_only_field");
    EXPECT_EQ(fleet.change(fleet.admiral, "approval", approval, std::nullopt, R"({"reason":"x"})").error()[0].code, "read_only_field");
    const auto removed = fleet.write(Fleet::as(fleet.admiral), [&](Work& work) -> Result<std::string> {
        CHECK_OK(fleet.engine->records().remove(work, work.desk.catalogue->at("approval"), approval, std::nullopt));
        return std::string{};
    });
    EXPECT_EQ(removed.error()[0].code, "forbidden");
    EXPECT_EQ(fleet.state_of(to_string(approval)), "asked");
}

TEST("a record that went on since is not written to, and the approval stays open")
{
    Asking fleet;
    const auto approval = fleet.ask(fleet.captain);
    ASSERT_TRUE(fleet.change(fleet.captain, "boat", fleet.boat, std::nullopt, R"({"code":"A1"})"));
    EXPECT_EQ(fleet.ask(fleet.captain), "approval_needless") << "nothing stands in the way now";
    EXPECT_EQ(fleet.boat_state(), "docked") << "and the try was taken back";
    const auto sunk = fleet.write(Fleet::as(fleet.captain), [&](Work& work) -> Result<std::string> {
        const auto& boats = work.desk.catalogue->at("boat");
        TRY(const auto read, read_arguments(work.desk, boats, *verb_of(boats, "sink"), boost::json::parse(R"({"reason":"x"})")));
        CHECK_OK(fleet.engine->records().perform(work, boats, fleet.boat, std::nullopt, *verb_of(boats, "sink"), read));
        return std::string{};
    });
    ASSERT_TRUE(sunk);
    EXPECT_EQ(fleet.decide(fleet.mate, approval, "grant"), "approval_unfit");
    EXPECT_EQ(fleet.state_of(approval), "asked");
    EXPECT_EQ(fleet.decide(fleet.mate, approval, "refuse"), "refused");
}

TEST("who asked and may no longer do it himself has nothing to be granted")
{
    const Asking fleet;
    const auto approval = fleet.ask(fleet.captain);
    const auto handed = fleet.write(Fleet::as(fleet.admiral), [&](Work& work) -> Result<std::string> {
        const auto& boats = work.desk.catalogue->at("boat");
        CHECK_OK(fleet.engine->records().hand_over(work, boats, *work.unit.find(boats, fleet.boat), fleet.other, ""));
        return std::string{};
    });
    ASSERT_TRUE(handed);
    EXPECT_EQ(fleet.decide(fleet.admiral, approval, "grant"), "approval_unfit");
    EXPECT_EQ(fleet.boat_state(), "docked");
}

TEST("an approval stands for seven days, and who asked is told that it is over")
{
    Asking fleet;
    const auto approval = fleet.ask(fleet.captain);
    const auto lapse = [&] {
        std::int64_t lapsed = 0;
        const auto done = fleet.write(Fleet::system(), [&](Work& work) -> Result<std::string> {
            lapsed = lapse_approvals(work, fleet.engine->records(), 100);
            return std::string{};
        });
        EXPECT_TRUE(done);
        return lapsed;
    };
    fleet.clock.advance(approval_stands - std::chrono::microseconds{1});
    EXPECT_EQ(lapse(), 0);
    fleet.clock.advance(std::chrono::microseconds{1});
    EXPECT_EQ(fleet.decide(fleet.mate, approval, "grant"), "approval_closed") << "before anybody swept it away";
    EXPECT_EQ(lapse(), 1);
    EXPECT_EQ(lapse(), 0);
    EXPECT_EQ(fleet.state_of(approval), "lapsed");
    EXPECT_EQ(fleet.told(fleet.captain), "approval_decided ");
    EXPECT_EQ(fleet.boat_state(), "docked");
}

TEST("of many who grant at once one does it")
{
    const Asking fleet;
    const auto approval = fleet.ask(fleet.captain);
    std::atomic<int> granted = 0, closed = 0;
    std::vector<std::jthread> threads;
    for (const auto who : {fleet.mate, fleet.admiral, fleet.mate, fleet.admiral})
        threads.emplace_back([&, who] {
            const auto answer = fleet.decide(who, approval, "grant");
            granted += answer == "granted" ? 1 : 0;
            closed += answer == "approval_closed" ? 1 : 0;
        });
    threads.clear();
    EXPECT_EQ(granted, 1);
    EXPECT_EQ(closed, 3);
}

}  // namespace
}  // namespace shangdao::engine
