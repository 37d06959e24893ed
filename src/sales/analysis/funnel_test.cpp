// The funnel: counted by hand here, and every number opens exactly its records.
#include "base/testing.h"

#include <boost/json.hpp>
#include <fmt/format.h>

#include "formula/check.h"
#include "sales/analysis/funnel.h"
#include "sales/analysis/objects.h"
#include "sales/office_testing.h"

namespace shangdao::analysis {
namespace {

using sales::Office;
using sales::refusal;

struct Team {
    Office office;
    Id hanmeimei, lilei, lily;
    Team() : hanmeimei(office.hire("韩梅梅", "manager")), lilei(office.hire("李雷", "rep", hanmeimei)), lily(office.hire("李莉", "rep")) {}

    Id deal(Id owner, std::string_view name, int advances)
    {
        const auto made = office.create(owner, "deal", fmt::format(R"({{"name":"{}","amount":"100","expected_on":"2026-12-01"}})", name));
        EXPECT_TRUE(made) << refusal(made);
        for (int i = 0; i < advances; ++i) {
            const auto moved = office.perform(owner, "deal", made->id(), "advance");
            EXPECT_TRUE(moved) << refusal(moved);
        }
        return made->id();
    }
    // 甲 goes to needs, back to first contact and again to needs; 乙 is won from first contact after 10 days; 丙 lost in identify;
    // 丁 belongs to another team and stands in identify.
    void play()
    {
        office.on("2026-03-02");
        const auto back = deal(lilei, "甲", 2);
        EXPECT_TRUE(office.perform(lilei, "deal", back, "step_back", R"({"reason":"x"})"));
        EXPECT_TRUE(office.perform(lilei, "deal", back, "advance"));
        const auto won = deal(lilei, "乙", 1);
        const auto lost = deal(lilei, "丙", 0);
        deal(lily, "丁", 0);
        office.on("2026-03-12");
        EXPECT_TRUE(office.perform(lilei, "deal", won, "win", R"({"amount":"250"})"));
        EXPECT_TRUE(office.perform(lilei, "deal", lost, "lose", R"({"loss_reason":"price"})"));
    }
    boost::json::value funnel(Id who, const FunnelRequest& request = {})
    {
        const auto answer = funnel_answer(*office.engine().store().read(), office.desk(who), request);
        EXPECT_TRUE(answer) << refusal(answer);
        return boost::json::parse(answer.value_or("{}"));
    }
    std::size_t opened(Id who, const boost::json::value& filter) { return office.list(who, "deal", std::string{filter.as_string()}).size(); }
};

TEST("a deal that went back counts once, and a won deal passed every stage")
{
    Team t;
    t.play();
    const auto funnel = t.funnel(t.hanmeimei);
    const auto& stages = funnel.at("stages").as_array();
    ASSERT_EQ(stages.size(), 7U);
    const std::vector<std::array<std::int64_t, 3>> expected{{3, 2, 0}, {2, 2, 0}, {2, 1, 1}, {1, 1, 0}, {1, 1, 0}, {1, 1, 0}, {1, 1, 0}};
    for (std::size_t i = 0; i < stages.size(); ++i) {
        EXPECT_EQ(stages[i].at("entered").as_int64(), expected[i][0]) << i;
        EXPECT_EQ(stages[i].at("passed").as_int64(), expected[i][1]) << i;
        EXPECT_EQ(stages[i].at("open_now").as_int64(), expected[i][2]) << i;
    }
    EXPECT_DOUBLE_EQ(stages[0].at("conversion").as_double(), 0.666667);
    EXPECT_EQ(stages[2].at("amount_now").at("amount").as_string(), "100.00");
    EXPECT_EQ(funnel.at("won").at("n").as_int64(), 1);
    EXPECT_EQ(funnel.at("won").at("value").at("amount").as_string(), "250.00");
    EXPECT_EQ(funnel.at("lost").at("n").as_int64(), 1);
    EXPECT_EQ(funnel.at("open").at("n").as_int64(), 1);
    EXPECT_DOUBLE_EQ(funnel.at("win_share").as_double(), 0.5);
    EXPECT_EQ(funnel.at("cycle_days").at("n").as_int64(), 1);
    EXPECT_DOUBLE_EQ(funnel.at("cycle_days").at("median").to_number<double>(), 10);
    EXPECT_EQ(funnel.at("cycle_days").at("without_dates").as_int64(), 0);
}

TEST("every number opens exactly the records it counts, for whoever looks")
{
    Team t;
    t.play();
    for (const auto who : {t.lilei, t.hanmeimei, t.lily, Id{}}) {
        const auto funnel = t.funnel(who);
        for (const auto& stage : funnel.at("stages").as_array()) {
            EXPECT_EQ(t.opened(who, stage.at("open")), static_cast<std::size_t>(stage.at("entered").as_int64())) << stage.at("open").as_string();
            EXPECT_EQ(t.opened(who, stage.at("passed_open")), static_cast<std::size_t>(stage.at("passed").as_int64()));
            EXPECT_EQ(t.opened(who, stage.at("now_open")), static_cast<std::size_t>(stage.at("open_now").as_int64()));
        }
        for (const auto* end : {"won", "lost", "open"}) EXPECT_EQ(t.opened(who, funnel.at(end).at("open")), static_cast<std::size_t>(funnel.at(end).at("n").as_int64())) << end;
        for (const auto* key : {"owner", "team", "product", "month"})
            for (const auto& row : funnel.at("by").at(key).as_array())
                EXPECT_EQ(t.opened(who, row.at("open")), static_cast<std::size_t>(row.at("won").as_int64() + row.at("lost").as_int64())) << row.at("open").as_string();
    }
    EXPECT_EQ(t.funnel(t.lily).at("stages").at(0).at("entered").as_int64(), 1);
    EXPECT_EQ(t.funnel({}).at("stages").at(0).at("entered").as_int64(), 4);
}

TEST("the funnel follows owner, team, product and period")
{
    Team t;
    t.play();
    EXPECT_EQ(t.funnel({}, {.owner = t.lily}).at("stages").at(0).at("entered").as_int64(), 1);
    EXPECT_EQ(t.funnel({}, {.owner = t.lilei}).at("won").at("n").as_int64(), 1);
    const FunnelRequest march{.from = Date::of(2026, 3, 1), .to = Date::of(2026, 3, 31)}, april{.from = Date::of(2026, 4, 1)};
    EXPECT_EQ(t.funnel({}, march).at("won").at("n").as_int64(), 1);
    EXPECT_EQ(t.funnel({}, april).at("won").at("n").as_int64(), 0);
    EXPECT_EQ(t.funnel({}, april).at("stages").at(0).at("entered").as_int64(), 0);
    EXPECT_EQ(t.funnel({}, april).at("open").at("n").as_int64(), 2);
    EXPECT_EQ(t.funnel({}, march).at("by").at("month").at(0).at("key").as_string(), "2026-03");
    EXPECT_EQ(t.funnel({}, {.product = Id{1}}).at("open").at("n").as_int64(), 0);
    const auto refused = funnel_answer(*t.office.engine().store().read(), t.office.desk({}), {.from = Date::of(2026, 4, 1), .to = Date::of(2026, 3, 1)});
    EXPECT_EQ(refusal(refused), "invalid_value to");
}

TEST("imported deals count; those without dates are left out of times and counted")
{
    Team t;
    const auto history = engine::Occasion::History::history;
    ASSERT_TRUE(t.office.bring_in({}, "deal", R"({"name":"一","outcome":"won","amount":"1054","opened_on":"2016-10-20","closed_on":"2017-03-01"})", history));
    ASSERT_TRUE(t.office.bring_in({}, "deal", R"({"name":"二","outcome":"won","amount":"50"})", history));
    ASSERT_TRUE(t.office.bring_in({}, "deal", R"({"name":"三","stage":"first_contact"})", history));
    const auto funnel = t.funnel({});
    EXPECT_EQ(funnel.at("won").at("n").as_int64(), 2);
    EXPECT_EQ(funnel.at("won").at("value").at("amount").as_string(), "1104.00");
    EXPECT_EQ(funnel.at("cycle_days").at("n").as_int64(), 1);
    EXPECT_EQ(funnel.at("cycle_days").at("without_dates").as_int64(), 1);
    EXPECT_EQ(funnel.at("undated").at("n").as_int64(), 2);
    EXPECT_EQ(funnel.at("stages").at(1).at("entered").as_int64(), 3);
    EXPECT_TRUE(funnel.at("stages").at(1).at("median_days").is_null());
}

TEST("every measure's formula reads against its object")
{
    Office office;
    const auto catalogue = office.engine().store().catalogue();
    for (const auto* measure : measures()) {
        const auto read = formula::check_measure(measure->formula, {.catalogue = *catalogue, .object = catalogue->at(measure->object), .base = Currency{"CNY"}});
        EXPECT_TRUE(read) << measure->name << " " << refusal(read);
    }
}

}  // namespace
}  // namespace shangdao::analysis
