// The definition tables of territories and of who is in charge of them.
#include "sales/org/territory/territory.h"

namespace shangdao::org {

namespace {

using namespace record;

constexpr Choice levels[] = {{.key = "read", .label = {"可查看", "Read"}}, {.key = "edit", .label = {"可编辑", "Edit"}}};

constexpr FieldDef fields[] = {
    {.name = "name", .type = Type::text, .label = {"区域名称", "Name"}, .synonyms = "区域|片区|territory|area", .need = Need::required, .uniqueness = Uniqueness::unique,
     .searched = Searched::yes, .ordered = Ordered::indexed},
    {.name = "parent", .type = Type::reference, .label = {"上级区域", "Parent territory"}, .help = {"上级区域的成员也能看到本区域的记录", "Members of the parent see what lies in this one, too"},
     .target = "territory", .reverse = "children"},
    {.name = "level", .type = Type::choice, .label = {"级别", "Level"}, .help = {"区域成员可以对其中的记录做什么", "What its members may do with what lies in it"}, .need = Need::required, .choices = levels},
    {.name = "description", .type = Type::text, .label = {"说明", "Description"}, .text_kind = TextKind::long_text, .max_length = 65'535},
};
constexpr std::string_view basics[] = {"name", "parent", "level", "description"};
constexpr Section layout[] = {{.label = {"基本信息", "Basics"}, .fields = basics}};
constexpr std::string_view list_columns[] = {"name", "parent", "level", "description"};
constexpr std::string_view key_fields[] = {"parent", "level"};

constexpr FieldDef member_fields[] = {
    {.name = "name", .type = Type::text, .label = {"区域成员", "Name"}, .written_by = WrittenBy::system},
    {.name = "territory", .type = Type::reference, .label = {"区域", "Territory"}, .need = Need::required, .target = "territory", .reverse = "territory_members",
     .on_delete = OnDelete::cascade},
    {.name = "member", .type = Type::reference, .label = {"成员", "Member"}, .need = Need::required, .target = "member", .reverse = "territory_members",
     .on_delete = OnDelete::cascade},
};
constexpr std::string_view member_basics[] = {"territory", "member"};
constexpr Section member_layout[] = {{.label = {"基本信息", "Basics"}, .fields = member_basics}};

}  // namespace

constinit const ObjectDef Territory::def{
    .name = "territory", .plural = "territories", .label = {"区域", "Territory"}, .plural_label = {"区域", "Territories"}, .icon = "map", .group = "org",
    .ownership = Ownership::shared, .fields = fields, .layout = layout, .list_columns = list_columns, .key_fields = key_fields};

constinit const ObjectDef TerritoryMember::def{
    .name = "territory_member", .plural = "territory_members", .label = {"区域成员", "Territory member"}, .plural_label = {"区域成员", "Territory members"}, .icon = "map-pin", .group = "org",
    .ownership = Ownership::shared, .fields = member_fields, .layout = member_layout, .list_columns = member_basics, .key_fields = member_basics};

constinit const Field<Territory, Id> Territory::parent = field<Territory, Id>(fields, "parent");
constinit const Field<TerritoryMember, std::string> TerritoryMember::name = field<TerritoryMember, std::string>(member_fields, "name");
constinit const Field<TerritoryMember, Id> TerritoryMember::territory = field<TerritoryMember, Id>(member_fields, "territory");
constinit const Field<TerritoryMember, Id> TerritoryMember::member = field<TerritoryMember, Id>(member_fields, "member");

}  // namespace shangdao::org
