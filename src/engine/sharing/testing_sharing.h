// The fleet of tests with groups and rules of sharing, as a room above would define them.
#pragma once

#include <set>

#include "engine/sharing/sharing.h"
#include "engine/testing_fleet.h"

namespace shangdao::engine::testing_sharing {

using testing_fleet::Fleet;

inline constexpr record::FieldDef group_fields[] = {
    {.name = "name", .type = record::Type::text, .label = {"组", "Name"}, .need = record::Need::required},
    {.name = "parent", .type = record::Type::reference, .label = {"上级", "Parent"}, .target = "member_group"},
};
inline constexpr record::ObjectDef group_object{.name = "member_group", .plural = "member_groups", .label = {"组", "Group"}, .plural_label = {"组", "Groups"}, .ownership = record::Ownership::shared, .fields = group_fields};
inline constexpr record::FieldDef membership_fields[] = {
    {.name = "name", .type = record::Type::text, .label = {"组员", "Name"}},
    {.name = "member_group", .type = record::Type::reference, .label = {"组", "Group"}, .target = "member_group"},
    {.name = "member", .type = record::Type::reference, .label = {"成员", "Member"}, .target = "member"},
};
inline constexpr record::ObjectDef membership_object{.name = "membership", .plural = "memberships", .label = {"组员", "Membership"}, .plural_label = {"组员", "Memberships"}, .ownership = record::Ownership::shared, .fields = membership_fields};
inline constexpr record::Choice bases[] = {{.key = "all", .label = {"所有", "All"}}, {.key = "owners", .label = {"负责人", "Owners"}}, {.key = "criteria", .label = {"条件", "Criteria"}}, {.key = "by_parent", .label = {"所属", "By parent"}}};
inline constexpr record::Choice audiences[] = {{.key = "everyone", .label = {"所有", "Everyone"}}, {.key = "group", .label = {"组", "Group"}}, {.key = "role", .label = {"角色", "Role"}}, {.key = "role_and_below", .label = {"角色以下", "Role and below"}}, {.key = "team", .label = {"队", "Team"}}};
inline constexpr record::Choice levels[] = {{.key = "read", .label = {"看", "Read"}}, {.key = "edit", .label = {"改", "Edit"}}, {.key = "only", .label = {"只", "Only"}}, {.key = "lock", .label = {"锁", "Lock"}}};
inline constexpr record::FieldDef rule_fields[] = {
    {.name = "name", .type = record::Type::text, .label = {"规则", "Name"}},
    {.name = "object", .type = record::Type::text, .label = {"对象", "Object"}},
    {.name = "basis", .type = record::Type::choice, .label = {"依据", "Basis"}, .choices = bases},
    {.name = "from_group", .type = record::Type::reference, .label = {"来自", "From"}, .target = "member_group"},
    {.name = "criteria", .type = record::Type::text, .label = {"条件", "Criteria"}},
    {.name = "audience", .type = record::Type::choice, .label = {"给谁", "Audience"}, .choices = audiences},
    {.name = "to_group", .type = record::Type::reference, .label = {"给组", "To group"}, .target = "member_group"},
    {.name = "to_role", .type = record::Type::choice, .label = {"给角色", "To role"}, .choices = testing_fleet::role_choices},
    {.name = "level", .type = record::Type::choice, .label = {"级别", "Level"}, .choices = levels},
    {.name = "active", .type = record::Type::boolean, .label = {"启用", "Active"}},
};
inline constexpr record::ObjectDef rule_object{.name = "sharing_rule", .plural = "sharing_rules", .label = {"规则", "Rule"}, .plural_label = {"规则", "Rules"}, .ownership = record::Ownership::shared, .fields = rule_fields};

inline Rooms rooms_with_sharing()
{
    auto rooms = testing_fleet::rooms();
    rooms.objects.insert(rooms.objects.end(), {&group_object, &membership_object, &rule_object});
    return rooms;
}

inline std::string text_of(const char* name, Id id) { return "\"" + std::string{name} + "\":\"" + to_string(id) + "\""; }

struct SharingFleet : Fleet {
    SharingFleet() : Fleet(rooms_with_sharing()) {}

    Id made(std::string_view object, const std::string& json) const
    {
        const auto id = create(admiral, object, json);
        if (!id) throw std::runtime_error(id.error()[0].code + " " + id.error()[0].field + " " + json);
        return *id;
    }
    Id group(std::initializer_list<Id> members) const { return group(std::vector<Id>(members)); }
    Id group(const std::vector<Id>& members) const
    {
        const auto group = made("member_group", R"({"name":"g"})");
        for (const auto member : members) made("membership", "{" + text_of("member_group", group) + "," + text_of("member", member) + "}");
        return group;
    }
    Id boat(Id owner, int price, std::string_view phone = "13800138000") const
    {
        const auto id = create(owner, "boat", R"({"name":"海鸥","price":")" + std::to_string(price) + R"(","phone":")" + std::string{phone} + "\"}");
        if (!id) throw std::runtime_error(id.error()[0].code);
        return *id;
    }
    Result<std::string> give(Id by, Id boat, Id to, Grant grant, std::optional<Instant> until = {}) const
    {
        return write(as(by), [&](Work& work) -> Result<std::string> {
            CHECK_OK(share(work, engine->records(), work.desk.catalogue->at("boat"), boat, {to, grant, until}));
            return std::string{};
        });
    }
    Result<std::string> take(Id by, Id boat, Id from) const
    {
        return write(as(by), [&](Work& work) -> Result<std::string> {
            CHECK_OK(unshare(work, engine->records(), work.desk.catalogue->at("boat"), boat, from));
            return std::string{};
        });
    }
    std::set<Id> seen(Id by, const ListRequest& request = {.limit = 1000}) const
    {
        std::set<Id> ids;
        const auto list = this->list(by, "boats", request);
        if (!list) throw std::runtime_error(list.error()[0].code);
        for (const auto& row : list->at("data").as_array()) ids.insert(*parse_id(row.at("id").as_string()));
        return ids;
    }
    std::string refusal(const Result<std::string>& result) const { return result ? "" : result.error()[0].code; }
};

}  // namespace shangdao::engine::testing_sharing
