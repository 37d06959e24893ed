// Placing a new record in its process, and keeping it in place against writes that are no moves.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.h"
#include "engine/view_surroundings.h"
#include "sales/process/stage_engine/stage_engine.h"

namespace shangdao::process {

namespace {

using record::ChoiceKey;
using History = Occasion::History;

constexpr std::array<std::string_view, 3> moving_verbs{"advanced", "stepped_back", "reopened"};

Result<std::size_t> stage_named(const ProcessDocument& document, std::string_view key)
{
    if (const auto index = document.find(key)) return *index;
    std::vector<std::string_view> known;
    for (const auto& stage : document.stages) known.push_back(stage.key);
    std::map<std::string, std::string> args{{"name", std::string{key.substr(0, 80)}}};
    if (const auto near = nearest(key, known)) args["nearest"] = *near;
    return refuse("stage_unknown", "stage", std::move(args));
}

// Days from opening to closing; unknown while one of them is, or when they stand the wrong way round.
void count_cycle(const StagedSlots& slots, Record& next, bool open)
{
    if (!slots.cycle_days) return;
    const auto* opened = std::get_if<Date>(&next.at(slots.opened_on));
    const auto* closed = std::get_if<Date>(&next.at(slots.closed_on));
    if (open || opened == nullptr || closed == nullptr || *closed < *opened) next.set(*slots.cycle_days, record::Null{});
    else next.set(*slots.cycle_days, Number{*closed - *opened, 0});
}

}  // namespace

std::optional<Date> stalled_since(const Stage& stage, Instant entered_at, const formula::Moment& moment)
{
    if (!stage.limit) return std::nullopt;
    const auto day = moment.zone.date_of(entered_at);
    if (stage.limit->unit == Duration::Unit::days) return day + static_cast<int>(stage.limit->amount + 1);
    const WorkCalendar plain;
    const auto& calendar = moment.calendar ? *moment.calendar : plain;
    return calendar.add_working_days(day, stage.limit->amount) + 1;
}

Result<StageEngine::Plan> StageEngine::plan_of(Work& work, const Object& object, const Record& record) const
{
    return library_->plan(work.unit, *work.desk.catalogue, work.desk.organisation->base, Place(object, record).version);
}

Result<void> StageEngine::keep(Work& work, const Object& object, const Record* before, Record& next, const Occasion& occasion) const
{
    if (before == nullptr) CHECK_OK(place_new(work, object, next, occasion));
    else CHECK_OK(keep_place(object, *before, next, occasion));
    if (before != nullptr) CHECK_OK(pay_debt(work, object, *before, next, occasion));

    const StagedSlots slots(object);
    const auto& trade = trade_of(object);
    const auto outcome = Place(object, next).outcome;
    if (outcome == trade.bad_end && record::is_null(next.at(slots.reason)))
        return refuse("required", std::string{trade.reason_field}, {{"name", std::string{trade.reason_field}}});
    count_cycle(slots, next, outcome == outcome_open);
    return {};
}

Result<void> StageEngine::keep_place(const Object& object, const Record& before, const Record& next, const Occasion& occasion) const
{
    const StagedSlots slots(object);
    const auto& trade = trade_of(object);
    const bool adopts = occasion.verb == "adopted";
    for (const auto slot : {slots.process, slots.process_version})
        if (before.at(slot) != next.at(slot) && !(slot == slots.process_version && (adopts || occasion.turn == Occasion::Turn::back))) return refuse("immutable_field", std::string{object.field(slot).name}, {{"name", std::string{object.field(slot).name}}});
    const bool moves = adopts || std::ranges::find(moving_verbs, occasion.verb) != moving_verbs.end() || occasion.verb == trade.good_end || occasion.verb == trade.bad_end;
    if (moves || occasion.turn == Occasion::Turn::back) return {};
    for (const auto slot : {slots.stage, slots.outcome})
        if (before.at(slot) != next.at(slot))
            return refuse("read_only_field", std::string{object.field(slot).name}, {{"name", std::string{object.field(slot).name}}, {"written_by", "verb"}});
    return {};
}

// What was owed and is there now is owed no more. A move says itself what it leaves behind; an undo gives back what was.
Result<void> StageEngine::pay_debt(Work& work, const Object& object, const Record& before, Record& next, const Occasion& occasion) const
{
    const StagedSlots slots(object);
    const auto* text = std::get_if<std::string>(&next.at(slots.gate_debt));
    if (text == nullptr || next.at(slots.gate_debt) != before.at(slots.gate_debt) || occasion.history == History::history || next.deleted()) return {};
    TRY(const auto plan, plan_of(work, object, next));
    engine::ViewSurroundings surroundings(work.unit, work.desk.moment);
    const Scene scene{*work.desk.catalogue, work.desk.moment, surroundings};
    auto owed = debt_from_json(*text, plan->document);
    std::erase_if(owed, [&](const Miss& miss) { return met(*miss.check, next, scene); });
    auto left = debt_to_json(owed);
    next.set(slots.gate_debt, left.empty() ? record::Value{record::Null{}} : record::Value{std::move(left)});
    return {};
}

Result<void> StageEngine::place_new(Work& work, const Object& object, Record& next, const Occasion& occasion) const
{
    const StagedSlots slots(object);
    const auto& trade = trade_of(object);
    TRY(const auto plan, library_->plan_for_new(work.unit, *work.desk.catalogue, work.desk.organisation->base, object.name(), value_or<Id>(next, slots.process, {})));
    next.set(slots.process, plan->process);
    next.set(slots.process_version, plan->version);

    const Place wanted(object, next);
    next.set(slots.outcome, ChoiceKey{wanted.outcome});
    // History that only says "won" passed every stage; where a lost one stood is not known, so it counts for the first.
    std::size_t stage = wanted.outcome == trade.good_end ? plan->document.last_sell() : 0;
    if (!wanted.stage.empty()) {
        TRY(stage, stage_named(plan->document, wanted.stage));
    }
    if (occasion.history == History::live && wanted.open() && stage > plan->document.last_sell())
        return refuse("stage_last", "stage", {{"to", plan->document.stages[stage].key}, {"verb", std::string{trade.good_verb}}});
    next.set(slots.stage, ChoiceKey{plan->document.stages[stage].key});

    const bool live = occasion.history == History::live;
    const bool open = wanted.open();
    if (live && record::is_null(next.at(slots.opened_on))) next.set(slots.opened_on, work.desk.moment.today);
    if (live && !open && record::is_null(next.at(slots.closed_on))) next.set(slots.closed_on, work.desk.moment.today);
    if (!live && wanted.outcome == trade.bad_end && record::is_null(next.at(slots.reason))) next.set(slots.reason, ChoiceKey{std::string{reason_unknown}});
    if (live) {
        next.set(slots.stage_entered_at, work.desk.moment.now);
    } else if (record::is_null(next.at(slots.stage_entered_at))) {
        const auto* opened = std::get_if<Date>(&next.at(slots.opened_on));
        if (occasion.happened_at) next.set(slots.stage_entered_at, *occasion.happened_at);
        else if (stage == 0 && opened != nullptr) next.set(slots.stage_entered_at, work.desk.moment.zone.start_of(*opened));
    }
    const auto* entered = std::get_if<Instant>(&next.at(slots.stage_entered_at));
    const auto stalls = open && entered != nullptr ? stalled_since(plan->document.stages[stage], *entered, work.desk.moment) : std::nullopt;
    next.set(slots.stalled_since, stalls ? record::Value{*stalls} : record::Value{record::Null{}});
    const auto& share = plan->document.stages[stage].win_share;
    if (open && slots.win_share && share && record::is_null(next.at(*slots.win_share))) next.set(*slots.win_share, *share);
    return judge_new(work, object, *plan, stage, next, occasion);
}

// The gates a new record would have passed on its way to `stage`, and out of it when it ended well.
Result<void> StageEngine::judge_new(Work& work, const Object& object, const ProcessPlan& plan, std::size_t stage, Record& next, const Occasion& occasion) const
{
    const StagedSlots slots(object);
    const bool ended_well = Place(object, next).outcome == trade_of(object).good_end;
    if (stage == 0 && !ended_well) return {};
    engine::ViewSurroundings surroundings(work.unit, work.desk.moment, next.id());
    const Scene scene{*work.desk.catalogue, work.desk.moment, surroundings};
    auto misses = misses_between(plan.document, 0, stage, next, scene);
    if (ended_well) add_misses(misses, plan.document.stages[stage], plan.document.stages[stage].exit, next, scene);
    if (occasion.history == History::history) {
        if (auto debt = debt_to_json(misses); !debt.empty()) next.set(slots.gate_debt, std::move(debt));
        return {};
    }
    if (blocks(misses)) return refuse(gate_problems(misses, work.desk, object));
    return {};
}

Result<void> StageEngine::record_beginning(Work& work, const Object& object, const Record* before, const Record& now, const Occasion& occasion) const
{
    if (before != nullptr) return {};
    TRY(const auto plan, plan_of(work, object, now));
    const StagedSlots slots(object);
    const Place place(object, now);
    const auto& trade = trade_of(object);
    const auto stage = plan->document.find(place.stage).value_or(0);
    const bool live = occasion.history == History::live;
    const auto* entered = std::get_if<Instant>(&now.at(slots.stage_entered_at));

    Passages passages(work, records_, object, now, *plan);
    passages.begin(stage, live ? "moved" : "imported", entered != nullptr ? std::optional{*entered} : std::nullopt);
    if (place.open()) return {};
    const auto* closed = std::get_if<Date>(&now.at(slots.closed_on));
    const auto left = closed != nullptr ? std::optional{work.desk.moment.zone.start_of(*closed)} : std::nullopt;
    const bool well = place.outcome == trade.good_end;
    passages.leave(place.outcome, left, well ? Passages::WentOn::yes : Passages::WentOn::no);
    if (well && plan->document.stages[stage].kind == Stage::Kind::sell) passages.conclude(stage, plan->document.last_sell());
    return {};
}

Result<void> StageEngine::tell_stays(Work& work, const Object& object, const Record& record, std::span<const KnownStay> stays) const
{
    TRY(const auto plan, plan_of(work, object, record));
    Passages(work, records_, object, record, *plan).tell(stays);
    return {};
}

}  // namespace shangdao::process
