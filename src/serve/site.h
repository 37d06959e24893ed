// Site – the Application behind the edge: routes, gate, origin check, exceptions, metrics, web app.
//
// The order of a request's checks is the security of the house, so it is in one function (Site::serve): route → who is
// there → access → origin and token → handler. What is no route and no /api/ path is the web app's (Assets).
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

#include "serve/assets.h"
#include "serve/edge.h"
#include "serve/metrics.h"
#include "serve/route.h"
#include "serve/router.h"

namespace shangdao::serve {

// Finds out who is there from cookie or Authorization. No credential: a Visitor with Credential::none. A credential that
// is wrong or expired: a refusal (not_signed_in). Called on a worker thread, before a file is received on an I/O thread;
// thread-safe; may throw Fault.
using Gate = std::function<Result<Visitor>(const Request&)>;

// What happened to a request, for the log. Views live during the call.
struct Served {
    std::string_view request_id;
    Method method;
    std::string_view path;
    std::string_view peer;
    int status;
    std::chrono::nanoseconds time;
};

struct Incident {
    std::string number;
    std::string request_id;
    std::string what;  // may name internals: for the log only
    std::string path;
};

struct SiteParts {
    Gate gate{};  // none: everybody is anonymous
    const Assets* assets = nullptr;  // none: only routes
    Metrics* metrics = nullptr;
    std::string upload_directory{};  // where bodies of file routes are written; empty: where the edge says
    std::function<void(const Incident&)> on_incident{};  // thread-safe
    std::function<void(const Served&)> on_served{};  // thread-safe; costs a copy of the path when set
};

class Site final : public Application {
public:
    explicit Site(SiteParts parts) : parts_(std::move(parts)) {}

    // Before the edge starts. The routes must outlive the Site.
    void add(std::span<const Route> routes);
    const Router& router() const { return router_; }

    BodyRule body_rule(const Request& head) const override;
    void serve(Request request, Reply reply) override;
    Response refusal(std::string_view code, const Request& request) const override;

private:
    struct RouteMetrics {
        LatencyHistogram* latency;
        std::array<Counter*, 6> by_class;
    };
    class Answer;

    void enter(const Route& route, Context& context, Reply reply);
    Result<void> admit(const Route& route, Context& context) const;
    Response web_app(const Request& request, Language language) const;
    Response exception_answer(const std::exception& thrown, const Request& request, Language language) const;
    Reply observed(const Route* route, const Request& request, Reply reply);

    SiteParts parts_;
    Router router_;
    std::unordered_map<const Route*, RouteMetrics> route_metrics_;
    mutable std::atomic<std::uint64_t> next_incident_{1};
};

}  // namespace shangdao::serve
