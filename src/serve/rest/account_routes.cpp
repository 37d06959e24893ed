// These doors are for whoever sits at a browser: a token neither sees nor changes what opens the door. A factor is begun, changed and ended with
// the password; whatever else outlives a session asks for a proof of the last minutes (engine/proof.h).
#include "serve/rest/account_routes.h"

#include <boost/json.hpp>

#include "base/json.h"
#include "base/text.h"
#include "serve/cookies.h"

namespace shangdao::serve::rest {

namespace {

namespace json = boost::json;

constexpr int token_days_max = 365;

// The fields of a body, no others.
Result<json::object> fields_in(const Request& request, std::initializer_list<std::string_view> known)
{
    TRY(const auto body, json_body(request));
    if (body.is_null()) return json::object{};
    const auto* map = body.if_object();
    if (map == nullptr) return refuse("invalid_value", "", {{"expected", "object"}});
    for (const auto& [name, value] : *map) {
        if (std::ranges::find(known, std::string_view{name}) != known.end()) continue;
        std::map<std::string, std::string> args{{"name", std::string{name.substr(0, 80)}}};
        if (const auto near = nearest(name, std::span{known.begin(), known.size()})) args["nearest"] = *near;
        return refuse("unknown_field", std::string{name.substr(0, 80)}, std::move(args));
    }
    return *map;
}

Result<std::string> text_in(const json::object& fields, const char* name)
{
    const auto* value = fields.if_contains(name);
    if (value == nullptr || value->is_null()) return refuse("required", name, {{"name", name}});
    const auto* text = value->if_string();
    if (text == nullptr) return refuse("invalid_value", name, {{"expected", "text"}});
    if (trimmed(std::string_view{*text}).empty()) return refuse("required", name, {{"name", name}});
    return std::string{*text};
}

Result<void> at_a_browser(const Context& context)
{
    if (context.visitor.credential != Visitor::Credential::cookie) return refuse("forbidden", "", {{"action", "account"}});
    return {};
}

// A guess costs as much as one at the door.
Result<void> may_guess(RateLimit& by_account, const Context& context)
{
    if (const auto wait = by_account.take("account " + to_string(context.visitor.member))) return refuse("rate_limited", "", {{"seconds", std::to_string(wait->count())}});
    return {};
}

template <typename Work>
auto guessing(RateLimit& by_account, const Context& context, const Work& work) -> decltype(work())
{
    CHECK_OK(at_a_browser(context));
    CHECK_OK(may_guess(by_account, context));
    auto done = work();
    if (done) by_account.forgive("account " + to_string(context.visitor.member));
    return done;
}

// Every field that is named may be left out; none is kept.
Result<std::string> text_if_any(const json::object& fields, const char* name)
{
    const auto* value = fields.if_contains(name);
    return value == nullptr || value->is_null() ? std::string{} : text_in(fields, name);
}

Response kept_nowhere(Response response) { return std::move(response.add("Cache-Control", "no-store")); }

void append_list(std::string& out, std::span<const std::string> words)
{
    out += '[';
    for (const auto& word : words) {
        if (out.back() != '[') out += ',';
        append_json_string(out, word);
    }
    out += ']';
}

Result<Response> change_password(House& house, RateLimit& by_account, const Context& context)
{
    TRY(const auto fields, fields_in(context.request, {"password", "new_password", "code"}));
    TRY(const auto password, text_in(fields, "password"));
    TRY(const auto new_password, text_in(fields, "new_password"));
    TRY(const auto code, text_if_any(fields, "code"));
    CHECK_OK(guessing(by_account, context, [&] { return house.access.change_password(caller_of(context), password, new_password, code, context.visitor.pass); }));
    return no_content();
}

Result<Response> prove(House& house, RateLimit& by_account, const Context& context)
{
    TRY(const auto fields, fields_in(context.request, {"password", "code"}));
    TRY(const auto password, text_if_any(fields, "password"));
    TRY(const auto code, text_if_any(fields, "code"));
    if (password.empty() && code.empty()) return refuse("required", "password", {{"name", "password"}});
    TRY(const auto renewed, guessing(by_account, context, [&] { return house.access.prove(caller_of(context), context.visitor.pass, password, code); }));
    const auto left = std::chrono::duration_cast<std::chrono::seconds>(renewed.expires_at - house.engine.clock().now());
    return no_content().add("Set-Cookie", session_cookie(context.request, renewed.token, left));
}

Response knocks(House& house, Id member)
{
    constexpr std::int64_t shown = 50;
    std::string out = R"({"data":[)";
    for (const auto& knock : house.access.knocks_of(member, shown)) {
        out += out.back() == '[' ? R"({"seq":")" : R"(,{"seq":")";
        out += std::to_string(knock.seq) + R"(","at":")" + to_string(knock.at) + R"(","verb":)";
        append_json_string(out, knock.verb);
        out += R"(,"agent":)";
        append_json_string(out, knock.agent);
        out += R"(,"network":)";
        append_json_string(out, knock.network);
        out += '}';
    }
    return json_response(200, out + "]}");
}

Result<Response> factor(House& house, const Context& context)
{
    CHECK_OK(at_a_browser(context));
    const auto now = house.access.second_factor(context.visitor.member);
    return json_response(200, std::string{R"({"on":)"} + (now.on ? "true" : "false") + R"(,"recovery_left":)" + std::to_string(now.recovery_left) + '}');
}

Result<Response> begin_factor(House& house, RateLimit& by_account, const Context& context)
{
    TRY(const auto fields, fields_in(context.request, {"password"}));
    TRY(const auto password, text_in(fields, "password"));
    TRY(const auto begun, guessing(by_account, context, [&] { return house.access.begin_second_factor(caller_of(context), password); }));
    std::string out = R"({"key":)";
    append_json_string(out, begun.key);
    out += R"(,"uri":)";
    append_json_string(out, begun.uri);
    return kept_nowhere(json_response(201, out + "}"));
}

Result<Response> confirm_factor(House& house, RateLimit& by_account, const Context& context)
{
    TRY(const auto fields, fields_in(context.request, {"code"}));
    TRY(const auto code, text_in(fields, "code"));
    TRY(const auto recovery, guessing(by_account, context, [&] { return house.access.confirm_second_factor(caller_of(context), code, context.visitor.pass); }));
    std::string out = R"({"recovery":)";
    append_list(out, recovery);
    return kept_nowhere(json_response(200, out + "}"));
}

Result<Response> renew_recovery(House& house, const Context& context)
{
    CHECK_OK(at_a_browser(context));
    TRY(const auto recovery, house.access.renew_recovery(caller_of(context)));
    std::string out = R"({"recovery":)";
    append_list(out, recovery);
    return kept_nowhere(json_response(200, out + "}"));
}

Result<Response> end_factor(House& house, RateLimit& by_account, const Context& context)
{
    TRY(const auto fields, fields_in(context.request, {"password"}));
    TRY(const auto password, text_in(fields, "password"));
    CHECK_OK(guessing(by_account, context, [&] { return house.access.end_second_factor(caller_of(context), password); }));
    return no_content();
}

void append_times(std::string& out, const engine::Access::Listed& one)
{
    out += R"(,"since":")" + to_string(one.since) + R"(","expires_at":")" + to_string(one.expires_at) + '"';
}

// {"data":[{"id", what `append_own` adds, "since","expires_at"}…]}
template <typename Own>
Response listing(std::span<const engine::Access::Listed> rows, const Own& append_own)
{
    std::string out = R"({"data":[)";
    for (const auto& one : rows) {
        out += out.back() == '[' ? R"({"id":")" : R"(,{"id":")";
        out += to_string(one.id) + '"';
        append_own(out, one);
        append_times(out, one);
        out += '}';
    }
    return json_response(200, out + "]}");
}

Result<Response> sessions(House& house, const Context& context)
{
    CHECK_OK(at_a_browser(context));
    return listing(house.access.sessions_of(context.visitor.member), [&](std::string& out, const engine::Access::Listed& one) {
        out += R"(,"agent":)";
        append_json_string(out, one.name);
        out += one.pass == context.visitor.pass ? R"(,"current":true)" : R"(,"current":false)";
    });
}

Result<Response> tokens(House& house, const Context& context)
{
    CHECK_OK(at_a_browser(context));
    return listing(house.access.tokens_of(context.visitor.member), [](std::string& out, const engine::Access::Listed& one) {
        out += R"(,"name":)";
        append_json_string(out, one.name);
        out += R"(,"scopes":)";
        append_list(out, one.scopes);
    });
}

struct TokenRequest {
    std::string name;
    std::vector<std::string> scopes;
    int days = engine::token_days_default;
};

Result<TokenRequest> token_in(const Request& request)
{
    TRY(const auto fields, fields_in(request, {"name", "scopes", "days"}));
    TokenRequest asked;
    TRY(asked.name, text_in(fields, "name"));
    asked.name = trimmed(asked.name);
    if (code_point_count(asked.name) > 80) return refuse("too_long", "name", {{"limit", "80"}});
    if (control_character(asked.name)) return refuse("invalid_value", "name");
    if (const auto* days = fields.if_contains("days"); days != nullptr && !days->is_null()) {
        const auto* number = days->if_int64();
        if (number == nullptr || *number < 1 || *number > token_days_max) return refuse("invalid_value", "days", {{"expected", "1…" + std::to_string(token_days_max)}});
        asked.days = static_cast<int>(*number);
    }
    if (const auto* scopes = fields.if_contains("scopes"); scopes != nullptr && !scopes->is_null()) {
        const auto* list = scopes->if_array();
        if (list == nullptr || list->size() > 40) return refuse("invalid_value", "scopes", {{"expected", "list"}});
        for (const auto& scope : *list) {
            const auto* word = scope.if_string();
            if (word == nullptr || word->empty() || word->size() > 80 || std::string_view{*word}.contains(' ')) return refuse("invalid_value", "scopes", {{"expected", "text"}});
            asked.scopes.emplace_back(*word);
        }
    }
    return asked;
}

Result<Response> make_token(House& house, const Context& context)
{
    CHECK_OK(at_a_browser(context));
    TRY(const auto asked, token_in(context.request));
    const auto caller = caller_of(context);
    TRY(const auto made, house.access.create_token(caller, caller.member, asked.name, asked.scopes, asked.days));
    const auto one = house.access.listed(made);
    if (!one) return refuse("not_found", "token");   // revoked in between
    std::string out = R"({"id":")" + to_string(one->id) + R"(","token":)";
    append_json_string(out, made);
    append_times(out, *one);
    return kept_nowhere(json_response(201, out + "}"));
}

Result<Response> revoke(House& house, const Context& context)
{
    CHECK_OK(at_a_browser(context));
    TRY(const auto id, id_of(context.segment("id")));
    CHECK_OK(house.access.revoke_token(caller_of(context), id));
    return no_content();
}

}  // namespace

std::vector<Route> account_routes(House& house, RateLimit& by_account)
{
    const auto own = [&house](auto work) { return answering([&house, work](Context& context) { return work(house, context); }); };
    const auto guessed = [&house, &by_account](auto work) { return answering([&house, &by_account, work](Context& context) { return work(house, by_account, context); }); };
    const auto others = [&house](auto work) {
        return answering([&house, work](Context& context) -> Result<Response> {
            TRY(const auto member, id_of(context.segment("id")));
            CHECK_OK(work(house.access, caller_of(context), member));
            return no_content();
        });
    };
    return {
        {.method = Method::post, .path = "/api/v1/session/password", .summary = "Change one's own password; ends all other sessions", .statuses = "204", .handler = guessed(change_password)},
        {.method = Method::post, .path = "/api/v1/session/proof", .summary = "Show again that it is oneself; renews the session's cookie", .statuses = "204", .handler = guessed(prove)},
        {.method = Method::get, .path = "/api/v1/session/sign_ins", .summary = "What happened lately at one's door",
         .handler = own([](House& here, const Context& context) -> Result<Response> {
             CHECK_OK(at_a_browser(context));
             return knocks(here, context.visitor.member);
         })},
        {.method = Method::get, .path = "/api/v1/session/second_factor", .summary = "Whether a second factor is asked for, and how many recovery codes are left", .handler = own(factor)},
        {.method = Method::post, .path = "/api/v1/session/second_factor", .summary = "Begin a second factor: a key for an authenticator app", .statuses = "201", .handler = guessed(begin_factor)},
        {.method = Method::put, .path = "/api/v1/session/second_factor", .summary = "Switch it on with its first code; gives the recovery codes, once", .handler = guessed(confirm_factor)},
        {.method = Method::post, .path = "/api/v1/session/second_factor/recovery", .summary = "Ten new recovery codes, said once; those before are void", .handler = own(renew_recovery)},
        {.method = Method::del, .path = "/api/v1/session/second_factor", .summary = "No longer ask for a second factor", .statuses = "204", .handler = guessed(end_factor)},
        {.method = Method::get, .path = "/api/v1/sessions", .summary = "Where one is signed in", .handler = own(sessions)},
        {.method = Method::del, .path = "/api/v1/sessions", .summary = "Sign out everywhere else", .statuses = "204",
         .handler = own([](House& here, const Context& context) -> Result<Response> {
             CHECK_OK(at_a_browser(context));
             CHECK_OK(here.access.end_other_sessions(caller_of(context), context.visitor.pass));
             return no_content();
         })},
        {.method = Method::del, .path = "/api/v1/sessions/{id}", .summary = "Sign out at another device", .statuses = "204",
         .handler = own([](House& here, const Context& context) -> Result<Response> {
             CHECK_OK(at_a_browser(context));
             TRY(const auto id, id_of(context.segment("id")));
             CHECK_OK(here.access.end_session(caller_of(context), id));
             return no_content();
         })},
        {.method = Method::get, .path = "/api/v1/tokens", .summary = "One's API tokens, without what they are", .handler = own(tokens)},
        {.method = Method::post, .path = "/api/v1/tokens", .summary = "A new API token, shown once", .statuses = "201", .handler = own(make_token)},
        {.method = Method::del, .path = "/api/v1/tokens/{id}", .summary = "Revoke an API token", .statuses = "204", .handler = own(revoke)},
        {.method = Method::del, .path = "/api/v1/members/{id}/sessions", .access = Access::admin, .summary = "Sign a member out everywhere", .statuses = "204",
         .handler = others([](engine::Access& access, const engine::Caller& caller, Id member) { return access.end_sessions_of(caller, member); })},
        {.method = Method::del, .path = "/api/v1/members/{id}/second_factor", .access = Access::admin, .summary = "No longer ask a member for a second factor: a lost phone", .statuses = "204",
         .handler = others([](engine::Access& access, const engine::Caller& caller, Id member) { return access.take_second_factor_from(caller, member); })},
        {.method = Method::del, .path = "/api/v1/members/{id}/code_lock", .access = Access::admin, .summary = "Look at a member's codes again after too many wrong ones", .statuses = "204",
         .handler = others([](engine::Access& access, const engine::Caller& caller, Id member) { return access.unlock_codes(caller, member); })},
        {.method = Method::get, .path = "/api/v1/members/{id}/sign_ins", .access = Access::admin, .summary = "What happened lately at a member's door",
         .handler = own([](House& here, const Context& context) -> Result<Response> {
             TRY(const auto member, id_of(context.segment("id")));
             if (!here.engine.people().find(member)) return refuse("not_found", "member", {{"id", to_string(member)}});
             return knocks(here, member);
         })},
    };
}

}  // namespace shangdao::serve::rest
