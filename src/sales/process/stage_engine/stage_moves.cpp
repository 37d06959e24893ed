// The moves: forward, back, to an end, and out of it again.
#include <algorithm>

#include "base/text.h"
#include "engine/people.h"
#include "engine/view_surroundings.h"
#include "sales/process/stage_engine/exceptions.h"
#include "sales/process/stage_engine/stage_engine.h"

namespace shangdao::process {

namespace {

using record::Changes;
using record::ChoiceKey;
using record::Value;

std::unexpected<Problems> refuse_stage(std::string code, std::string_view to, const Stage* next = nullptr)
{
    std::map<std::string, std::string> args{{"to", std::string{to.substr(0, 80)}}};
    if (next != nullptr) args["next"] = next->key;
    return refuse(std::move(code), "to", std::move(args));
}

// The stage a record goes to: the one named, else the neighbour.
Result<std::size_t> target(const ProcessDocument& document, const std::string* to, std::size_t otherwise)
{
    if (to == nullptr) return otherwise;
    if (const auto found = document.find(*to)) return *found;
    std::vector<std::string_view> known;
    for (const auto& stage : document.stages) known.push_back(stage.key);
    std::map<std::string, std::string> args{{"name", to->substr(0, 80)}};
    if (const auto near = nearest(*to, known)) args["nearest"] = *near;
    return refuse("stage_unknown", "to", std::move(args));
}

Result<void> is_open(const Place& place)
{
    if (place.open()) return {};
    return refuse("record_closed", "outcome", {{"outcome", place.outcome}});
}

// What every entering of a stage writes.
Changes entering(const StagedSlots& slots, const Stage& stage, const Stage& left, const Record& current, const formula::Moment& moment)
{
    const auto stalls = stalled_since(stage, moment.now, moment);
    Changes changes{{slots.stage, ChoiceKey{stage.key}},
                    {slots.stage_entered_at, moment.now},
                    {slots.stalled_since, stalls ? record::Value{*stalls} : record::Value{record::Null{}}}};
    if (!slots.win_share || !stage.win_share) return changes;
    const auto* share = std::get_if<Share>(&current.at(*slots.win_share));
    const bool untouched = share == nullptr || (left.win_share && *share == *left.win_share);   // a share adjusted by hand stays
    if (untouched) changes.push_back({*slots.win_share, *stage.win_share});
    return changes;
}

// Whom one may ask for an exception, said with each check that blocks.
void tell_whom(Problems& problems, const std::vector<Id>& deciders, const engine::Desk& desk)
{
    std::string names;
    for (const auto decider : deciders) names += (names.empty() ? "" : ", ") + desk.people->name_of(decider);
    for (auto& problem : problems)
        if (problem.args.at("strength") == strength_name(Strength::block)) problem.args["exception_of"] = names;
}

Value debt_of(const Misses& misses)
{
    auto debt = blocks(misses) ? debt_to_json(misses) : std::string{};
    return debt.empty() ? Value{record::Null{}} : Value{std::move(debt)};
}

}  // namespace

// What a live move misses: `misses` of its own gate, and blocking checks the record still owes. Those that block are there only where the move is an exception.
Result<Misses> StageEngine::settle(Work& work, const Object& object, const ProcessPlan& plan, std::string_view verb, Misses misses, const Record& judged, const Scene& scene) const
{
    const StagedSlots slots(object);
    for (const auto& owed : debt_from_json(value_or<std::string>(judged, slots.gate_debt, {}), plan.document)) {
        const bool named = std::ranges::any_of(misses, [&](const Miss& miss) { return miss.check == owed.check; });
        if (!named && owed.check->strength == Strength::block && !met(*owed.check, judged, scene)) misses.push_back(owed);
    }
    if (!blocks(misses) || work.desk.approved == exception_kind) return misses;
    auto problems = gate_problems(misses, work.desk, object);
    if (work.desk.member && std::ranges::find(exception_verbs, verb) != exception_verbs.end())
        if (const auto judged_so = judge_exception(work.unit, work.desk, object, judged, plan, work.desk.member)) tell_whom(problems, judged_so->deciders, work.desk);
    return refuse(std::move(problems));
}

Result<Record> StageEngine::advance(Work& work, const Object& object, const Record& current, const std::string* to) const
{
    const StagedSlots slots(object);
    const auto& trade = trade_of(object);
    const Place place(object, current);
    TRY(const auto plan, plan_of(work, object, current));
    const auto& document = plan->document;
    const auto from = document.find(place.stage).value_or(0);
    const bool delivers = place.outcome == trade.good_end && document.last_sell() + 1 < document.stages.size();
    if (!delivers) CHECK_OK(is_open(place));

    const bool first_delivery = delivers && document.stages[from].kind == Stage::Kind::sell;
    const auto next = first_delivery ? document.last_sell() + 1 : from + 1;
    const auto end = delivers ? document.stages.size() : document.last_sell() + 1;
    if (to == nullptr && next >= end) return refuse("stage_last", "to", {{"verb", std::string{trade.good_verb}}});
    TRY(const auto wanted, target(document, to, next));
    if (wanted <= from) return refuse_stage("stage_not_ahead", document.stages[wanted].key);
    if (wanted >= end) return refuse("stage_last", "to", {{"verb", std::string{trade.good_verb}}});
    if (wanted > next && document.skip == ProcessDocument::Skip::forbid) return refuse_stage("stage_skip", document.stages[wanted].key, &document.stages[next]);

    engine::ViewSurroundings surroundings(work.unit, work.desk.moment);
    const Scene scene{*work.desk.catalogue, work.desk.moment, surroundings};
    auto misses = misses_between(document, first_delivery ? next : from, wanted, current, scene);   // the win judged what lies before a delivery
    if (first_delivery) add_misses(misses, document.stages[next], document.stages[next].entry, current, scene);
    TRY(const auto missed, settle(work, object, *plan, "advance", std::move(misses), current, scene));

    auto changes = entering(slots, document.stages[wanted], document.stages[from], current, work.desk.moment);
    changes.push_back({slots.gate_debt, debt_of(missed)});
    TRY(auto now, records_.put(work, object, current, changes, {.verb = "advanced"}));

    Passages passages(work, records_, object, now, *plan);
    passages.leave("forward", work.desk.moment.now, Passages::WentOn::yes, missed);
    passages.conclude(from, wanted - 1);
    passages.enter(wanted, "moved", work.desk.moment.now);
    return now;
}

Result<Record> StageEngine::step_back(Work& work, const Object& object, const Record& current, const std::string* to, const std::string* reason) const
{
    const StagedSlots slots(object);
    const Place place(object, current);
    CHECK_OK(is_open(place));
    TRY(const auto plan, plan_of(work, object, current));
    const auto& document = plan->document;
    if (document.back == ProcessDocument::Back::forbid) return refuse("stage_back_forbidden", "to");
    const auto from = document.find(place.stage).value_or(0);
    if (from == 0) return refuse("stage_first", "to");
    TRY(const auto wanted, target(document, to, from - 1));
    if (wanted >= from) return refuse_stage("stage_not_behind", document.stages[wanted].key);
    if (document.back == ProcessDocument::Back::with_reason && reason == nullptr) return refuse("required", "reason", {{"name", "reason"}});

    const auto changes = entering(slots, document.stages[wanted], document.stages[from], current, work.desk.moment);
    TRY(auto now, records_.put(work, object, current, changes, {.verb = "stepped_back", .reason = reason == nullptr ? std::string{} : *reason}));
    Passages passages(work, records_, object, now, *plan);
    passages.leave("back", work.desk.moment.now, Passages::WentOn::no);
    passages.enter(wanted, "moved", work.desk.moment.now);
    return now;
}

namespace {

// The day of an end: given, kept from before, or today; never in the future.
Result<Date> closing_day(const StagedSlots& slots, const Record& judged, Date today)
{
    const auto day = value_or<Date>(judged, slots.closed_on, today);
    if (day > today) return refuse("invalid_value", "closed_on", {{"expected", "not after today"}, {"value", to_string(day)}});
    return day;
}

Instant moment_of(Date day, const formula::Moment& moment) { return day == moment.today ? moment.now : moment.zone.start_of(day); }

Record with(const Record& current, const Changes& changes)
{
    auto judged = current;
    for (const auto& change : changes) judged.set(change.slot, change.value);
    return judged;
}

}  // namespace

Result<Record> StageEngine::end_well(Work& work, const Object& object, const Record& current, Changes changes) const
{
    const StagedSlots slots(object);
    const auto& trade = trade_of(object);
    const Place place(object, current);
    CHECK_OK(is_open(place));
    TRY(const auto plan, plan_of(work, object, current));
    const auto stage = plan->document.find(place.stage).value_or(0);
    const auto judged = with(current, changes);
    TRY(const auto day, closing_day(slots, judged, work.desk.moment.today));
    engine::ViewSurroundings surroundings(work.unit, work.desk.moment);
    const Scene scene{*work.desk.catalogue, work.desk.moment, surroundings};
    Misses misses;
    add_misses(misses, plan->document.stages[stage], plan->document.stages[stage].exit, judged, scene);
    TRY(const auto missed, settle(work, object, *plan, trade.good_verb, std::move(misses), judged, scene));

    changes.push_back({slots.outcome, ChoiceKey{std::string{trade.good_end}}});
    changes.push_back({slots.closed_on, day});
    changes.push_back({slots.stalled_since, record::Null{}});
    changes.push_back({slots.gate_debt, debt_of(missed)});
    const auto at = moment_of(day, work.desk.moment);
    TRY(auto now, records_.put(work, object, current, changes, {.verb = std::string{trade.good_end}, .happened_at = at}));

    Passages passages(work, records_, object, now, *plan);
    passages.leave(trade.good_end, at, Passages::WentOn::yes, missed);
    passages.conclude(stage, plan->document.last_sell());
    return now;
}

Result<Record> StageEngine::end_badly(Work& work, const Object& object, const Record& current, Changes changes) const
{
    const StagedSlots slots(object);
    const auto& trade = trade_of(object);
    CHECK_OK(is_open(Place(object, current)));
    TRY(const auto plan, plan_of(work, object, current));
    const auto judged = with(current, changes);
    if (record::is_null(judged.at(slots.reason))) return refuse("required", std::string{trade.reason_field}, {{"name", std::string{trade.reason_field}}});
    TRY(const auto day, closing_day(slots, judged, work.desk.moment.today));

    changes.push_back({slots.outcome, ChoiceKey{std::string{trade.bad_end}}});
    changes.push_back({slots.closed_on, day});
    changes.push_back({slots.stalled_since, record::Null{}});
    const auto at = moment_of(day, work.desk.moment);
    TRY(auto now, records_.put(work, object, current, changes, {.verb = std::string{trade.bad_end}, .happened_at = at}));
    Passages(work, records_, object, now, *plan).leave(trade.bad_end, at, Passages::WentOn::no);
    return now;
}

Result<Record> StageEngine::reopen(Work& work, const Object& object, const Record& current, const std::string& reason) const
{
    const StagedSlots slots(object);
    const Place place(object, current);
    if (place.open()) return refuse("record_open", "outcome");
    TRY(const auto plan, plan_of(work, object, current));
    const auto stood = plan->document.find(place.stage).value_or(0);
    const auto stage = std::min(stood, plan->document.last_sell());

    auto changes = entering(slots, plan->document.stages[stage], plan->document.stages[stood], current, work.desk.moment);
    changes.push_back({slots.outcome, ChoiceKey{std::string{outcome_open}}});
    changes.push_back({slots.closed_on, record::Null{}});
    changes.push_back({slots.reason, record::Null{}});
    TRY(auto now, records_.put(work, object, current, changes, {.verb = "reopened", .reason = reason}));
    Passages passages(work, records_, object, now, *plan);
    passages.leave("back", work.desk.moment.now, Passages::WentOn::no);   // a delivery under way
    if (place.outcome == trade_of(object).good_end) passages.reconsider(place.outcome);
    passages.enter(stage, "moved", work.desk.moment.now);
    return now;
}

Result<Record> StageEngine::take_back(Work& work, const Object& object, const Record& current, const Changes& old) const
{
    const Place now(object, current);
    const auto wanted = with(current, old);
    const Place then(object, wanted);
    const bool moved = now.stage != then.stage || now.outcome != then.outcome;
    if (moved && !then.open() && !now.open()) return refuse("record_closed", "outcome", {{"outcome", now.outcome}});
    TRY(auto back, records_.put(work, object, current, old, {.verb = "changed", .history = Occasion::History::history, .turn = Occasion::Turn::back}));
    if (!moved) return back;
    TRY(const auto plan, plan_of(work, object, back));
    Passages passages(work, records_, object, back, *plan);
    if (then.open()) {
        passages.return_to(then.stage);
        return back;
    }
    const auto& trade = trade_of(object);
    const auto stage = plan->document.find(then.stage).value_or(0);
    passages.return_to_end(then.outcome);
    if (then.outcome == trade.good_end && plan->document.stages[stage].kind == Stage::Kind::sell) passages.conclude(stage, plan->document.last_sell());
    return back;
}

Result<Record> StageEngine::stage_door(Work& work, const Object& object, const Record& current, const record::Value& wanted) const
{
    const Place place(object, current);
    const auto* key = std::get_if<ChoiceKey>(&wanted);
    if (key == nullptr || key->key == place.stage) return current;
    TRY(const auto plan, plan_of(work, object, current));
    TRY(const auto to, target(plan->document, &key->key, 0));
    if (to > plan->document.find(place.stage).value_or(0)) return advance(work, object, current, &key->key);
    return step_back(work, object, current, &key->key, nullptr);
}

Result<Record> StageEngine::outcome_door(Work& work, const Object& object, const Record& current, const record::Value& wanted) const
{
    const auto& trade = trade_of(object);
    const auto* key = std::get_if<ChoiceKey>(&wanted);
    if (key == nullptr || key->key == Place(object, current).outcome) return current;
    if (key->key == trade.good_end) return end_well(work, object, current, {});
    if (key->key == trade.bad_end) return end_badly(work, object, current, {});
    return refuse("read_only_field", "outcome", {{"name", "outcome"}, {"written_by", "verb"}, {"verb", "reopen"}});
}

}  // namespace shangdao::process
