// The token stands in the link's fragment, which browsers send to nobody; it comes here in a body, never in an address.
#include "serve/rest/invitation_routes.h"

#include <boost/json.hpp>

#include "base/json.h"
#include "serve/forwarded.h"
#include "serve/mail/mailer.h"

namespace shangdao::serve::rest {

namespace {

std::string text_of(const boost::json::value& body, const char* key)
{
    const auto* object = body.if_object();
    const auto* value = object == nullptr ? nullptr : object->if_contains(key);
    const auto* text = value == nullptr ? nullptr : value->if_string();
    return text == nullptr ? std::string{} : std::string{*text};
}

Result<Response> invite(House& house, Context& context)
{
    TRY(const auto member, id_of(context.segment("id")));
    const bool mails = house.mailer != nullptr;
    TRY(const auto token, house.access.invite(caller_of(context), member, mails ? engine::Access::Delivery::by_mail : engine::Access::Delivery::by_hand));
    if (mails) house.mailer->nudge();
    const auto days = std::chrono::duration_cast<std::chrono::days>(engine::invitation_age).count();
    return json_response(201, R"({"path":"/welcome#)" + token + R"(","days":)" + std::to_string(days) + R"(,"mailed":)" + (mails ? "true}" : "false}")).add("Cache-Control", "no-store");
}

// Without a password: whom the link is for, and whether it was asked for or sent. With one: it is set, and the link is void; the page then signs in as anybody does.
Result<Response> take(House& house, RateLimit& by_address, Context& context)
{
    TRY(const auto body, json_body(context.request));
    if (const auto wait = by_address.take(network_of(context.request.peer)))
        return refuse("rate_limited", "", {{"seconds", std::to_string(wait->count())}});
    const auto token = text_of(body, "token"), password = text_of(body, "password");
    TRY(const auto link, house.access.invited(token));
    if (!password.empty()) CHECK_OK(house.access.accept(token, password));
    const auto person = house.engine.people().find(link.member);
    std::string out = R"({"name":)";
    append_json_string(out, person ? person->name : "");
    out += R"(,"email":)";
    append_json_string(out, person ? person->email : "");
    out += R"(,"organisation":)";
    append_json_string(out, house.engine.organisation()->name);
    out += R"(,"kind":")" + std::string{engine::to_string(link.kind)} + '"';
    return json_response(200, out + "}");
}

}  // namespace

std::vector<Route> invitation_routes(House& house, RateLimit& by_address)
{
    return {
        {.method = Method::post,
         .path = "/api/v1/members/{id}/invitation",
         .access = Access::admin,
         .summary = "A one-time link to set a password, shown once",
         .statuses = "201",
         .handler = answering([&house](Context& context) { return invite(house, context); })},
        {.method = Method::post,
         .path = "/api/v1/invitation",
         .access = Access::anonymous,
         .summary = "Take a one-time link: whom it is for, or set the password",
         .handler = answering([&house, &by_address](Context& context) { return take(house, by_address, context); })},
    };
}

}  // namespace shangdao::serve::rest
