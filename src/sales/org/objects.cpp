// The one list of what stands in this room.
#include "sales/org/objects.h"

#include <array>

#include "sales/org/member/member.h"
#include "sales/org/member_group/member_group.h"
#include "sales/org/product/product.h"
#include "sales/org/role/role.h"
#include "sales/org/rules.h"
#include "sales/org/sharing_rule/sharing_rule.h"
#include "sales/org/team/team.h"
#include "sales/org/territory/territory.h"

namespace shangdao::org {

std::span<const record::ObjectDef* const> objects()
{
    static constexpr std::array<const record::ObjectDef*, 9> all{&Member::def, &Team::def, &Role::def, &Product::def, &MemberGroup::def, &Membership::def, &SharingRule::def,
                                                                &Territory::def, &TerritoryMember::def};
    return all;
}

void add_behaviours(engine::Behaviours& behaviours, engine::Records&)
{
    behaviours.of("member").rules = {complete_member, check_grants, check_reporting_line, keep_an_admin};
    behaviours.of("team").rules = {check_team_tree};
    behaviours.of("role").rules = {check_role};
    behaviours.of("member_group").rules = {check_admin_writes, check_group_tree};
    behaviours.of("membership").rules = {check_admin_writes, complete_membership};
    behaviours.of("sharing_rule").rules = {check_admin_writes, check_sharing_rule};
    behaviours.of("territory").rules = {check_admin_writes, check_territory_tree};
    behaviours.of("territory_member").rules = {check_admin_writes, complete_territory_member};
    behaviours.of("product").rules = {complete_product};
}

}  // namespace shangdao::org
