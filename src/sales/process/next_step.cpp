// Listening to activities.
#include "sales/process/next_step.h"

#include "sales/customer/activity/activity.h"
#include "sales/process/deal/deal.h"
#include "sales/process/lead/lead.h"
#include "sales/process/stage_engine/staged.h"

namespace shangdao::process {

namespace {

using customer::Activity;

struct Follower {
    std::string_view object;
    record::Field<Activity, Id> reference;
    std::size_t next_step, next_step_on;
};

Result<void> take_over(Work& work, const engine::Records& records, const Follower& follower, const Record& activity)
{
    const auto* id = activity.get(follower.reference);
    if (id == nullptr) return {};
    const auto& object = work.desk.catalogue->at(follower.object);
    const auto record = work.unit.find(object, *id);
    if (!record || record->deleted() || !Place(object, *record).open()) return {};
    if (!work.desk.guard->check(work.unit, engine::Action::edit, object, *record)) return {};
    CHECK_OK(records.put(work, object, *record, {{follower.next_step, activity.at(Activity::next_step.slot)}, {follower.next_step_on, activity.at(Activity::next_step_on.slot)}}, {}));
    return {};
}

}  // namespace

void follow_activities(engine::Behaviours& behaviours, const engine::Records& records)
{
    behaviours.of("activity").aftermaths.emplace_back([&records](Work& work, const Object&, const Record* before, const Record& now, const Occasion& occasion) -> Result<void> {
        const auto* state = now.get(Activity::state);
        const bool agreed = state != nullptr && state->key == "done" && now.get(Activity::next_step) != nullptr;
        const bool news = before == nullptr || before->at(Activity::next_step.slot) != now.at(Activity::next_step.slot) || before->at(Activity::state.slot) != now.at(Activity::state.slot);
        if (!agreed || !news || occasion.history == Occasion::History::history) return {};
        CHECK_OK(take_over(work, records, {"deal", Activity::deal, Deal::next_step.slot, Deal::next_step_on.slot}, now));
        return take_over(work, records, {"lead", Activity::lead, Lead::next_step.slot, Lead::next_step_on.slot}, now);
    });
}

}  // namespace shangdao::process
