// Stories of deals on their way: gates, moves, ends, history – on a real store. After a refusal the deal is read again.
#include "base/testing.h"

#include <fmt/format.h>

#include "sales/inbox_testing.h"
#include "sales/process/stage_engine/stall_news.h"

namespace shangdao::process {
namespace {

using engine::Record;
using sales::Office;
using sales::refusal;
using History = engine::Occasion::History;

struct Desk {
    Office office;
    Id lilei, hanmeimei;
    Desk() : hanmeimei(office.hire("韩梅梅", "manager")) { lilei = office.hire("李雷", "rep", hanmeimei); }

    Id opens(std::string_view json = R"({"name":"华兴一期"})")
    {
        const auto made = office.create(lilei, "deal", json);
        EXPECT_TRUE(made) << refusal(made);
        return made ? made->id() : Id{};
    }
    std::string stage(Id deal) { return office.show(office.read("deal", deal), "deal", "stage"); }
    std::string outcome(Id deal) { return office.show(office.read("deal", deal), "deal", "outcome"); }
    std::string field(Id deal, std::string_view name) { return office.show(office.read("deal", deal), "deal", name); }
    // "identify moved forward first passed" per stay, in order.
    std::vector<std::string> passages(Id deal, std::string_view object = "deal")
    {
        std::vector<std::string> told;
        for (const auto& stay : office.list({}, "passage", fmt::format("{} = \"{}\"", object, to_string(deal)))) {
            const auto show = [&](std::string_view name) { return office.show(stay, "passage", name); };
            told.push_back(fmt::format("{} {} {}{}{}", show("stage"), show("how"), show("left_by"), show("first_visit") == "true" ? " first" : "",
                                       show("passed") == "true" ? " passed" : ""));
        }
        return told;
    }
    // Advances n times; fills what the gates of the default process block on.
    void advances(Id deal, int times)
    {
        for (int i = 0; i < times; ++i) {
            const auto moved = office.perform(lilei, "deal", deal, "advance");
            EXPECT_TRUE(moved) << refusal(moved);
        }
    }
};

constexpr std::string_view ready = R"({"name":"华兴一期","amount":"1200000.00","expected_on":"2026-06-30"})";

TEST("a new deal stands open in the first stage, with a passage and the stage's win share")
{
    Desk d;
    const auto deal = d.opens();
    EXPECT_EQ(d.stage(deal), "identify");
    EXPECT_EQ(d.outcome(deal), "open");
    EXPECT_EQ(d.field(deal, "win_share"), "0.05");
    EXPECT_EQ(d.field(deal, "opened_on"), "2026-03-02");
    EXPECT_EQ(d.passages(deal), (std::vector<std::string>{"identify moved null first"}));
}

TEST("stage and outcome refuse plain change, outcome plain creation, too")
{
    Desk d;
    const auto deal = d.opens();
    EXPECT_EQ(refusal(d.office.change(d.lilei, "deal", deal, R"({"stage":"closing"})")), "read_only_field stage");
    EXPECT_EQ(refusal(d.office.change(d.lilei, "deal", deal, R"({"outcome":"won"})")), "read_only_field outcome");
    EXPECT_EQ(refusal(d.office.create(d.lilei, "deal", R"({"name":"x","outcome":"won"})")), "read_only_field outcome");
    EXPECT_EQ(d.stage(deal), "identify");
}

TEST("a new deal may begin in a later stage, once it meets every gate on the way there")
{
    Desk d;
    EXPECT_EQ(refusal(d.office.create(d.lilei, "deal", R"({"name":"x","stage":"nowhere"})")), "unknown_choice stage");
    const auto refused = refusal(d.office.create(d.lilei, "deal", R"({"name":"x","stage":"presentation"})"));
    EXPECT_TRUE(refused.contains("gate_unmet amount") && refused.contains("gate_unmet expected_on")) << refused;
    EXPECT_TRUE(d.office.list({}, "deal").empty()) << "what was refused is not there";
    const auto deal = d.opens(R"({"name":"华兴一期","amount":"1200000.00","expected_on":"2026-06-30","stage":"presentation"})");
    EXPECT_EQ(d.stage(deal), "presentation");
    EXPECT_EQ(d.outcome(deal), "open");
    EXPECT_EQ(d.field(deal, "win_share"), "0.55");
    EXPECT_EQ(d.passages(deal).size(), 5U);
    EXPECT_EQ(d.passages(deal).back(), "presentation moved null first");
}

TEST("a deal goes through all seven stages and is won; every stay is written once")
{
    Desk d;
    const auto deal = d.opens(ready);
    d.office.on("2026-03-04");
    d.advances(deal, 6);
    EXPECT_EQ(d.stage(deal), "closing");
    EXPECT_EQ(refusal(d.office.perform(d.lilei, "deal", deal, "advance")), "stage_last to");
    d.office.on("2026-03-20");
    ASSERT_TRUE(d.office.perform(d.lilei, "deal", deal, "win", R"({"amount":"1080000.00"})"));
    EXPECT_EQ(d.outcome(deal), "won");
    EXPECT_EQ(d.stage(deal), "closing");
    EXPECT_EQ(d.field(deal, "closed_on"), "2026-03-20");
    EXPECT_EQ(d.field(deal, "cycle_days"), "18");
    const auto passages = d.passages(deal);
    ASSERT_EQ(passages.size(), 7U);
    EXPECT_EQ(passages.front(), "identify moved forward first passed");
    EXPECT_EQ(passages.back(), "closing moved won first passed");
    std::vector<std::string> verbs;
    for (const auto& event : d.office.events_of("deal", deal)) verbs.push_back(event.verb);
    EXPECT_EQ(verbs, (std::vector<std::string>{"created", "advanced", "advanced", "advanced", "advanced", "advanced", "advanced", "won"}));
}

TEST("a gate refuses with every unmet check at once, and nothing has changed")
{
    Desk d;
    const auto deal = d.opens();
    d.advances(deal, 2);
    const auto refused = d.office.perform(d.lilei, "deal", deal, "advance");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refusal(refused), "gate_unmet amount, gate_unmet decision_maker, gate_unmet budget");
    EXPECT_EQ(refused.error()[0].args.at("strength"), "block");
    EXPECT_EQ(refused.error()[0].args.at("say"), "请填写预计金额");
    EXPECT_EQ(refused.error()[1].args.at("strength"), "warn");
    EXPECT_EQ(d.stage(deal), "needs");
    EXPECT_EQ(d.passages(deal).size(), 3U);

