// The definition table of members. The engine's People reads name, email, manager, roles, active and language by name.
#include "sales/org/member/member.h"

namespace shangdao::org {

namespace {

using namespace record;

constexpr Choice languages[] = {
    {.key = "zh", .label = {"中文", "Chinese"}, .synonyms = "zh-cn|简体中文"},
    {.key = "en", .label = {"英文", "English"}, .synonyms = "en-us|英语"},
};

constexpr FieldDef fields[] = {
    {.name = "name", .type = Type::text, .label = {"姓名", "Name"},
     .synonyms = "成员|销售|销售代表|员工|人员|sales agent|sales_agent|agent|user|full name|user name|employee|rep", .need = Need::required,
     .field_class = FieldClass::personal, .searched = Searched::yes, .ordered = Ordered::indexed, .text_kind = TextKind::person},
    {.name = "email", .type = Type::text, .label = {"邮箱", "E-mail"}, .help = {"没有邮箱的成员不能登录", "Without an e-mail address a member cannot sign in"},
     .synonyms = "邮件|电子邮箱|e-mail|email address|mail", .uniqueness = Uniqueness::unique, .field_class = FieldClass::personal, .searched = Searched::yes,
     .text_kind = TextKind::email},
    {.name = "mobile", .type = Type::text, .label = {"手机", "Mobile"}, .synonyms = "手机号|电话|phone|mobile phone|cell", .field_class = FieldClass::personal,
     .text_kind = TextKind::phone},
    {.name = "staff_number", .type = Type::text, .label = {"工号", "Staff number"}, .synonyms = "员工编号|employee id|employee number|user_id|userid",
     .uniqueness = Uniqueness::unique, .max_length = 40},
    {.name = "job_title", .type = Type::text, .label = {"职务", "Job title"}, .synonyms = "职位|title|position"},
    {.name = "manager", .type = Type::reference, .label = {"上级", "Manager"}, .help = {"汇报关系决定谁能看到谁的记录", "The reporting line decides who sees whose records"},
     .synonyms = "汇报对象|直属上级|主管|经理|reports to|supervisor", .target = "member", .reverse = "reports"},
    {.name = "team", .type = Type::reference, .label = {"团队", "Team"}, .synonyms = "部门|主属部门|区域|regional office|regional_office|department|group|region", .target = "team"},
    {.name = "roles", .type = Type::choices, .label = {"角色", "Roles"}, .synonyms = "角色名称|role|profile|权限角色", .choices_from = "role"},
    {.name = "active", .type = Type::boolean, .label = {"启用", "Active"}, .synonyms = "状态|在职|is active|enabled|isactive"},
    {.name = "language", .type = Type::choice, .label = {"语言", "Language"}, .synonyms = "locale", .choices = languages},
    {.name = "joined_on", .type = Type::date, .label = {"入职日期", "Joined on"}, .synonyms = "入职时间|hire date|start date"},
    {.name = "left_on", .type = Type::date, .label = {"离职日期", "Left on"}, .synonyms = "离职时间|termination date"},
};

constexpr std::string_view identity[] = {"name", "email", "mobile", "staff_number", "job_title"};
constexpr std::string_view place[] = {"manager", "team", "joined_on", "left_on"};
constexpr std::string_view rights[] = {"roles", "active", "language"};
constexpr Section layout[] = {
    {.label = {"基本信息", "Basics"}, .fields = identity},
    {.label = {"组织关系", "Place in the organisation"}, .fields = place},
    {.label = {"登录与权限", "Sign-in and rights"}, .fields = rights},
};
constexpr std::string_view list_columns[] = {"name", "team", "manager", "roles", "email", "mobile", "active"};
constexpr std::string_view key_fields[] = {"email", "team", "manager", "roles"};

}  // namespace

constinit const ObjectDef Member::def{
    .name = "member", .plural = "members", .label = {"成员", "Member"}, .plural_label = {"成员", "Members"}, .icon = "user-round", .group = "org",
    .ownership = Ownership::shared, .fields = fields, .layout = layout, .list_columns = list_columns, .key_fields = key_fields};

constinit const Field<Member, std::string> Member::name = field<Member, std::string>(fields, "name");
constinit const Field<Member, std::string> Member::email = field<Member, std::string>(fields, "email");
constinit const Field<Member, Id> Member::manager = field<Member, Id>(fields, "manager");
constinit const Field<Member, Id> Member::team = field<Member, Id>(fields, "team");
constinit const Field<Member, ChoiceKeys> Member::roles = field<Member, ChoiceKeys>(fields, "roles");
constinit const Field<Member, bool> Member::active = field<Member, bool>(fields, "active");
constinit const Field<Member, ChoiceKey> Member::language = field<Member, ChoiceKey>(fields, "language");

}  // namespace shangdao::org
