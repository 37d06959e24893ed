// The table of trades, and slots found by name.
#include "sales/process/stage_engine/staged.h"

#include <array>

#include "base/require.h"

namespace shangdao::process {

namespace {

constexpr std::array<Trade, 2> trades{{
    {.object = "deal", .good_end = "won", .good_verb = "win", .bad_end = "lost", .reason_field = "loss_reason", .passage_field = "deal"},
    {.object = "lead", .good_end = "converted", .good_verb = "convert", .bad_end = "disqualified", .reason_field = "disqualify_reason", .passage_field = "lead"},
}};

std::size_t slot_of(const Object& object, std::string_view name)
{
    const auto slot = object.slot(name);
    require(slot.has_value(), "a staged object lacks a field of the stage engine");
    return *slot;
}

}  // namespace

const Trade& trade_of(const Object& object)
{
    for (const auto& trade : trades)
        if (trade.object == object.name()) return trade;
    require(false, "the stage engine was asked about an object without stages");
    return trades.front();
}

StagedSlots::StagedSlots(const Object& object)
    : stage(slot_of(object, "stage")), outcome(slot_of(object, "outcome")), process(slot_of(object, "process")), process_version(slot_of(object, "process_version")),
      stage_entered_at(slot_of(object, "stage_entered_at")), stalled_since(slot_of(object, "stalled_since")), gate_debt(slot_of(object, "gate_debt")),
      opened_on(slot_of(object, "opened_on")), closed_on(slot_of(object, "closed_on")), reason(slot_of(object, trade_of(object).reason_field)),
      win_share(object.slot("win_share")), amount(object.slot("amount")), cycle_days(object.slot("cycle_days"))
{
}

Place::Place(const Object& object, const Record& record)
{
    stage = value_or<record::ChoiceKey>(record, slot_of(object, "stage"), {}).key;
    outcome = value_or<record::ChoiceKey>(record, slot_of(object, "outcome"), {std::string{outcome_open}}).key;
    process = value_or<Id>(record, slot_of(object, "process"), {});
    version = value_or<Id>(record, slot_of(object, "process_version"), {});
}

}  // namespace shangdao::process
