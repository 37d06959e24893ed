// The definition table of roles.
#include "sales/org/role/role.h"

namespace shangdao::org {

namespace {

using namespace record;

constexpr FieldDef fields[] = {
    {.name = "name", .type = Type::text, .label = {"角色名称", "Name"}, .synonyms = "角色|role|role name|profile", .need = Need::required, .searched = Searched::yes,
     .ordered = Ordered::indexed},
    {.name = "name_en", .type = Type::text, .label = {"英文名称", "English name"}},
    {.name = "key", .type = Type::text, .label = {"角色键", "Role key"}, .help = {"创建后不再改变", "Never changes once created"}, .need = Need::required,
     .uniqueness = Uniqueness::unique, .max_length = 40},
    {.name = "rights", .type = Type::text, .label = {"权限集", "Rights"}, .help = {"每个对象的查看、编辑、删除、导出级别：none、own、team、all", "Per object the level of reading, editing, deleting, export: none, own, team, all"},
     .need = Need::required, .text_kind = TextKind::long_text, .max_length = 65'535},
    {.name = "description", .type = Type::text, .label = {"说明", "Description"}, .text_kind = TextKind::long_text, .max_length = 65'535},
};

constexpr std::string_view basics[] = {"name", "name_en", "key", "description"};
constexpr std::string_view rights_section[] = {"rights"};
constexpr Section layout[] = {{.label = {"基本信息", "Basics"}, .fields = basics}, {.label = {"权限", "Rights"}, .fields = rights_section}};
constexpr std::string_view list_columns[] = {"name", "key", "description"};
constexpr std::string_view key_fields[] = {"key"};

}  // namespace

constinit const ObjectDef Role::def{
    .name = "role", .plural = "roles", .label = {"角色", "Role"}, .plural_label = {"角色", "Roles"}, .icon = "shield-check", .group = "org",
    .ownership = Ownership::shared, .fields = fields, .layout = layout, .list_columns = list_columns, .key_fields = key_fields};

constinit const Field<Role, std::string> Role::name = field<Role, std::string>(fields, "name");
constinit const Field<Role, std::string> Role::name_en = field<Role, std::string>(fields, "name_en");
constinit const Field<Role, std::string> Role::key = field<Role, std::string>(fields, "key");
constinit const Field<Role, std::string> Role::rights = field<Role, std::string>(fields, "rights");

}  // namespace shangdao::org
