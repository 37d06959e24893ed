// Signing in by an OpenID provider, and the identities of members there. A member is known by (issuer, subject) alone, linked by himself while
// he is signed in, or by an administrator: an address that a provider tells is nobody's proof.
#pragma once

#include <set>

#include "serve/oidc/provider.h"
#include "serve/rate_limit.h"
#include "serve/rest/house.h"
#include "serve/worker_pool.h"

namespace shangdao::serve::rest {

// Asks the provider on two threads of its own, so that a slow one holds up nobody else; knows which attempts are over.
class ProviderDoor {
public:
    explicit ProviderDoor(oidc::ProviderSettings settings) : provider_(std::move(settings)) {}

    oidc::Provider& provider() { return provider_; }
    const oidc::ProviderSettings& settings() const { return provider_.settings(); }
    // False when too many wait; the task is then left untouched.
    bool submit(WorkerPool::Task& task) { return threads_.submit(task); }
    // True the first time: what a browser brings back counts once.
    bool is_first(const std::string& state, Instant until, Instant now);

private:
    oidc::Provider provider_;
    std::mutex mutex_;
    std::set<std::pair<Instant, std::string>> over_;   // forgotten when they would be too late anyhow
    WorkerPool threads_{2, 64, std::chrono::seconds{15}};   // last: what runs on them uses the others
};

// Where the browser comes back to, below the base URL.
inline constexpr std::string_view provider_path = "/api/v1/session/provider";

// `door`: none where no provider is set up; every route then says so. Outlives the routes, as the limits do.
std::vector<Route> provider_routes(House& house, ProviderDoor* door, RateLimit& by_account, RateLimit& by_address);

}  // namespace shangdao::serve::rest
