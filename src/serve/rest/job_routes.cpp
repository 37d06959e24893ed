// A job's sentences are made when it is asked for, in the reader's language.
#include "serve/rest/job_routes.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "engine/bulk/bulk.h"
#include "engine/engine_objects.h"
#include "engine/export/export_job.h"
#include "engine/expressions.h"
#include "engine/import/import_undo.h"
#include "serve/rest/download.h"
#include "serve/rest/sentences.h"
#include "serve/rest/write.h"

namespace shangdao::serve::rest {

namespace {

constexpr std::int64_t limit_max = 200;

const record::Object& jobs_of(const engine::Desk& desk) { return desk.catalogue->at("job"); }

bool may_see(const engine::Desk& desk, const record::Record& job) { return job.owner() == desk.member || desk.guard->general("admin"); }

Result<record::Record> visible_job(Reading& here)
{
    TRY(const auto id, id_of(here.context.segment("id")));
    auto job = here.view.find(jobs_of(here.desk), id);
    if (!job || !may_see(here.desk, *job)) return refuse("not_found", "job", {{"id", to_string(id)}});
    return std::move(*job);
}

std::string answer_of(const record::Record& job, const engine::Desk& desk, Language language) { return with_sentences(engine::job_answer(job, desk.moment.now), language); }

Result<record::ChoiceKey> state_named(std::string_view word)
{
    std::vector<std::string_view> known;
    for (const auto& state : engine::job_states) {
        if (state.key == word) return record::ChoiceKey{std::string{word}};
        known.push_back(state.key);
    }
    std::map<std::string, std::string> args{{"value", std::string{word.substr(0, 40)}}};
    if (const auto near = nearest(word, known)) args["nearest"] = *near;
    return refuse("unknown_choice", "state", std::move(args));
}

// Newest first; the place to go on from is the last job's id.
Result<Response> list(Reading& here)
{
    const auto& request = here.context.request;
    CHECK_OK(only_parameters(request, {"limit", "after", "kind", "state", "mine"}));
    TRY(const auto limit, whole_parameter(request, "limit", 50));
    if (limit < 1 || limit > limit_max) return refuse("invalid_value", "limit", {{"expected", "1…200"}});
    const auto& object = jobs_of(here.desk);
    store::Select select{.from = &object, .limit = limit + 1};
    const auto only = [&](std::size_t slot, record::Value value) { select.where = engine::both(select.where, engine::field_is(object, slot, std::move(value))); };
    const auto mine = request.parameter("mine");
    if (mine && *mine != "true" && *mine != "false") return refuse("invalid_value", "mine", {{"expected", "true, false"}});
    if (!here.desk.guard->general("admin") || (mine && *mine == "true")) only(record::slot_owner, here.desk.member);
    if (const auto kind = request.parameter("kind")) only(engine::job::kind.slot, std::string{*kind});
    if (const auto word = request.parameter("state")) {
        TRY(auto state, state_named(*word));
        only(engine::job::state.slot, std::move(state));
    }
    select.order = {{engine::field_expression(object, record::slot_id), true}};
    if (const auto after = request.parameter("after")) {
        const auto id = parse_id(*after);
        if (!id) return refuse("cursor_stale", "after");
        select.after = {*id, *id};
    }
    auto found = here.view.records(select, here.desk.moment);
    const bool more = std::ssize(found) > limit;
    if (more) found.pop_back();
    std::string out = R"({"data":[)";
    for (const auto& job : found) {
        if (out.back() != '[') out += ',';
        out += answer_of(job, here.desk, here.context.language);
    }
    out += R"(],"next":)";
    return json_response(200, out + (more ? "\"" + to_string(found.back().id()) + "\"}" : "null}"));
}

Result<Response> one(Reading& here)
{
    TRY(const auto job, visible_job(here));
    return json_response(200, answer_of(job, here.desk, here.context.language));
}

std::string_view media_type_of(std::string_view format)
{
    if (format == "csv") return "text/csv; charset=utf-8";
    return format == "zip" ? "application/zip" : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
}

// Own jobs only: the file holds what its owner may see, an administrator of jobs need not.
Result<Response> job_file(House& house, Reading& here)
{
    TRY(const auto id, id_of(here.context.segment("id")));
    const auto job = here.view.find(here.desk.catalogue->at("job"), id);
    if (!job || job->owner() != here.desk.member) return refuse("not_found", "job", {{"id", to_string(id)}});
    TRY(const auto made, engine::file_of_job(house.engine, *job));
    return file_answer(made.path, made.name, std::string{media_type_of(made.format)});
}

void cancel(House& house, Context& context, Reply reply)
{
    const auto id = id_of(context.segment("id"));
    if (!id) return reply(context.refusal(id.error()));
    write_and_reply(house, context, 200, [id = *id, language = context.language](engine::Work& work) -> Result<Written> {
        CHECK_OK(engine::Jobs::cancel(work, id));
        return Written{answer_of(*work.unit.find(jobs_of(work.desk), id), work.desk, language)};
    }, std::move(reply));
}

void undo(House& house, Context& context, Reply reply)
{
    const auto id = id_of(context.segment("id"));
    if (!id) return reply(context.refusal(id.error()));
    queue_and_reply(house, context, [id = *id](engine::Work& work) -> Result<Id> {
        const auto job = work.unit.find(jobs_of(work.desk), id);
        if (!job || !may_see(work.desk, *job)) return refuse("not_found", "job", {{"id", to_string(id)}});
        const bool import = *job->get(engine::job::kind) == engine::import_job_kind;
        return import ? engine::start_undo(work, id) : engine::begin_bulk_undo(work, id);
    }, std::move(reply));
}

}  // namespace

std::vector<Route> job_routes(House& house)
{
    const auto write = [&](void (*function)(House&, Context&, Reply)) {
        return [&house, function](Context& context, Reply reply) { function(house, context, std::move(reply)); };
    };
    return {
        {.method = Method::get, .path = "/api/v1/jobs", .summary = "Long-running work, the newest first", .query = "mine,kind,state,after,limit", .handler = reading(house, list)},
        {.method = Method::get, .path = "/api/v1/jobs/{id}", .summary = "One job: state, progress, result", .handler = reading(house, one)},
        {.method = Method::get, .path = "/api/v1/jobs/{id}/file", .summary = "The file a job made", .answers = "application/octet-stream",
         .handler = reading(house, [&house](Reading& here) { return job_file(house, here); })},
        {.method = Method::post, .path = "/api/v1/jobs/{id}/actions/cancel", .summary = "Cancel a job", .handler = write(cancel)},
        {.method = Method::post, .path = "/api/v1/jobs/{id}/actions/undo", .summary = "Take back what a bulk change or an import did, as a job", .statuses = "202", .handler = write(undo)},
    };
}

}  // namespace shangdao::serve::rest
