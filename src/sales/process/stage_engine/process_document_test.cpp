// Process documents: the defaults read, and every wrong word is refused at its place with the nearest right one.
#include "base/testing.h"

#include "sales/process/stage_engine/default_processes.h"
#include "sales/process/stage_engine/process_document.h"

namespace shangdao::process {
namespace {

std::string with_stage(std::string_view further) { return R"({"stages":[{"key":"a","name":"甲")" + std::string{further} + "}]}"; }

TEST("the default processes read, and deals go through seven stages to sell")
{
    for (const auto& process : default_processes()) {
        const auto document = process_document_from_json(process.document);
        ASSERT_TRUE(document) << process.key << " " << document.error()[0].code << " " << document.error()[0].field;
    }
    const auto deals = process_document_from_json(default_processes()[0].document);
    std::vector<std::string> keys;
    for (const auto& stage : deals->stages) keys.push_back(stage.key);
    EXPECT_EQ(keys, (std::vector<std::string>{"identify", "first_contact", "needs", "solution", "presentation", "negotiation", "closing"}));
    EXPECT_EQ(deals->last_sell(), 6U);
    EXPECT_EQ(deals->skip, ProcessDocument::Skip::forbid);
    EXPECT_EQ(deals->back, ProcessDocument::Back::with_reason);
    EXPECT_EQ(deals->stages[2].limit, (Duration{10, Duration::Unit::working_days}));
    EXPECT_EQ(deals->stages[2].win_share->ppm, 250'000);
}

TEST("every check becomes a condition with a key of its own")
{
    const auto document = process_document_from_json(with_stage(R"(,"exit":[{"field":"amount"},{"check":"amount > 0","strength":"warn"},{"done":["call","visit"],"at_least":2,"strength":"hint"}])"));
    ASSERT_TRUE(document);
    const auto& exit = document->stages[0].exit;
    EXPECT_EQ(exit[0].key, "amount");
    EXPECT_EQ(exit[0].formula, "amount is not null");
    EXPECT_EQ(exit[0].strength, Strength::block);
    EXPECT_EQ(exit[1].key, "check_2");
    EXPECT_EQ(exit[1].strength, Strength::warn);
    EXPECT_EQ(exit[2].key, "done_call_visit");
    EXPECT_EQ(exit[2].formula, R"(count(activities, kind in ("call", "visit") and state = "done") >= 2)");
}

TEST("a wrong document is refused at its place")
{
    struct Row {
        std::string text, code, field, nearest;
    };
    const std::vector<Row> rows{
        {"{", "invalid_value", "document", ""},
        {"[]", "invalid_value", "document", ""},
        {"{}", "required", "stages", ""},
        {R"({"stages":[],"move":{}})", "unknown_word", "document.move", "moves"},
        {with_stage(R"(,"exits":[])"), "unknown_word", "stages[0].exits", "exit"},
        {with_stage(R"(,"limit":"ten")"), "invalid_value", "stages[0].limit", ""},
        {with_stage(R"(,"limit":"36h")"), "invalid_value", "stages[0].limit", ""},
        {with_stage(R"(,"win_share":25)"), "invalid_value", "stages[0].win_share", ""},
        {with_stage(R"(,"kind":"deliver")"), "required", "stages", ""},
        {with_stage(R"(,"exit":[{}])"), "required", "stages[0].exit[0]", ""},
        {with_stage(R"(,"exit":[{"field":"amount","strength":"blcok"}])"), "unknown_word", "stages[0].exit[0].strength", "block"},
        {with_stage(R"(,"exit":[{"field":"amount","done":"call"}])"), "required", "stages[0].exit[0]", ""},
        {with_stage(R"(,"exit":[{"done":"cal"}])"), "unknown_word", "stages[0].exit[0].done", "call"},
        {with_stage(R"(,"exit":[{"done":"call","at_least":0}])"), "invalid_value", "stages[0].exit[0].at_least", ""},
        {with_stage(R"(,"exit":[{"field":"amount"},{"field":"amount"}])"), "definition_twice", "stages[0]", ""},
        {R"({"stages":[{"key":"A","name":"甲"}]})", "definition_bad_name", "stages[0].key", ""},
        {R"({"stages":[{"key":"a"}]})", "required", "stages[0].name", ""},
        {R"({"stages":[{"key":"a","name":"甲"},{"key":"a","name":"乙"}]})", "definition_twice", "stages[1].key", ""},
        {R"({"stages":[{"key":"a","name":"甲"},{"key":"b","name":"乙","kind":"deliver"},{"key":"c","name":"丙"}]})", "invalid_value", "stages[2].kind", ""},
        {R"({"stages":[{"key":"a","name":"甲"}],"moves":{"skip":"alow"}})", "unknown_word", "moves.skip", "allow"},
    };
    for (const auto& row : rows) {
        const auto refused = process_document_from_json(row.text);
        ASSERT_FALSE(refused) << row.text;
        EXPECT_EQ(refused.error()[0].code, row.code) << row.text;
        EXPECT_EQ(refused.error()[0].field, row.field) << row.text;
        const auto near = refused.error()[0].args.find("nearest");
        EXPECT_EQ(near == refused.error()[0].args.end() ? "" : near->second, row.nearest) << row.text;
    }
}

}  // namespace
}  // namespace shangdao::process
