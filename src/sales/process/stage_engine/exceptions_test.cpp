// A gate that a leader lets pass, and what is owed afterwards.
#include "base/testing.h"

#include <boost/json.hpp>

#include "engine/approvals/approvals.h"
#include "sales/office_testing.h"
#include "sales/process/stage_engine/process_answer.h"

namespace shangdao::process {
namespace {

using sales::Office;
using sales::refusal;

struct Exceptions {
    Office office;
    Id chief = office.hire("李总", "manager");
    Id leader = office.hire("王经理", "manager", chief);
    Id lilei = office.hire("李雷", "rep", leader);
    Id deal = office.create(lilei, "deal", R"({"name":"华兴一期","source":"referral"})")->id();

    Exceptions()
    {
        for (int i = 0; i < 2; ++i) EXPECT_TRUE(office.perform(lilei, "deal", deal, "advance"));
    }
    Result<engine::Record> ask(Id who, std::string_view verb = "advance", std::string_view arguments = "{}")
    {
        std::optional<engine::Record> approval;
        const auto asked = office.engine().write_now({.member = who}, [&](engine::Work& work) -> Result<std::string> {
            TRY(approval, engine::ask_approval(work, office.engine().records(), work.desk.catalogue->at("deal"), deal,
                                               {.verb = std::string{verb}, .arguments = boost::json::parse(arguments), .reason = "客户周五关预算"}));
            return std::string{};
        });
        if (!asked) return refuse(asked.error());
        return std::move(*approval);
    }
    std::string field(std::string_view name) { return office.show(office.read("deal", deal), "deal", name); }
    boost::json::value way(Id who)
    {
        const auto record = office.read("deal", deal);
        const auto desk = office.desk(who);
        return boost::json::parse(*process_answer(*office.engine().store().read(), desk, office.object("deal"), record));
    }
};

TEST("the refusal of a gate says whom one may ask, and only of what blocks")
{
    Exceptions here;
    const auto refused = here.office.perform(here.lilei, "deal", here.deal, "advance");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error()[0].args.at("exception_of"), "王经理, 李总");
    EXPECT_FALSE(refused.error()[1].args.contains("exception_of"));
    const auto told = here.way(here.lilei).at("exception");
    EXPECT_EQ(told.at("deciders").at(0).at("name").as_string(), "王经理");
    EXPECT_TRUE(told.at("asked").is_null());
    EXPECT_EQ(here.way(here.leader).at("exception").at("deciders").as_array().size(), 1u) << "nobody asks himself";
}

TEST("granted, the deal moves and owes what it lacks, until it is there")
{
    Exceptions here;
    const auto approval = here.ask(here.lilei);
    ASSERT_TRUE(approval) << refusal(approval);
    EXPECT_EQ(here.way(here.lilei).at("exception").at("asked").at("asked_of").at("name").as_string(), "王经理");
    EXPECT_EQ(here.field("stage"), "needs");
    const auto granted = here.office.perform(here.leader, "approval", approval->id(), "grant");
    ASSERT_TRUE(granted) << refusal(granted);
    EXPECT_EQ(here.field("stage"), "solution");
    EXPECT_TRUE(here.field("gate_debt").contains("amount"));
    EXPECT_TRUE(here.way(here.lilei).at("exception").at("asked").is_null());
    const auto event = here.office.events_of("deal", here.deal).back();
    EXPECT_EQ(event.verb, "advanced");
    EXPECT_EQ(event.actor, here.leader);
    EXPECT_EQ(event.on_behalf, here.lilei);
    const auto passages = here.office.list(here.lilei, "passage", "left_by = \"forward\"");
    EXPECT_TRUE(here.office.show(passages.back(), "passage", "missed").contains("amount"));

    // The next move must satisfy it, as after an import.
    ASSERT_TRUE(here.office.change(here.lilei, "deal", here.deal, R"({"expected_on":"2026-05-01"})"));
    EXPECT_TRUE(refusal(here.office.perform(here.lilei, "deal", here.deal, "advance")).contains("gate_unmet amount"));
    ASSERT_TRUE(here.office.change(here.lilei, "deal", here.deal, R"({"amount":"5"})"));
    EXPECT_FALSE(here.field("gate_debt").contains("amount"));
    EXPECT_EQ(refusal(here.office.perform(here.lilei, "deal", here.deal, "advance")), "");
    EXPECT_EQ(here.field("gate_debt"), "null");
}

TEST("an exception is asked for where a gate blocks, and decided by the leaders of the owner")
{
    Exceptions here;
    const auto stranger = here.office.hire("外人", "manager");
    EXPECT_EQ(refusal(here.ask(here.lilei, "step_back", R"({"reason":"x"})")), "not_approvable verb");
    EXPECT_EQ(refusal(here.ask(here.lilei, "lose", R"({"loss_reason":"price"})")), "not_approvable verb");
    EXPECT_EQ(refusal(here.ask(here.lilei, "advance", R"({"to":"closing"})")), "stage_skip to");
    EXPECT_EQ(refusal(here.ask(stranger)), "not_found deal");
    const auto approval = here.ask(here.lilei);
    EXPECT_EQ(refusal(here.office.perform(stranger, "approval", approval->id(), "grant")), "not_found approval");
    EXPECT_EQ(refusal(here.office.perform(here.lilei, "approval", approval->id(), "grant")), "approval_own");
    EXPECT_EQ(here.field("stage"), "needs");
    EXPECT_TRUE(here.office.perform(here.chief, "approval", approval->id(), "grant"));
    EXPECT_EQ(here.field("stage"), "solution");
}

TEST("a deal that moved meanwhile is not moved again by what was asked before")
{
    Exceptions here;
    const auto approval = here.ask(here.lilei);
    ASSERT_TRUE(here.office.change(here.lilei, "deal", here.deal, R"({"amount":"5"})"));
    ASSERT_TRUE(here.office.perform(here.lilei, "deal", here.deal, "advance"));
    EXPECT_EQ(refusal(here.office.perform(here.leader, "approval", approval->id(), "grant")), "approval_unfit");
    EXPECT_EQ(here.field("stage"), "solution");
}

TEST("where no leader may, administrators are asked; where the process forbids it, nobody is")
{
    Exceptions here;
    const auto admin = here.office.hire("管理员", "admin");
    const auto alone = here.office.hire("独行", "rep");
    here.deal = here.office.create(alone, "deal", R"({"name":"独单"})")->id();
    for (int i = 0; i < 2; ++i) ASSERT_TRUE(here.office.perform(alone, "deal", here.deal, "advance"));
    const auto approval = here.ask(alone);
    ASSERT_TRUE(approval) << refusal(approval);
    EXPECT_EQ(refusal(here.office.perform(here.leader, "approval", approval->id(), "grant")), "not_found approval");
    EXPECT_TRUE(here.office.perform(admin, "approval", approval->id(), "grant"));

    const auto process = here.office.list(admin, "process", "key = \"general\"").front().id();
    const std::string strict = R"({"document":"{\"stages\":[{\"key\":\"needs\",\"name\":\"需求\",\"exit\":[{\"field\":\"amount\"}]},{\"key\":\"solution\",\"name\":\"方案\"}],\"moves\":{\"exceptions\":\"forbid\"}}"})";
    ASSERT_TRUE(here.office.perform(admin, "process", process, "publish", strict));
    here.deal = here.office.create(here.lilei, "deal", R"({"name":"严单"})")->id();
    const auto refused = here.office.perform(here.lilei, "deal", here.deal, "advance");
    ASSERT_FALSE(refused);
    EXPECT_FALSE(refused.error()[0].args.contains("exception_of"));
    EXPECT_TRUE(here.way(here.lilei).at("exception").at("deciders").as_array().empty());
    EXPECT_EQ(refusal(here.ask(here.lilei)), "exceptions_forbidden");
}

}  // namespace
}  // namespace shangdao::process
