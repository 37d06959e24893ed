// Rules of members and of the two trees they live in: reporting lines and teams.
#include <algorithm>

#include "sales/org/member/member.h"
#include "sales/org/rules.h"
#include "sales/org/team/team.h"

namespace shangdao::org {

namespace {

constexpr int tree_depth_max = 100;
constexpr std::string_view admin = "admin";

bool administers(const Record& member)
{
    const auto* roles = member.get(Member::roles);
    const auto* active = member.get(Member::active);
    return !member.deleted() && active != nullptr && *active && roles != nullptr && std::ranges::find(roles->keys, admin) != roles->keys.end();
}

}  // namespace

Result<void> refuse_ring(Work& work, const Object& object, std::size_t slot, const Record* before, const Record& next)
{
    if (before != nullptr && before->at(slot) == next.at(slot)) return {};
    auto above = next.at(slot);
    for (int depth = 0; const auto* id = std::get_if<Id>(&above); ++depth) {
        if (*id == next.id() || depth >= tree_depth_max)
            return refuse("reference_ring", std::string{object.field(slot).name}, {{"name", std::string{object.field(slot).name}}});
        const auto record = work.unit.find(object, *id);
        if (!record) return {};   // the engine refuses references that lead nowhere
        above = record->at(slot);
    }
    return {};
}

Result<void> complete_member(Work&, const Object&, const Record* before, Record& next, const Occasion&)
{
    if (before == nullptr && next.get(Member::active) == nullptr) next.set(Member::active, true);
    return {};
}

Result<void> check_reporting_line(Work& work, const Object& object, const Record* before, Record& next, const Occasion&)
{
    return refuse_ring(work, object, Member::manager.slot, before, next);
}

Result<void> keep_an_admin(Work& work, const Object& object, const Record* before, Record& next, const Occasion&)
{
    if (before == nullptr || !administers(*before) || administers(next)) return {};
    store::Select select{.from = &object};
    select.limit = 1'000'000;
    for (const auto& member : work.unit.records(select, work.desk.moment))
        if (member.id() != next.id() && administers(member)) return {};
    return refuse("last_admin", "roles", {{"name", std::string{admin}}});
}

Result<void> check_team_tree(Work& work, const Object& object, const Record* before, Record& next, const Occasion&)
{
    return refuse_ring(work, object, Team::parent.slot, before, next);
}

}  // namespace shangdao::org
