// Leads: conversion into three records, disqualifying.
#include "sales/process/lead/lead_rules.h"

#include "engine/expressions.h"
#include "sales/customer/account/account.h"
#include "sales/customer/contact/contact.h"
#include "sales/process/deal/deal.h"
#include "sales/process/lead/lead.h"

namespace shangdao::process {

namespace {

using customer::Account;
using customer::Contact;
using engine::Arguments;
using record::Changes;

// What a conversion works on; `work` already carries the conversion's event as the cause.
struct Conversion {
    Work& work;
    const engine::Records& records;
    const Record& lead;
    const Arguments& arguments;

    const record::Value& at(std::size_t slot) const { return lead.at(slot); }
    // The argument, else the lead's value.
    record::Value named(std::string_view argument, std::size_t slot) const { return record::is_null(arguments.at(argument)) ? lead.at(slot) : arguments.at(argument); }
};

void add(Changes& changes, std::size_t slot, const record::Value& value)
{
    if (!record::is_null(value)) changes.push_back({slot, value});
}

Result<Id> account_for(const Conversion& conversion)
{
    auto& [work, records, lead, arguments] = conversion;
    const auto& object = work.desk.catalogue->at("account");
    if (const auto* given = arguments.get<Id>("account")) {
        TRY(const auto account, records.visible(work.unit, work.desk, object, *given));
        return account.id();
    }
    auto name = conversion.named("account_name", Lead::company.slot);
    if (record::is_null(name)) name = lead.at(Lead::name.slot);   // a person buying for themselves
    store::Select select{.from = &object, .where = engine::field_is(object, Account::name.slot, name)};
    select.limit = 1;
    select.sight = work.desk.guard.get();
    if (const auto found = work.unit.records(select, work.desk.moment); !found.empty()) return found.front().id();

    Changes values{{record::slot_owner, lead.at(record::slot_owner)}, {Account::name.slot, name}};
    add(values, Account::industry.slot, lead.at(Lead::industry.slot));
    add(values, Account::source.slot, lead.at(Lead::channel.slot));
    add(values, Account::territory.slot, lead.at(Lead::territory.slot));
    add(values, Account::phone.slot, lead.at(Lead::phone.slot));
    add(values, Account::address.slot, lead.at(Lead::address.slot));
    TRY(const auto account, records.create(work, object, values));
    return account.id();
}

Result<Id> contact_for(const Conversion& conversion, Id account)
{
    auto& [work, records, lead, arguments] = conversion;
    const auto& object = work.desk.catalogue->at("contact");
    if (const auto* given = arguments.get<Id>("contact")) {
        TRY(const auto contact, records.visible(work.unit, work.desk, object, *given));
        return contact.id();
    }
    Changes values{{record::slot_owner, lead.at(record::slot_owner)}, {Contact::name.slot, conversion.named("contact_name", Lead::name.slot)}, {Contact::account.slot, account}};
    add(values, Contact::mobile.slot, lead.at(Lead::mobile.slot));
    add(values, Contact::email.slot, lead.at(Lead::email.slot));
    add(values, Contact::wechat.slot, lead.at(Lead::wechat.slot));
    add(values, Contact::job_title.slot, lead.at(Lead::job_title.slot));
    TRY(const auto contact, records.create(work, object, values));
    return contact.id();
}

Result<Id> deal_for(const Conversion& conversion, Id account, Id contact)
{
    auto& [work, records, lead, arguments] = conversion;
    const auto& object = work.desk.catalogue->at("deal");
    auto name = arguments.at("deal_name");
    if (record::is_null(name)) {
        const auto company = value_or<std::string>(lead, Lead::company.slot, value_or<std::string>(lead, Lead::name.slot, {}));
        name = company + (work.desk.language == Language::zh ? "的商机" : " – deal");
    }
    Changes values{{record::slot_owner, lead.at(record::slot_owner)}, {Deal::name.slot, name}, {Deal::account.slot, account}, {Deal::contact.slot, contact}, {Deal::lead.slot, lead.id()}};
    add(values, Deal::source.slot, lead.at(Lead::channel.slot));
    add(values, Deal::product.slot, lead.at(Lead::product.slot));
    for (const auto& [argument, slot] : {std::pair{"amount", Deal::amount.slot}, std::pair{"expected_on", Deal::expected_on.slot}}) {
        if (!record::is_null(arguments.at(argument)) && work.desk.guard->field(object, slot) == record::FieldLevel::hidden)
            return refuse("unknown_field", argument, {{"name", argument}, {"object", "convert"}});
        add(values, slot, arguments.at(argument));
    }
    if (const auto* stage = arguments.get<std::string>("stage")) values.push_back({Deal::stage.slot, record::ChoiceKey{*stage}});
    TRY(const auto deal, records.create(work, object, values));
    return deal.id();
}

}  // namespace

Result<Record> convert_lead(Work& work, const engine::Records& records, const StageEngine& stages, const Object& object, const Record& current,
                            const Arguments& arguments)
{
    // The lead ends first, so that its event can be the cause of the three creations.
    TRY(const auto ended, stages.end_well(work, object, current, {{Lead::converted_at.slot, work.desk.moment.now}}));
    Work caused{.unit = work.unit, .desk = work.desk, .cause = work.unit.head(), .redefines = work.redefines};
    const Conversion conversion{caused, records, ended, arguments};
    TRY(const auto account, account_for(conversion));
    TRY(const auto contact, contact_for(conversion, account));
    TRY(const auto deal, deal_for(conversion, account, contact));
    return records.put(caused, object, ended,
                       {{Lead::converted_account.slot, account}, {Lead::converted_contact.slot, contact}, {Lead::converted_deal.slot, deal}}, {.verb = "linked"});
}

void add_lead_behaviours(engine::Behaviours& behaviours, const engine::Records& records, std::shared_ptr<const StageEngine> stages)
{
    auto& lead = behaviours.of("lead");
    lead.verbs["convert"] = [stages, &records](Work& work, const Object& object, const Record& current, const Arguments& arguments) {
        return convert_lead(work, records, *stages, object, current, arguments);
    };
    lead.verbs["disqualify"] = [stages](Work& work, const Object& object, const Record& current, const Arguments& arguments) {
        return stages->end_badly(work, object, current, {{Lead::disqualify_reason.slot, arguments.at("reason")}});
    };
    lead.verbs["reopen"] = [stages](Work& work, const Object& object, const Record& current, const Arguments& arguments) -> Result<Record> {
        if (Place(object, current).outcome == trade_of(object).good_end) return refuse("record_converted", "outcome");
        return stages->reopen(work, object, current, *arguments.get<std::string>("reason"));
    };
}

}  // namespace shangdao::process
