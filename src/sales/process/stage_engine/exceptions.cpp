#include "sales/process/stage_engine/exceptions.h"

#include <algorithm>

#include "engine/people.h"

namespace shangdao::process {

namespace {

// The people above the owner, the nearest first.
std::vector<Id> leaders_of(const engine::People& people, Id owner)
{
    std::vector<Id> leaders;
    for (auto person = people.find(owner); person && person->manager && std::ranges::find(leaders, person->manager) == leaders.end(); person = people.find(person->manager))
        leaders.push_back(person->manager);
    return leaders;
}

}  // namespace

Result<engine::Judged> judge_exception(store::View& view, const engine::Desk& desk, const Object& object, const Record& record, const ProcessPlan& plan, Id asker)
{
    if (plan.document.exceptions == ProcessDocument::Exceptions::forbid) return refuse("exceptions_forbidden");
    const auto may = [&](Id member, std::string_view right) {
        const auto guard = member == asker ? nullptr : desk.people->guard(member, desk.moment.now);
        return guard && guard->general(right) && guard->sees(view, object, record);
    };
    const Place place(object, record);
    engine::Judged judged{.deciders = {}, .standing = to_string(place.version) + " " + place.stage + " " + place.outcome};
    for (const auto leader : leaders_of(*desk.people, record.owner()))
        if (may(leader, exception_right)) judged.deciders.push_back(leader);
    if (!judged.deciders.empty()) return judged;
    for (const auto admin : desk.people->holders_of("admin"))
        if (may(admin, "admin")) judged.deciders.push_back(admin);
    return judged;
}

engine::Matter exception_matter(std::shared_ptr<ProcessLibrary> library)
{
    return {.kind = exception_kind, .refusal = "gate_unmet", .verbs = exception_verbs,
            .judge = [library = std::move(library)](store::View& view, const engine::Desk& desk, const Object& object, const Record& record, Id asker) -> Result<engine::Judged> {
                TRY(const auto plan, library->plan(view, *desk.catalogue, desk.organisation->base, Place(object, record).version));
                return judge_exception(view, desk, object, record, *plan, asker);
            }};
}

}  // namespace shangdao::process
