// Stories of leads: conversion into three records, disqualifying, and who sees what came of it.
#include "base/testing.h"

#include <fmt/format.h>

#include "sales/office_testing.h"

namespace shangdao::process {
namespace {

using sales::Office;
using sales::refusal;

constexpr std::string_view zhao_min = R"({"name":"赵敏","company":"江南食品有限公司","mobile":"13700001111","channel":"search","need":"包装线改造"})";

Id reference(const Office& office, const engine::Record& record, std::string_view object, std::string_view field)
{
    const auto id = parse_id(office.show(record, object, field));
    return id.value_or(Id{});
}

TEST("a lead becomes account, contact and deal in one step, each caused by the conversion")
{
    Office office;
    const auto lilei = office.hire("李雷", "rep");
    const auto lead = office.create(lilei, "lead", zhao_min);
    ASSERT_TRUE(lead) << refusal(lead);
    EXPECT_EQ(office.show(*lead, "lead", "stage"), "new");

    const auto converted = office.perform(lilei, "lead", lead->id(), "convert", R"({"deal_name":"江南包装线","amount":"300000"})");
    ASSERT_TRUE(converted) << refusal(converted);
    EXPECT_EQ(office.show(*converted, "lead", "outcome"), "converted");
    const auto account = office.read("account", reference(office, *converted, "lead", "converted_account"));
    const auto contact = office.read("contact", reference(office, *converted, "lead", "converted_contact"));
    const auto deal = office.read("deal", reference(office, *converted, "lead", "converted_deal"));
    EXPECT_EQ(office.show(account, "account", "name"), "江南食品有限公司");
    EXPECT_EQ(office.show(account, "account", "source"), "search");
    EXPECT_EQ(office.show(contact, "contact", "mobile"), "13700001111");
    EXPECT_EQ(office.show(contact, "contact", "account"), to_string(account.id()));
    EXPECT_EQ(office.show(deal, "deal", "name"), "江南包装线");
    EXPECT_EQ(office.show(deal, "deal", "lead"), to_string(lead->id()));
    EXPECT_EQ(office.show(deal, "deal", "stage"), "identify");
    EXPECT_EQ(deal.owner(), lilei);

    const auto events = office.events_of("lead", lead->id());
    ASSERT_EQ(events.size(), 3U);
    EXPECT_EQ(events[1].verb, "converted");
    for (const auto& [object, id] : {std::pair{"account", account.id()}, {"contact", contact.id()}, {"deal", deal.id()}})
        EXPECT_EQ(office.events_of(object, id).at(0).cause, events[1].seq) << object;
}

TEST("a conversion finds the account of that name and enters the deal in the stage that was named")
{
    Office office;
    const auto lilei = office.hire("李雷", "rep");
    const auto account = office.create(lilei, "account", R"({"name":"江南食品有限公司"})");
    const auto lead = office.create(lilei, "lead", zhao_min);
    const auto converted = office.perform(lilei, "lead", lead->id(), "convert", R"({"amount":"300000","stage":"needs"})");
    ASSERT_TRUE(converted) << refusal(converted);
    EXPECT_EQ(reference(office, *converted, "lead", "converted_account"), account->id());
    EXPECT_EQ(office.list(lilei, "account").size(), 1U);
    const auto deal = reference(office, *converted, "lead", "converted_deal");
    EXPECT_EQ(office.show(office.read("deal", deal), "deal", "stage"), "needs");
    const auto stays = office.list({}, "passage", fmt::format("deal = \"{}\"", to_string(deal)));
    ASSERT_EQ(stays.size(), 3U);
    EXPECT_EQ(office.show(stays[0], "passage", "how"), "inferred");
    EXPECT_EQ(office.show(stays[2], "passage", "how"), "moved");
}

TEST("a conversion that meets a gate does nothing at all")
{
    Office office;
    const auto lilei = office.hire("李雷", "rep");
    const auto lead = office.create(lilei, "lead", zhao_min);
    for (const auto& [arguments, answer] : std::initializer_list<std::pair<std::string_view, std::string_view>>{
             {R"({"stage":"solution"})", "gate_unmet amount, gate_unmet decision_maker, gate_unmet budget"},
             {R"({"stage":"solutoin"})", "stage_unknown stage"},
             {R"({"account":"1"})", "not_found account"},
             {R"({"amount":"-1"})", "negative amount"}}) {
        const auto refused = refusal(office.perform(lilei, "lead", lead->id(), "convert", arguments));
        EXPECT_NE(refused.find(answer), std::string::npos) << refused;
        EXPECT_EQ(office.show(office.read("lead", lead->id()), "lead", "outcome"), "open");
        for (const auto* object : {"account", "contact", "deal"}) EXPECT_TRUE(office.list({}, object).empty()) << object;
        EXPECT_EQ(office.events_of("lead", lead->id()).size(), 1U);
    }
}

TEST("an account that another rep keeps is not betrayed by a conversion")
{
    Office office;
    const auto lilei = office.hire("李雷", "rep"), lily = office.hire("李莉", "rep");
    const auto hidden = office.create(lily, "account", R"({"name":"江南食品有限公司"})");
    const auto lead = office.create(lilei, "lead", zhao_min);
    const auto converted = office.perform(lilei, "lead", lead->id(), "convert");
    ASSERT_TRUE(converted) << refusal(converted);
    EXPECT_NE(reference(office, *converted, "lead", "converted_account"), hidden->id());
}

TEST("a lead is disqualified with a reason, reopened with one, and never reopened after conversion")
{
    Office office;
    const auto lilei = office.hire("李雷", "rep");
    const auto lead = office.create(lilei, "lead", zhao_min)->id();
    EXPECT_EQ(refusal(office.perform(lilei, "lead", lead, "disqualify")), "required reason");
    ASSERT_TRUE(office.perform(lilei, "lead", lead, "disqualify", R"({"reason":"no_need"})"));
    EXPECT_EQ(refusal(office.perform(lilei, "lead", lead, "convert")), "record_closed outcome");
    ASSERT_TRUE(office.perform(lilei, "lead", lead, "reopen", R"({"reason":"又有需求"})"));
    ASSERT_TRUE(office.perform(lilei, "lead", lead, "convert"));
    EXPECT_EQ(refusal(office.perform(lilei, "lead", lead, "reopen", R"({"reason":"x"})")), "record_converted outcome");
}

}  // namespace
}  // namespace shangdao::process
