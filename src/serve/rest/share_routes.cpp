// Thin doors to engine/sharing.
#include "serve/rest/share_routes.h"

#include <boost/json.hpp>

#include "base/text.h"
#include "engine/sharing/locks.h"
#include "engine/sharing/sharing.h"
#include "serve/rest/write.h"

namespace shangdao::serve::rest {

namespace {

// {"level":"edit","until":"2026-12-31T16:00:00Z"}; without `until`, or with null, it does not end.
Result<engine::ShareRequest> request_in(const boost::json::value& body)
{
    static constexpr std::string_view known[] = {"level", "until"};
    engine::ShareRequest request;
    const auto* map = body.if_object();
    if (map == nullptr) return refuse("invalid_value", "", {{"expected", "object"}});
    for (const auto& [name, value] : *map) {
        const auto* text = value.if_string();
        if (name == "level") {
            if (text == nullptr || (*text != "read" && *text != "edit")) return refuse("invalid_value", "level", {{"expected", "read, edit"}});
            request.grant = *text == "edit" ? engine::Grant::edit : engine::Grant::read;
        } else if (name == "until") {
            if (value.is_null()) continue;
            request.until = text == nullptr ? std::nullopt : parse_instant(std::string_view{*text});
            if (!request.until) return refuse("invalid_value", "until", {{"expected", "instant"}});
        } else {
            std::map<std::string, std::string> args{{"name", std::string{name.substr(0, 80)}}};
            if (const auto near = nearest(name, known)) args["nearest"] = *near;
            return refuse("unknown_field", std::string{name.substr(0, 80)}, std::move(args));
        }
    }
    if (!map->contains("level")) return refuse("required", "level", {{"name", "level"}});
    return request;
}

struct Place {
    std::string plural;
    Id record{}, grantee{};
};

Result<Place> place_of(const Context& context)
{
    Place place{.plural = std::string{context.segment("plural")}};
    TRY(place.record, id_of(context.segment("id")));
    TRY(place.grantee, id_of(context.segment("grantee")));
    return place;
}

void give(House& house, Context& context, Reply reply)
{
    const auto place = place_of(context);
    if (!place) return reply(context.refusal(place.error()));
    const auto body = json_body(context.request);
    if (!body) return reply(context.refusal(body.error()));
    auto request = request_in(*body);
    if (!request) return reply(context.refusal(request.error()));
    request->grantee = place->grantee;
    write_and_reply(house, context, 204, [&house, place = *place, request = *request](engine::Work& work) -> Result<Written> {
        TRY(const auto* object, object_named(work.desk, place.plural));
        CHECK_OK(engine::share(work, house.engine.records(), *object, place.record, request));
        return Written{};
    }, std::move(reply));
}

void take_back(House& house, Context& context, Reply reply)
{
    const auto place = place_of(context);
    if (!place) return reply(context.refusal(place.error()));
    write_and_reply(house, context, 204, [&house, place = *place](engine::Work& work) -> Result<Written> {
        TRY(const auto* object, object_named(work.desk, place.plural));
        CHECK_OK(engine::unshare(work, house.engine.records(), *object, place.record, place.grantee));
        return Written{};
    }, std::move(reply));
}

}  // namespace

std::vector<Route> share_routes(House& house)
{
    return {
        {.method = Method::get, .path = "/api/v1/{plural}/{id}/why", .summary = "Why one sees a record, and how much one may do with it",
         .handler = reading(house, [&house](Reading& here) -> Result<Response> {
             TRY(const auto* object, object_named(here.desk, here.context.segment("plural")));
             TRY(const auto id, id_of(here.context.segment("id")));
             TRY(const auto record, house.engine.records().visible(here.view, here.desk, *object, id));
             return json_response(200, engine::why_answer(here.view, here.desk, *object, record));
         })},
        {.method = Method::get, .path = "/api/v1/{plural}/{id}/lock", .summary = "Who locked a record and why, and whether one may lock and unlock it",
         .handler = reading(house, [&house](Reading& here) -> Result<Response> {
             TRY(const auto* object, object_named(here.desk, here.context.segment("plural")));
             TRY(const auto id, id_of(here.context.segment("id")));
             TRY(auto answer, engine::lock_answer(here.view, here.desk, house.engine.records(), *object, id));
             return json_response(200, std::move(answer));
         })},
        {.method = Method::get, .path = "/api/v1/{plural}/{id}/shares", .summary = "With whom a record is shared",
         .handler = reading(house, [&house](Reading& here) -> Result<Response> {
             TRY(const auto* object, object_named(here.desk, here.context.segment("plural")));
             TRY(const auto id, id_of(here.context.segment("id")));
             TRY(auto answer, engine::shares_answer(here.view, here.desk, house.engine.records(), *object, id));
             return json_response(200, std::move(answer));
         })},
        {.method = Method::put, .path = "/api/v1/{plural}/{id}/shares/{grantee}", .summary = "Share a record with a member or a group", .statuses = "204",
         .handler = [&house](Context& context, Reply reply) { give(house, context, std::move(reply)); }},
        {.method = Method::del, .path = "/api/v1/{plural}/{id}/shares/{grantee}", .summary = "No longer share a record with a member or a group",
         .handler = [&house](Context& context, Reply reply) { take_back(house, context, std::move(reply)); }},
    };
}

}  // namespace shangdao::serve::rest
