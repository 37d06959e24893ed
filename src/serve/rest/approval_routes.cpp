// A thin door to engine/approvals/approvals.h. Granting and refusing are verbs like any other.
#include "serve/rest/approval_routes.h"

#include <boost/json.hpp>

#include "base/text.h"
#include "engine/answer.h"
#include "engine/approvals/approvals.h"
#include "serve/rest/write.h"

namespace shangdao::serve::rest {

namespace {

// {"verb":"advance","arguments":{"to":"needs"},"reason":"…"}; without `arguments` the verb gets none.
Result<engine::ApprovalRequest> request_in(const boost::json::value& body)
{
    static constexpr std::string_view known[] = {"verb", "arguments", "reason"};
    engine::ApprovalRequest request;
    const auto* map = body.if_object();
    if (map == nullptr) return refuse("invalid_value", "", {{"expected", "object"}});
    for (const auto& [name, value] : *map) {
        if (name == "verb") {
            if (!value.is_string()) return refuse("invalid_value", "verb", {{"expected", "text"}});
            request.verb = value.as_string();
        } else if (name == "arguments") {
            request.arguments = value;
        } else if (name == "reason") {
            request.reason = value;
        } else {
            std::map<std::string, std::string> args{{"name", std::string{name.substr(0, 80)}}};
            if (const auto near = nearest(name, known)) args["nearest"] = *near;
            return refuse("unknown_field", std::string{name.substr(0, 80)}, std::move(args));
        }
    }
    if (request.verb.empty()) return refuse("required", "verb", {{"name", "verb"}});
    return request;
}

void ask(House& house, Context& context, Reply reply)
{
    const auto id = id_of(context.segment("id"));
    if (!id) return reply(context.refusal(id.error()));
    const auto body = json_body(context.request);
    if (!body) return reply(context.refusal(body.error()));
    auto request = request_in(*body);
    if (!request) return reply(context.refusal(request.error()));
    if (context.request.headers.find("If-Match")) {
        const auto version = if_match(context.request);
        if (!version) return reply(context.refusal(version.error()));
        request->expected = *version;
    }
    write_and_reply(house, context, 201, [&house, plural = std::string{context.segment("plural")}, id = *id, request = std::move(*request)](engine::Work& work) -> Result<Written> {
        TRY(const auto* object, object_named(work.desk, plural));
        TRY(const auto approval, engine::ask_approval(work, house.engine.records(), *object, id, request));
        const auto& approvals = work.desk.catalogue->at(engine::approval_object.name);
        return Written{engine::record_answer(work.unit, work.desk, approvals, approval), approval.version(), "/api/v1/approvals/" + to_string(approval.id())};
    }, std::move(reply));
}

}  // namespace

std::vector<Route> approval_routes(House& house)
{
    return {{.method = Method::post, .path = "/api/v1/{plural}/{id}/approvals", .summary = "Ask for a verb that only a second person may let pass", .statuses = "201",
             .handler = [&house](Context& context, Reply reply) { ask(house, context, std::move(reply)); }}};
}

}  // namespace shangdao::serve::rest
