// Rules of what shares: only administrators write them, and what does not read shares nothing, so it is refused.
#include "base/text.h"
#include "engine/expressions.h"
#include "engine/people.h"
#include "engine/sharing/sharing.h"
#include "sales/org/member_group/member_group.h"
#include "sales/org/rules.h"
#include "sales/org/sharing_rule/sharing_rule.h"

namespace shangdao::org {

Result<void> check_admin_writes(Work& work, const Object& object, const Record*, Record&, const Occasion&)
{
    if (!work.desk.guard->general("admin")) return refuse("forbidden", std::string{object.name()}, {{"action", "edit"}});
    return {};
}

Result<void> complete_membership(Work& work, const Object& object, const Record* before, Record& next, const Occasion&)
{
    const auto* group = next.get(Membership::member_group);
    const auto* member = next.get(Membership::member);
    if (group == nullptr || member == nullptr) return {};
    const bool moved = before == nullptr || before->at(Membership::member_group.slot) != next.at(Membership::member_group.slot) || before->at(Membership::member.slot) != next.at(Membership::member.slot);
    if (!moved) return {};
    const store::Select others{.from = &object, .where = engine::both(engine::field_is(object, Membership::member_group.slot, *group), engine::field_is(object, Membership::member.slot, *member)), .limit = 2};
    for (const auto& other : work.unit.records(others, work.desk.moment))
        if (other.id() != next.id()) return refuse("duplicate_key", "member", {{"name", "member"}, {"id", to_string(other.id())}});
    next.set(Membership::name, work.desk.people->name_of(*member));
    return {};
}

Result<void> check_sharing_rule(Work& work, const Object&, const Record* before, Record& next, const Occasion&)
{
    if (before == nullptr && next.get(SharingRule::active) == nullptr) next.set(SharingRule::active, true);
    const auto* name = next.get(SharingRule::object);
    if (name == nullptr || next.deleted()) return {};
    const auto* object = work.desk.catalogue->find(*name);
    if (object == nullptr || !object->routed() || !object->owned()) {
        std::vector<std::string_view> known;
        for (const auto& one : work.desk.catalogue->objects())
            if (one.routed() && one.owned()) known.push_back(one.name());
        std::map<std::string, std::string> args{{"name", name->substr(0, 60)}};
        if (const auto near = nearest(*name, known)) args["nearest"] = *near;
        return refuse("unknown_object", "object", std::move(args));
    }
    const auto* criteria = next.get(SharingRule::criteria);
    const auto* basis = next.get(SharingRule::basis);
    if (criteria == nullptr || basis == nullptr || basis->key != "criteria") return {};
    auto condition = engine::sharing_condition(*work.desk.catalogue, *object, *criteria, work.desk.organisation->base);
    if (condition) return {};
    for (auto& problem : condition.error()) problem.field = "criteria";
    return refuse(std::move(condition.error()));
}

}  // namespace shangdao::org