    ASSERT_TRUE(d.office.change(d.lilei, "deal", deal, R"({"amount":"900000"})"));
    ASSERT_TRUE(d.office.perform(d.lilei, "deal", deal, "advance"));
    const auto needs = d.office.list({}, "passage", R"(stage = "needs")");
    EXPECT_NE(d.office.show(needs.at(0), "passage", "missed").find("decision_maker"), std::string::npos);
}

TEST("stages are never skipped and unknown ones are named with the nearest")
{
    Desk d;
    const auto deal = d.opens(ready);
    const auto skipped = d.office.perform(d.lilei, "deal", deal, "advance", R"({"to":"needs"})");
    EXPECT_EQ(refusal(skipped), "stage_skip to");
    EXPECT_EQ(skipped.error()[0].args.at("next"), "first_contact");
    const auto unknown = d.office.perform(d.lilei, "deal", deal, "advance", R"({"to":"neds"})");
    EXPECT_EQ(refusal(unknown), "stage_unknown to");
    EXPECT_EQ(unknown.error()[0].args.at("nearest"), "needs");
    EXPECT_EQ(refusal(d.office.perform(d.lilei, "deal", deal, "advance", R"({"to":"identify"})")), "stage_not_ahead to");
    EXPECT_EQ(d.stage(deal), "identify");
}

TEST("a step back needs a reason, and the stage entered again is a second visit")
{
    Desk d;
    const auto deal = d.opens(ready);
    EXPECT_EQ(refusal(d.office.perform(d.lilei, "deal", deal, "step_back", R"({"reason":"x"})")), "stage_first to");
    d.advances(deal, 2);
    EXPECT_EQ(refusal(d.office.perform(d.lilei, "deal", deal, "step_back")), "required reason");
    EXPECT_EQ(d.stage(deal), "needs");
    ASSERT_TRUE(d.office.perform(d.lilei, "deal", deal, "step_back", R"({"reason":"换了联系人"})"));
    EXPECT_EQ(d.stage(deal), "first_contact");
    EXPECT_EQ(d.office.events_of("deal", deal).back().reason, "换了联系人");
    d.advances(deal, 1);
    EXPECT_EQ(d.passages(deal), (std::vector<std::string>{"identify moved forward first passed", "first_contact moved forward first passed", "needs moved back first",
                                                          "first_contact moved forward", "needs moved null"}));
}

TEST("a lost deal needs a reason and keeps where it stood")
{
    Desk d;
    const auto deal = d.opens(ready);
    d.advances(deal, 1);
    EXPECT_EQ(refusal(d.office.perform(d.lilei, "deal", deal, "lose")), "required loss_reason");
    EXPECT_EQ(d.outcome(deal), "open");
    ASSERT_TRUE(d.office.perform(d.lilei, "deal", deal, "lose", R"({"loss_reason":"price","note":"差 8%"})"));
    EXPECT_EQ(d.outcome(deal), "lost");
    EXPECT_EQ(d.stage(deal), "first_contact");
    EXPECT_EQ(refusal(d.office.change(d.lilei, "deal", deal, R"({"loss_reason":null})")), "required loss_reason");
    EXPECT_EQ(d.passages(deal).back(), "first_contact moved lost first");
    EXPECT_EQ(refusal(d.office.perform(d.lilei, "deal", deal, "advance")), "record_closed outcome");
    EXPECT_EQ(refusal(d.office.perform(d.lilei, "deal", deal, "win")), "record_closed outcome");
}

TEST("a deal won early concludes the stages it never stood in")
{
    Desk d;
    const auto deal = d.opens(R"({"name":"华兴一期"})");
    ASSERT_TRUE(d.office.perform(d.lilei, "deal", deal, "win", R"({"amount":"1080000"})"));
    EXPECT_EQ(d.stage(deal), "identify");
    const auto passages = d.passages(deal);
    ASSERT_EQ(passages.size(), 7U);
    EXPECT_EQ(passages[0], "identify moved won first passed");
    EXPECT_EQ(passages[6], "closing inferred forward first passed");
}

TEST("reopening a win takes back the stages it concluded, and winning again concludes them anew")
{
    Desk d;
    const auto deal = d.opens();
    d.advances(deal, 1);
    ASSERT_TRUE(d.office.perform(d.lilei, "deal", deal, "win", R"({"amount":"1080000"})"));
    ASSERT_TRUE(d.office.perform(d.hanmeimei, "deal", deal, "reopen", R"({"reason":"误点"})"));
    EXPECT_EQ(d.passages(deal), (std::vector<std::string>{"identify moved forward first passed", "first_contact moved won first", "first_contact moved null"}));
    ASSERT_TRUE(d.office.perform(d.lilei, "deal", deal, "win"));
    const auto again = d.passages(deal);
    ASSERT_EQ(again.size(), 8U);
    EXPECT_EQ(again[1], "first_contact moved won first passed");
    EXPECT_EQ(again[7], "closing inferred forward first passed");
}

TEST("winning passes the gate of the stage the deal stands in, judged with what the win brings")
{
    Desk d;
    const auto deal = d.opens();
    d.advances(deal, 2);
    EXPECT_EQ(refusal(d.office.perform(d.lilei, "deal", deal, "win")).substr(0, 17), "gate_unmet amount");
    EXPECT_EQ(d.outcome(deal), "open");
    EXPECT_EQ(refusal(d.office.perform(d.lilei, "deal", deal, "win", R"({"amount":"1","closed_on":"2026-03-03"})")), "invalid_value closed_on");
    EXPECT_TRUE(d.office.perform(d.lilei, "deal", deal, "win", R"({"amount":"1"})"));
}

TEST("a won amount keeps its worth in the base currency when the rates change later")
{
    Desk d;
    const auto rates = [&](std::string_view text) {
        ASSERT_TRUE(d.office.engine().write_now({.member = {}, .kind = engine::Caller::Kind::system, .scopes = {}, .via = record::Via::cli, .request = {}, .language = Language::zh},
                                                [&](engine::Work& work) -> Result<std::string> {
                                                    work.unit.set_setting("rates", text);
                                                    return std::string{};
                                                }));
    };
    rates(R"({"USD":[["2026-01-01","7.2"]]})");
    const auto deal = d.opens(R"({"name":"出口单","amount":{"amount":"1000.00","currency":"USD"}})");
    const auto worth = [&] { return d.office.list({}, "deal", "amount = 7200").size(); };
    ASSERT_TRUE(d.office.perform(d.lilei, "deal", deal, "win"));
    EXPECT_EQ(worth(), 1U);
    rates(R"({"USD":[["2026-01-01","6.9"]]})");
    ASSERT_TRUE(d.office.change(d.lilei, "deal", deal, R"({"remarks":"已签"})"));
    EXPECT_EQ(worth(), 1U);
}

TEST("reopening needs the right and a reason, and clears the end")
{
    Desk d;
    const auto deal = d.opens(ready);
    ASSERT_TRUE(d.office.perform(d.lilei, "deal", deal, "lose", R"({"loss_reason":"timing"})"));
    EXPECT_EQ(refusal(d.office.perform(d.lilei, "deal", deal, "reopen", R"({"reason":"又来了"})")), "forbidden deal");
    EXPECT_EQ(refusal(d.office.perform(d.hanmeimei, "deal", deal, "reopen")), "required reason");
    ASSERT_TRUE(d.office.perform(d.hanmeimei, "deal", deal, "reopen", R"({"reason":"又来了"})"));
    EXPECT_EQ(d.outcome(deal), "open");
    EXPECT_EQ(d.field(deal, "loss_reason"), "null");
    EXPECT_EQ(d.field(deal, "closed_on"), "null");
    EXPECT_EQ(d.passages(deal), (std::vector<std::string>{"identify moved lost first", "identify moved null"}));
}

TEST("a deal stalls on the first day beyond its stage's limit of working days")
{
    Desk d;
    const auto deal = d.opens(ready);                          // Monday 2 March, limit 3wd: Thursday is the last day
    EXPECT_EQ(d.field(deal, "stalled_since"), "2026-03-06");
    d.office.on("2026-03-05");
    EXPECT_TRUE(d.office.list(d.lilei, "deal", "stalled_since <= today()").empty());
    d.office.on("2026-03-06");
    EXPECT_EQ(d.office.list(d.lilei, "deal", "stalled_since <= today()").size(), 1U);
    d.advances(deal, 1);
    EXPECT_TRUE(d.office.list(d.lilei, "deal", "stalled_since <= today()").empty());
}

TEST("import and bulk go through the same gates")
{
    Desk d;
    const auto deal = d.opens();
    struct Row {
        std::string_view field, json, answer;
    };
    for (const auto& row : std::initializer_list<Row>{{"stage", R"("needs")", "stage_skip to"},
                                                      {"outcome", R"("lost")", "required loss_reason"},
                                                      {"stage", R"("first_contact")", ""},
                                                      {"stage", R"("identify")", "required reason"},
                                                      {"stage", R"("needs")", ""},
                                                      {"stage", R"("solution")", "gate_unmet amount, gate_unmet decision_maker, gate_unmet budget"},
                                                      {"outcome", R"("won")", "gate_unmet amount, gate_unmet decision_maker, gate_unmet budget"}}) {
        const auto before = d.stage(deal);
        const auto answer = refusal(d.office.through_door(d.lilei, "deal", deal, row.field, row.json));
        EXPECT_EQ(answer, row.answer) << row.field << row.json;
        if (!row.answer.empty()) { EXPECT_EQ(d.stage(deal), before); }
    }
    EXPECT_EQ(d.outcome(deal), "open");
}

TEST("a live import that names a later stage must meet every gate before it")
{
    Desk d;
    EXPECT_EQ(refusal(d.office.bring_in(d.lilei, "deal", R"({"name":"甲","stage":"solution"})", History::live)).substr(0, 18), "gate_unmet account");
    EXPECT_EQ(refusal(d.office.bring_in(d.lilei, "deal", R"({"name":"甲","outcome":"lost"})", History::live)), "required loss_reason");
    EXPECT_TRUE(d.office.list(d.lilei, "deal").empty());
    const auto made = d.office.bring_in(d.lilei, "deal", R"({"name":"甲","stage":"solution","amount":"5"})", History::live);
    ASSERT_TRUE(made) << refusal(made);
    EXPECT_EQ(d.passages(made->id()), (std::vector<std::string>{"identify inferred forward first passed", "first_contact inferred forward first passed",
                                                                "needs inferred forward first passed", "solution moved null first"}));
}

TEST("history is never refused: what it lacks is debt, and the first live move must pay what blocks")
{
    Desk d;
    const auto open = d.office.bring_in(d.lilei, "deal", R"({"name":"旧单","stage":"solution","opened_on":"2025-01-05"})", History::history);
    ASSERT_TRUE(open) << refusal(open);
    const auto deal = open->id();
    EXPECT_NE(d.field(deal, "gate_debt").find("amount"), std::string::npos);
    EXPECT_EQ(d.field(deal, "stage_entered_at"), "null");
    ASSERT_TRUE(d.office.change(d.lilei, "deal", deal, R"({"expected_on":"2026-06-30"})"));
    EXPECT_EQ(refusal(d.office.perform(d.lilei, "deal", deal, "advance")), "gate_unmet product, gate_unmet amount");
    EXPECT_EQ(d.stage(deal), "solution");
    ASSERT_TRUE(d.office.change(d.lilei, "deal", deal, R"({"amount":"10"})"));
    ASSERT_TRUE(d.office.perform(d.lilei, "deal", deal, "advance"));
    EXPECT_EQ(d.field(deal, "gate_debt"), "null");
}

TEST("imported ends: won passed every stage, lost without a reason has the unknown one, missing dates stay unknown")
{
    Desk d;
    const auto won = d.office.bring_in(d.lilei, "deal", R"({"name":"赢","outcome":"won","amount":"1054","opened_on":"2016-10-20","closed_on":"2017-03-01"})", History::history);
    const auto lost = d.office.bring_in(d.lilei, "deal", R"({"name":"输","outcome":"lost","stage":"first_contact","amount":"0"})", History::history);
    ASSERT_TRUE(won && lost);
    EXPECT_EQ(d.stage(won->id()), "closing");
    EXPECT_EQ(d.field(won->id(), "cycle_days"), "132");
    EXPECT_EQ(d.passages(won->id()).size(), 7U);
    EXPECT_EQ(d.passages(won->id()).back(), "closing imported won first passed");
    EXPECT_EQ(d.field(lost->id(), "loss_reason"), "unknown_imported");
    EXPECT_EQ(d.field(lost->id(), "opened_on"), "null");
    EXPECT_EQ(d.field(lost->id(), "closed_on"), "null");
    EXPECT_EQ(d.field(lost->id(), "cycle_days"), "null");
    EXPECT_EQ(d.passages(lost->id()), (std::vector<std::string>{"identify inferred forward first passed", "first_contact imported lost first"}));
}

TEST("required activities open a gate when they are done")
{
    Desk d;
    const auto process = d.office.list({}, "process", R"(key = "general")").at(0);
    const auto published = d.office.perform({}, "process", process.id(), "publish",
                                            R"({"document":"{\"stages\":[{\"key\":\"a\",\"name\":\"甲\",\"exit\":[{\"done\":\"call\",\"at_least\":2}]},{\"key\":\"b\",\"name\":\"乙\"}]}"})");
    ASSERT_TRUE(published) << refusal(published);
    const auto deal = d.opens();
    EXPECT_EQ(d.stage(deal), "a");
    const auto call = [&](std::string_view state) { return d.office.create(d.lilei, "activity", fmt::format(R"({{"subject":"电话","kind":"call","state":"{}","deal":"{}"}})", state, to_string(deal))); };
    ASSERT_TRUE(call("done"));
    const auto second = call("open");
    EXPECT_EQ(refusal(d.office.perform(d.lilei, "deal", deal, "advance")), "gate_unmet");
    ASSERT_TRUE(d.office.perform(d.lilei, "activity", second->id(), "complete", R"({"outcome":"interested"})"));
    EXPECT_TRUE(d.office.perform(d.lilei, "deal", deal, "advance"));
}

TEST("a deal keeps the version it began under")
{
    Desk d;
    const auto deal = d.opens(ready);
    const auto process = d.office.list({}, "process", R"(key = "general")").at(0);
    ASSERT_TRUE(d.office.perform({}, "process", process.id(), "publish", R"({"document":"{\"stages\":[{\"key\":\"a\",\"name\":\"甲\"}]}"})"));
    d.advances(deal, 1);
    EXPECT_EQ(d.stage(deal), "first_contact");
    EXPECT_EQ(d.stage(d.opens()), "a");
    const auto version = d.office.list({}, "process_version").at(0);
    EXPECT_EQ(refusal(d.office.change({}, "process_version", version.id(), R"({"document":"{}"})")), "immutable_field document");
}

TEST("a wrong document is refused when published, with the place and the nearest word")
{
    Desk d;
    const auto process = d.office.list({}, "process", R"(key = "general")").at(0);
    const auto refused = d.office.perform({}, "process", process.id(), "publish",
                                          R"({"document":"{\"stages\":[{\"key\":\"a\",\"name\":\"甲\",\"exit\":[{\"field\":\"amuont\"}]}]}"})");
    EXPECT_EQ(refusal(refused), "formula_unknown_name stages[0].exit[0]");
    EXPECT_EQ(refused.error()[0].args.at("nearest"), "amount");
    EXPECT_EQ(d.office.list({}, "process_version").size(), 2U);
}

TEST("an owner hears of a deal that begins to stall on the first day, and not of one that was won")
{
    Desk d;
    const auto deal = d.opens(), won = d.opens(R"({"name":"华兴二期","amount":"1.00"})");
    ASSERT_TRUE(d.office.perform(d.lilei, "deal", won, "win"));
    const auto first_day = d.field(deal, "stalled_since");
    ASSERT_NE(first_day, "null");
    EXPECT_EQ(tell_what_stalls(d.office.engine()), 0);
    d.office.on(first_day);
    EXPECT_EQ(tell_what_stalls(d.office.engine()), 1);
    EXPECT_EQ(tell_what_stalls(d.office.engine()), 0);
    EXPECT_EQ(sales::notifications_of(d.office, d.lilei), (std::vector<std::string>{"stalled 华兴一期"}));
    EXPECT_EQ(sales::notifications_of(d.office, d.hanmeimei), std::vector<std::string>{});
}

}  // namespace
}  // namespace shangdao::process
