#include "serve/rest/reset_routes.h"

#include <boost/json.hpp>

#include "base/text.h"
#include "engine/access/outbox.h"
#include "serve/forwarded.h"
#include "serve/mail/mailer.h"
#include "serve/rest/write.h"

namespace shangdao::serve::rest {

namespace {

// The address that was typed; whether it is anybody's is not asked here.
Result<std::string> address_in(const Request& request)
{
    TRY(const auto body, json_body(request));
    const auto* object = body.if_object();
    const auto* value = object == nullptr ? nullptr : object->if_contains("email");
    if (value == nullptr || value->is_null()) return refuse("required", "email", {{"name", "email"}});
    const auto* text = value->if_string();
    const auto address = text == nullptr ? std::string_view{} : trimmed(std::string_view{*text});
    if (!address.contains('@') || address.size() > engine::reset_address_max || control_character(address) || address.find_first_of("\t\n") != std::string_view::npos)
        return refuse("invalid_value", "email", {{"expected", "email"}});
    return std::string{address};
}

Result<void> may_ask(RateLimit& by_account, RateLimit& by_address, const Request& request, const std::string& address)
{
    for (const auto wait : {by_address.take(network_of(request.peer)), by_account.take(match_key(address))})
        if (wait) return refuse("rate_limited", "", {{"seconds", std::to_string(wait->count())}});
    return {};
}

void ask(House& house, RateLimit& by_account, RateLimit& by_address, Context& context, Reply reply)
{
    if (house.mailer == nullptr) return reply(context.refusal("mail_not_set_up"));
    const auto address = address_in(context.request);
    if (!address) return reply(context.refusal(address.error()));
    if (const auto may = may_ask(by_account, by_address, context.request, *address); !may) return reply(context.refusal(may.error()));
    const engine::Caller system{.kind = engine::Caller::Kind::system, .via = record::Via::web, .request = context.request.id, .language = context.language};
    house.engine.write(system, [&house, address = *address](engine::Work& work) -> Result<std::string> {
        engine::post_reset(work, house.engine.records(), address);
        return std::string{};
    }, telling(std::move(reply), context.language, [&house](const std::string&) {
        house.mailer->nudge();
        return json_response(202, "{}");
    }));
}

}  // namespace

std::vector<Route> reset_routes(House& house, RateLimit& by_account, RateLimit& by_address)
{
    return {{.method = Method::post, .path = "/api/v1/session/reset", .access = Access::anonymous, .summary = "Ask for a link to set a forgotten password; answers alike for every address", .statuses = "202",
             .handler = [&house, &by_account, &by_address](Context& context, Reply reply) { ask(house, by_account, by_address, context, std::move(reply)); }}};
}

}  // namespace shangdao::serve::rest
