// What always holds for members, teams, roles and products; run inside every write.
#pragma once

#include <set>
#include <string>

#include "engine/behaviour.h"

namespace shangdao::org {

using engine::Object;
using engine::Occasion;
using engine::Record;
using engine::Work;

// A new member is active unless said otherwise.
Result<void> complete_member(Work& work, const Object& object, const Record* before, Record& next, const Occasion& occasion);
// Nobody reports, over any number of steps, to themselves. Refusal reference_ring names the field.
Result<void> check_reporting_line(Work& work, const Object& object, const Record* before, Record& next, const Occasion& occasion);
// Rights never grow in the hand that gives them: who does not administer gives roles he holds, changes no reporting line and
// touches no administrator. Refusal forbidden.
Result<void> check_grants(Work& work, const Object& object, const Record* before, Record& next, const Occasion& occasion);
// Somebody who may administer stays: refusal last_admin when a write would leave no active member with a role that does.
Result<void> keep_an_admin(Work& work, const Object& object, const Record* before, Record& next, const Occasion& occasion);
Result<void> check_team_tree(Work& work, const Object& object, const Record* before, Record& next, const Occasion& occasion);
// Rights can be read and a key never changes; only administrators write them, the last administering role keeps its rights, and
// a role that members hold stays. Refusals of role_rights_from_json, immutable_field, forbidden, last_admin, still_referenced.
Result<void> check_role(Work& work, const Object& object, const Record* before, Record& next, const Occasion& occasion);
// Groups, who is in them, and what is shared with them are an administrator's to write, whatever a role lets its holder do. Refusal forbidden.
Result<void> check_admin_writes(Work& work, const Object& object, const Record* before, Record& next, const Occasion& occasion);
// A member is in a group, or in charge of a territory, once. Refusal duplicate_key.
Result<void> complete_membership(Work& work, const Object& object, const Record* before, Record& next, const Occasion& occasion);
Result<void> complete_territory_member(Work& work, const Object& object, const Record* before, Record& next, const Occasion& occasion);
// What is within something does not hold it. Refusal reference_ring.
Result<void> check_group_tree(Work& work, const Object& object, const Record* before, Record& next, const Occasion& occasion);
Result<void> check_territory_tree(Work& work, const Object& object, const Record* before, Record& next, const Occasion& occasion);
// The object is one whose records have owners, the condition reads, and what takes away goes by a condition. Refusals unknown_object,
// only_by_criteria, no_parent, those of engine::sharing_condition.
Result<void> check_sharing_rule(Work& work, const Object& object, const Record* before, Record& next, const Occasion& occasion);
Result<void> complete_product(Work& work, const Object& object, const Record* before, Record& next, const Occasion& occasion);

// Keys of the roles whose holders can give rights back: general right admin, and edit on members and roles. `changed`: a role as it
// will be; nullptr: as they are.
using RoleKeys = std::set<std::string, std::less<>>;
RoleKeys administering_roles(Work& work, const Record* changed);
bool somebody_administers(Work& work, const RoleKeys& keys);
bool somebody_holds(Work& work, const std::string& key);

// Refusal reference_ring when following `slot` from `next` leads back to it. For trees of one object: managers, parents.
Result<void> refuse_ring(Work& work, const Object& object, std::size_t slot, const Record* before, const Record& next);

}  // namespace shangdao::org
