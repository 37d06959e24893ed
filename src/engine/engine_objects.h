// The machinery's own objects: jobs and saved views. They are definitions like any other.
#pragma once

#include "record/definition.h"
#include "record/record.h"

namespace shangdao::engine {

struct Job;
struct SavedView;

inline constexpr record::Choice job_states[] = {
    {.key = "waiting", .label = {"排队中", "Waiting"}},
    {.key = "running", .label = {"进行中", "Running"}},
    {.key = "done", .label = {"已完成", "Done"}, .tone = "good"},
    {.key = "failed", .label = {"失败", "Failed"}, .tone = "bad"},
    {.key = "cancelled", .label = {"已取消", "Cancelled"}},
};
inline constexpr record::FieldDef job_fields[] = {
    {.name = "kind", .type = record::Type::text, .label = {"类型", "Kind"}, .need = record::Need::required},
    {.name = "arguments", .type = record::Type::text, .label = {"参数", "Arguments"}, .text_kind = record::TextKind::long_text, .max_length = 1'000'000},
    {.name = "state", .type = record::Type::choice, .label = {"状态", "State"}, .ordered = record::Ordered::indexed, .choices = job_states},
    {.name = "cursor", .type = record::Type::text, .label = {"进度位置", "Cursor"}, .text_kind = record::TextKind::long_text, .max_length = 1'000'000},
    {.name = "done", .type = record::Type::number, .label = {"已处理", "Done"}},
    {.name = "total", .type = record::Type::number, .label = {"总数", "Total"}},
    {.name = "attempts", .type = record::Type::number, .label = {"尝试次数", "Attempts"}},
    {.name = "lease_until", .type = record::Type::instant, .label = {"租约至", "Lease until"}},
    {.name = "runner", .type = record::Type::text, .label = {"执行进程", "Runner"}},
    {.name = "cancel_asked", .type = record::Type::boolean, .label = {"请求取消", "Cancel asked"}},
    {.name = "result", .type = record::Type::text, .label = {"结果", "Result"}, .text_kind = record::TextKind::long_text, .max_length = 1'000'000},
    {.name = "problem", .type = record::Type::text, .label = {"问题", "Problem"}, .text_kind = record::TextKind::long_text, .max_length = 1'000'000},
    {.name = "finished_at", .type = record::Type::instant, .label = {"结束时间", "Finished at"}},
    {.name = "language", .type = record::Type::text, .label = {"语言", "Language"}},
    {.name = "scopes", .type = record::Type::text, .label = {"令牌范围", "Scopes"}, .text_kind = record::TextKind::long_text, .max_length = 10'000},
};
extern const record::ObjectDef job_object;

namespace job {
inline constexpr auto kind = record::field<Job, std::string>(job_fields, "kind");
inline constexpr auto arguments = record::field<Job, std::string>(job_fields, "arguments");
inline constexpr auto state = record::field<Job, record::ChoiceKey>(job_fields, "state");
inline constexpr auto cursor = record::field<Job, std::string>(job_fields, "cursor");
inline constexpr auto done = record::field<Job, Number>(job_fields, "done");
inline constexpr auto total = record::field<Job, Number>(job_fields, "total");
inline constexpr auto attempts = record::field<Job, Number>(job_fields, "attempts");
inline constexpr auto runner = record::field<Job, std::string>(job_fields, "runner");
inline constexpr auto lease_until = record::field<Job, Instant>(job_fields, "lease_until");
inline constexpr auto cancel_asked = record::field<Job, bool>(job_fields, "cancel_asked");
inline constexpr auto result = record::field<Job, std::string>(job_fields, "result");
inline constexpr auto problem = record::field<Job, std::string>(job_fields, "problem");
inline constexpr auto finished_at = record::field<Job, Instant>(job_fields, "finished_at");
inline constexpr auto language = record::field<Job, std::string>(job_fields, "language");
inline constexpr auto scopes = record::field<Job, std::string>(job_fields, "scopes");   // words; null: all rights of the owner
}  // namespace job

extern const record::ObjectDef saved_view_object;
extern const record::ObjectDef preference_object;   // what a member chose once for all screens: name and value are the screens' own

}  // namespace shangdao::engine
