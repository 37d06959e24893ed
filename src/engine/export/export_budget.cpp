// A row a job: what counts against the day, kept beside the event.
#include "engine/export/export_budget.h"

#include <algorithm>

#include "base/json.h"
#include "engine/engine_objects.h"
#include "engine/expressions.h"
#include "engine/records.h"

namespace shangdao::engine {

namespace {

struct ExportUse;
constexpr record::FieldDef fields[] = {
    {.name = "object", .type = record::Type::text, .label = {"对象", "Object"}, .need = record::Need::required},
    {.name = "job", .type = record::Type::text, .label = {"任务", "Job"}, .need = record::Need::required, .uniqueness = record::Uniqueness::unique},
    {.name = "rows", .type = record::Type::number, .label = {"行数", "Rows"}, .need = record::Need::required},
    {.name = "on", .type = record::Type::date, .label = {"日期", "On"}, .need = record::Need::required},
};
constexpr auto of_object = record::field<ExportUse, std::string>(fields, "object");
constexpr auto of_job = record::field<ExportUse, std::string>(fields, "job");   // its id
constexpr auto of_rows = record::field<ExportUse, Number>(fields, "rows");
constexpr auto on = record::field<ExportUse, Date>(fields, "on");

std::int64_t taken_today(store::View& view, const Desk& desk, const Object& uses)
{
    store::Select today{.from = &uses, .where = both(field_is(uses, record::slot_owner, desk.member), field_is(uses, on.slot, desk.moment.today)), .limit = 1'000'000};
    std::int64_t rows = 0;
    for (const auto& use : view.records(today, desk.moment)) {
        const auto job = view.find(desk.catalogue->at("job"), parse_id(*use.get(of_job)).value_or(Id{}));
        const auto* state = job ? job->get(job::state) : nullptr;
        if (state == nullptr || (state->key != "failed" && state->key != "cancelled")) rows += use.get(of_rows)->units;
    }
    return rows;
}

}  // namespace

const record::ObjectDef export_use_object{
    .name = "export_use", .plural = "export_uses", .label = {"导出用量", "Export"}, .plural_label = {"导出用量", "Exports"},
    .exposure = record::Exposure::internal, .name_field = "object", .fields = fields,
};

Allowance export_allowance(store::View& view, const Desk& desk)
{
    const auto tomorrow = desk.moment.zone.start_of(desk.moment.today + 1);
    if (!desk.member) return {.limit = budget_max, .left = budget_max, .renews_at = tomorrow};
    const auto limit = desk.guard->budget(Budget::export_rows);
    return {.limit = limit, .left = std::max<std::int64_t>(limit - taken_today(view, desk, desk.catalogue->at(export_use_object.name)), 0), .renews_at = tomorrow};
}

std::unexpected<Problems> budget_spent(const Desk& desk, const Allowance& allowance)
{
    return refuse("export_budget_spent", "", {{"limit", std::to_string(allowance.limit)}, {"left", std::to_string(allowance.left)}, {"until", to_string(desk.moment.zone.date_of(allowance.renews_at))}});
}

void keep_from_allowance(Work& work, const Records& records, const Object& object, std::int64_t rows, Id job)
{
    const auto use = records.insert_quietly(work, work.desk.catalogue->at(export_use_object.name),
                                            {{record::slot_owner, work.desk.member ? record::Value{work.desk.member} : record::Value{record::Null{}}}, {of_object.slot, std::string{object.name()}},
                                             {of_job.slot, to_string(job)}, {of_rows.slot, Number{rows, 0}}, {on.slot, work.desk.moment.today}});
    std::string changes = R"({"object":[null,)";
    append_json_string(changes, object.name());
    append_deed(work, export_use_object.name, use.id(), "exported", changes + R"(],"job":[null,")" + to_string(job) + R"("],"rows":[null,)" + std::to_string(rows) + "]}");
}

Result<void> settle_allowance(Work& work, const Records& records, Id job, std::int64_t rows)
{
    const auto& uses = work.desk.catalogue->at(export_use_object.name);
    const auto id = work.unit.find_unique(uses, of_job.slot, to_string(job));
    const auto use = id ? work.unit.find(uses, *id) : std::nullopt;
    if (!use) return {};
    const auto before = use->get(of_rows)->units;
    if (rows == before) return {};
    if (const auto allowance = export_allowance(work.unit, work.desk); rows - before > allowance.left) return budget_spent(work.desk, allowance);
    records.update_quietly(work, uses, *id, {{of_rows.slot, Number{rows, 0}}});
    const auto number = [](std::int64_t some) { return std::to_string(some); };
    append_deed(work, export_use_object.name, *id, "settled", R"({"rows":[)" + number(before) + "," + number(rows) + "]}");
    return {};
}

}  // namespace shangdao::engine
