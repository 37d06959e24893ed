// The definition table of passages.
#include "sales/process/passage/passage.h"

namespace shangdao::process {

namespace {

using namespace record;

constexpr Choice ways_in[] = {
    {.key = "moved", .label = {"推进", "Moved"}}, {.key = "inferred", .label = {"推断", "Inferred"}}, {.key = "imported", .label = {"导入", "Imported"}},
    {.key = "mapped", .label = {"换流程版本", "Process version changed"}}};

constexpr Choice ways_out[] = {
    {.key = "forward", .label = {"推进", "Forward"}, .tone = "good"}, {.key = "back", .label = {"退回", "Back"}, .tone = "warn"},
    {.key = "won", .label = {"赢单", "Won"}, .tone = "good"},         {.key = "lost", .label = {"输单", "Lost"}, .tone = "bad"},
    {.key = "converted", .label = {"转化", "Converted"}, .tone = "good"}, {.key = "disqualified", .label = {"不合格", "Disqualified"}, .tone = "bad"},
    {.key = "mapped", .label = {"换流程版本", "Process version changed"}},
};

constexpr FieldDef fields[] = {
    {.name = "name", .type = Type::text, .label = {"名称", "Name"}, .written_by = WrittenBy::system},
    {.name = "deal", .type = Type::reference, .label = {"商机", "Deal"}, .written_by = WrittenBy::system, .target = "deal", .reverse = "passages"},
    {.name = "lead", .type = Type::reference, .label = {"线索", "Lead"}, .written_by = WrittenBy::system, .target = "lead", .reverse = "passages"},
    {.name = "process", .type = Type::reference, .label = {"流程", "Process"}, .written_by = WrittenBy::system, .target = "process", .reverse = "passages"},
    {.name = "process_version", .type = Type::reference, .label = {"流程版本", "Process version"}, .written_by = WrittenBy::system, .target = "process_version", .reverse = "passages"},
    {.name = "stage", .type = Type::choice, .label = {"阶段", "Stage"}, .written_by = WrittenBy::system, .choices_from = "process"},
    {.name = "position", .type = Type::number, .label = {"阶段次序", "Order"}, .written_by = WrittenBy::system},
    {.name = "how", .type = Type::choice, .label = {"如何进入", "How"}, .written_by = WrittenBy::system, .choices = ways_in},
    {.name = "entered_at", .type = Type::instant, .label = {"进入时间", "Entered at"}, .written_by = WrittenBy::system},
    {.name = "left_at", .type = Type::instant, .label = {"离开时间", "Left at"}, .written_by = WrittenBy::system},
    {.name = "left_by", .type = Type::choice, .label = {"如何离开", "Left by"}, .written_by = WrittenBy::system, .choices = ways_out},
    {.name = "first_visit", .type = Type::boolean, .label = {"首次进入", "First visit"}, .written_by = WrittenBy::system},
    {.name = "passed", .type = Type::boolean, .label = {"通过", "Passed"}, .written_by = WrittenBy::system},
    {.name = "stage_days", .type = Type::number, .label = {"停留天数", "Days in stage"}, .written_by = WrittenBy::system, .scale = 2},
    {.name = "member", .type = Type::reference, .label = {"当时负责人", "Owner then"}, .written_by = WrittenBy::system, .target = "member", .reverse = "passages"},
    {.name = "amount", .type = Type::money, .label = {"当时金额", "Amount then"}, .written_by = WrittenBy::system, .copy_of = "deal.amount"},
    {.name = "missed", .type = Type::text, .label = {"欠项", "Checks missed"}, .written_by = WrittenBy::system, .text_kind = TextKind::long_text, .max_length = 65'535},
};

constexpr std::string_view list_columns[] = {"name", "deal", "lead", "stage", "how", "entered_at", "left_at", "left_by", "stage_days", "member"};
constexpr std::string_view key_fields[] = {"stage", "how", "entered_at", "left_at"};
constexpr std::string_view stay[] = {"deal", "lead", "process", "process_version", "stage", "position", "how", "entered_at", "left_at", "left_by", "first_visit", "passed", "stage_days",
                                     "member", "amount", "missed"};
constexpr Section layout[] = {{.label = {"停留", "Stay"}, .fields = stay}};
constexpr std::string_view seen_through[] = {"deal", "lead"};
constexpr std::string_view indexes[] = {"deal", "lead", "process,stage,first_visit"};

}  // namespace

constinit const ObjectDef Passage::def{
    .name = "passage", .plural = "passages", .label = {"阶段履历", "Passage"}, .plural_label = {"阶段履历", "Passages"}, .icon = "route", .group = "analysis",
    .orders = Orders::named, .fields = fields, .layout = layout, .list_columns = list_columns, .key_fields = key_fields, .seen_through = seen_through, .indexes = indexes};

constinit const Field<Passage, std::string> Passage::name = field<Passage, std::string>(fields, "name");
constinit const Field<Passage, Id> Passage::deal = field<Passage, Id>(fields, "deal");
constinit const Field<Passage, Id> Passage::lead = field<Passage, Id>(fields, "lead");
constinit const Field<Passage, Id> Passage::process = field<Passage, Id>(fields, "process");
constinit const Field<Passage, Id> Passage::process_version = field<Passage, Id>(fields, "process_version");
constinit const Field<Passage, ChoiceKey> Passage::stage = field<Passage, ChoiceKey>(fields, "stage");
constinit const Field<Passage, Number> Passage::position = field<Passage, Number>(fields, "position");
constinit const Field<Passage, ChoiceKey> Passage::how = field<Passage, ChoiceKey>(fields, "how");
constinit const Field<Passage, Instant> Passage::entered_at = field<Passage, Instant>(fields, "entered_at");
constinit const Field<Passage, Instant> Passage::left_at = field<Passage, Instant>(fields, "left_at");
constinit const Field<Passage, ChoiceKey> Passage::left_by = field<Passage, ChoiceKey>(fields, "left_by");
constinit const Field<Passage, bool> Passage::first_visit = field<Passage, bool>(fields, "first_visit");
constinit const Field<Passage, bool> Passage::passed = field<Passage, bool>(fields, "passed");
constinit const Field<Passage, Number> Passage::stage_days = field<Passage, Number>(fields, "stage_days");
constinit const Field<Passage, Id> Passage::member = field<Passage, Id>(fields, "member");
constinit const Field<Passage, Money> Passage::amount = field<Passage, Money>(fields, "amount");
constinit const Field<Passage, std::string> Passage::missed = field<Passage, std::string>(fields, "missed");

}  // namespace shangdao::process
