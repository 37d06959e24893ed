// One step: the pages are read in snapshots of their own, and nothing is written but the file and the job's row.
#include "engine/export/export_job.h"

#include <boost/json.hpp>

#include <algorithm>
#include <array>
#include <chrono>

#include "base/json.h"
#include "base/text.h"
#include "engine/answer.h"
#include "engine/engine_objects.h"
#include "engine/export/export_budget.h"
#include "engine/export/exporter.h"
#include "engine/persons/exporting.h"

namespace shangdao::engine {

namespace {

namespace json = boost::json;

constexpr std::array<std::string_view, 2> formats{"xlsx", "csv"};
constexpr std::array<std::string_view, 5> known{"format", "filter", "q", "sort", "fields"};
constexpr auto kept = std::chrono::hours{24};
constexpr std::int64_t rows_between_reports = 5'000;

std::filesystem::path directory_of(const Engine& engine) { return engine.directory() / "files" / "exports"; }

std::filesystem::path path_of(const Engine& engine, Id job, std::string_view format) { return directory_of(engine) / (to_string(job) + "." + std::string{format}); }

Result<ExportRequest> read_export(const Desk& desk, std::string_view plural, const json::value& body)
{
    const auto* said = body.if_object();
    if (said == nullptr) return refuse("invalid_value", "", {{"expected", "object"}, {"value", json::serialize(body).substr(0, 40)}});
    ExportRequest request{.plural = std::string{plural}, .list = {}, .format = "xlsx"};
    const std::array<std::pair<std::string_view, std::string*>, 4> texts{{{"format", &request.format}, {"filter", &request.list.filter}, {"q", &request.list.search}, {"sort", &request.list.sort}}};
    for (const auto& [key, value] : *said) {
        const std::string_view name = key;
        const auto text = std::ranges::find(texts, name, &std::pair<std::string_view, std::string*>::first);
        if (text != texts.end() && value.is_string()) {
            *text->second = value.as_string();
        } else if (name == "fields" && value.is_array()) {
            for (const auto& one : value.as_array()) {
                if (!one.is_string()) return refuse("invalid_value", "fields", {{"expected", "[text]"}, {"value", json::serialize(one).substr(0, 40)}});
                request.list.fields.emplace_back(one.as_string());
            }
        } else if (value.is_null() && std::ranges::find(known, name) != known.end()) {
            continue;
        } else if (std::ranges::find(known, name) != known.end()) {
            return refuse("invalid_value", std::string{name}, {{"expected", name == "fields" ? "[text]" : "text"}, {"value", json::serialize(value).substr(0, 40)}});
        } else {
            std::map<std::string, std::string> args{{"name", std::string{name}}};
            if (const auto near = nearest(name, known)) args["nearest"] = *near;
            return refuse("unknown_field", std::string{name}, std::move(args));
        }
    }
    if (std::ranges::find(formats, request.format) == formats.end()) return refuse("invalid_value", "format", {{"expected", "xlsx, csv"}, {"value", request.format.substr(0, 40)}});
    const auto* object = desk.catalogue->find_plural(plural);
    if (object == nullptr || !object->routed() || !desk.guard->may(Action::read, *object))
        return refuse("unknown_object", std::string{plural}, {{"name", std::string{plural}}});
    if (!desk.guard->may(Action::take_out, *object)) return refuse("forbidden", std::string{plural}, {{"action", "export"}});
    CHECK_OK(list_select(desk, *object, request.list));
    CHECK_OK(asked_columns(desk, *object, request.list.fields));
    return request;
}

void drop_old(const std::filesystem::path& directory)
{
    std::error_code ignored;
    for (const auto& entry : std::filesystem::directory_iterator(directory, ignored))
        if (std::filesystem::file_time_type::clock::now() - entry.last_write_time(ignored) > kept) std::filesystem::remove(entry.path(), ignored);
}

PlannedStep failed(Problems problems) { return {.step = {.state = Step::State::failed, .problems = std::move(problems)}}; }

std::int64_t count_of(Engine& engine, const Desk& desk, const ExportRequest& request)
{
    const auto select = list_select(desk, *desk.catalogue->find_plural(request.plural), request.list);
    return select ? engine.store().read()->count(*select, desk.moment) : 0;
}

// Notes how far the file is; false when the job shall stop.
bool report(Engine& engine, Id id, std::int64_t rows, std::int64_t total)
{
    const Caller system{.kind = Caller::Kind::system, .via = record::Via::system};
    bool asked_to_stop = false;
    const auto noted = engine.write_now(system, [&](Work& work) -> Result<std::string> {
        const auto& jobs = work.desk.catalogue->at("job");
        const auto job = work.unit.find(jobs, id);
        const auto* asked = job ? job->get(job::cancel_asked) : nullptr;
        asked_to_stop = asked != nullptr && *asked;
        engine.records().update_quietly(work, jobs, id, {{job::done.slot, Number{rows, 0}}, {job::total.slot, Number{total, 0}}});
        return std::string{};
    }, store::Urgency::background);
    return noted && !asked_to_stop;
}

PlannedStep export_step(Engine& engine, const Desk& desk, const JobRow& row)
{
    const auto arguments = json::parse(row.arguments);
    const auto request = read_export(desk, std::string_view{arguments.at("object").as_string()}, arguments.at("body"));
    if (!request) return failed(request.error());
    const auto path = path_of_export(engine, row.id, request->format);
    const Caller caller{.member = row.run_as, .kind = row.run_as ? Caller::Kind::member : Caller::Kind::system, .via = record::Via::bulk, .language = row.language};
    const auto total = count_of(engine, desk, *request);
    std::int64_t reported = 0;
    const auto go_on = [&](std::int64_t rows) {
        if (rows - reported < rows_between_reports) return true;
        reported = rows;
        return report(engine, row.id, rows, total);
    };
    const auto rows = export_list(engine, caller, *request, path, go_on);
    if (!rows && rows.error().front().code == "cancelled") {
        std::filesystem::remove(path);
        return {.step = {.done = reported, .total = total}};   // the runner ends it
    }
    if (!rows) return failed(rows.error());
    const auto settled = engine.write_now(caller, [&](Work& work) -> Result<std::string> {
        CHECK_OK(settle_allowance(work, engine.records(), row.id, *rows));
        return std::string{};
    });
    if (!settled) {
        std::filesystem::remove(path);
        return failed(settled.error());
    }
    const auto& object = *desk.catalogue->find_plural(request->plural);
    const auto today = to_string(desk.moment.today);
    std::string result = R"({"rows":)" + std::to_string(*rows) + R"(,"name":)";
    append_json_string(result, std::string{object.plural_label().in(row.language)} + "-" + today + "." + request->format);
    result += R"(,"format":)";
    append_json_string(result, request->format);
    return {.step = {.done = *rows, .total = *rows, .state = Step::State::finished, .result = result + "}"}};
}

}  // namespace

Result<Id> begin_export(Work& work, const Records& records, std::string_view plural, const boost::json::value& body)
{
    TRY(const auto request, read_export(work.desk, plural, body));
    const auto& object = *work.desk.catalogue->find_plural(plural);
    const auto allowance = export_allowance(work.unit, work.desk);
    TRY(const auto select, list_select(work.desk, object, request.list));
    const auto seen = work.unit.count(select, work.desk.moment, allowance.left + 1);
    // Who takes out less than he sees is told by the job itself when that is too much.
    const bool takes_all = work.desk.guard->level(Action::take_out, object) == work.desk.guard->level(Action::read, object);
    if (seen > allowance.left && (takes_all || allowance.left == 0)) return budget_spent(work.desk, allowance);
    const auto job = Jobs::enqueue(work, "export", json::serialize(json::object{{"object", plural}, {"body", body}}));
    keep_from_allowance(work, records, object, std::min(seen, allowance.left), job);
    return job;
}

Result<MadeFile> file_of_job(const Engine& engine, const Record& job)
{
    const auto nothing = [&] { return refuse("not_found", "file", {{"id", to_string(job.id())}}); };
    const auto* kind = job.get(job::kind);
    const auto* result = job.get(job::result);
    if (kind == nullptr || (*kind != "export" && *kind != person_export_job_kind) || result == nullptr) return nothing();
    const auto said = json::parse(*result);
    MadeFile made{.path = {}, .name = std::string{said.at("name").as_string()}, .format = std::string{said.at("format").as_string()}};
    made.path = path_of(engine, job.id(), made.format);
    const auto* finished = job.get(job::finished_at);
    const bool old = finished != nullptr && engine.clock().now().us - finished->us > std::chrono::microseconds{kept}.count();
    if (old || !std::filesystem::exists(made.path)) return refuse("gone", "file");
    return made;
}

std::filesystem::path path_of_export(const Engine& engine, Id job, std::string_view format)
{
    std::filesystem::create_directories(directory_of(engine));
    drop_old(directory_of(engine));
    return path_of(engine, job, format);
}

void add_export(Jobs& jobs) { jobs.add_kind("export", export_step); }

}  // namespace shangdao::engine
