// Parameters in, the rooms' answers out.
#include "serve/rest/sales_routes.h"

#include "sales/process/stage_engine/process_answer.h"

namespace shangdao::serve::rest {

namespace {

Result<Response> way(House& house, Reading& here)
{
    TRY(const auto* object, object_named(here.desk, here.context.segment("plural")));
    TRY(const auto id, id_of(here.context.segment("id")));
    TRY(const auto record, house.engine.records().visible(here.view, here.desk, *object, id));
    TRY(auto answer, shangdao::process::process_answer(here.view, here.desk, *object, record));
    return json_response(200, std::move(answer));
}

}  // namespace

std::vector<Route> sales_routes(House& house)
{
    return {
        {.method = Method::get, .path = "/api/v1/{plural}/{id}/process", .summary = "Stages passed, the gate ahead and what it asks for",
         .handler = reading(house, [&house](Reading& here) { return way(house, here); })},
    };
}

}  // namespace shangdao::serve::rest
