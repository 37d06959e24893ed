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

boost::json::value ended(Office& office, Id id)
{
    office.engine().jobs().run_to_end(id);
    return boost::json::parse(engine::job_answer(*office.engine().store().read()->find(office.object("job"), id), office.engine().clock().now()));
}

Result<boost::json::value> bulk(Office& office, Id who, std::string_view body, std::string_view plural = "deals")
{
    TRY(const auto id, office.engine().write_now({.member = who}, [&](engine::Work& work) -> Result<std::string> {
        TRY(const auto job, engine::begin_bulk(work, plural, boost::json::parse(body)));
        return to_string(job);
    }));
    return ended(office, *parse_id(id));
}

std::string run(Office& office, Id who, std::string_view body)
{
    const auto job = bulk(office, who, body);
    if (!job) return sales::refusal(job);
    const auto& result = job->at("result");
    return told(result.at("matched").to_number<std::int64_t>(), result.at("changed").to_number<std::int64_t>(), result.at("refused").as_array());
}

// Does it to many, and takes it back: "removed 0, restored 3, kept 0".
std::string undone(Office& office, Id who, const boost::json::value& job)
{
    const auto id = office.engine().write_now({.member = who}, [&](engine::Work& work) -> Result<std::string> {
        TRY(const auto undo, engine::begin_bulk_undo(work, *parse_id(job.at("id").as_string())));
        return to_string(undo);
    });
    if (!id) return sales::refusal(id);
    const auto answer = ended(office, *parse_id(*id));
    const auto& result = answer.at("result");
    const auto count = [&](const char* name) { return result.at(name).to_number<int>(); };
    std::string text = fmt::format("removed {}, restored {}, kept {}", count("removed"), count("restored"), count("kept"));
    for (const auto& one : result.at("kept_records").as_array()) text += fmt::format(" {} {}", std::string{one.at("code").as_string()}, boost::json::serialize(one.at("fields")));
    return text;
}

