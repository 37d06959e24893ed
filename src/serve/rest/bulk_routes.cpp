// A trial is answered at once; the rest is queued and the runner nudged once the job is committed.
#include "serve/rest/bulk_routes.h"

#include <boost/json.hpp>

#include "base/json.h"
#include "engine/bulk/bulk.h"
#include "engine/export/export_job.h"
#include "serve/problem.h"
#include "serve/rest/download.h"
#include "serve/rest/write.h"

namespace shangdao::serve::rest {

namespace {

namespace json = boost::json;

Result<Response> trial(House& house, Reading& here)
{
    TRY(const auto body, json_body(here.context.request));
    TRY(const auto tally, engine::try_bulk(house.engine, caller_of(here.context), here.context.segment("plural"), body));
    std::string out = R"({"matched":)" + std::to_string(tally.matched) + R"(,"would_change":)" + std::to_string(tally.changed) + R"(,"refused":[)";
    for (const auto& one : tally.refused) {
        if (out.back() != '[') out += ',';
        out += R"({"code":)";
        shangdao::append_json_string(out, one.problem.code);
        out += R"(,"count":)" + std::to_string(one.count) + R"(,"say":)";
        shangdao::append_json_string(out, say(one.problem, here.context.language));
        out += '}';
    }
    return json_response(200, out + "]}");
}

using Begin = Result<Id> (*)(engine::Work&, std::string_view, const json::value&);

void queue(House& house, Context& context, Reply reply, Begin begin, json::value body)
{
    auto answered = std::make_shared<Reply>(std::move(reply));
    Reply nudging(
        [&house, answered](Response response) {
            house.engine.jobs().nudge();
            (*answered)(std::move(response));
        },
        // Whoever drops it drops the last hold on the client's reply, which then tells.
        [] {});
    write_and_reply(house, context, 202, [plural = std::string{context.segment("plural")}, begin, body = std::move(body)](engine::Work& work) -> Result<Written> {
        TRY(const auto id, begin(work, plural, body));
        return Written{.body = R"({"job":")" + to_string(id) + "\"}", .location = "/api/v1/jobs/" + to_string(id)};
    }, std::move(nudging));
}

void bulk(House& house, const Handler& try_first, Context& context, Reply reply)
{
    auto body = json_body(context.request);
    if (!body) return reply(context.refusal(body.error()));
    const auto* said = body->if_object();
    const auto* dry = said == nullptr ? nullptr : said->if_contains("dry_run");
    if (dry != nullptr && !dry->is_bool()) return reply(context.refusal(Problems{{"invalid_value", "dry_run", {{"expected", "true, false"}, {"value", json::serialize(*dry).substr(0, 40)}}}}));
    if (dry != nullptr && dry->as_bool()) return try_first(context, std::move(reply));
    queue(house, context, std::move(reply), engine::begin_bulk, std::move(*body));
}

void take_out(House& house, Context& context, Reply reply)
{
    auto body = json_body(context.request);
    if (!body) return reply(context.refusal(body.error()));
    queue(house, context, std::move(reply), engine::begin_export, std::move(*body));
}

// Own jobs only: the file holds what its owner may see, an administrator of jobs need not.
Result<Response> job_file(House& house, Reading& here)
{
    TRY(const auto id, id_of(here.context.segment("id")));
    const auto job = here.view.find(here.desk.catalogue->at("job"), id);
    if (!job || job->owner() != here.desk.member) return refuse("not_found", "job", {{"id", to_string(id)}});
    TRY(const auto made, engine::file_of_job(house.engine, *job));
    return file_answer(made.path, made.name, made.format == "csv" ? "text/csv; charset=utf-8" : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
}

}  // namespace

std::vector<Route> bulk_routes(House& house)
{
    const auto try_first = reading(house, [&house](Reading& here) { return trial(house, here); });
    return {
        {.method = Method::post, .path = "/api/v1/{plural}/bulk", .summary = "Change many records, or try it",
         .handler = [&house, try_first](Context& context, Reply reply) { bulk(house, try_first, context, std::move(reply)); }},
        {.method = Method::post, .path = "/api/v1/{plural}/export", .summary = "A list as a file",
         .handler = [&house](Context& context, Reply reply) { take_out(house, context, std::move(reply)); }},
        {.method = Method::get, .path = "/api/v1/jobs/{id}/file", .summary = "The file a job made", .answers = "application/octet-stream", .handler = reading(house, [&house](Reading& here) { return job_file(house, here); })},
    };
}

}  // namespace shangdao::serve::rest
