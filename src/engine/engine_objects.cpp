// Definition tables of the machinery's own objects.
#include "engine/engine_objects.h"

#include "engine/audiences.h"

namespace shangdao::engine {

const record::ObjectDef job_object{
    .name = "job",
    .plural = "jobs",
    .label = {"任务", "Job"},
    .plural_label = {"任务", "Jobs"},
    .exposure = record::Exposure::internal,
    .name_field = "kind",
    .fields = job_fields,
};

namespace {

constexpr record::FieldDef saved_view_fields[] = {
    {.name = "name", .type = record::Type::text, .label = {"名称", "Name"}, .need = record::Need::required},
    {.name = "object", .type = record::Type::text, .label = {"对象", "Object"}, .need = record::Need::required},
    {.name = "filter", .type = record::Type::text, .label = {"筛选条件", "Filter"}, .text_kind = record::TextKind::long_text, .naming = record::Naming::filter},
    {.name = "sort", .type = record::Type::text, .label = {"排序", "Sort"}, .naming = record::Naming::sort},
    {.name = "columns", .type = record::Type::text, .label = {"列", "Columns"}, .text_kind = record::TextKind::long_text, .naming = record::Naming::columns},
    {.name = "shared", .type = record::Type::choice, .label = {"共享范围", "Shared with"}, .choices = audiences},
    {.name = "settings", .type = record::Type::text, .label = {"显示设置", "Settings"}, .text_kind = record::TextKind::long_text, .naming = record::Naming::look},
};
constexpr std::string_view saved_view_columns[] = {"name", "object", "shared", "owner"};

}  // namespace

const record::ObjectDef saved_view_object{
    .name = "saved_view",
    .plural = "views",
    .label = {"视图", "View"},
    .plural_label = {"视图", "Views"},
    .icon = "list-filter",
    .group = "system",
    .fields = saved_view_fields,
    .list_columns = saved_view_columns,
    .shared_by = "shared",
};

namespace {

constexpr record::FieldDef preference_fields[] = {
    {.name = "name", .type = record::Type::text, .label = {"名称", "Name"}, .need = record::Need::required},
    {.name = "value", .type = record::Type::text, .label = {"值", "Value"}, .text_kind = record::TextKind::long_text},
};
constexpr std::string_view preference_columns[] = {"name", "value", "owner"};

}  // namespace

const record::ObjectDef preference_object{
    .name = "preference",
    .plural = "preferences",
    .label = {"偏好", "Preference"},
    .plural_label = {"偏好", "Preferences"},
    .icon = "settings",
    .group = "system",
    .fields = preference_fields,
    .list_columns = preference_columns,
};

}  // namespace shangdao::engine
