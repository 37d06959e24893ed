// Thin doors: the engine answers, these only read parameters.
#include "serve/rest/query_routes.h"

#include <boost/json.hpp>

#include "base/json.h"
#include "engine/engine_objects.h"
#include "engine/expressions.h"
#include "serve/rest/sentences.h"
#include "serve/rest/write.h"

namespace shangdao::serve::rest {

namespace {

namespace json = boost::json;

Result<Response> query(Reading& here)
{
    TRY(const auto body, json_body(here.context.request));
    TRY(auto answer, engine::query_answer(here.view, here.desk, body));
    return json_response(200, std::move(answer));
}

Result<Response> check_formula(Reading& here)
{
    TRY(const auto body, json_body(here.context.request));
    const auto text = [&](const char* key) -> Result<std::string> {
        const auto* object = body.if_object();
        const auto* value = object == nullptr ? nullptr : object->if_contains(key);
        if (value == nullptr || !value->is_string()) return refuse("required", key, {{"name", key}});
        return std::string{value->as_string()};
    };
    TRY(const auto name, text("object"));
    TRY(const auto formula, text("formula"));
    const auto* object = here.desk.catalogue->find(name);
    if (object == nullptr || object->def().exposure != record::Exposure::routed || !here.desk.guard->may(engine::Action::read, *object)) return refuse("unknown_object", "object", {{"name", name}});
    TRY(auto answer, engine::formula_answer(here.desk, *object, formula));
    return json_response(200, std::move(answer));
}

Result<Response> search(Reading& here)
{
    CHECK_OK(only_parameters(here.context.request, {"q", "limit", "objects"}));
    TRY(const auto limit, whole_parameter(here.context.request, "limit", 20));
    const auto objects = listed(here.context.parameter("objects").value_or(""));
    TRY(auto answer, engine::search_answer(here.view, here.desk, here.context.parameter("q").value_or(""), objects, limit));
    return json_response(200, std::move(answer));
}

// Own jobs; an administrator sees everybody's.
Result<record::Record> visible_job(Reading& here)
{
    TRY(const auto id, id_of(here.context.segment("id")));
    const auto job = here.view.find(here.desk.catalogue->at("job"), id);
    if (!job || (job->owner() != here.desk.member && !here.desk.guard->general("admin"))) return refuse("not_found", "job", {{"id", to_string(id)}});
    return *job;
}

Result<Response> jobs(Reading& here)
{
    CHECK_OK(only_parameters(here.context.request, {"limit"}));
    TRY(const auto limit, whole_parameter(here.context.request, "limit", 50));
    if (limit < 1 || limit > 200) return refuse("invalid_value", "limit", {{"expected", "1…200"}});
    const auto& object = here.desk.catalogue->at("job");
    store::Select select{.from = &object, .limit = limit};
    if (!here.desk.guard->general("admin")) select.where = engine::field_is(object, record::slot_owner, here.desk.member);
    select.order = {{engine::field_expression(object, record::slot_created_at), true}};
    std::string out = R"({"data":[)";
    for (const auto& job : here.view.records(select, here.desk.moment)) {
        if (out.back() != '[') out += ',';
        out += with_sentences(engine::job_answer(job, object), here.context.language);
    }
    return json_response(200, out + "]}");
}

Result<Response> job(Reading& here)
{
    TRY(const auto found, visible_job(here));
    return json_response(200, with_sentences(engine::job_answer(found, here.desk.catalogue->at("job")), here.context.language));
}

void cancel_job(House& house, Context& context, Reply reply)
{
    const auto id = id_of(context.segment("id"));
    if (!id) return reply(context.refusal(id.error()));
    write_and_reply(house, context, 200, [id = *id](engine::Work& work) -> Result<Written> {
        CHECK_OK(engine::Jobs::cancel(work, id));
        const auto& object = work.desk.catalogue->at("job");
        return Written{engine::job_answer(*work.unit.find(object, id), object)};
    }, std::move(reply));
}

void define(House& house, Context& context, Reply reply)
{
    auto body = json_body(context.request);
    if (!body) return reply(context.refusal(body.error()));
    auto overlay = record::object_overlay_from_json(*body);
    if (!overlay) return reply(context.refusal(overlay.error()));
    write_and_reply(house, context, 200, [&house, overlay = std::move(*overlay)](engine::Work& work) -> Result<Written> {
        CHECK_OK(house.engine.define(work, overlay));
        return Written{record::to_json(overlay)};
    }, std::move(reply));
}

}  // namespace

std::vector<Route> query_routes(House& house)
{
    return {
        {.method = Method::post, .path = "/api/v1/query", .summary = "Rows, or groups with measures, of one object", .handler = reading(house, query)},
        {.method = Method::post, .path = "/api/v1/formula/check", .summary = "Check a formula; gives its canonical text and tree", .handler = reading(house, check_formula)},
        {.method = Method::get, .path = "/api/v1/search", .summary = "Search everything by name, pinyin or initials", .handler = reading(house, search)},
    };
}

std::vector<Route> job_routes(House& house)
{
    return {
        {.method = Method::get, .path = "/api/v1/jobs", .summary = "Long-running work", .handler = reading(house, jobs)},
        {.method = Method::get, .path = "/api/v1/jobs/{id}", .summary = "One job: state, progress, result", .handler = reading(house, job)},
        {.method = Method::post, .path = "/api/v1/jobs/{id}/actions/cancel", .summary = "Cancel a job",
         .handler = [&house](Context& context, Reply reply) { cancel_job(house, context, std::move(reply)); }},
    };
}

std::vector<Route> definition_routes(House& house)
{
    return {
        {.method = Method::post, .path = "/api/v1/definitions", .access = Access::admin, .summary = "Add or change a custom object or custom fields",
         .handler = [&house](Context& context, Reply reply) { define(house, context, std::move(reply)); }},
    };
}

}  // namespace shangdao::serve::rest
