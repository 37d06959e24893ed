// Thin doors to engine/preferences.h.
#include "serve/rest/preference_routes.h"

#include "engine/preferences.h"
#include "serve/rest/write.h"

namespace shangdao::serve::rest {

namespace {

void set(House& house, Context& context, Reply reply)
{
    auto body = json_body(context.request);
    if (!body) return reply(context.refusal(body.error()));
    write_and_reply(house, context, 200, [&house, body = std::move(*body)](engine::Work& work) -> Result<Written> {
        CHECK_OK(engine::set_preferences(work, house.engine.records(), body));
        return Written{engine::preferences_answer(work.unit, work.desk)};
    }, std::move(reply));
}

}  // namespace

std::vector<Route> preference_routes(House& house)
{
    return {
        {.method = Method::get, .path = "/api/v1/session/preferences", .summary = "One's own preferences: look, density, what to be told of",
         .handler = reading(house, [](Reading& here) -> Result<Response> { return json_response(200, engine::preferences_answer(here.view, here.desk)); })},
        {.method = Method::patch, .path = "/api/v1/session/preferences", .summary = "Set some of one's own preferences", .handler = [&house](Context& context, Reply reply) { set(house, context, std::move(reply)); }},
    };
}

}  // namespace shangdao::serve::rest
