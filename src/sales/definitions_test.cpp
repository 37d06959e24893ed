// The definition tables of all rooms: they hold together, speak both languages, and read the samples beside them.
#include "base/testing.h"

#include <boost/json.hpp>

#include <fstream>
#include <set>
#include <sstream>

#include "formula/check.h"
#include "record/catalogue.h"
#include "record/wire.h"
#include "sales/customer/account/account.h"
#include "sales/customer/activity/activity.h"
#include "sales/customer/attachment/attachment.h"
#include "sales/customer/contact/contact.h"
#include "sales/customer/note/note.h"
#include "sales/org/member/member.h"
#include "sales/org/member_group/member_group.h"
#include "sales/org/product/product.h"
#include "sales/org/role/role.h"
#include "sales/org/sharing_rule/sharing_rule.h"
#include "sales/org/team/team.h"
#include "sales/org/territory/territory.h"
#include "sales/process/deal/deal.h"
#include "sales/process/lead/lead.h"
#include "sales/process/passage/passage.h"
#include "sales/process/process/process.h"

namespace shangdao::sales {
namespace {

const std::vector<const record::ObjectDef*> definitions{
    &org::Member::def, &org::Team::def, &org::Role::def, &org::Product::def, &org::MemberGroup::def, &org::Membership::def, &org::SharingRule::def,
    &org::Territory::def, &org::TerritoryMember::def,
    &customer::Account::def, &customer::Contact::def, &customer::Activity::def, &customer::Note::def, &customer::Attachment::def,
    &process::Lead::def, &process::Deal::def, &process::Process::def, &process::ProcessVersion::def, &process::Passage::def};

std::shared_ptr<const record::Catalogue> catalogue()
{
    record::CatalogueBuilder builder;
    for (const auto* def : definitions) builder.add(*def);
    for (const auto* object : {"deal", "lead", "passage"}) builder.fill_choices("process", object, {{.key = "identify", .label = {"潜在客户识别", "Identify"}}});
    for (const auto* object : {"member", "sharing_rule"}) builder.fill_choices("role", object, {{.key = "rep", .label = {"销售", "Rep"}}, {.key = "manager", .label = {"销售主管", "Manager"}}});
    const auto built = builder.build(1);
    if (!built)
        for (const auto& problem : built.error()) ADD_FAILURE() << problem.code << " " << problem.field << " " << (problem.args.contains("name") ? problem.args.at("name") : "");
    return built ? *built : nullptr;
}

TEST("the definitions of all rooms build one catalogue") { ASSERT_NE(catalogue(), nullptr); }

TEST("the views that come with an object hold as formulas and name fields that are there")
{
    const auto all = catalogue();
    for (const auto* def : definitions)
        for (const auto& view : def->views) {
            const auto& object = all->at(def->name);
            const auto where = std::string{def->name} + "." + std::string{view.key};
            EXPECT_TRUE(formula::check_condition(view.filter, {.catalogue = *all, .object = object, .base = Currency{"CNY"}})) << where;
            EXPECT_TRUE(!view.label.zh.empty() && !view.label.en.empty()) << where;
            const auto sort = view.sort.starts_with('-') ? view.sort.substr(1) : view.sort;
            for (const auto name : {sort, view.group}) EXPECT_TRUE(name.empty() || object.slot(name)) << where << " " << name;
            for (const auto name : view.columns) EXPECT_TRUE(object.slot(name)) << where << " " << name;
        }
}

TEST("every label, choice, verb and section speaks Chinese and English")
{
    const auto both = [](Label label, std::string_view where) { EXPECT_TRUE(!label.zh.empty() && !label.en.empty()) << where; };
    for (const auto* def : definitions) {
        both(def->label, def->name);
        both(def->plural_label, def->name);
        EXPECT_FALSE(def->icon.empty()) << def->name;
        for (const auto& field : def->fields) {
            both(field.label, field.name);
            if (!field.help.zh.empty() || !field.help.en.empty()) both(field.help, field.name);
            for (const auto& choice : field.choices) both(choice.label, choice.key);
        }
        for (const auto& verb : def->verbs) {
            both(verb.label, verb.name);
            for (const auto& argument : verb.arguments) both(argument.label, argument.name);
        }
        for (const auto& section : def->layout) both(section.label, def->name);
    }
}

TEST("two fields of an object never share a column heading")
{
    for (const auto* def : definitions) {
        std::map<std::string, std::string_view> seen;
        for (const auto& field : def->fields) {
            std::set<std::string> words{std::string{field.name}, std::string{field.label.zh}, std::string{field.label.en}};
            std::istringstream list{std::string{field.synonyms}};
            for (std::string word; std::getline(list, word, '|');) words.insert(word);
            for (const auto& word : words) {
                const auto [other, fresh] = seen.emplace(word, field.name);
                EXPECT_TRUE(fresh) << def->name << ": " << word << " names " << other->second << " and " << field.name;
            }
        }
    }
}

TEST("every column of the pipeline files has a field that knows its heading")
{
    const std::vector<std::pair<const record::ObjectDef*, std::vector<std::string_view>>> files{
        {&customer::Account::def, {"account", "sector", "year_established", "revenue", "employees", "office_location", "subsidiary_of"}},
        {&org::Product::def, {"product", "series", "sales_price"}},
        {&org::Member::def, {"sales_agent", "manager", "regional_office"}},
        {&process::Deal::def, {"opportunity_id", "product", "account", "deal_stage", "engage_date", "close_date", "close_value"}}};
    for (const auto& [def, headings] : files)
        for (const auto heading : headings) {
            bool known = false;
            for (const auto& field : def->fields) known = known || field.name == heading || ("|" + std::string{field.synonyms} + "|").find("|" + std::string{heading} + "|") != std::string::npos;
            EXPECT_TRUE(known) << def->name << " " << heading;
        }
}

TEST("the sample beside each definition reads field by field")
{
    const auto all = catalogue();
    ASSERT_NE(all, nullptr);
    for (const auto* path : {"org/member/member", "org/team/team", "org/role/role", "org/product/product", "org/member_group/member_group", "org/sharing_rule/sharing_rule", "customer/account/account", "customer/contact/contact",
                             "customer/activity/activity", "customer/note/note", "customer/attachment/attachment", "process/lead/lead", "process/deal/deal",
                             "process/process/process", "process/passage/passage"}) {
        std::ifstream file(std::string{SHANGDAO_SOURCE_DIR "/src/sales/"} + path + "_sample.json");
        ASSERT_TRUE(file) << path;
        std::stringstream text;
        text << file.rdbuf();
        const std::string_view name = std::string_view{path}.substr(std::string_view{path}.rfind('/') + 1);
        const auto& object = all->at(name);
        const auto sample = boost::json::parse(text.str());
        for (const auto& [key, value] : sample.as_object()) {
            const auto slot = object.slot(key);
            ASSERT_TRUE(slot) << path << " " << key;
            EXPECT_TRUE(record::from_wire(object.field(*slot), value, Currency{"CNY"})) << path << " " << key;
        }
    }
}

}  // namespace
}  // namespace shangdao::sales
