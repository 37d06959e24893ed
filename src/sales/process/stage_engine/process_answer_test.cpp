// The way of a record as its page shows it.
#include "base/testing.h"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <algorithm>

#include "sales/office_testing.h"
#include "sales/process/stage_engine/process_answer.h"

namespace shangdao::process {
namespace {

using sales::Office;
using sales::refusal;

boost::json::value told(Office& office, Id who, std::string_view object, Id id)
{
    const auto desk = office.desk(who);
    const auto view = office.engine().store().read();
    const auto answer = process_answer(*view, desk, office.object(object), *view->find(office.object(object), id));
    EXPECT_TRUE(answer) << refusal(answer);
    return boost::json::parse(answer.value_or("{}"));
}

TEST("the page shows stages done, current and ahead, the gate ahead and how long the deal stalls")
{
    Office office;
    const auto lilei = office.hire("李雷", "rep");
    const auto deal = office.create(lilei, "deal", R"({"name":"华兴一期","amount":"5"})")->id();
    for (int i = 0; i < 2; ++i) ASSERT_TRUE(office.perform(lilei, "deal", deal, "advance"));
    office.on("2026-03-20");
    const auto way = told(office, lilei, "deal", deal);
    EXPECT_EQ(way.at("process").at("name").as_string(), "通用销售流程");
    EXPECT_EQ(way.at("version").as_int64(), 1);
    const auto& stages = way.at("stages").as_array();
    ASSERT_EQ(stages.size(), 7U);
    EXPECT_EQ(stages[0].at("state").as_string(), "done");
    EXPECT_EQ(stages[2].at("state").as_string(), "current");
    EXPECT_EQ(stages[2].at("days").to_number<double>(), 18.0);
    EXPECT_EQ(stages[3].at("state").as_string(), "ahead");
    EXPECT_EQ(stages[3].at("label").at("en").as_string(), "Solution");
    const auto& gate = way.at("gate");
    EXPECT_EQ(gate.at("to").at("key").as_string(), "solution");
    EXPECT_EQ(gate.at("of").as_int64(), 3);
    EXPECT_EQ(gate.at("met").as_int64(), 1);
    EXPECT_EQ(gate.at("checks").at(1).at("field").as_string(), "decision_maker");
    EXPECT_EQ(gate.at("checks").at(1).at("say").as_string(), "请确认关键决策人");
    EXPECT_EQ(way.at("stalled").at("since_days").as_int64(), 4);   // limit 10 working days from 2 March: 17 March is the first day beyond
    EXPECT_EQ(way.at("stalled").at("limit").as_string(), "10wd");
    EXPECT_TRUE(way.at("debt").as_array().empty());
}

TEST("the last stage leads to no stage, and a lost deal has no gate")
{
    Office office;
    const auto lilei = office.hire("李雷", "rep");
    const auto deal = office.create(lilei, "deal", R"({"name":"华兴一期","amount":"5","expected_on":"2026-05-01"})")->id();
    for (int i = 0; i < 6; ++i) ASSERT_TRUE(office.perform(lilei, "deal", deal, "advance"));
    auto way = told(office, lilei, "deal", deal);
    EXPECT_TRUE(way.at("gate").at("to").is_null());
    EXPECT_EQ(way.at("gate").at("of").as_int64(), 2);
    ASSERT_TRUE(office.perform(lilei, "deal", deal, "lose", R"({"loss_reason":"price"})"));
    way = told(office, lilei, "deal", deal);
    EXPECT_TRUE(way.at("gate").is_null());
    EXPECT_EQ(way.at("outcome").as_string(), "lost");
    EXPECT_TRUE(way.at("stalled").is_null());
}

TEST("the debt of an imported deal is told until it is paid")
{
    Office office;
    const auto admin = office.hire("管理员", "admin");
    const auto deal = office.bring_in(admin, "deal", R"({"name":"旧单","stage":"solution"})", engine::Occasion::History::history)->id();
    const auto way = told(office, admin, "deal", deal);
    std::vector<std::string> owed;
    for (const auto& check : way.at("debt").as_array())
        if (check.at("strength").as_string() == "block") owed.push_back(fmt::format("{} {}", std::string_view{check.at("stage").as_string()}, std::string_view{check.at("key").as_string()}));
    EXPECT_EQ(owed, (std::vector<std::string>{"needs amount"}));
    EXPECT_EQ(way.at("stages").at(0).at("how").as_string(), "inferred");
    EXPECT_TRUE(way.at("stages").at(0).at("days").is_null());
}

TEST("leads have their own way")
{
    Office office;
    const auto lilei = office.hire("李雷", "rep");
    const auto lead = office.create(lilei, "lead", R"({"name":"赵敏"})")->id();
    const auto way = told(office, lilei, "lead", lead);
    EXPECT_EQ(way.at("stages").as_array().size(), 3U);
    EXPECT_EQ(way.at("gate").at("to").at("key").as_string(), "contacted");
}

TEST("a hidden field is no argument of a verb and no gate is told by its name")
{
    Office office;
    const auto rep = office.list({}, "role", R"(key = "rep")").at(0).id();
    ASSERT_TRUE(office.change({}, "role", rep, R"({"rights":"{\"objects\":{\"*\":{\"create\":true,\"read\":\"all\",\"edit\":\"all\"},\"deal\":{\"create\":true,\"read\":\"all\",\"edit\":\"all\",\"fields\":{\"amount\":\"hidden\"}}}}"})"));
    const auto clerk = office.hire("赵云", "rep"), boss = office.hire("李雷", "admin");
    const auto bare = office.create(boss, "deal", R"({"name":"二期"})")->id(), lead = office.create(boss, "lead", R"({"name":"钱进"})")->id();
    EXPECT_EQ(refusal(office.perform(clerk, "deal", bare, "win", R"({"amount":"7"})")), "unknown_field amount");
    EXPECT_EQ(refusal(office.perform(clerk, "lead", lead, "convert", R"({"amount":"7"})")), "unknown_field amount");
    for (int i = 0; i < 2; ++i) ASSERT_TRUE(office.perform(boss, "deal", bare, "advance"));
    const auto refused = office.perform(clerk, "deal", bare, "advance"), told_all = office.perform(boss, "deal", bare, "advance");
    ASSERT_FALSE(refused);
    ASSERT_FALSE(told_all);
    EXPECT_EQ(refused.error().size(), told_all.error().size());
    for (const auto& problem : refused.error()) {
        EXPECT_EQ(problem.code, "gate_unmet");
        EXPECT_NE(problem.field, "amount");
        EXPECT_FALSE(problem.args.at("key").contains("amount"));
        EXPECT_FALSE(problem.args.at("say").contains("金额"));
    }
    EXPECT_NE(std::ranges::find(told_all.error(), "amount", &Problem::field), told_all.error().end());
}

}  // namespace
}  // namespace shangdao::process
