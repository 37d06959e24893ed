// Provider – the OpenID provider that the server trusts to say who somebody is (OpenID Connect Core 1.0, code flow with PKCE). Which one is said
// on the command line; all else it tells itself, by discovery, and is believed as far as its answers agree.
#pragma once

#include <boost/json/object.hpp>

#include <chrono>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/secret.h"
#include "base/time.h"
#include "serve/oidc/jwt.h"
#include "serve/out/fetch.h"

namespace shangdao::serve::oidc {

struct ProviderSettings {
    std::string issuer;          // as the provider spells it
    std::string client_id;
    Secret client_secret;        // empty: a public client
    std::string name;            // on the sign-in page: "用 … 登录"
    std::string redirect_uri;    // where the browser comes back to, registered there
    std::string trust;           // PEM of authorities instead of the system's; empty: the system's
};

// What one sign-in is recognised by when the browser comes back. Made anew for each; all are 256 bits.
struct Attempt {
    std::string state, nonce, verifier;
    static Attempt make();
};

// What the browser brings back in its address.
struct Returned {
    std::string code, state;
    std::optional<std::string> issuer;    // RFC 9207
};

// Whether the claims of a verified ID token are for us, now and for this attempt; gives the subject. Refusal provider_refused {what}.
Result<std::string> subject_of(const boost::json::object& claims, const ProviderSettings& settings, std::string_view nonce, Instant now);

// Thread-safe. Blocks while it asks the provider, so that only a thread of few may call it.
class Provider {
public:
    explicit Provider(ProviderSettings settings);

    const ProviderSettings& settings() const { return settings_; }

    // Where to send the browser. Refusals server_unreachable, provider_refused.
    Result<std::string> authorization_address(const Attempt& attempt);
    // The subject that the provider vouches for. Refusals server_unreachable, provider_refused.
    Result<std::string> redeem(const Returned& returned, const Attempt& attempt, Instant now);

private:
    struct Described {
        std::string authorization_endpoint, token_endpoint, jwks_uri;
        enum class Naming : unsigned char { sometimes, always } names_issuer = Naming::sometimes;   // in what the browser brings back
        enum class Secrets : unsigned char { basic, post } secrets = Secrets::basic;
        std::vector<Key> keys;
        std::chrono::steady_clock::time_point until;
    };
    enum class Freshness : unsigned char { kept, anew };

    Result<std::shared_ptr<const Described>> described(Freshness freshness);
    Result<std::shared_ptr<const Described>> describe() const;
    Result<std::string> get(const std::string& url) const;
    Result<std::string> id_token(const Described& described, const Returned& returned, const Attempt& attempt) const;
    out::Reach reach_of(const std::string& url) const;

    ProviderSettings settings_;
    std::mutex mutex_;
    std::shared_ptr<const Described> described_;
};

}  // namespace shangdao::serve::oidc
