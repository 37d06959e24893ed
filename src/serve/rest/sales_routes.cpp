// Parameters in, the rooms' answers out.
#include "serve/rest/sales_routes.h"

#include "sales/analysis/funnel.h"
#include "sales/demo/demo.h"
#include "sales/process/stage_engine/board_answer.h"
#include "sales/process/stage_engine/process_answer.h"
#include "serve/rest/write.h"

namespace shangdao::serve::rest {

namespace {

Result<Response> board(Reading& here)
{
    const auto& request = here.context.request;
    CHECK_OK(only_parameters(request, {"filter", "q", "sort", "fields", "limit", "process"}));
    TRY(const auto* object, object_named(here.desk, here.context.segment("plural")));
    if (object->def().staged != record::Staged::yes) return refuse("not_found");
    const auto text = [&](std::string_view name) { return std::string{request.parameter(name).value_or("")}; };
    shangdao::process::BoardRequest asked{.list = {.filter = text("filter"), .sort = text("sort"), .fields = listed(text("fields")), .search = text("q")}, .process = {}};
    TRY(asked.list.limit, whole_parameter(request, "limit", 50));
    if (const auto process = text("process"); !process.empty()) {
        TRY(asked.process, id_of(process));
    }
    TRY(auto answer, shangdao::process::board_answer(here.view, here.desk, *object, asked));
    return json_response(200, std::move(answer));
}

Result<Response> way(House& house, Reading& here)
{
    TRY(const auto* object, object_named(here.desk, here.context.segment("plural")));
    TRY(const auto id, id_of(here.context.segment("id")));
    TRY(const auto record, house.engine.records().visible(here.view, here.desk, *object, id));
    if (object->def().staged != record::Staged::yes) return refuse("not_found");
    TRY(auto answer, shangdao::process::process_answer(here.view, here.desk, *object, record));
    return json_response(200, std::move(answer));
}

Result<Response> funnel(Reading& here)
{
    const auto& request = here.context.request;
    CHECK_OK(only_parameters(request, {"from", "to", "owner", "team", "product", "process"}));
    analysis::FunnelRequest asked;
    for (const auto& [name, date] : {std::pair{"from", &asked.from}, std::pair{"to", &asked.to}})
        if (const auto text = request.parameter(name); text && !text->empty()) {
            *date = parse_date(*text);
            if (!*date) return refuse("invalid_value", name, {{"expected", "date"}, {"value", std::string{text->substr(0, 40)}}});
        }
    for (const auto& [name, id] : {std::pair{"owner", &asked.owner}, std::pair{"team", &asked.team}, std::pair{"product", &asked.product}, std::pair{"process", &asked.process}})
        if (const auto text = request.parameter(name); text && !text->empty()) {
            *id = parse_id(*text);
            if (!*id) return refuse("invalid_value", name, {{"expected", "id"}, {"value", std::string{text->substr(0, 40)}}});
        }
    TRY(auto answer, analysis::funnel_answer(here.view, here.desk, asked));
    return json_response(200, std::move(answer));
}

Result<Response> demo_presence(Reading& here)
{
    if (!here.desk.guard->general("admin")) return refuse("forbidden", "demo", {{"action", "admin"}});
    return json_response(200, demo::present(here.view) ? R"({"present":true})" : R"({"present":false})");
}

Handler queueing(House& house, Result<Id> (*begin)(engine::Work&))
{
    return [&house, begin](Context& context, Reply reply) { queue_and_reply(house, context, begin, std::move(reply)); };
}

}  // namespace

std::vector<Route> sales_routes(House& house)
{
    return {
        {.method = Method::get, .path = "/api/v1/{plural}/board", .summary = "The open records by stage, with counts and sums of the whole filter", .query = "filter,q,sort,fields,limit,process", .objects = Objects::staged,
         .handler = reading(house, board)},
        {.method = Method::get, .path = "/api/v1/{plural}/{id}/process", .summary = "Stages passed, the gate ahead and what it asks for", .objects = Objects::staged,
         .handler = reading(house, [&house](Reading& here) { return way(house, here); })},
        {.method = Method::get, .path = "/api/v1/analysis/funnel", .summary = "The funnel with true conversion; every number opens its rows", .query = "from,to,owner,team,product,process", .handler = reading(house, funnel)},
        {.method = Method::get, .path = "/api/v1/demo", .summary = "Whether demo data are there", .handler = reading(house, demo_presence)},
        {.method = Method::post, .path = "/api/v1/demo", .summary = "Fill in demo data, as a job", .statuses = "202", .handler = queueing(house, demo::begin_filling)},
        {.method = Method::del, .path = "/api/v1/demo", .summary = "Remove the demo data and nothing else, as a job", .statuses = "202", .handler = queueing(house, demo::begin_removal)},
    };
}

}  // namespace shangdao::serve::rest
