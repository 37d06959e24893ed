#include "serve/rest/person_routes.h"

#include "engine/persons/erasing.h"
#include "engine/persons/exporting.h"
#include "serve/rest/write.h"

namespace shangdao::serve::rest {

namespace {

void erase(House& house, Context& context, Reply reply)
{
    const auto id = id_of(context.segment("id"));
    if (!id) return reply(context.refusal(id.error()));
    auto body = json_body(context.request);
    if (!body) return reply(context.refusal(body.error()));
    queue_and_reply(house, context, [&house, plural = std::string{context.segment("plural")}, id = *id, body = std::move(*body)](engine::Work& work) -> Result<Id> {
        TRY(const auto* object, object_named(work.desk, plural));
        return engine::begin_erasing(work, house.engine.records(), *object, id, body);
    }, std::move(reply));
}

void take_out(House& house, Context& context, Reply reply)
{
    const auto id = id_of(context.segment("id"));
    if (!id) return reply(context.refusal(id.error()));
    queue_and_reply(house, context, [&house, plural = std::string{context.segment("plural")}, id = *id](engine::Work& work) -> Result<Id> {
        TRY(const auto* object, object_named(work.desk, plural));
        return engine::begin_person_export(work, house.engine.records(), *object, id);
    }, std::move(reply));
}

}  // namespace

std::vector<Route> person_routes(House& house)
{
    return {{.method = Method::post, .path = "/api/v1/{plural}/{id}/person_export", .summary = "All that is known of a person, as a file", .statuses = "202",
             .handler = [&house](Context& context, Reply reply) { take_out(house, context, std::move(reply)); }},
            {.method = Method::post, .path = "/api/v1/{plural}/{id}/erase", .summary = "What is known of a person goes for good", .statuses = "202",
             .handler = [&house](Context& context, Reply reply) { erase(house, context, std::move(reply)); }}};
}

}  // namespace shangdao::serve::rest
