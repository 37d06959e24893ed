// A reveal changes nothing of the record but is counted and told, so it is a POST; its answer is kept nowhere.
#include "serve/rest/reveal_routes.h"

#include <boost/json.hpp>

#include "base/text.h"
#include "engine/reveal.h"
#include "serve/rest/write.h"

namespace shangdao::serve::rest {

namespace {

// {"field":"mobile"}
Result<std::string> field_in(const boost::json::value& body)
{
    static constexpr std::string_view known[] = {"field"};
    const auto* map = body.if_object();
    if (map == nullptr) return refuse("invalid_value", "", {{"expected", "object"}});
    for (const auto& [name, value] : *map) {
        if (name == known[0]) continue;
        std::map<std::string, std::string> args{{"name", std::string{name.substr(0, 80)}}};
        if (const auto near = nearest(name, known)) args["nearest"] = *near;
        return refuse("unknown_field", std::string{name.substr(0, 80)}, std::move(args));
    }
    const auto* field = map->if_contains(known[0]);
    if (field == nullptr) return refuse("required", "field", {{"name", "field"}});
    if (!field->is_string()) return refuse("invalid_value", "field", {{"expected", "text"}});
    return std::string{field->as_string()};
}

void reveal(House& house, Context& context, Reply reply)
{
    const auto id = id_of(context.segment("id"));
    if (!id) return reply(context.refusal(id.error()));
    const auto body = json_body(context.request);
    if (!body) return reply(context.refusal(body.error()));
    auto field = field_in(*body);
    if (!field) return reply(context.refusal(field.error()));
    write_then_reply(house, context, [&house, plural = std::string{context.segment("plural")}, id = *id, field = std::move(*field)](engine::Work& work) -> Result<std::string> {
        TRY(const auto* object, object_named(work.desk, plural));
        return engine::reveal(work, house.engine.records(), *object, id, field);
    }, std::move(reply));
}

}  // namespace

std::vector<Route> reveal_routes(House& house)
{
    return {{.method = Method::post, .path = "/api/v1/{plural}/{id}/reveal", .summary = "The whole of a value that one reads masked",
             .handler = [&house](Context& context, Reply reply) { reveal(house, context, std::move(reply)); }}};
}

}  // namespace shangdao::serve::rest
