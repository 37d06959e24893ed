// A wrong credential is refused, never taken for nobody: a client with an expired cookie must sign in again.
#include "serve/rest/gate.h"

#include "serve/cookies.h"

namespace shangdao::serve::rest {

namespace {

constexpr std::string_view bearer = "Bearer ";
Result<Visitor> visitor_of(House& house, const engine::Holder& holder, Visitor::Credential credential)
{
    const auto person = house.engine.people().find(holder.member);
    const auto guard = house.engine.people().guard(holder.member, house.engine.clock().now());
    if (!person || !guard) return refuse("not_signed_in");
    Visitor visitor{.credential = credential, .member = holder.member, .csrf = holder.csrf, .scopes = holder.scopes, .language = person->language, .pass = holder.pass};
    const bool admin = holder.scopes.empty() ? guard->general("admin") : guard->limited_to(holder.scopes)->general("admin");
    if (admin) visitor.rank = Visitor::Rank::admin;
    if (credential == Visitor::Credential::cookie && holder.proved_at + engine::proof_lasts < house.engine.clock().now()) visitor.proof = engine::Proof::stale;
    return visitor;
}

}  // namespace

Gate make_gate(House& house)
{
    return [&house](const Request& request) -> Result<Visitor> {
        if (const auto authorization = request.headers.find("Authorization")) {
            if (!authorization->starts_with(bearer)) return refuse("not_signed_in");
            const auto holder = house.access.by_api_token(authorization->substr(bearer.size()));
            if (!holder) return refuse("not_signed_in");
            return visitor_of(house, *holder, Visitor::Credential::token);
        }
        const auto token = find_cookie(request, session_cookie_name(request)).value_or("");
        if (token.empty()) return Visitor{};
        const auto holder = house.access.by_session(token);
        if (!holder) {
            // Signing in and out, and the page itself, must work with a stale cookie.
            if (!request.path.starts_with("/api/") || request.path == "/api/v1/session" || request.path == "/api/v1/setup") return Visitor{};
            return refuse("not_signed_in");
        }
        auto visitor = visitor_of(house, *holder, Visitor::Credential::cookie);
        if (visitor) visitor->session = token;
        return visitor;
    };
}

}  // namespace shangdao::serve::rest
