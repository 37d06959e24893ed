// The system slots with which every record begins.
#include "record/definition.h"

#include <array>

namespace shangdao::record {

namespace {

constexpr std::array<FieldDef, first_own_slot> system_table{{
    {.name = "id", .type = Type::reference, .label = {"编号", "ID"}, .written_by = WrittenBy::system},
    {.name = "version", .type = Type::number, .label = {"版本", "Version"}, .written_by = WrittenBy::system},
    {.name = "created_at", .type = Type::instant, .label = {"创建时间", "Created at"}, .synonyms = "创建日期|created time|create date",
     .written_by = WrittenBy::system, .ordered = Ordered::indexed},
    {.name = "created_by", .type = Type::reference, .label = {"创建人", "Created by"}, .written_by = WrittenBy::system, .target = "member"},
    {.name = "updated_at", .type = Type::instant, .label = {"更新时间", "Updated at"}, .synonyms = "最后修改时间|modified time",
     .written_by = WrittenBy::system, .ordered = Ordered::indexed},
    {.name = "updated_by", .type = Type::reference, .label = {"更新人", "Updated by"}, .written_by = WrittenBy::system, .target = "member"},
    {.name = "deleted_at", .type = Type::instant, .label = {"删除时间", "Deleted at"}, .written_by = WrittenBy::system},
    {.name = "deleted_by", .type = Type::reference, .label = {"删除人", "Deleted by"}, .written_by = WrittenBy::system, .target = "member"},
    {.name = "owner", .type = Type::reference, .label = {"负责人", "Owner"}, .synonyms = "所有人|归属人|销售|assigned to|record owner|agent",
     .written_by = WrittenBy::verb, .target = "member"},
}};

}  // namespace

std::span<const FieldDef> system_fields() { return system_table; }

}  // namespace shangdao::record
