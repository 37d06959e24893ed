// Rules and verbs of deals: thin words over the stage engine.
#include "sales/process/deal/deal_rules.h"

#include <array>

#include "engine/people.h"
#include "sales/customer/account/account.h"
#include "sales/process/deal/deal.h"

namespace shangdao::process {

namespace {

using engine::Arguments;

// A new deal lies where its account does.
Result<void> complete_deal(Work& work, const Object&, const Record* before, Record& next, const Occasion&)
{
    const auto* account = next.get(Deal::account);
    if (before != nullptr || account == nullptr || next.get(Deal::territory) != nullptr || !work.desk.people->has_territories()) return {};
    const auto& accounts = work.desk.catalogue->at("account");
    const std::array<std::size_t, 1> asked{customer::Account::territory.slot};
    const auto found = work.unit.find_all(accounts, std::array{*account}, asked);
    if (!found.empty())
        if (const auto* territory = found.front().get(customer::Account::territory)) next.set(Deal::territory, *territory);
    return {};
}

Result<void> check_deal(Work&, const Object&, const Record*, Record& next, const Occasion&)
{
    Problems problems;
    for (const auto field : {Deal::amount, Deal::budget})
        if (const auto* money = next.get(field); money != nullptr && money->minor < 0)
            problems.push_back({"negative", field.slot == Deal::amount.slot ? "amount" : "budget", {}});
    if (!problems.empty()) return refuse(std::move(problems));
    return {};
}

record::Changes given(const Arguments& arguments, std::initializer_list<std::pair<std::string_view, std::size_t>> names)
{
    record::Changes changes;
    for (const auto& [name, slot] : names)
        if (!record::is_null(arguments.at(name))) changes.push_back({slot, arguments.at(name)});
    return changes;
}

}  // namespace

void add_deal_behaviours(engine::Behaviours& behaviours, const engine::Records&, std::shared_ptr<const StageEngine> stages)
{
    auto& deal = behaviours.of("deal");
    deal.rules.emplace_back(complete_deal);
    deal.rules.emplace_back(check_deal);
    deal.verbs["win"] = [stages](Work& work, const Object& object, const Record& current, const Arguments& arguments) {
        return stages->end_well(work, object, current, given(arguments, {{"amount", Deal::amount.slot}, {"closed_on", Deal::closed_on.slot}}));
    };
    deal.verbs["lose"] = [stages](Work& work, const Object& object, const Record& current, const Arguments& arguments) {
        return stages->end_badly(work, object, current, given(arguments, {{"loss_reason", Deal::loss_reason.slot}, {"note", Deal::loss_note.slot},
                                                                          {"competitor", Deal::competitor.slot}, {"closed_on", Deal::closed_on.slot}}));
    };
}

}  // namespace shangdao::process
