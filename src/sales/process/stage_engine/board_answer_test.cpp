// The board as its screen reads it.
#include "base/testing.h"

#include <fmt/format.h>
#include <boost/json.hpp>

#include <map>

#include "sales/office_testing.h"
#include "sales/process/stage_engine/board_answer.h"

namespace shangdao::process {
namespace {

using sales::Office;
using sales::refusal;

Result<std::string> asked(Office& office, Id who, std::string_view object, const BoardRequest& request = {})
{
    const auto desk = office.desk(who);
    return board_answer(*office.engine().store().read(), desk, office.object(object), request);
}

boost::json::value told(Office& office, Id who, std::string_view object, const BoardRequest& request = {})
{
    const auto answer = asked(office, who, object, request);
    EXPECT_TRUE(answer) << refusal(answer);
    return boost::json::parse(answer.value_or("{}"));
}

const boost::json::value& column(const boost::json::value& board, std::string_view key)
{
    for (const auto& one : board.at("columns").as_array())
        if (one.at("key").as_string() == key) return one;
    throw std::runtime_error(fmt::format("no column {}", key));
}

std::string sums(const boost::json::value& tally)
{
    const auto money = [&](std::string_view key) { return std::string{tally.at(key).at("amount").as_string()}; };
    return fmt::format("{} {} {}", tally.at("count").as_int64(), money("amount"), money("weighted_amount"));
}

// A deal in its stage, from which it was brought.
Id deal(Office& office, Id who, std::string_view name, std::string_view amount, int moves)
{
    const auto id = office.create(who, "deal", fmt::format(R"({{"name":"{}","amount":"{}"}})", name, amount))->id();
    for (int i = 0; i < moves; ++i) EXPECT_TRUE(office.perform(who, "deal", id, "advance"));
    return id;
}

TEST("the board tells each stage's deals, and counts and weighs the whole filter beyond the cards it shows")
{
    Office office;
    const auto lilei = office.hire("李雷", "rep");
    deal(office, lilei, "一期", "1000.01", 0);
    deal(office, lilei, "二期", "3000", 2);
    const auto third = deal(office, lilei, "三期", "5000", 2);
    const auto lost = deal(office, lilei, "输了", "70000", 2);
    ASSERT_TRUE(office.perform(lilei, "deal", lost, "lose", R"({"loss_reason":"price"})"));

    const auto board =
        told(office, lilei, "deal", {.list = {.sort = "-amount", .fields = {"name", "amount"}, .limit = 1}});
    EXPECT_EQ(board.at("process").at("name").as_string(), "通用销售流程");
    EXPECT_EQ(board.at("moves").at("skip").as_string(), "forbid");
    EXPECT_EQ(board.at("moves").at("back").as_string(), "with_reason");
    ASSERT_EQ(board.at("columns").as_array().size(), 7U);
    const auto& needs = column(board, "needs");
    EXPECT_EQ(needs.at("label").at("zh").as_string(), "需求分析");
    EXPECT_EQ(needs.at("win_share").to_number<double>(), 0.25);
    EXPECT_EQ(sums(needs), "2 8000.00 2000.00");
    EXPECT_EQ(sums(column(board, "identify")), "1 1000.01 50.00");      // 50.0005 is rounded to the cent
    EXPECT_EQ(sums(column(board, "closing")), "0 0.00 0.00");
    EXPECT_EQ(sums(board.at("total")), "3 9000.01 2050.00");
    ASSERT_EQ(needs.at("data").as_array().size(), 1U);
    EXPECT_EQ(needs.at("data").at(0).at("id").as_string(), to_string(third));
    EXPECT_TRUE(needs.at("more").as_bool());
    EXPECT_FALSE(column(board, "identify").at("more").as_bool());
    EXPECT_EQ(office.list(lilei, "deal", std::string{needs.at("open").as_string()}).size(), 2U);
}

TEST("a filter and the search box narrow counts, sums and cards alike")
{
    Office office;
    const auto lilei = office.hire("李雷", "rep");
    deal(office, lilei, "华兴一期", "1000", 0);
    deal(office, lilei, "长风二期", "3000", 0);
    const auto filtered = told(office, lilei, "deal", {.list = {.filter = "amount > 2000 or name = \"x\""}});
    EXPECT_EQ(sums(column(filtered, "identify")), "1 3000.00 150.00");
    EXPECT_EQ(office.list(lilei, "deal", std::string{column(filtered, "identify").at("open").as_string()}).size(), 1U);
    const auto searched = told(office, lilei, "deal", {.list = {.search = "华兴"}});
    EXPECT_EQ(sums(column(searched, "identify")), "1 1000.00 50.00");
    EXPECT_EQ(column(searched, "identify").at("data").as_array().size(), 1U);
    EXPECT_EQ(refusal(asked(office, lilei, "deal", {.list = {.filter = "wings > 2"}})), "formula_unknown_name");
    EXPECT_EQ(refusal(asked(office, lilei, "deal", {.list = {.limit = 101}})), "invalid_value limit");
    EXPECT_EQ(refusal(asked(office, lilei, "deal", {.list = {}, .process = Id{7}})), "not_found process");
}

TEST("whoever sees few deals is told of few, and without the amount there are no sums")
{
    Office office;
    const auto lilei = office.hire("李雷", "rep"), meimei = office.hire("韩梅梅", "rep");
    deal(office, lilei, "一期", "1000", 0);
    for (const auto* name : {"甲", "乙", "丙"}) deal(office, meimei, name, "500", 0);
    EXPECT_EQ(sums(told(office, lilei, "deal").at("total")), "1 1000.00 50.00");
    EXPECT_EQ(column(told(office, lilei, "deal"), "identify").at("data").as_array().size(), 1U);

    const auto rep = office.list({}, "role", R"(key = "rep")").at(0).id();
    ASSERT_TRUE(office.change(
        {}, "role", rep,
        R"({"rights":"{\"objects\":{\"*\":{\"create\":true,\"read\":\"own\",\"edit\":\"own\"},\"deal\":{\"create\":true,\"read\":\"own\",\"edit\":\"own\",\"fields\":{\"amount\":\"hidden\"}}}}"})"));
    const auto answer = asked(office, lilei, "deal");
    ASSERT_TRUE(answer) << refusal(answer);
    EXPECT_FALSE(answer->contains("amount"));
    EXPECT_FALSE(answer->contains("1000"));
    EXPECT_EQ(boost::json::parse(*answer).at("total").at("count").as_int64(), 1);
    EXPECT_EQ(refusal(asked(office, lilei, "deal", {.list = {.sort = "-amount"}})), "unknown_field amount");
}

TEST("leads have a board of their own, without money")
{
    Office office;
    const auto lilei = office.hire("李雷", "rep");
    const auto lead = office.create(lilei, "lead", R"({"name":"赵敏","company":"苏达"})")->id();
    ASSERT_TRUE(office.perform(lilei, "lead", lead, "advance", R"({"to":"qualified"})"));
    const auto board = told(office, lilei, "lead");
    EXPECT_EQ(board.at("columns").as_array().size(), 3U);
    EXPECT_EQ(board.at("moves").at("skip").as_string(), "allow");
    EXPECT_EQ(column(board, "qualified").at("count").as_int64(), 1);
    EXPECT_FALSE(board.at("total").as_object().contains("amount"));
}

constexpr std::string_view two_stages =
    R"({"stages":[{"key":"needs","name":{"zh":"需求","en":"Needs"},"kind":"sell","win_share":0.5},{"key":"sign","name":{"zh":"签约","en":"Sign"},"kind":"sell","win_share":0.9}],"moves":{"skip":"allow","back":"free"}})";

std::string as_argument(std::string_view document)
{
    return boost::json::serialize(boost::json::object{{"document", document}});
}

TEST(
    "a new version weighs its own deals by its own shares, and stages it dropped stay in sight while deals stand there")
{
    Office office;
    const auto admin = office.hire("管理员", "admin");
    deal(office, admin, "旧一", "1000", 0);
    deal(office, admin, "旧二", "1000", 2);
    const auto process = office.list({}, "process", R"(runs_on = "deal")").at(0).id();
    const auto published = office.perform(admin, "process", process, "publish", as_argument(two_stages));
    ASSERT_TRUE(published) << refusal(published);
    deal(office, admin, "新一", "1000", 0);
    const auto board = told(office, admin, "deal");
    std::string keys;
    for (const auto& one : board.at("columns").as_array()) keys += std::string{one.at("key").as_string()} + " ";
    EXPECT_EQ(keys, "needs sign identify ");
    EXPECT_EQ(sums(column(board, "needs")), "2 2000.00 750.00");      // 1000 × 25 % and 1000 × 50 %
    EXPECT_EQ(sums(column(board, "identify")), "1 1000.00 50.00");
    EXPECT_EQ(board.at("version").as_int64(), 2);
}

TEST("each process has its board; the default one comes first")
{
    Office office;
    const auto admin = office.hire("管理员", "admin");
    deal(office, admin, "通用", "1000", 2);
    const auto second =
        office.create(admin, "process", R"({"name":"渠道流程","key":"channel","runs_on":"deal","active":true})");
    ASSERT_TRUE(second) << refusal(second);
    EXPECT_EQ(told(office, admin, "deal").at("processes").as_array().size(), 1U);   // nothing runs without a version
    ASSERT_TRUE(office.perform(admin, "process", second->id(), "publish", as_argument(two_stages)));
    const auto made = office.create(
        admin, "deal", fmt::format(R"({{"name":"渠道单","amount":"400","process":"{}"}})", to_string(second->id())));
    ASSERT_TRUE(made) << refusal(made);

    const auto general = told(office, admin, "deal");
    EXPECT_EQ(general.at("processes").as_array().size(), 2U);
    EXPECT_EQ(sums(general.at("total")), "1 1000.00 250.00");
    const auto channel = told(office, admin, "deal", {.list = {}, .process = second->id()});
    EXPECT_EQ(channel.at("process").at("name").as_string(), "渠道流程");
    EXPECT_EQ(sums(column(channel, "needs")), "1 400.00 200.00");       // needs is a stage of both
    EXPECT_EQ(column(channel, "needs").at("data").as_array().size(), 1U);
    EXPECT_EQ(office.list(admin, "deal", std::string{column(channel, "needs").at("open").as_string()}).size(), 1U);
}

}  // namespace
}  // namespace shangdao::process
