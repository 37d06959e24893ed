// A trial is answered at once; the rest is queued.
#include "serve/rest/bulk_routes.h"

#include <boost/json.hpp>

#include "base/json.h"
#include "engine/bulk/bulk.h"
#include "engine/export/export_budget.h"
#include "engine/export/export_job.h"
#include "serve/problem.h"
#include "serve/rest/write.h"

namespace shangdao::serve::rest {

namespace {

namespace json = boost::json;

// Without a snapshot of its own: a trial takes longer than one may live.
Result<Response> trial(House& house, const Context& context)
{
    TRY(const auto body, json_body(context.request));
    TRY(const auto tally, engine::try_bulk(house.engine, caller_of(context), context.segment("plural"), body));
    std::string out = R"({"matched":)" + std::to_string(tally.matched) + R"(,"would_change":)" + std::to_string(tally.changed) + R"(,"refused":[)";
    for (const auto& one : tally.refused) {
        if (out.back() != '[') out += ',';
        out += R"({"code":)";
        shangdao::append_json_string(out, one.problem.code);
        out += R"(,"count":)" + std::to_string(one.count) + R"(,"say":)";
        shangdao::append_json_string(out, say(one.problem, context.language));
        out += '}';
    }
    out += ']';
    if (!tally.kept.empty()) {
        out += R"(,"records":[)";
        for (const auto& [id, problems] : tally.kept) {
            out += out.back() == '[' ? R"({"id":")" : R"(,{"id":")";
            out += to_string(id) + R"(","errors":[)";
            for (const auto& problem : problems) {
                out += out.back() == '[' ? R"({"code":)" : R"(,{"code":)";
                shangdao::append_json_string(out, problem.code);
                out += R"(,"field":)";
                shangdao::append_json_string(out, problem.field);
                out += R"(,"say":)";
                shangdao::append_json_string(out, say(problem, context.language));
                out += '}';
            }
            out += "]}";
        }
        out += ']';
    }
    return json_response(200, out + '}');
}

void bulk(House& house, const Handler& try_first, Context& context, Reply reply)
{
    auto body = json_body(context.request);
    if (!body) return reply(context.refusal(body.error()));
    const auto* said = body->if_object();
    const auto* dry = said == nullptr ? nullptr : said->if_contains("dry_run");
    if (dry != nullptr && !dry->is_bool()) return reply(context.refusal(Problems{{"invalid_value", "dry_run", {{"expected", "true, false"}, {"value", json::serialize(*dry).substr(0, 40)}}}}));
    if (dry != nullptr && dry->as_bool()) return try_first(context, std::move(reply));
    queue_and_reply(house, context, [plural = std::string{context.segment("plural")}, body = std::move(*body)](engine::Work& work) { return engine::begin_bulk(work, plural, body); }, std::move(reply));
}

void take_out(House& house, Context& context, Reply reply)
{
    auto body = json_body(context.request);
    if (!body) return reply(context.refusal(body.error()));
    queue_and_reply(house, context, [&house, plural = std::string{context.segment("plural")}, body = std::move(*body)](engine::Work& work) { return engine::begin_export(work, house.engine.records(), plural, body); }, std::move(reply));
}

Result<Response> export_budget(Reading& here)
{
    const auto allowance = engine::export_allowance(here.view, here.desk);
    return json_response(200, R"({"limit":)" + std::to_string(allowance.limit) + R"(,"left":)" + std::to_string(allowance.left) + R"(,"renews_at":")" + to_string(allowance.renews_at) + R"("})");
}

}  // namespace

std::vector<Route> bulk_routes(House& house)
{
    const auto try_first = answering([&house](Context& context) { return trial(house, context); });
    return {
        {.method = Method::post, .path = "/api/v1/{plural}/bulk", .summary = "Change many records, or try it", .statuses = "200,202",
         .handler = [&house, try_first](Context& context, Reply reply) { bulk(house, try_first, context, std::move(reply)); }},
        {.method = Method::post, .path = "/api/v1/{plural}/export", .summary = "A list as a file", .statuses = "202",
         .handler = [&house](Context& context, Reply reply) { take_out(house, context, std::move(reply)); }},
        {.method = Method::get, .path = "/api/v1/session/export_budget", .summary = "How many rows one may still export today", .handler = reading(house, export_budget)},
    };
}

}  // namespace shangdao::serve::rest
