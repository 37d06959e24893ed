// The definition tables of processes and their versions.
#include "sales/process/process/process.h"

namespace shangdao::process {

namespace {

using namespace record;

constexpr Choice staged_objects[] = {{.key = "deal", .label = {"商机", "Deal"}}, {.key = "lead", .label = {"线索", "Lead"}}};

constexpr FieldDef process_fields[] = {
    {.name = "name", .type = Type::text, .label = {"流程名称", "Name"}, .synonyms = "销售流程|pipeline|process", .need = Need::required, .searched = Searched::yes, .ordered = Ordered::indexed},
    {.name = "name_en", .type = Type::text, .label = {"英文名称", "English name"}},
    {.name = "key", .type = Type::text, .label = {"流程键", "Process key"}, .help = {"创建后不再改变", "Never changes once created"}, .need = Need::required, .uniqueness = Uniqueness::unique, .max_length = 40},
    {.name = "runs_on", .type = Type::choice, .label = {"适用对象", "Runs on"}, .need = Need::required, .choices = staged_objects},
    {.name = "active_version", .type = Type::reference, .label = {"当前版本", "Active version"}, .help = {"新记录使用的版本", "The version new records begin under"}, .written_by = WrittenBy::verb,
     .target = "process_version", .reverse = "active_in"},
    {.name = "is_default", .type = Type::boolean, .label = {"默认", "Default"}},
    {.name = "active", .type = Type::boolean, .label = {"启用", "Active"}},
    {.name = "description", .type = Type::text, .label = {"说明", "Description"}, .text_kind = TextKind::long_text, .max_length = 65'535},
};

constexpr FieldDef publish_arguments[] = {
    {.name = "document", .type = Type::text, .label = {"流程文档", "Process document"}, .help = {"阶段、条件与规则的 JSON", "Stages, gates and moves as JSON"}, .need = Need::required,
     .text_kind = TextKind::long_text, .max_length = 65'535},
};
constexpr VerbDef process_verbs[] = {{.name = "publish", .label = {"发布新版本", "Publish a version"}, .arguments = publish_arguments, .tone = VerbTone::good}};

constexpr std::string_view process_basics[] = {"name", "name_en", "key", "runs_on", "active_version", "is_default", "active", "description"};
constexpr Section process_layout[] = {{.label = {"基本信息", "Basics"}, .fields = process_basics}};
constexpr std::string_view process_columns[] = {"name", "runs_on", "active_version", "is_default", "active"};
constexpr std::string_view process_key_fields[] = {"runs_on", "active_version", "is_default"};

constexpr FieldDef version_fields[] = {
    {.name = "name", .type = Type::text, .label = {"版本名称", "Name"}, .written_by = WrittenBy::system},
    {.name = "process", .type = Type::reference, .label = {"流程", "Process"}, .need = Need::required, .target = "process", .reverse = "versions", .on_delete = OnDelete::refuse},
    {.name = "number", .type = Type::number, .label = {"版本号", "Version number"}, .written_by = WrittenBy::system},
    {.name = "document", .type = Type::text, .label = {"流程文档", "Process document"}, .need = Need::required, .text_kind = TextKind::long_text, .max_length = 65'535},
};

constexpr std::string_view version_basics[] = {"name", "process", "number", "document"};
constexpr Section version_layout[] = {{.label = {"版本", "Version"}, .fields = version_basics}};
constexpr std::string_view version_columns[] = {"name", "process", "number", "created_at"};
constexpr std::string_view version_key_fields[] = {"process", "number"};

}  // namespace

constinit const ObjectDef Process::def{
    .name = "process", .plural = "processes", .label = {"流程", "Process"}, .plural_label = {"流程", "Processes"}, .icon = "workflow", .group = "settings",
    .ownership = Ownership::shared, .fields = process_fields, .verbs = process_verbs, .layout = process_layout, .list_columns = process_columns,
    .key_fields = process_key_fields};

constinit const ObjectDef ProcessVersion::def{
    .name = "process_version", .plural = "process_versions", .label = {"流程版本", "Process version"}, .plural_label = {"流程版本", "Process versions"},
    .icon = "git-branch", .group = "settings", .ownership = Ownership::shared, .fields = version_fields, .layout = version_layout,
    .list_columns = version_columns, .key_fields = version_key_fields};

constinit const Field<Process, std::string> Process::name = field<Process, std::string>(process_fields, "name");
constinit const Field<Process, std::string> Process::name_en = field<Process, std::string>(process_fields, "name_en");
constinit const Field<Process, std::string> Process::key = field<Process, std::string>(process_fields, "key");
constinit const Field<Process, ChoiceKey> Process::runs_on = field<Process, ChoiceKey>(process_fields, "runs_on");
constinit const Field<Process, Id> Process::active_version = field<Process, Id>(process_fields, "active_version");
constinit const Field<Process, bool> Process::is_default = field<Process, bool>(process_fields, "is_default");
constinit const Field<Process, bool> Process::active = field<Process, bool>(process_fields, "active");
constinit const Field<ProcessVersion, std::string> ProcessVersion::name = field<ProcessVersion, std::string>(version_fields, "name");
constinit const Field<ProcessVersion, Id> ProcessVersion::process = field<ProcessVersion, Id>(version_fields, "process");
constinit const Field<ProcessVersion, Number> ProcessVersion::number = field<ProcessVersion, Number>(version_fields, "number");
constinit const Field<ProcessVersion, std::string> ProcessVersion::document = field<ProcessVersion, std::string>(version_fields, "document");

}  // namespace shangdao::process
