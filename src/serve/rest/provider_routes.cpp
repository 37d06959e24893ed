// What is remembered of an attempt lies in the browser, sealed, for ten minutes; so it comes back to the browser that began it, whichever of two servers
// answers. An answer to the browser's navigation is an address of the web app: a person looks at it.
#include "serve/rest/provider_routes.h"

#include <boost/json.hpp>

#include <algorithm>

#include "base/bytes.h"
#include "base/json.h"
#include "base/log.h"
#include "base/text.h"
#include "serve/cookies.h"
#include "serve/forwarded.h"

namespace shangdao::serve::rest {

namespace {

namespace json = boost::json;

constexpr std::chrono::minutes attempt_age{10};
constexpr std::string_view cookie_name = "provider";

struct Memory {
    oidc::Attempt attempt;
    std::string to;          // where the person wanted to go
    Id links{};              // the member who links himself; none: somebody signs in
    Instant until{};
};

Hash cookie_key(House& house) { return hmac_sha256(house.engine.seal().key, "provider attempt"); }

std::string kept(House& house, const Memory& memory)
{
    const json::object text{{"s", memory.attempt.state}, {"n", memory.attempt.nonce}, {"v", memory.attempt.verifier}, {"to", memory.to}, {"m", memory.links ? to_string(memory.links) : ""}, {"u", memory.until.us}};
    return base64url(bytes_of(sealed(cookie_key(house), json::serialize(text))));
}

std::optional<Memory> remembered(House& house, const Request& request)
{
    const auto box = parse_base64url(find_cookie(request, cookie_name_of(request, cookie_name)).value_or(""));
    const auto text = box ? unsealed(cookie_key(house), *box) : std::nullopt;
    if (!text) return std::nullopt;
    const auto parsed = json::parse(*text);
    const auto& object = parsed.as_object();
    const auto word = [&](const char* name) { return std::string{object.at(name).as_string()}; };
    Memory memory{.attempt = {word("s"), word("n"), word("v")}, .to = word("to"), .links = parse_id(word("m")).value_or(Id{}), .until = Instant{object.at("u").as_int64()}};
    return memory.until > house.engine.clock().now() ? std::optional{std::move(memory)} : std::nullopt;
}

// Only addresses of this app: `//elsewhere` would leave it.
std::string inside(std::string_view to)
{
    const bool fits = to.starts_with('/') && !to.starts_with("//") && to.size() <= 1'000 && to.find('\\') == std::string_view::npos && std::ranges::all_of(to, [](char sign) { return sign > ' ' && sign < '\x7f'; });
    return fits ? std::string{to} : "/";
}

std::string text_of(const json::value& body, const char* key)
{
    const auto* object = body.if_object();
    const auto* value = object == nullptr ? nullptr : object->if_contains(key);
    const auto* text = value == nullptr ? nullptr : value->if_string();
    return text == nullptr ? std::string{} : std::string{*text};
}

// A request that goes on after its handler has returned.
struct Visit {
    Request request;
    Visitor visitor;
    Language language;
};

void later(ProviderDoor& door, Context& context, Reply reply, std::function<Response(Visit&)> work)
{
    auto visit = std::make_shared<Visit>(Visit{std::move(*context.owned), context.visitor, context.language});
    auto shared = std::make_shared<Reply>(std::move(reply));
    WorkerPool::Task task = [visit, shared, work = std::move(work)](WorkerPool::Waited waited) {
        if (waited == WorkerPool::Waited::too_long) return (*shared)(problem_response("overloaded", visit->language));
        try {
            (*shared)(work(*visit));
        } catch (const std::exception& thrown) {
            (*shared)(problem_response(thrown, visit->language, "p"));
        }
    };
    if (!door.submit(task)) (*shared)(problem_response("overloaded", visit->language));
}

Response begun(House& house, ProviderDoor& door, const Visit& visit, std::string to, Id links)
{
    const Memory memory{.attempt = oidc::Attempt::make(), .to = std::move(to), .links = links, .until = house.engine.clock().now() + attempt_age};
    const auto address = door.provider().authorization_address(memory.attempt);
    if (!address) return problem_response(address.error(), visit.language);
    std::string out = R"({"location":)";
    append_json_string(out, *address);
    return json_response(200, out + "}").add("Set-Cookie", token_cookie(visit.request, cookie_name, kept(house, memory), attempt_age));
}

void begin_sign_in(House& house, ProviderDoor* door, RateLimit& by_address, Context& context, Reply reply)
{
    if (door == nullptr) return reply(context.refusal("provider_not_set_up"));
    const auto body = json_body(context.request);
    if (!body) return reply(context.refusal(body.error()));
    if (const auto wait = by_address.take(network_of(context.request.peer))) return reply(context.refusal(Problems{{"rate_limited", "", {{"seconds", std::to_string(wait->count())}}}}));
    later(*door, context, std::move(reply), [&house, door, to = inside(text_of(*body, "to"))](Visit& visit) { return begun(house, *door, visit, to, {}); });
}

// Whatever outlives a session asks for the password again.
void begin_link(House& house, ProviderDoor* door, RateLimit& by_account, Context& context, Reply reply)
{
    if (context.visitor.credential != Visitor::Credential::cookie) return reply(context.refusal("forbidden"));
    if (door == nullptr) return reply(context.refusal("provider_not_set_up"));
    const auto body = json_body(context.request);
    if (!body) return reply(context.refusal(body.error()));
    const auto key = "account " + to_string(context.visitor.member);
    if (const auto wait = by_account.take(key)) return reply(context.refusal(Problems{{"rate_limited", "", {{"seconds", std::to_string(wait->count())}}}}));
    if (const auto proved = house.access.prove(caller_of(context), text_of(*body, "password")); !proved) return reply(context.refusal(proved.error()));
    by_account.forgive(key);
    later(*door, context, std::move(reply), [&house, door, links = context.visitor.member](Visit& visit) { return begun(house, *door, visit, "/settings/security", links); });
}

Response see_other(const Visit& visit, const std::string& address)
{
    return Response{.status = 303}.add("Location", address).add("Set-Cookie", token_cookie(visit.request, cookie_name, "", std::chrono::seconds{0}));
}

Response turned_away(const Visit& visit, const std::string& page, const Problems& problems)
{
    const auto& problem = problems.front();
    const auto what = problem.args.find("what");
    log(Level::warning, "a sign-in by the provider was refused", {{"request", visit.request.id}, {"code", problem.code}, {"what", what == problem.args.end() ? "" : what->second}});
    return see_other(visit, page + "?refused=" + problem.code);
}

Result<std::string> subject_in(House& house, ProviderDoor& door, const Request& request, const std::optional<Memory>& memory)
{
    const auto now = house.engine.clock().now();
    if (!memory || !door.is_first(memory->attempt.state, memory->until, now)) return refuse("provider_refused", "", {{"what", "attempt"}});
    if (const auto error = request.parameter("error")) return refuse("provider_refused", "", {{"what", "error"}});
    const auto word = [&](std::string_view name) { return std::string{request.parameter(name).value_or("")}; };
    oidc::Returned returned{.code = word("code"), .state = word("state"), .issuer = {}};
    if (const auto issuer = request.parameter("iss")) returned.issuer = std::string{*issuer};
    return door.provider().redeem(returned, memory->attempt, now);
}

Response come_back(House& house, ProviderDoor& door, const Visit& visit)
{
    const auto memory = remembered(house, visit.request);
    const bool links = memory && memory->links;
    const std::string page = links ? "/settings/security" : "/sign-in";
    const auto subject = subject_in(house, door, visit.request, memory);
    if (!subject) return turned_away(visit, page, subject.error());
    const engine::Access::Identity identity{door.settings().issuer, *subject};
    if (links) {
        // Who began it must still be the one who sits there.
        if (visit.visitor.credential != Visitor::Credential::cookie || visit.visitor.member != memory->links) return turned_away(visit, "/sign-in", {{"provider_refused", "", {{"what", "member"}}}});
        const engine::Caller caller{.member = memory->links, .via = record::Via::web, .request = visit.request.id, .language = visit.language};
        const auto linked = house.access.link(caller, memory->links, identity);
        return linked ? see_other(visit, memory->to) : turned_away(visit, page, linked.error());
    }
    const auto signed_in = house.access.enter(identity, visit.request.headers.find("User-Agent").value_or(""));
    if (!signed_in) return turned_away(visit, page, signed_in.error());
    return see_other(visit, memory->to).add("Set-Cookie", session_cookie(visit.request, signed_in->token, engine::session_age));
}

std::string identities_json(const std::vector<engine::Access::Linked>& all)
{
    std::string out = R"({"data":[)";
    for (const auto& one : all) {
        if (out.back() != '[') out += ',';
        out += R"({"id":")" + to_string(one.id) + R"(","issuer":)";
        append_json_string(out, one.identity.issuer);
        out += R"(,"subject":)";
        append_json_string(out, one.identity.subject);
        out += R"(,"since":")" + to_string(one.since) + "\"}";
    }
    return out + "]}";
}

Result<Response> link_for(House& house, const ProviderDoor* door, Context& context)
{
    if (door == nullptr) return refuse("provider_not_set_up");
    TRY(const auto member, id_of(context.segment("id")));
    TRY(const auto body, json_body(context.request));
    const auto subject = text_of(body, "subject");
    if (subject.empty()) return refuse("required", "subject", {{"name", "subject"}});
    TRY(const auto id, house.access.link(caller_of(context), member, {door->settings().issuer, subject}));
    return json_response(201, R"({"id":")" + to_string(id) + "\"}");
}

