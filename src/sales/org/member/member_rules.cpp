// Rules of members and of the two trees they live in: reporting lines and teams.
#include <algorithm>
#include <array>

#include "sales/org/member/member.h"
#include "sales/org/rules.h"
#include "sales/org/team/team.h"

namespace shangdao::org {

namespace {

constexpr int tree_depth_max = 100;
const std::vector<std::string>& roles_of(const Record& member)
{
    static const std::vector<std::string> none;
    const auto* roles = member.get(Member::roles);
    return roles == nullptr ? none : roles->keys;
}

bool holds_one(const Record& member, const RoleKeys& keys)
{
    return std::ranges::any_of(roles_of(member), [&](const std::string& key) { return keys.contains(key); });
}

bool administers(const Record& member, const RoleKeys& keys)
{
    const auto* active = member.get(Member::active);
    return !member.deleted() && active != nullptr && *active && holds_one(member, keys);
}

std::vector<Record> all_members(Work& work)
{
    store::Select select{.from = &work.desk.catalogue->at("member")};
    select.limit = 1'000'000;
    return work.unit.records(select, work.desk.moment);
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

bool somebody_administers(Work& work, const RoleKeys& keys)
{
    return std::ranges::any_of(all_members(work), [&](const Record& member) { return administers(member, keys); });
}

bool somebody_holds(Work& work, const std::string& key)
{
    return std::ranges::any_of(all_members(work), [&](const Record& member) { return !member.deleted() && std::ranges::find(roles_of(member), key) != roles_of(member).end(); });
}

Result<void> keep_an_admin(Work& work, const Object&, const Record* before, Record& next, const Occasion&)
{
    if (before == nullptr) return {};
    const auto keys = administering_roles(work, nullptr);
    if (!administers(*before, keys) || administers(next, keys)) return {};
    for (const auto& member : all_members(work))
        if (member.id() != next.id() && administers(member, keys)) return {};
    return refuse("last_admin", "roles", {{"name", "admin"}});
}

Result<void> check_grants(Work& work, const Object& object, const Record* before, Record& next, const Occasion&)
{
    if (work.desk.guard->general("admin")) return {};
    const auto own = work.unit.find(object, work.desk.member);
    static const std::vector<std::string> none;
    // What a token of less acts with is less than any role.
    const auto& mine = own && work.desk.scopes.empty() ? roles_of(*own) : none;
    for (const auto& key : roles_of(next)) {
        const bool had = before != nullptr && std::ranges::find(roles_of(*before), key) != roles_of(*before).end();
        if (!had && std::ranges::find(mine, key) == mine.end()) return refuse("forbidden", "roles", {{"action", "grant"}});
    }
    if (before == nullptr) return {};
    // Who reports to whom decides who sees whose records, a team is shared with, and nobody but an administrator touches an administrator.
    for (const auto slot : std::array<std::size_t, 2>{Member::manager.slot, Member::team.slot})
        if (before->at(slot) != next.at(slot)) return refuse("forbidden", std::string{object.field(slot).name}, {{"action", "edit"}});
    const bool above = holds_one(*before, administering_roles(work, nullptr));
    for (const auto slot : std::array<std::size_t, 4>{Member::roles.slot, Member::email.slot, Member::active.slot, record::slot_deleted_at})
        if (above && before->at(slot) != next.at(slot)) return refuse("forbidden", std::string{object.field(slot).name}, {{"action", "edit"}});
    return {};
}

Result<void> check_team_tree(Work& work, const Object& object, const Record* before, Record& next, const Occasion&)
{
    return refuse_ring(work, object, Team::parent.slot, before, next);
}

}  // namespace shangdao::org
