// Activities: planned, done, followed by a next step; and notes that name themselves.
#include "base/testing.h"

#include <fmt/format.h>

#include "sales/customer/activity/due_news.h"
#include "sales/inbox_testing.h"

namespace shangdao::customer {
namespace {

using sales::Office;
using sales::refusal;

TEST("a planned task is open, a logged call is done, and both find the account of their deal")
{
    Office office;
    const auto lilei = office.hire("李雷", "rep");
    const auto account = office.create(lilei, "account", R"({"name":"华兴机械"})")->id();
    const auto deal = office.create(lilei, "deal", fmt::format(R"({{"name":"华兴一期","account":"{}"}})", to_string(account)))->id();
    const auto task = office.create(lilei, "activity", fmt::format(R"({{"subject":"发方案","kind":"task","due_on":"2026-03-05","deal":"{}"}})", to_string(deal)));
    ASSERT_TRUE(task) << refusal(task);
    EXPECT_EQ(office.show(*task, "activity", "state"), "open");
    EXPECT_EQ(office.show(*task, "activity", "account"), to_string(account));
    const auto call = office.create(lilei, "activity", R"({"subject":"首次电话","kind":"call","outcome":"interested"})");
    EXPECT_EQ(office.show(*call, "activity", "state"), "done");
    EXPECT_EQ(office.show(*call, "activity", "done_at"), "2026-03-02T01:00:00Z");
}

TEST("completing with a dated next step plans the task for it and tells the deal")
{
    Office office;
    const auto lilei = office.hire("李雷", "rep");
    const auto deal = office.create(lilei, "deal", R"({"name":"华兴一期"})")->id();
    const auto visit = office.create(lilei, "activity", fmt::format(R"({{"subject":"拜访","kind":"visit","deal":"{}"}})", to_string(deal)))->id();
    const auto done = office.perform(lilei, "activity", visit, "complete", R"({"outcome":"agreed","next_step":"发送报价","next_step_on":"2026-03-09"})");
    ASSERT_TRUE(done) << refusal(done);
    const auto tasks = office.list(lilei, "activity", R"(state = "open")");
    ASSERT_EQ(tasks.size(), 1U);
    EXPECT_EQ(office.show(tasks[0], "activity", "subject"), "发送报价");
    EXPECT_EQ(office.show(tasks[0], "activity", "due_on"), "2026-03-09");
    EXPECT_EQ(office.show(office.read("deal", deal), "deal", "next_step"), "发送报价");
    EXPECT_EQ(office.show(office.read("deal", deal), "deal", "next_step_on"), "2026-03-09");
    EXPECT_EQ(refusal(office.perform(lilei, "activity", visit, "complete")), "activity_done state");
}

TEST("a deal one may not see lends an activity nothing, whosever its account is")
{
    Office office;
    const auto lilei = office.hire("李雷", "rep"), lily = office.hire("李莉", "rep");
    for (const auto owner : {lilei, lily}) {
        const auto account = office.create(owner, "account", R"({"name":"华兴机械"})")->id();
        const auto deal = office.bring_in({}, "deal", fmt::format(R"({{"name":"华兴一期","account":"{}","owner":"{}"}})", to_string(account), to_string(lily)), engine::Occasion::History::live)->id();
        EXPECT_EQ(refusal(office.create(lilei, "activity", fmt::format(R"({{"subject":"电话","kind":"call","deal":"{}"}})", to_string(deal)))), "unknown_reference deal");
    }
    EXPECT_TRUE(office.list({}, "activity").empty());
}

TEST("an activity at one's own deal takes its account, seen or not, and so does the next step")
{
    Office office;
    const auto lilei = office.hire("李雷", "rep"), lily = office.hire("李莉", "rep");
    const auto account = office.create(lily, "account", R"({"name":"华兴机械"})")->id();
    const auto deal = office.bring_in({}, "deal", fmt::format(R"({{"name":"华兴一期","account":"{}","owner":"{}"}})", to_string(account), to_string(lilei)), engine::Occasion::History::live)->id();
    const auto visit = office.create(lilei, "activity", fmt::format(R"({{"subject":"拜访","kind":"visit","deal":"{}"}})", to_string(deal)));
    ASSERT_TRUE(visit) << refusal(visit);
    EXPECT_EQ(office.show(*visit, "activity", "account"), to_string(account));
    const auto done = office.perform(lilei, "activity", visit->id(), "complete", R"({"next_step":"发送报价","next_step_on":"2026-03-09"})");
    ASSERT_TRUE(done) << refusal(done);
    EXPECT_EQ(office.show(office.list(lilei, "activity", R"(state = "open")").at(0), "activity", "account"), to_string(account));
}

TEST("an activity does not end before it starts")
{
    Office office;
    const auto lilei = office.hire("李雷", "rep");
    EXPECT_EQ(refusal(office.create(lilei, "activity", R"({"subject":"会","kind":"meeting","starts_at":"2026-03-02T03:00:00Z","ends_at":"2026-03-02T02:00:00Z"})")), "invalid_value ends_at");
    EXPECT_TRUE(office.list({}, "activity").empty());
}

TEST("a note takes its subject from its first words")
{
    Office office;
    const auto lilei = office.hire("李雷", "rep");
    const auto note = office.create(lilei, "note", R"({"body":"对方希望分两期付款。\n详情见附件"})");
    EXPECT_EQ(office.show(*note, "note", "subject"), "对方希望分两期付款。");
}

TEST("an owner hears in the morning what is due and what was left, once, and nobody hears of another's")
{
    Office office;
    const auto lilei = office.hire("李雷", "rep"), hanmeimei = office.hire("韩梅梅", "rep");
    const auto plan = [&](Id who, std::string_view subject, std::string_view day, std::string_view more = "") {
        const auto made = office.create(who, "activity", fmt::format(R"({{"subject":"{}","kind":"task","due_on":"{}"{}}})", subject, day, more));
        ASSERT_TRUE(made) << refusal(made);
    };
    const auto heard = [&](Id who) {
        std::string lines;
        for (const auto& one : sales::notifications_of(office, who)) lines += one + '\n';
        return lines;
    };
    plan(lilei, "发方案", "2026-03-03");
    plan(hanmeimei, "回访", "2026-03-03");
    plan(hanmeimei, "报价", "2026-03-03");
    plan(hanmeimei, "已办", "2026-03-03", R"(,"state":"done")");
    EXPECT_EQ(tell_what_is_due(office.engine()), 0);
    office.on("2026-03-03");
    plan(lilei, "今天才想到", "2026-03-03");
    EXPECT_EQ(tell_what_is_due(office.engine()), 2);
    EXPECT_EQ(tell_what_is_due(office.engine()), 0);
    EXPECT_EQ(heard(lilei), "due 发方案\n");
    EXPECT_EQ(heard(hanmeimei), "due 2\n");
    office.on("2026-03-04");
    EXPECT_EQ(tell_what_is_due(office.engine()), 2);
    EXPECT_EQ(heard(lilei), "overdue 2\ndue 发方案\n");
    office.on("2026-03-05");
    EXPECT_EQ(tell_what_is_due(office.engine()), 0);
}

}  // namespace
}  // namespace shangdao::customer
