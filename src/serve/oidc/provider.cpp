#include "serve/oidc/provider.h"

#include <algorithm>
#include <cmath>

#include "base/bytes.h"
#include "base/json.h"
#include "base/text.h"
#include "serve/out/address.h"

namespace shangdao::serve::oidc {

namespace {

namespace json = boost::json;

constexpr std::chrono::hours described_for{1};
constexpr double skew_seconds = 60;
constexpr std::size_t subject_max = 255;

std::unexpected<Problems> refused(std::string_view what) { return refuse("provider_refused", "", {{"what", std::string{what}}}); }

std::string text_of(const json::object& object, std::string_view name)
{
    const auto* value = object.if_contains(name);
    const auto* text = value == nullptr ? nullptr : value->if_string();
    return text == nullptr ? std::string{} : std::string{*text};
}

// Seconds since 1970 (RFC 7519 §2); nullopt when absent or no number.
std::optional<double> seconds_of(const json::object& claims, std::string_view name)
{
    const auto* value = claims.if_contains(name);
    if (value == nullptr || !value->is_number()) return std::nullopt;
    const auto seconds = value->to_number<double>();
    return std::isfinite(seconds) ? std::optional{seconds} : std::nullopt;
}

std::vector<std::string> audience_of(const json::object& claims)
{
    std::vector<std::string> audience;
    const auto* value = claims.if_contains("aud");
    if (value == nullptr) return audience;
    if (const auto* one = value->if_string()) audience.emplace_back(*one);
    if (const auto* many = value->if_array())
        for (const auto& one : *many)
            if (const auto* text = one.if_string()) audience.emplace_back(*text);
    return audience;
}

bool lists(const json::object& object, std::string_view name, std::string_view word)
{
    const auto* value = object.if_contains(name);
    const auto* list = value == nullptr ? nullptr : value->if_array();
    return list != nullptr && std::ranges::any_of(*list, [&](const json::value& one) { return one.is_string() && one.get_string() == word; });
}

Result<json::object> object_in(std::string_view text, std::string_view what)
{
    auto value = parse_json(text, {.depth_max = 16, .bytes_max = std::size_t{1} << 20});
    if (!value || !value->is_object()) return refused(what);
    return std::move(value->as_object());
}

}  // namespace

Attempt Attempt::make()
{
    const auto word = [] { return base64url(bytes_of(random_bytes(32))); };
    return {.state = word(), .nonce = word(), .verifier = word()};
}

Result<std::string> subject_of(const json::object& claims, const ProviderSettings& settings, std::string_view nonce, Instant now)
{
    if (text_of(claims, "iss") != settings.issuer) return refused("iss");
    const auto audience = audience_of(claims);
    if (std::ranges::find(audience, settings.client_id) == audience.end()) return refused("aud");
    const auto party = text_of(claims, "azp");
    if (claims.contains("azp") ? party != settings.client_id : audience.size() > 1) return refused("azp");
    const double seconds = static_cast<double>(now.us) / 1e6;
    const auto expires = seconds_of(claims, "exp"), issued = seconds_of(claims, "iat");
    if (!expires || *expires + skew_seconds <= seconds) return refused("exp");
    if (!issued || *issued - skew_seconds > seconds) return refused("iat");
    if (claims.contains("nbf") && seconds_of(claims, "nbf").value_or(HUGE_VAL) - skew_seconds > seconds) return refused("nbf");
    if (!equal_in_constant_time(text_of(claims, "nonce"), nonce)) return refused("nonce");
    auto subject = text_of(claims, "sub");
    if (subject.empty() || subject.size() > subject_max || control_character(subject)) return refused("sub");
    return subject;
}

Provider::Provider(ProviderSettings settings) : settings_(std::move(settings)) {}

// The owner named the issuer's host; another host that the provider names must be one of the public internet.
out::Reach Provider::reach_of(const std::string& url) const
{
    const auto issuer = out::parse_address(settings_.issuer), address = out::parse_address(url);
    return issuer && address && issuer->origin() == address->origin() ? out::Reach::configured : out::Reach::public_only;
}

Result<std::string> Provider::get(const std::string& url) const
{
    TRY(auto answer, out::fetch({.url = url, .reach = reach_of(url), .form = {}, .user = {}, .password = {}, .trust = settings_.trust}));
    if (answer.status != 200) return refused("HTTP " + std::to_string(answer.status));
    return std::move(answer.body);
}

Result<std::shared_ptr<const Provider::Described>> Provider::describe() const
{
    const std::string base = settings_.issuer.ends_with('/') ? settings_.issuer.substr(0, settings_.issuer.size() - 1) : settings_.issuer;
    TRY(const auto text, get(base + "/.well-known/openid-configuration"));
    TRY(const auto document, object_in(text, "discovery"));
    if (text_of(document, "issuer") != settings_.issuer) return refused("discovery: issuer");
    Described found{.authorization_endpoint = text_of(document, "authorization_endpoint"), .token_endpoint = text_of(document, "token_endpoint"), .jwks_uri = text_of(document, "jwks_uri"), .keys = {},
                    .until = std::chrono::steady_clock::now() + described_for};
    for (const auto* url : {&found.authorization_endpoint, &found.token_endpoint, &found.jwks_uri}) {
        const auto address = out::parse_address(*url);
        const bool fits = address && address->user.empty() && !address->has_fragment && (address->scheme == "https" || (address->scheme == "http" && reach_of(*url) == out::Reach::configured));
        if (!fits) return refused("discovery: endpoints");
    }
    if (const auto* always = document.if_contains("authorization_response_iss_parameter_supported"); always != nullptr && always->is_bool() && always->get_bool()) found.names_issuer = Described::Naming::always;
    constexpr std::string_view methods = "token_endpoint_auth_methods_supported";
    if (lists(document, methods, "client_secret_post") && !lists(document, methods, "client_secret_basic")) found.secrets = Described::Secrets::post;
    TRY(const auto keys, get(found.jwks_uri));
    auto parsed = parse_keys(keys);
    if (!parsed) return refused("keys");
    found.keys = std::move(*parsed);
    return std::make_shared<const Described>(std::move(found));
}

Result<std::shared_ptr<const Provider::Described>> Provider::described(Freshness freshness)
{
    {
        const std::scoped_lock lock(mutex_);
        if (freshness == Freshness::kept && described_ && described_->until > std::chrono::steady_clock::now()) return described_;
    }
    TRY(auto found, describe());
    const std::scoped_lock lock(mutex_);
    described_ = found;
    return found;
}

Result<std::string> Provider::authorization_address(const Attempt& attempt)
{
    TRY(const auto known, described(Freshness::kept));
    const auto challenge = base64url(sha256(attempt.verifier));
    std::string out = known->authorization_endpoint + (known->authorization_endpoint.contains('?') ? "&" : "?") + "response_type=code&scope=openid";
    for (const auto& [name, value] : {std::pair<std::string_view, std::string_view>{"client_id", settings_.client_id}, {"redirect_uri", settings_.redirect_uri}, {"state", attempt.state}, {"nonce", attempt.nonce}, {"code_challenge", challenge}, {"code_challenge_method", "S256"}})
        out += "&" + std::string{name} + "=" + out::percent_encoded(value);
    return out;
}

Result<std::string> Provider::id_token(const Described& known, const Returned& returned, const Attempt& attempt) const
{
    std::string form = "grant_type=authorization_code";
    const auto add = [&form](std::string_view name, std::string_view value) { form += "&" + std::string{name} + "=" + out::percent_encoded(value); };
    add("code", returned.code);
    add("redirect_uri", settings_.redirect_uri);
    add("code_verifier", attempt.verifier);
    out::Ask ask{.url = known.token_endpoint, .reach = reach_of(known.token_endpoint), .form = {}, .user = {}, .password = {}, .trust = settings_.trust};
    if (settings_.client_secret.empty() || known.secrets == Described::Secrets::post) add("client_id", settings_.client_id);
    if (!settings_.client_secret.empty()) {
        if (known.secrets == Described::Secrets::post) {
            add("client_secret", settings_.client_secret.reveal());
        } else {
            // RFC 6749 §2.3.1: both are form-encoded before they are joined.
            ask.user = out::percent_encoded(settings_.client_id);
            ask.password = Secret{out::percent_encoded(settings_.client_secret.reveal())};
        }
    }
    ask.form = std::move(form);
    TRY(const auto answer, out::fetch(ask));
    if (answer.status != 200) return refused("code");
    TRY(const auto body, object_in(answer.body, "token"));
    return text_of(body, "id_token");
}

Result<std::string> Provider::redeem(const Returned& returned, const Attempt& attempt, Instant now)
{
    if (!equal_in_constant_time(returned.state, attempt.state)) return refused("state");
    TRY(auto known, described(Freshness::kept));
    // Before the code is given to anybody: it may be another provider's (RFC 9207).
    if (returned.issuer ? *returned.issuer != settings_.issuer : known->names_issuer == Described::Naming::always) return refused("iss");
    TRY(const auto token, id_token(*known, returned, attempt));
    auto verified = verify(token, known->keys);
    if (verified.verdict == Verdict::unknown_key) {
        // Keys are changed now and then; the new one is told of nowhere else.
        TRY(known, described(Freshness::anew));
        verified = verify(token, known->keys);
    }
    switch (verified.verdict) {
    case Verdict::good: return subject_of(verified.claims, settings_, attempt.nonce, now);
    case Verdict::algorithm: return refused("alg");
    case Verdict::unknown_key: return refused("kid");
    case Verdict::signature: return refused("signature");
    case Verdict::malformed: return refused("token");
    }
    return refused("token");
}

}  // namespace shangdao::serve::oidc
