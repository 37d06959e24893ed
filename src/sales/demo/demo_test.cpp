// The invented company: the same from the same seed, its totals as planned, and gone without a trace when removed.
#include "base/testing.h"

#include <boost/json.hpp>

#include <algorithm>
#include <chrono>

#include "sales/analysis/funnel.h"
#include "sales/demo/demo.h"
#include "sales/demo/words.h"
#include "sales/office_testing.h"

namespace shangdao::demo {
namespace {

using sales::Office;
using sales::refusal;

const Options small{.seed = 7, .until = Date::of(2026, 3, 2), .accounts = 60, .deals = 150, .leads = 90, .months = 25};

TEST("the same seed draws the same company, another seed another")
{
    const auto first = draw(small), again = draw(small);
    ASSERT_EQ(first.deals.size(), again.deals.size());
    for (std::size_t i = 0; i < first.deals.size(); ++i) EXPECT_EQ(first.deals[i].ended_at, again.deals[i].ended_at);
    EXPECT_EQ(truth(first).won_yuan, truth(again).won_yuan);
    auto other = small;
    other.seed = 8;
    EXPECT_NE(truth(draw(other)).won_yuan, truth(first).won_yuan);
}

TEST("the whole company is believable: sizes, seasons, a win share between a fifth and two fifths")
{
    const auto plan = draw({.until = Date::of(2026, 3, 2)});
    const auto known = truth(plan);
    EXPECT_EQ(plan.accounts.size(), 2'000U);
    EXPECT_EQ(plan.deals.size(), 5'000U);
    const auto share = static_cast<double>(known.won) / static_cast<double>(known.won + known.lost);
    EXPECT_GT(share, 0.2) << known.won << " of " << known.lost;
    EXPECT_LT(share, 0.4);
    EXPECT_GT(known.open, 200);
    EXPECT_LT(known.open, 1'200);
    const auto month_of = [](Instant at) { return static_cast<unsigned>(Zone::utc().date_of(at).civil().month()); };
    const auto in_month = [&](unsigned month) { return std::ranges::count_if(plan.deals, [&](const DealPlan& deal) { return month_of(deal.at) == month; }); };
    EXPECT_GT(in_month(12), in_month(7));
    for (const auto& deal : plan.deals) {
        EXPECT_GT(deal.amount_yuan, 0);
        EXPECT_TRUE(std::ranges::is_sorted(deal.moves));
        EXPECT_EQ(deal.moves.size(), deal.stage);
        EXPECT_GT(deal.at, plan.accounts[deal.account].at);
        if (deal.end != End::open && !deal.moves.empty()) EXPECT_GE(deal.ended_at, deal.moves.back());
    }
}

TEST("written through the verbs, the records count to the planned truth, and the funnel says so")
{
    Office office;
    const auto plan = draw(small);
    const auto known = truth(plan);
    const auto written = write(office.engine(), plan);
    ASSERT_TRUE(written) << refusal(written);
    EXPECT_EQ(refusal(write(office.engine(), plan)), "demo_present");

    const auto answer = analysis::funnel_answer(*office.engine().store().read(), office.desk({}), {});
    ASSERT_TRUE(answer) << refusal(answer);
    const auto funnel = boost::json::parse(*answer);
    EXPECT_EQ(funnel.at("won").at("n").as_int64(), known.won);
    EXPECT_EQ(funnel.at("won").at("value").at("amount").as_string(), std::to_string(known.won_yuan) + ".00");
    EXPECT_EQ(funnel.at("lost").at("n").as_int64(), known.lost);
    EXPECT_EQ(funnel.at("open").at("value").at("amount").as_string(), std::to_string(known.open_yuan) + ".00");
    for (std::size_t i = 0; i < stage_count; ++i) {
        EXPECT_EQ(funnel.at("stages").at(i).at("entered").as_int64(), known.entered[i]) << i;
        EXPECT_EQ(funnel.at("stages").at(i).at("passed").as_int64(), known.passed[i]) << i;
        EXPECT_EQ(funnel.at("stages").at(i).at("open_now").as_int64(), known.open_now[i]) << i;
    }
    EXPECT_EQ(static_cast<std::int64_t>(office.list({}, "lead", R"(outcome = "converted")").size()), known.leads_converted);
    EXPECT_EQ(static_cast<std::int64_t>(office.list({}, "lead", R"(outcome = "disqualified")").size()), known.leads_disqualified);
    EXPECT_EQ(static_cast<std::int64_t>(office.list({}, "activity", R"(state = "done")").size()), known.activities_done);
    EXPECT_EQ(office.list({}, "account").size(), plan.accounts.size());
    for (const auto& login : logins()) EXPECT_TRUE(office.engine().people().find_by_email(login.email)) << login.email;
    const auto rep = office.engine().people().find_by_email("rep@example.com")->id;
    const auto manager = office.engine().people().find_by_email("manager@example.com")->id;
    EXPECT_LT(office.list(rep, "deal").size(), office.list(manager, "deal").size());
    EXPECT_LT(office.list(manager, "deal").size(), plan.deals.size());
}

TEST("removal takes out everything the demo made and leaves what others made")
{
    Office office;
    const auto boss = office.hire("管理员", "admin");
    ASSERT_TRUE(write(office.engine(), draw({.seed = 3, .until = Date::of(2026, 3, 2), .accounts = 20, .deals = 30, .leads = 12, .months = 25})));
    const auto demo_account = office.list({}, "account").at(0).id();
    const auto mine = office.create(boss, "deal", R"({"name":"真实商机","account":")" + to_string(demo_account) + R"("})");
    ASSERT_TRUE(mine) << refusal(mine);
    const auto removed = remove(office.engine());
    ASSERT_TRUE(removed) << refusal(removed);
    EXPECT_GT(*removed, 100);
    EXPECT_TRUE(office.list({}, "account").empty());
    EXPECT_EQ(office.list({}, "deal").size(), 1U);
    EXPECT_EQ(office.show(office.read("deal", mine->id()), "deal", "account"), "null");
    EXPECT_EQ(office.list({}, "passage").size(), 1U);
    EXPECT_EQ(office.list({}, "member").size(), 1U);
    EXPECT_EQ(refusal(remove(office.engine())), "demo_absent");
}

TEST("the demo's admin stays when there is no other")
{
    Office office;
    ASSERT_TRUE(write(office.engine(), draw({.seed = 3, .until = Date::of(2026, 3, 2), .accounts = 5, .deals = 3, .leads = 2, .months = 25})));
    ASSERT_TRUE(remove(office.engine()));
    const auto members = office.list({}, "member");
    ASSERT_EQ(members.size(), 1U);
    EXPECT_EQ(office.show(members[0], "member", "email"), "admin@example.com");
    EXPECT_EQ(office.show(members[0], "member", "active"), "true");
}

}  // namespace
}  // namespace shangdao::demo