Result<Response> unlink(House& house, Context& context, Id member, std::string_view segment)
{
    TRY(const auto id, id_of(context.segment(segment)));
    CHECK_OK(house.access.unlink(caller_of(context), member, id));
    return no_content();
}

Result<Response> unlink_own(House& house, Context& context)
{
    if (context.visitor.credential != Visitor::Credential::cookie) return refuse("forbidden");
    return unlink(house, context, context.visitor.member, "id");
}

Result<Response> unlink_for(House& house, Context& context)
{
    TRY(const auto member, id_of(context.segment("id")));
    return unlink(house, context, member, "identity");
}

Result<Response> own_identities(House& house, Context& context)
{
    if (context.visitor.credential != Visitor::Credential::cookie) return refuse("forbidden");
    return json_response(200, identities_json(house.access.identities_of(context.visitor.member)));
}

Result<Response> identities_of(House& house, Context& context)
{
    TRY(const auto member, id_of(context.segment("id")));
    return json_response(200, identities_json(house.access.identities_of(member)));
}

}  // namespace

bool ProviderDoor::is_first(const std::string& state, Instant until, Instant now)
{
    const std::scoped_lock lock(mutex_);
    over_.erase(over_.begin(), over_.lower_bound({now, {}}));
    return over_.emplace(until, state).second;
}

