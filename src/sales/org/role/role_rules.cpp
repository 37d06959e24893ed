// Rules of roles, the default roles, and roles as choices of members.
#include <algorithm>
#include <array>

#include "sales/org/objects.h"
#include "sales/org/role/role.h"
#include "sales/org/rules.h"

namespace shangdao::org {

namespace {

// Own records, the shared ones to read. Passages are owned by nobody and seen through their deal or lead.
constexpr std::string_view rep_rights = R"json({
 "general": ["export"],
 "objects": {
  "*": {"create": true, "read": "own", "edit": "own", "delete": "own", "export": "own", "bulk": "own"},
  "member": {"read": "all"}, "team": {"read": "all"}, "product": {"read": "all"}, "role": {},
  "member_group": {"read": "all"}, "membership": {"read": "all"}, "sharing_rule": {}, "territory": {"read": "all"}, "territory_member": {"read": "all"},
  "process": {"read": "all"}, "process_version": {"read": "all"}, "passage": {"read": "own", "export": "own"}, "approval": {"read": "own", "edit": "own"}}})json";

constexpr std::string_view manager_rights = R"json({
 "general": ["import", "export", "grant_exceptions"],
 "objects": {
  "*": {"create": true, "read": "team", "edit": "team", "delete": "team", "export": "team", "bulk": "team", "verbs": ["reopen", "lock"]},
  "member": {"read": "all", "export": "all"}, "team": {"read": "all"}, "product": {"read": "all", "export": "all"}, "role": {"read": "all"},
  "member_group": {"read": "all"}, "membership": {"read": "all"}, "sharing_rule": {"read": "all"}, "territory": {"read": "all"}, "territory_member": {"read": "all"},
  "process": {"read": "all"}, "process_version": {"read": "all"}, "passage": {"read": "team", "export": "team"}, "approval": {"read": "team", "edit": "team", "export": "team"}}})json";

constexpr std::string_view admin_rights = R"json({
 "general": ["admin", "import", "import_history", "export", "audit", "person_export", "erase", "grant_exceptions"],
 "objects": {
  "*": {"create": true, "read": "all", "edit": "all", "delete": "all", "export": "all", "bulk": "all", "verbs": ["reopen", "lock"]},
  "passage": {"read": "all", "export": "all"}, "approval": {"read": "all", "edit": "all", "export": "all"}}})json";

constexpr std::array<DefaultRole, 3> defaults{{
    {.key = "rep", .name = {"销售", "Rep"}, .rights = rep_rights},
    {.key = "manager", .name = {"销售主管", "Manager"}, .rights = manager_rights},
    {.key = "admin", .name = {"管理员", "Admin"}, .rights = admin_rights},
}};

}  // namespace

std::span<const DefaultRole> default_roles() { return defaults; }

namespace {

bool is_administering(const Record& role, const record::Catalogue& catalogue)
{
    const auto* text = role.get(Role::rights);
    const auto rights = text == nullptr || role.deleted() ? Result<engine::RoleRights>{refuse("required")} : engine::role_rights_from_json(*text, catalogue);
    if (!rights || !rights->general.contains("admin")) return false;
    return std::ranges::all_of(std::array{"member", "role"}, [&](const char* name) {
        const auto named = rights->objects.find(name);
        const auto& object = named == rights->objects.end() ? rights->everything : named->second;
        return object.read != engine::Level::none && object.edit != engine::Level::none;
    });
}

}  // namespace

RoleKeys administering_roles(Work& work, const Record* changed)
{
    store::Select select{.from = &work.desk.catalogue->at("role")};
    select.limit = 1'000;
    RoleKeys keys;
    const auto add = [&](const Record& role) {
        const auto* key = role.get(Role::key);
        if (key != nullptr && is_administering(role, *work.desk.catalogue)) keys.insert(*key);
    };
    for (const auto& role : work.unit.records(select, work.desk.moment))
        if (changed == nullptr || role.id() != changed->id()) add(role);
    if (changed != nullptr) add(*changed);
    return keys;
}

Result<void> check_role(Work& work, const Object&, const Record* before, Record& next, const Occasion&)
{
    if (before != nullptr && before->at(Role::key.slot) != next.at(Role::key.slot)) return refuse("immutable_field", "key", {{"name", "key"}});
    const auto* rights = next.get(Role::rights);
    const bool changes = before == nullptr || before->at(Role::rights.slot) != next.at(Role::rights.slot) || before->deleted() != next.deleted();
    if (changes && !work.desk.guard->general("admin")) return refuse("forbidden", "rights", {{"action", "edit"}});
    if (rights != nullptr) CHECK_OK(engine::role_rights_from_json(*rights, *work.desk.catalogue));
    if (before == nullptr || !changes) return {};
    const auto* key = next.get(Role::key);
    if (next.deleted() && key != nullptr && somebody_holds(work, *key)) return refuse("still_referenced", "role", {{"by", "member"}});
    if (!is_administering(*before, *work.desk.catalogue) || is_administering(next, *work.desk.catalogue)) return {};
    if (somebody_administers(work, administering_roles(work, nullptr)) && !somebody_administers(work, administering_roles(work, &next)))
        return refuse("last_admin", "rights", {{"name", "admin"}});
    return {};
}

void fill_choices(store::View* view, record::CatalogueBuilder& builder)
{
    std::vector<record::Choice> choices;
    std::vector<engine::Record> roles;   // owns the text of `choices` until the builder has copied it
    if (view != nullptr) {
        store::Select select{.from = &view->catalogue().at("role")};
        select.limit = 1'000;
        roles = view->records(select, {});
    }
    for (const auto& role : roles) {
        const auto* key = role.get(Role::key);
        const auto* name = role.get(Role::name);
        const auto* english = role.get(Role::name_en);
        if (key != nullptr && name != nullptr) choices.push_back({.key = *key, .label = {*name, english != nullptr ? *english : *name}});
    }
    if (choices.empty())
        for (const auto& role : defaults) choices.push_back({.key = role.key, .label = role.name});
    builder.fill_choices("role", "member", choices);
    builder.fill_choices("role", "sharing_rule", std::move(choices));
}

Result<void> seed(engine::Work& work, const engine::Records& records)
{
    const auto& object = work.desk.catalogue->at("role");
    for (const auto& role : defaults) {
        if (work.unit.find_unique(object, Role::key.slot, std::string{role.key})) continue;
        const record::Changes values{{Role::name.slot, std::string{role.name.zh}}, {Role::name_en.slot, std::string{role.name.en}},
                                     {Role::key.slot, std::string{role.key}}, {Role::rights.slot, std::string{role.rights}}};
        CHECK_OK(records.create(work, object, values));
    }
    return {};
}

}  // namespace shangdao::org
