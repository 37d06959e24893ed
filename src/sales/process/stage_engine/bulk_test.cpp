// Many deals at once pass the gates one by one.
#include "base/testing.h"

#include <boost/json.hpp>
#include <fmt/format.h>

#include "engine/bulk/bulk.h"
#include "sales/office_testing.h"

namespace shangdao::process {
namespace {

using sales::Office;

// "matched 3, changed 2; gate_unmet amount 1"
std::string told(std::int64_t matched, std::int64_t changed, const boost::json::array& refused)
{
    auto text = fmt::format("matched {}, changed {};", matched, changed);
    for (const auto& one : refused) text += fmt::format(" {} {} {}", std::string{one.at("code").as_string()}, std::string{one.at("field").as_string()}, one.at("count").to_number<int>());
    return text;
}

std::string run(Office& office, Id who, std::string_view body)
{
    auto& engine = office.engine();
    const auto id = engine.write_now({.member = who}, [&](engine::Work& work) -> Result<std::string> {
        TRY(const auto job, engine::begin_bulk(work, "deals", boost::json::parse(body)));
        return to_string(job);
    });
    if (!id) return sales::refusal(id);
    engine.jobs().run_to_end(*parse_id(*id));
    const auto& jobs = office.object("job");
    const auto job = boost::json::parse(engine::job_answer(*engine.store().read()->find(jobs, *parse_id(*id)), engine.clock().now()));
    const auto& result = job.at("result");
    return told(result.at("matched").to_number<std::int64_t>(), result.at("changed").to_number<std::int64_t>(), result.at("refused").as_array());
}

TEST("a gate holds for each of many deals: who does not meet it stays, the others go on")
{
    Office office;
    const auto hanmeimei = office.hire("韩梅梅", "manager");
    const auto lilei = office.hire("李雷", "rep", hanmeimei);
    const auto stranger = office.hire("陈明", "rep");
    std::vector<Id> deals;
    for (const auto* json : {R"({"name":"一"})", R"({"name":"二","amount":"900000"})", R"({"name":"三","amount":"800000"})"}) deals.push_back(office.create(lilei, "deal", json)->id());
    const auto foreign = office.create(stranger, "deal", R"({"name":"四","amount":"1"})")->id();
    const auto stage = [&](Id deal) { return office.show(office.read("deal", deal), "deal", "stage"); };
    constexpr std::string_view advance = R"({"filter":"outcome = \"open\"","verb":{"name":"advance"}})";
    EXPECT_EQ(run(office, lilei, advance), "matched 3, changed 3;");
    EXPECT_EQ(run(office, lilei, advance), "matched 3, changed 3;");

    const auto tried = engine::try_bulk(office.engine(), {.member = lilei}, "deals", boost::json::parse(advance));
    ASSERT_TRUE(tried);
    EXPECT_EQ(tried->changed, 2);
    ASSERT_EQ(tried->refused.size(), 1U);
    EXPECT_EQ(tried->refused[0].problem.args.at("say"), "请填写预计金额");
    EXPECT_EQ(stage(deals[1]), "needs");

    EXPECT_EQ(run(office, lilei, advance), "matched 3, changed 2; gate_unmet amount 1");
    EXPECT_EQ(stage(deals[0]), "needs");
    EXPECT_EQ(stage(deals[1]), "solution");
    EXPECT_EQ(stage(deals[2]), "solution");
    EXPECT_EQ(stage(foreign), "identify");
}

TEST("a stage is no field to be changed in many deals, and a loss needs its reason there too")
{
    Office office;
    const auto lilei = office.hire("李雷", "rep");
    ASSERT_TRUE(office.create(lilei, "deal", R"({"name":"一"})"));
    EXPECT_EQ(run(office, lilei, R"({"filter":"","change":{"stage":"closing"}})"), "read_only_field stage");
    EXPECT_EQ(run(office, lilei, R"({"filter":"","verb":{"name":"lose"}})"), "required loss_reason");
    EXPECT_EQ(run(office, lilei, R"({"filter":"","verb":{"name":"lose","arguments":{"loss_reason":"price"}}})"), "matched 1, changed 1;");
}

}  // namespace
}  // namespace shangdao::process
