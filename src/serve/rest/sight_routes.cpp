// A look changes nothing but leaves an event, so it is a POST. The answer is made on the worker, the event is written, then it leaves.
#include "serve/rest/sight_routes.h"

#include <boost/json.hpp>

#include "base/text.h"
#include "engine/member_sight.h"
#include "serve/rest/write.h"

namespace shangdao::serve::rest {

namespace {

// {}: the whole of it; {"object":"deal"}: the first page of that list. Empty: no object.
Result<std::string> object_in(const boost::json::value& body)
{
    static constexpr std::string_view known[] = {"object"};
    if (body.is_null()) return std::string{};
    const auto* map = body.if_object();
    if (map == nullptr) return refuse("invalid_value", "", {{"expected", "object"}});
    for (const auto& [name, value] : *map) {
        if (name == known[0]) continue;
        std::map<std::string, std::string> args{{"name", std::string{name}}};
        if (const auto near = nearest(name, known)) args["nearest"] = *near;
        return refuse("unknown_field", std::string{name}, std::move(args));
    }
    const auto* object = map->if_contains(known[0]);
    if (object == nullptr) return std::string{};
    if (!object->is_string() || object->as_string().empty()) return refuse("invalid_value", "object", {{"expected", "text"}});
    return std::string{object->as_string()};
}

struct Look {
    Id member{};
    std::string object, answer;
};

Result<Look> look(House& house, const Context& context)
{
    Look seen;
    TRY(seen.member, id_of(context.segment("id")));
    TRY(const auto body, json_body(context.request));
    TRY(seen.object, object_in(body));
    TRY(const auto shoulder, house.engine.look_over(caller_of(context), seen.member));
    const auto view = house.engine.store().read();
    CHECK_OK(house.engine.records().visible(*view, shoulder.asker, shoulder.asker.catalogue->at("member"), seen.member));
    if (seen.object.empty()) {
        seen.answer = engine::sight_answer(*view, shoulder);
    } else {
        TRY(seen.answer, engine::sight_list_answer(*view, shoulder, house.engine.seal(), house.engine.anchors(), seen.object));
    }
    return seen;
}

void look_and_tell(House& house, Context& context, Reply reply)
{
    auto seen = look(house, context);
    if (!seen) return reply(context.refusal(seen.error()));
    write_then_reply(house, context, [look = std::move(*seen)](engine::Work& work) -> Result<std::string> {
        engine::tell_of_look(work, look.member);
        return look.answer;
    }, std::move(reply));
}

}  // namespace

std::vector<Route> sight_routes(House& house)
{
    return {{.method = Method::post, .path = "/api/v1/members/{id}/sight", .access = Access::admin, .summary = "What a member sees and may, or the first page of a list as the member gets it",
             .handler = [&house](Context& context, Reply reply) { look_and_tell(house, context, std::move(reply)); }}};
}

}  // namespace shangdao::serve::rest
