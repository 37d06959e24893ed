// The definition table of teams.
#include "sales/org/team/team.h"

namespace shangdao::org {

namespace {

using namespace record;

constexpr FieldDef fields[] = {
    {.name = "name", .type = Type::text, .label = {"团队名称", "Name"}, .synonyms = "团队|部门|部门名称|区域|team|department|regional office|regional_office|office|region",
     .need = Need::required, .uniqueness = Uniqueness::unique, .searched = Searched::yes, .ordered = Ordered::indexed},
    {.name = "parent", .type = Type::reference, .label = {"上级团队", "Parent team"}, .synonyms = "上级部门|parent department", .target = "team", .reverse = "subteams"},
    {.name = "leader", .type = Type::reference, .label = {"团队负责人", "Team lead"}, .synonyms = "部门负责人|负责人|lead|head|manager", .target = "member", .reverse = "led_teams"},
    {.name = "description", .type = Type::text, .label = {"说明", "Description"}, .synonyms = "备注|remark", .text_kind = TextKind::long_text, .max_length = 65'535},
};

constexpr std::string_view basics[] = {"name", "parent", "leader", "description"};
constexpr Section layout[] = {{.label = {"基本信息", "Basics"}, .fields = basics}};
constexpr std::string_view list_columns[] = {"name", "parent", "leader"};
constexpr std::string_view key_fields[] = {"leader", "parent"};

}  // namespace

constinit const ObjectDef Team::def{
    .name = "team", .plural = "teams", .label = {"团队", "Team"}, .plural_label = {"团队", "Teams"}, .icon = "users-round", .group = "org",
    .ownership = Ownership::shared, .fields = fields, .layout = layout, .list_columns = list_columns, .key_fields = key_fields};

constinit const Field<Team, std::string> Team::name = field<Team, std::string>(fields, "name");
constinit const Field<Team, Id> Team::parent = field<Team, Id>(fields, "parent");
constinit const Field<Team, Id> Team::leader = field<Team, Id>(fields, "leader");

}  // namespace shangdao::org
