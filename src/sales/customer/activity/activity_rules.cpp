// Rules of activities and the verb complete.
#include "sales/customer/activity/activity.h"
#include "sales/customer/rules.h"

namespace shangdao::customer {

namespace {

constexpr std::string_view open = "open";
constexpr std::string_view done = "done";

bool is(const record::ChoiceKey* key, std::string_view word) { return key != nullptr && key->key == word; }

// The account of the record under `reference`, when the activity has none. The other room's objects are known by name only.
void take_account(Work& work, const Object& object, record::Field<Activity, Id> reference, Record& next)
{
    const auto* id = next.get(reference);
    if (id == nullptr || next.get(Activity::account) != nullptr) return;
    const auto& target = work.desk.catalogue->object(object.target(reference.slot));
    const auto account = target.slot("account");
    const auto record = account ? work.unit.find(target, *id) : std::nullopt;
    if (!record) return;
    if (const auto* found = std::get_if<Id>(&record->at(*account))) next.set(Activity::account, *found);
}

}  // namespace

Result<void> complete_activity(Work& work, const Object& object, const Record* before, Record& next, const Occasion& occasion)
{
    if (before == nullptr) {
        if (next.get(Activity::state) == nullptr) {
            const bool finished = next.get(Activity::done_at) != nullptr || next.get(Activity::outcome) != nullptr;
            next.set(Activity::state, record::ChoiceKey{std::string{finished ? done : open}});
        }
        take_account(work, object, Activity::deal, next);
        take_account(work, object, Activity::contact, next);
    }
    if (is(next.get(Activity::state), done) && next.get(Activity::done_at) == nullptr) {
        const auto* ended = next.get(Activity::ends_at);
        if (occasion.history == Occasion::History::live) next.set(Activity::done_at, ended != nullptr && *ended <= work.desk.moment.now ? *ended : work.desk.moment.now);
        else if (ended != nullptr) next.set(Activity::done_at, *ended);
    }
    if (!is(next.get(Activity::state), done)) next.clear(Activity::done_at);
    const auto* starts = next.get(Activity::starts_at);
    const auto* ends = next.get(Activity::ends_at);
    if (starts != nullptr && ends != nullptr && *ends < *starts) return refuse("invalid_value", "ends_at", {{"expected", "not before starts_at"}});
    return {};
}

namespace {

Result<void> plan_next_step(Work& work, const engine::Records& records, const Object& object, const Record& finished, const std::string& step, Date on)
{
    record::Changes values{{record::slot_owner, finished.at(record::slot_owner)},
                           {Activity::subject.slot, step},
                           {Activity::kind.slot, record::ChoiceKey{"task"}},
                           {Activity::due_on.slot, on}};
    for (const auto reference : {Activity::account.slot, Activity::contact.slot, Activity::lead.slot, Activity::deal.slot}) {
        const auto* id = std::get_if<Id>(&finished.at(reference));
        if (id == nullptr) continue;
        // What the actor does not see is not his to name; the account comes back with its deal.
        const auto& target = work.desk.catalogue->object(object.target(reference));
        const auto found = work.unit.find(target, *id);
        if (found && !found->deleted() && work.desk.guard->sees(work.unit, target, *found)) values.push_back({reference, *id});
    }
    Work caused{.unit = work.unit, .desk = work.desk, .cause = work.unit.head(), .redefines = work.redefines};
    CHECK_OK(records.create(caused, object, values));
    return {};
}

}  // namespace

Result<Record> perform_complete(Work& work, const engine::Records& records, const Object& object, const Record& current, const engine::Arguments& arguments)
{
    if (is(current.get(Activity::state), done)) return refuse("activity_done", "state", {{"id", to_string(current.id())}});
    record::Changes changes{{Activity::state.slot, record::ChoiceKey{std::string{done}}}, {Activity::done_at.slot, work.desk.moment.now}};
    const auto take = [&](std::string_view argument, std::size_t slot) {
        if (!record::is_null(arguments.at(argument))) changes.push_back({slot, arguments.at(argument)});
    };
    take("outcome", Activity::outcome.slot);
    take("body", Activity::body.slot);
    take("minutes", Activity::minutes.slot);
    take("next_step", Activity::next_step.slot);
    take("next_step_on", Activity::next_step_on.slot);
    TRY(auto finished, records.put(work, object, current, changes, {.verb = "completed"}));

    const auto* step = arguments.get<std::string>("next_step");
    const auto* on = arguments.get<Date>("next_step_on");
    if (step != nullptr && on != nullptr) CHECK_OK(plan_next_step(work, records, object, finished, *step, *on));
    return finished;
}

}  // namespace shangdao::customer