std::vector<Route> provider_routes(House& house, ProviderDoor* door, RateLimit& by_account, RateLimit& by_address)
{
    return {
        {.method = Method::post, .path = provider_path, .access = Access::anonymous, .summary = "Where to send the browser to sign in by the OpenID provider",
         .handler = [&house, door, &by_address](Context& context, Reply reply) { begin_sign_in(house, door, by_address, context, std::move(reply)); }},
        {.method = Method::get, .path = provider_path, .access = Access::anonymous, .summary = "Where the browser comes back to from the provider", .answers = "text/html", .statuses = "303",
         .handler = [&house, door](Context& context, Reply reply) {
             if (door == nullptr) return reply(context.refusal("provider_not_set_up"));
             later(*door, context, std::move(reply), [&house, door](Visit& visit) { return come_back(house, *door, visit); });
         }},
        {.method = Method::get, .path = "/api/v1/session/identities", .summary = "Who one is to the provider", .handler = answering([&house](Context& context) { return own_identities(house, context); })},
        {.method = Method::post, .path = "/api/v1/session/identities", .summary = "Where to send the browser to link oneself to the provider",
         .handler = [&house, door, &by_account](Context& context, Reply reply) { begin_link(house, door, by_account, context, std::move(reply)); }},
        {.method = Method::del, .path = "/api/v1/session/identities/{id}", .summary = "End a link to the provider", .handler = answering([&house](Context& context) { return unlink_own(house, context); })},
        {.method = Method::get, .path = "/api/v1/members/{id}/identities", .access = Access::admin, .summary = "Who a member is to the provider", .handler = answering([&house](Context& context) { return identities_of(house, context); })},
        {.method = Method::post, .path = "/api/v1/members/{id}/identities", .access = Access::admin, .summary = "Link a member to a subject of the provider", .statuses = "201",
         .handler = answering([&house, door](Context& context) { return link_for(house, door, context); })},
        {.method = Method::del, .path = "/api/v1/members/{id}/identities/{identity}", .access = Access::admin, .summary = "End a member's link to the provider", .handler = answering([&house](Context& context) { return unlink_for(house, context); })},
    };
}

}  // namespace shangdao::serve::rest
