// The definition table of rules of sharing.
#include "sales/org/sharing_rule/sharing_rule.h"

namespace shangdao::org {

namespace {

using namespace record;

constexpr Choice bases[] = {
    {.key = "all", .label = {"所有记录", "All records"}, .synonyms = "default"},
    {.key = "owners", .label = {"按负责人", "By owner"}, .synonyms = "owner|owners"},
    {.key = "criteria", .label = {"按条件", "By criteria"}, .synonyms = "condition"},
    {.key = "by_parent", .label = {"随所属记录", "By parent"}, .synonyms = "parent"},
};
constexpr Choice audiences[] = {
    {.key = "everyone", .label = {"所有成员", "Everyone"}},
    {.key = "group", .label = {"小组", "A group"}},
    {.key = "role", .label = {"角色", "A role"}},
    {.key = "role_and_below", .label = {"角色及其下属", "A role and everyone below"}, .synonyms = "role and subordinates"},
    {.key = "team", .label = {"团队", "A team"}},
};
constexpr Choice levels[] = {
    {.key = "read", .label = {"可查看", "Read"}},
    {.key = "edit", .label = {"可编辑", "Edit"}},
    {.key = "only", .label = {"只能看到这些", "Nothing but these"}, .synonyms = "restriction"},
    {.key = "lock", .label = {"锁定：只能查看", "Locked: read only"}, .synonyms = "lock"},
};

constexpr FieldDef fields[] = {
    {.name = "name", .type = Type::text, .label = {"规则名称", "Name"}, .need = Need::required, .searched = Searched::yes, .ordered = Ordered::indexed},
    {.name = "object", .type = Type::text, .label = {"对象", "Object"}, .help = {"对象的代码名，如 deal、account", "The code name of the object: deal, account, …"}, .need = Need::required,
     .max_length = 60},
    {.name = "basis", .type = Type::choice, .label = {"共享哪些记录", "Which records"}, .need = Need::required, .choices = bases},
    {.name = "from_group", .type = Type::reference, .label = {"负责人所在小组", "Owned by members of"}, .target = "member_group", .reverse = "rules_from", .on_delete = OnDelete::refuse,
     .required_when = "basis = \"owners\"", .shown_when = "basis = \"owners\""},
    {.name = "criteria", .type = Type::text, .label = {"条件", "Criteria"},
     .help = {"公式，只用记录自己的字段，如 amount >= 500000", "A formula over the record's own fields: amount >= 500000"}, .text_kind = TextKind::long_text, .max_length = 16'384,
     .required_when = "basis = \"criteria\"", .shown_when = "basis = \"criteria\""},
    {.name = "audience", .type = Type::choice, .label = {"共享给", "With whom"}, .need = Need::required, .choices = audiences},
    {.name = "to_group", .type = Type::reference, .label = {"共享给小组", "With the group"}, .target = "member_group", .reverse = "rules_to", .on_delete = OnDelete::refuse,
     .required_when = "audience = \"group\"", .shown_when = "audience = \"group\""},
    {.name = "to_role", .type = Type::choice, .label = {"共享给角色", "With the role"}, .choices_from = "role",
     .required_when = "audience = \"role\" or audience = \"role_and_below\"", .shown_when = "audience = \"role\" or audience = \"role_and_below\""},
    {.name = "to_team", .type = Type::reference, .label = {"共享给团队", "With the team"}, .target = "team", .reverse = "rules_to", .on_delete = OnDelete::refuse,
     .required_when = "audience = \"team\"", .shown_when = "audience = \"team\""},
    {.name = "level", .type = Type::choice, .label = {"级别", "Level"}, .need = Need::required, .choices = levels},
    {.name = "active", .type = Type::boolean, .label = {"启用", "Active"}},
    {.name = "description", .type = Type::text, .label = {"说明", "Description"}, .text_kind = TextKind::long_text, .max_length = 65'535},
};

constexpr std::string_view what[] = {"name", "object", "basis", "from_group", "criteria"};
constexpr std::string_view whom[] = {"audience", "to_group", "to_role", "to_team", "level", "active", "description"};
constexpr Section layout[] = {{.label = {"共享什么", "What"}, .fields = what}, {.label = {"共享给谁", "With whom"}, .fields = whom}};
constexpr std::string_view list_columns[] = {"name", "object", "basis", "audience", "level", "active"};
constexpr std::string_view key_fields[] = {"object", "basis", "audience", "level"};

}  // namespace

constinit const ObjectDef SharingRule::def{
    .name = "sharing_rule", .plural = "sharing_rules", .label = {"共享规则", "Sharing rule"}, .plural_label = {"共享规则", "Sharing rules"}, .icon = "share-2", .group = "org",
    .ownership = Ownership::shared, .fields = fields, .layout = layout, .list_columns = list_columns, .key_fields = key_fields};

constinit const Field<SharingRule, std::string> SharingRule::object = field<SharingRule, std::string>(fields, "object");
constinit const Field<SharingRule, ChoiceKey> SharingRule::basis = field<SharingRule, ChoiceKey>(fields, "basis");
constinit const Field<SharingRule, std::string> SharingRule::criteria = field<SharingRule, std::string>(fields, "criteria");
constinit const Field<SharingRule, ChoiceKey> SharingRule::level = field<SharingRule, ChoiceKey>(fields, "level");
constinit const Field<SharingRule, bool> SharingRule::active = field<SharingRule, bool>(fields, "active");

}  // namespace shangdao::org