// All that a record is and where it stood: its fields, but for the stamps of writing, and its stays.
std::string whole(Office& office, std::string_view name, Id id)
{
    const auto& object = office.object(name);
    const auto shown = [&](const engine::Record& record, const engine::Object& of) {
        std::string text;
        for (std::size_t slot = record::first_own_slot; slot < of.slot_count(); ++slot) text += fmt::format(" {}={}", of.field(slot).name, office.show(record, of.name(), of.field(slot).name));
        return text + "\n";
    };
    auto text = shown(office.read(name, id), object);
    for (const auto& stay : office.list({}, "passage", fmt::format("{} = \"{}\"", name, to_string(id)))) text += shown(stay, office.object("passage"));
    return text;
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

TEST("moves and ends of many are taken back as if they had never been: fields and stays")
{
    Office office;
    const auto hanmeimei = office.hire("韩梅梅", "manager");
    const auto lilei = office.hire("李雷", "rep", hanmeimei);
    const auto deal = office.create(lilei, "deal", R"({"name":"一","amount":"900000"})")->id();
    const auto lead = office.create(lilei, "lead", R"({"name":"钱进","company":"苏大","mobile":"13700030003"})")->id();
    const auto before_lead = whole(office, "lead", lead);
    office.on("2026-03-05");
    struct Row { std::string_view verb; Id who; };
    // Each is done, compared with what was before when it is taken back, and done again for the next.
    const Row rows[] = {{R"({"name":"advance"})", lilei}, {R"({"name":"advance"})", lilei}, {R"({"name":"step_back","arguments":{"reason":"看错"}})", lilei}, {R"({"name":"advance"})", lilei},
                        {R"({"name":"lose","arguments":{"loss_reason":"price"}})", lilei}, {R"({"name":"reopen","arguments":{"reason":"回心转意"}})", hanmeimei},
                        {R"({"name":"win"})", lilei}, {R"({"name":"reopen","arguments":{"reason":"合同未签"}})", hanmeimei}, {R"({"name":"win"})", lilei}};
    int day = 6;
    for (const auto& row : rows) {
        office.on(fmt::format("2026-03-{:02}", day++));
        const auto before = whole(office, "deal", deal);
        const auto body = fmt::format(R"({{"filter":"","verb":{}}})", row.verb);
        const auto job = bulk(office, row.who, body);
        ASSERT_TRUE(job) << row.verb << sales::refusal(job);
        ASSERT_EQ(job->at("result").at("changed").to_number<int>(), 1) << row.verb << boost::json::serialize(*job);
        EXPECT_NE(whole(office, "deal", deal), before) << row.verb;
        EXPECT_EQ(undone(office, row.who, *job), "removed 0, restored 1, kept 0") << row.verb;
        EXPECT_EQ(whole(office, "deal", deal), before) << row.verb;
        ASSERT_EQ(bulk(office, row.who, body)->at("result").at("changed").to_number<int>(), 1) << row.verb;
    }
    const auto converted = bulk(office, lilei, R"({"filter":"","verb":{"name":"convert"}})", "leads");
    ASSERT_TRUE(converted) << sales::refusal(converted);
    ASSERT_EQ(converted->at("result").at("changed").to_number<int>(), 1) << boost::json::serialize(*converted);
    EXPECT_EQ(office.list(lilei, "deal").size(), 2U);
    EXPECT_EQ(undone(office, lilei, *converted), "removed 3, restored 2, kept 0") << "account, contact, deal; the lead's links, then its end";
    EXPECT_EQ(whole(office, "lead", lead), before_lead);
    EXPECT_EQ(office.list(lilei, "deal").size(), 1U);
    EXPECT_EQ(office.list(lilei, "account").size(), 0U);
}

TEST("a move that went on since is not taken back, nor any part of it")
{
    Office office;
    const auto lilei = office.hire("李雷", "rep");
    const auto deal = office.create(lilei, "deal", R"({"name":"一"})")->id();
    const auto job = bulk(office, lilei, R"({"filter":"","verb":{"name":"advance"}})");
    ASSERT_TRUE(office.perform(lilei, "deal", deal, "advance"));
    const auto before = whole(office, "deal", deal);
    EXPECT_EQ(undone(office, lilei, *job), R"(removed 0, restored 0, kept 1 changed_since ["stage","win_share"])");
    EXPECT_EQ(whole(office, "deal", deal), before);
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

TEST("open deals go into a new version of their process where its map says, and come back as if they had never left")
{
    Office office;
    const auto admin = office.hire("系统管理员", "admin");
    const auto hanmeimei = office.hire("韩梅梅", "manager");
    const auto lilei = office.hire("李雷", "rep", hanmeimei);
    const auto first = office.create(lilei, "deal", R"({"name":"甲"})")->id(), second = office.create(lilei, "deal", R"({"name":"乙"})")->id();
    ASSERT_TRUE(office.perform(lilei, "deal", second, "advance"));
    const auto closed = office.create(lilei, "deal", R"({"name":"丙"})")->id();
    ASSERT_TRUE(office.perform(lilei, "deal", closed, "lose", R"({"loss_reason":"price"})"));
    const auto process = office.list({}, "process", R"(key = "general")").at(0).id();
    const auto document = R"({"stages":[{"key":"identify","name":{"zh":"识别","en":"Identify"},"limit":"1d","win_share":0.1},{"key":"needs","name":{"zh":"需求","en":"Needs"},"win_share":0.3}]})";
    ASSERT_TRUE(office.perform(admin, "process", process, "publish", fmt::format(R"({{"document":{}}})", boost::json::serialize(boost::json::value(document)))));
    const auto published = office.show(office.read("process", process), "process", "active_version");

    // What is open already stays under its version until it is taken along.
    EXPECT_EQ(office.show(office.read("deal", second), "deal", "stage"), "first_contact");
    const auto before_first = whole(office, "deal", first), before_second = whole(office, "deal", second), before_closed = whole(office, "deal", closed);
    const auto asked = [&](std::string_view map) {
        return fmt::format(R"({{"filter":"process_version != \"{0}\"","verb":{{"name":"adopt_version","arguments":{{"to_version":"{0}"{1}}}}}}})", published, map);
    };
    EXPECT_EQ(run(office, hanmeimei, asked("")), "forbidden deal");
    EXPECT_EQ(office.perform(admin, "deal", second, "adopt_version", fmt::format(R"({{"to_version":"{}"}})", published)).error()[0].code, "stage_unmapped");
    EXPECT_EQ(whole(office, "deal", second), before_second);

    const auto job = bulk(office, admin, asked(R"(,"map":"{\"first_contact\":\"needs\"}")"));
    ASSERT_TRUE(job) << sales::refusal(job);
    EXPECT_EQ(told(job->at("result").at("matched").to_number<int>(), job->at("result").at("changed").to_number<int>(), job->at("result").at("refused").as_array()),
              "matched 3, changed 2; record_closed outcome 1");
    EXPECT_EQ(office.show(office.read("deal", first), "deal", "stage"), "identify");
    EXPECT_EQ(office.show(office.read("deal", first), "deal", "win_share"), "0.1");
    EXPECT_EQ(office.show(office.read("deal", second), "deal", "stage"), "needs");
    EXPECT_EQ(office.list({}, "passage", fmt::format("deal = \"{}\" and left_by = \"mapped\"", to_string(second))).size(), 1U);
    EXPECT_EQ(sales::refusal(office.perform(lilei, "deal", second, "advance")), "stage_last to");
    EXPECT_EQ(whole(office, "deal", closed), before_closed);

    ASSERT_EQ(sales::refusal(office.perform(admin, "deal", second, "adopt_version", fmt::format(R"({{"to_version":"{}"}})", published))), "");
    EXPECT_EQ(undone(office, admin, *job), "removed 0, restored 2, kept 0");
    EXPECT_EQ(whole(office, "deal", first), before_first);
    EXPECT_EQ(whole(office, "deal", second), before_second);
    EXPECT_TRUE(office.perform(lilei, "deal", second, "advance"));
}

TEST("one process of an object is its default: the one made so last")
{
    Office office;
    const auto admin = office.hire("系统管理员", "admin");
    const auto other = office.create(admin, "process", R"({"name":"渠道","key":"channel","runs_on":"deal","is_default":true})");
    ASSERT_TRUE(other);
    std::vector<std::string> defaults;
    for (const auto& process : office.list({}, "process", "is_default = true")) defaults.push_back(office.show(process, "process", "key"));
    std::ranges::sort(defaults);
    EXPECT_EQ(defaults, (std::vector<std::string>{"channel", "lead_general"}));
}

}  // namespace
}  // namespace shangdao::process
