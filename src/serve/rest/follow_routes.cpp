// Thin doors to engine/follows.h.
#include "serve/rest/follow_routes.h"

#include "engine/follows.h"
#include "serve/rest/write.h"

namespace shangdao::serve::rest {

namespace {

void set(House& house, Context& context, Reply reply, engine::Following wanted)
{
    const auto id = id_of(context.segment("id"));
    if (!id) return reply(context.refusal(id.error()));
    write_and_reply(house, context, 204, [&house, plural = std::string{context.segment("plural")}, id = *id, wanted](engine::Work& work) -> Result<Written> {
        TRY(const auto* object, object_named(work.desk, plural));
        CHECK_OK(engine::follow(work, house.engine.records(), *object, id, wanted));
        return Written{};
    }, std::move(reply));
}

}  // namespace

std::vector<Route> follow_routes(House& house)
{
    const auto setting = [&house](engine::Following wanted) { return [&house, wanted](Context& context, Reply reply) { set(house, context, std::move(reply), wanted); }; };
    return {
        {.method = Method::get, .path = "/api/v1/session/follows", .summary = "The records that one follows",
         .handler = reading(house, [](Reading& here) -> Result<Response> { return json_response(200, engine::follows_answer(here.view, here.desk)); })},
        {.method = Method::put, .path = "/api/v1/{plural}/{id}/follow", .summary = "Follow a record: be told of its changes", .statuses = "204", .handler = setting(engine::Following::begins)},
        {.method = Method::del, .path = "/api/v1/{plural}/{id}/follow", .summary = "No longer follow a record", .handler = setting(engine::Following::ends)},
    };
}

}  // namespace shangdao::serve::rest
