// The definition tables of groups and of who is in them.
#include "sales/org/member_group/member_group.h"

namespace shangdao::org {

namespace {

using namespace record;

constexpr FieldDef group_fields[] = {
    {.name = "name", .type = Type::text, .label = {"小组名称", "Name"}, .synonyms = "小组|群组|group|public group", .need = Need::required,
     .uniqueness = Uniqueness::unique, .searched = Searched::yes, .ordered = Ordered::indexed},
    {.name = "parent", .type = Type::reference, .label = {"上级小组", "Parent group"}, .help = {"本小组的组员也算上级小组的组员", "Members of this group count as members of its parent, too"},
     .target = "member_group", .reverse = "children"},
    {.name = "description", .type = Type::text, .label = {"说明", "Description"}, .text_kind = TextKind::long_text, .max_length = 65'535},
};
constexpr std::string_view group_basics[] = {"name", "parent", "description"};
constexpr Section group_layout[] = {{.label = {"基本信息", "Basics"}, .fields = group_basics}};
constexpr std::string_view group_key[] = {"description"};

constexpr FieldDef membership_fields[] = {
    {.name = "name", .type = Type::text, .label = {"组员", "Name"}, .written_by = WrittenBy::system},
    {.name = "member_group", .type = Type::reference, .label = {"小组", "Group"}, .need = Need::required, .target = "member_group", .reverse = "memberships",
     .on_delete = OnDelete::cascade},
    {.name = "member", .type = Type::reference, .label = {"成员", "Member"}, .need = Need::required, .target = "member", .reverse = "memberships",
     .on_delete = OnDelete::cascade},
};
constexpr std::string_view membership_basics[] = {"member_group", "member"};
constexpr Section membership_layout[] = {{.label = {"基本信息", "Basics"}, .fields = membership_basics}};

}  // namespace

constinit const ObjectDef MemberGroup::def{
    .name = "member_group", .plural = "member_groups", .label = {"小组", "Group"}, .plural_label = {"小组", "Groups"}, .icon = "users", .group = "org",
    .ownership = Ownership::shared, .fields = group_fields, .layout = group_layout, .list_columns = group_basics, .key_fields = group_key};

constinit const ObjectDef Membership::def{
    .name = "membership", .plural = "memberships", .label = {"组员", "Group member"}, .plural_label = {"组员", "Group members"}, .icon = "user-plus", .group = "org",
    .ownership = Ownership::shared, .fields = membership_fields, .layout = membership_layout, .list_columns = membership_basics, .key_fields = membership_basics};

constinit const Field<MemberGroup, Id> MemberGroup::parent = field<MemberGroup, Id>(group_fields, "parent");
constinit const Field<Membership, std::string> Membership::name = field<Membership, std::string>(membership_fields, "name");
constinit const Field<Membership, Id> Membership::member_group = field<Membership, Id>(membership_fields, "member_group");
constinit const Field<Membership, Id> Membership::member = field<Membership, Id>(membership_fields, "member");

}  // namespace shangdao::org
