// Thin doors: the engine answers, these only read parameters.
#include "serve/rest/query_routes.h"

#include <boost/json.hpp>

#include "base/json.h"
#include "base/text.h"
#include "engine/definitions.h"
#include "serve/rest/write.h"

namespace shangdao::serve::rest {

namespace {

namespace json = boost::json;


Result<Response> query(Reading& here)
{
    TRY(const auto body, json_body(here.context.request));
    TRY(auto answer, engine::query_answer(here.view, here.desk, body));
    return json_response(200, std::move(answer));
}

Result<Response> check_formula(Reading& here)
{
    TRY(const auto body, json_body(here.context.request));
    const auto text = [&](const char* key) -> Result<std::string> {
        const auto* object = body.if_object();
        const auto* value = object == nullptr ? nullptr : object->if_contains(key);
        if (value == nullptr || !value->is_string()) return refuse("required", key, {{"name", key}});
        return std::string{value->as_string()};
    };
    TRY(const auto name, text("object"));
    TRY(const auto formula, text("formula"));
    const auto* object = here.desk.catalogue->find(name);
    if (object == nullptr || !object->routed() || !here.desk.guard->may(engine::Action::read, *object)) return refuse("unknown_object", "object", {{"name", name}});
    TRY(auto answer, engine::formula_answer(here.desk, *object, formula));
    return json_response(200, std::move(answer));
}

Result<Response> search(Reading& here)
{
    CHECK_OK(only_parameters(here.context.request, {"q", "limit", "objects"}));
    TRY(const auto limit, whole_parameter(here.context.request, "limit", 20));
    const auto objects = listed(here.context.parameter("objects").value_or(""));
    TRY(auto answer, engine::search_answer(here.view, here.desk, here.context.parameter("q").value_or(""), objects, limit));
    return json_response(200, std::move(answer));
}

// If-Match may be left out by a program that only adds; a screen names the version it has shown.
void define(House& house, Context& context, Reply reply)
{
    auto body = json_body(context.request);
    if (!body) return reply(context.refusal(body.error()));
    auto overlay = record::object_overlay_from_json(*body);
    if (!overlay) return reply(context.refusal(overlay.error()));
    std::optional<std::int64_t> expected;
    if (context.request.headers.find("If-Match")) {
        const auto version = if_match(context.request);
        if (!version) return reply(context.refusal(version.error()));
        expected = *version;
    }
    write_and_reply(house, context, 200, [&house, overlay = std::move(*overlay), expected](engine::Work& work) -> Result<Written> {
        TRY(const auto version, house.engine.define(work, overlay, expected));
        return Written{.body = record::to_json(overlay), .version = version};
    }, std::move(reply));
}

// The name alone: what money and days mean was settled when the organisation was set up.
void rename_organisation(House& house, Context& context, Reply reply)
{
    auto body = json_body(context.request);
    if (!body) return reply(context.refusal(body.error()));
    const auto* map = body->if_object();
    const auto* value = map == nullptr ? nullptr : map->if_contains("name");
    auto name = organisation_name(value != nullptr && value->is_string() ? std::string_view{value->as_string()} : std::string_view{}, "name");
    if (!name) return reply(context.refusal(name.error()));
    write_and_reply(house, context, 200, [&house, name = std::move(*name)](engine::Work& work) -> Result<Written> {
        auto organisation = *house.engine.organisation();
        organisation.name = name;
        CHECK_OK(house.engine.set_organisation(work, organisation));
        std::string out = R"({"name":)";
        append_json_string(out, name);
        return Written{.body = out + "}"};
    }, std::move(reply));
}

Result<Response> definitions(Reading& here)
{
    return json_response(200, engine::definitions_answer(here.view, here.desk));
}

}  // namespace

std::vector<Route> query_routes(House& house)
{
    return {
        {.method = Method::post, .path = "/api/v1/query", .summary = "Rows, or groups with measures, of one object", .handler = reading(house, query)},
        {.method = Method::post, .path = "/api/v1/formula/check", .summary = "Check a formula; gives its canonical text and tree", .handler = reading(house, check_formula)},
        {.method = Method::get, .path = "/api/v1/search", .summary = "Search everything by name, pinyin or initials", .query = "!q,objects,limit", .handler = reading(house, search)},
    };
}

std::vector<Route> definition_routes(House& house)
{
    return {
        {.method = Method::get, .path = "/api/v1/definitions", .access = Access::admin, .summary = "What was changed of the definitions, with versions", .handler = reading(house, definitions)},
        {.method = Method::post, .path = "/api/v1/definitions", .access = Access::admin, .summary = "Add or change a custom object, fields, names, the layout or the views of its list",
         .handler = [&house](Context& context, Reply reply) { define(house, context, std::move(reply)); }},
        {.method = Method::patch, .path = "/api/v1/organisation", .access = Access::admin, .summary = "Rename the organisation",
         .handler = [&house](Context& context, Reply reply) { rename_organisation(house, context, std::move(reply)); }},
    };
}

}  // namespace shangdao::serve::rest
