// Thin doors to engine/notifications.h.
#include "serve/rest/notification_routes.h"

#include "engine/notifications.h"
#include "serve/rest/write.h"

namespace shangdao::serve::rest {

namespace {

constexpr std::int64_t limit_max = 200;
constexpr std::size_t ids_max = 1'000;

Result<Response> list(Reading& here)
{
    const auto& request = here.context.request;
    CHECK_OK(only_parameters(request, {"limit", "after", "unread"}));
    TRY(const auto limit, whole_parameter(request, "limit", 50));
    if (limit < 1 || limit > limit_max) return refuse("invalid_value", "limit", {{"expected", "1…200"}});
    engine::NotificationRequest asked{.limit = limit};
    if (const auto unread = request.parameter("unread")) {
        if (*unread != "true" && *unread != "false") return refuse("invalid_value", "unread", {{"expected", "true, false"}});
        asked.unread_only = *unread == "true";
    }
    if (const auto after = request.parameter("after")) {
        asked.after = parse_id(*after);
        if (!asked.after) return refuse("cursor_stale", "after");
    }
    return json_response(200, engine::notifications_answer(here.view, here.desk, asked));
}

// {"ids":[…]}, or nothing: all of them.
Result<std::optional<std::vector<Id>>> ids_of(const boost::json::value& body)
{
    if (body.is_null()) return std::nullopt;
    const auto* object = body.if_object();
    if (object == nullptr) return refuse("invalid_value", "", {{"expected", R"({"ids":[…]})"}});
    for (const auto& [name, value] : *object)
        if (name != "ids") return refuse("unknown_field", std::string{name}, {{"name", std::string{name}}, {"nearest", "ids"}});
    const auto* given = object->if_contains("ids");
    if (given == nullptr) return std::nullopt;
    if (!given->is_array()) return refuse("invalid_value", "ids", {{"expected", "[…]"}});
    if (given->as_array().size() > ids_max) return refuse("too_many", "ids", {{"limit", std::to_string(ids_max)}});
    std::vector<Id> ids;
    for (const auto& one : given->as_array()) {
        const auto id = one.is_string() ? parse_id(one.as_string()) : std::nullopt;
        if (!id) return refuse("invalid_value", "ids", {{"expected", R"("123")"}});
        ids.push_back(*id);
    }
    return ids;
}

void read(House& house, Context& context, Reply reply)
{
    const auto body = json_body(context.request);
    if (!body) return reply(context.refusal(body.error()));
    auto ids = ids_of(*body);
    if (!ids) return reply(context.refusal(ids.error()));
    write_and_reply(house, context, 200, [ids = std::move(*ids)](engine::Work& work) -> Result<Written> {
        TRY(const auto marked, engine::mark_read(work, ids));
        return Written{R"({"marked":)" + std::to_string(marked) + "}"};
    }, std::move(reply));
}

}  // namespace

std::vector<Route> notification_routes(House& house)
{
    return {
        {.method = Method::get, .path = "/api/v1/notifications", .summary = "What others did that concerns one, the newest first", .query = "unread,after,limit", .handler = reading(house, list)},
        {.method = Method::post, .path = "/api/v1/notifications/actions/read", .summary = "Mark notifications as read", .handler = [&house](Context& context, Reply reply) { read(house, context, std::move(reply)); }},
    };
}

}  // namespace shangdao::serve::rest
