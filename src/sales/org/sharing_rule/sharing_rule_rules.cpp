// Rules of what shares: only administrators write them, and what does not read shares nothing, so it is refused.
#include "base/text.h"
#include "engine/expressions.h"
#include "engine/people.h"
#include "engine/sharing/sharing.h"
#include "sales/org/member_group/member_group.h"
#include "sales/org/rules.h"
#include "sales/org/sharing_rule/sharing_rule.h"
#include "sales/org/territory/territory.h"

namespace shangdao::org {

Result<void> check_admin_writes(Work& work, const Object& object, const Record*, Record&, const Occasion&)
{
    if (!work.desk.guard->general("admin")) return refuse("forbidden", std::string{object.name()}, {{"action", "edit"}});
    return {};
}

namespace {

// Puts a member into `place`, once, and is called as he is.
template <typename Row>
Result<void> complete_place(Work& work, const Object& object, const Record* before, Record& next, record::Field<Row, Id> place)
{
    const auto* in = next.get(place);
    const auto* member = next.get(Row::member);
    if (in == nullptr || member == nullptr) return {};
    if (before != nullptr && before->at(place.slot) == next.at(place.slot) && before->at(Row::member.slot) == next.at(Row::member.slot)) return {};
    const store::Select others{.from = &object, .where = engine::both(engine::field_is(object, place.slot, *in), engine::field_is(object, Row::member.slot, *member)), .limit = 2};
    for (const auto& other : work.unit.records(others, work.desk.moment))
        if (other.id() != next.id()) return refuse("duplicate_key", "member", {{"name", "member"}, {"id", to_string(other.id())}});
    next.set(Row::name, work.desk.people->name_of(*member));
    return {};
}

}  // namespace

Result<void> complete_membership(Work& work, const Object& object, const Record* before, Record& next, const Occasion&)
{
    return complete_place(work, object, before, next, Membership::member_group);
}

Result<void> complete_territory_member(Work& work, const Object& object, const Record* before, Record& next, const Occasion&)
{
    return complete_place(work, object, before, next, TerritoryMember::territory);
}

Result<void> check_group_tree(Work& work, const Object& object, const Record* before, Record& next, const Occasion&)
{
    return refuse_ring(work, object, MemberGroup::parent.slot, before, next);
}

Result<void> check_territory_tree(Work& work, const Object& object, const Record* before, Record& next, const Occasion&)
{
    return refuse_ring(work, object, Territory::parent.slot, before, next);
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
    const auto* level = next.get(SharingRule::level);
    if (basis != nullptr && basis->key != "criteria" && level != nullptr && (level->key == "only" || level->key == "lock"))
        return refuse("only_by_criteria", "basis", {{"name", level->key}});
    if (basis != nullptr && basis->key == "by_parent" && object->seen_through().empty()) return refuse("no_parent", "basis", {{"object", *name}});
    if (criteria == nullptr || basis == nullptr || basis->key != "criteria") return {};
    auto condition = engine::sharing_condition(*work.desk.catalogue, *object, *criteria, work.desk.organisation->base);
    if (condition) return {};
    for (auto& problem : condition.error()) problem.field = "criteria";
    return refuse(std::move(condition.error()));
}

}  // namespace shangdao::org
