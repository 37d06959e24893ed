#include "serve/site.h"

#include <algorithm>
#include <charconv>
#include <mutex>

#include <fmt/format.h>

#include "base/require.h"
#include "serve/language.h"
#include "serve/origin.h"

namespace shangdao::serve {

namespace {

using std::chrono::steady_clock;

Language language_of(const Request& request)
{
    return accepted_language(request.headers.find("Accept-Language"));
}

bool is_api(std::string_view path)
{
    return path == "/api" || path.starts_with("/api/");
}

// A sign-in, a link with a password: worth no look at who brings it.
constexpr std::uint64_t stranger_bytes_max = std::uint64_t{16} << 10;

bool is_short(const Request& head)
{
    const auto length = head.headers.find("Content-Length");
    std::uint64_t bytes = 0;
    return length && std::from_chars(length->data(), length->data() + length->size(), bytes).ec == std::errc{} &&
           bytes <= stranger_bytes_max;
}

// The forged request we must not obey is one that the browser adorned with the member's cookie; and a sign-in from a
// foreign page is refused, too, since it would plant the stranger's session.
Result<void> check_origin(const Route& route, const Context& context)
{
    if (route.origin == OriginCheck::off || is_safe(context.request.method)) return {};
    if (context.visitor.credential == Visitor::Credential::token) return {};
    const Origin origin = origin_of(context.request);
    if (origin == Origin::foreign) return shangdao::refuse("csrf_refused");
    if (context.visitor.credential == Visitor::Credential::none) return {};
    const auto token = context.request.headers.find("X-CSRF-Token");
    const bool known = token && !context.visitor.csrf.empty() && equal_in_constant_time(*token, context.visitor.csrf);
    if (origin == Origin::unstated || !known) return shangdao::refuse("csrf_refused");
    return {};
}

}  // namespace

// Where the answer of one request goes: from the handler's Reply or, when the handler throws or drops it, from the site.
// The first answer wins. While the handler runs, a dropped Reply is only noted: if an exception is on its way, that one
// knows better what happened.
class Site::Answer {
public:
    explicit Answer(Reply reply) : reply_(std::move(reply)) {}

    void give(Response response)
    {
        const std::lock_guard lock(mutex_);
        if (!std::exchange(given_, true)) reply_(std::move(response));
    }
    // True when the caller must answer for it.
    bool note_dropped()
    {
        const std::lock_guard lock(mutex_);
        dropped_ = true;
        return !running_ && !given_;
    }
    // True when the Reply was dropped meanwhile and the caller must answer for it.
    bool handler_returned()
    {
        const std::lock_guard lock(mutex_);
        running_ = false;
        return dropped_ && !given_;
    }

private:
    std::mutex mutex_;
    Reply reply_;
    bool given_ = false;
    bool running_ = true;
    bool dropped_ = false;
};

void Site::add(std::span<const Route> routes)
{
    for (const Route& route : routes) {
        router_.add(route);
        if (!parts_.metrics) continue;
        const MetricLabels labels{{"method", std::string(to_string(route.method))}, {"route", std::string(route.path)}};
        RouteMetrics metrics{
            &parts_.metrics->latency("shangdao_http_request_seconds", "Time from arrival to answer", labels), {}};
        for (std::size_t i = 0; i < metrics.by_class.size(); ++i) {
            MetricLabels with_class = labels;
            with_class.emplace_back("status", fmt::format("{}xx", i));
            metrics.by_class[i] =
                i == 0 ? nullptr
                       : &parts_.metrics->counter("shangdao_http_requests_total", "Requests answered", with_class);
        }
        route_metrics_.emplace(&route, metrics);
    }
}

BodyRule Site::body_rule(const Request& head) const
{
    const Router::Match match = router_.match(head.method, head.path);
    if (!match.route) return {.bytes_max = stranger_bytes_max};
    BodyRule rule = match.route->body;
    if (rule.where == BodyRule::Where::file) rule.directory = parts_.upload_directory;
    const bool is_open = match.route->access == Access::anonymous;
    if (is_open && rule.bytes_max == BodyRule{}.bytes_max) rule.bytes_max = stranger_bytes_max;
    if (rule.where == BodyRule::Where::memory && (is_open || is_short(head))) return rule;
    // Nobody fills the disk, or the memory of bodies, who may not enter.
    try {
        Context context{
            .request = head, .owned = nullptr, .segments = {}, .visitor = {}, .language = language_of(head)};
        if (const auto admitted = admit(*match.route, context); !admitted) rule.refusal = admitted.error().front().code;
    } catch (const std::exception&) {
        rule.refusal = "storage_failed";
    }
    return rule;
}

Response Site::refusal(std::string_view code, const Request& request) const
{
    return problem_response(code, language_of(request));
}

Reply Site::observed(const Route* route, const Request& request, Reply reply)
{
    const auto found = route ? route_metrics_.find(route) : route_metrics_.end();
    const RouteMetrics* const metrics = found == route_metrics_.end() ? nullptr : &found->second;
    if (!metrics && !parts_.on_served) return reply;
    struct Seen {
        std::string id, path, peer;
    };
    std::unique_ptr<Seen> seen;
    if (parts_.on_served) seen = std::make_unique<Seen>(request.id, request.path, request.peer);
    auto send = [this, metrics, seen = std::move(seen), method = request.method, began = steady_clock::now(),
                 inner = std::move(reply)](Response response) mutable {
        const auto time = steady_clock::now() - began;
        const int status = response.status;
        if (metrics) {
            metrics->latency->observe(time);
            metrics->by_class[static_cast<std::size_t>(std::clamp(status / 100, 1, 5))]->add();
        }
        if (seen) parts_.on_served({seen->id, method, seen->path, seen->peer, status, time});
        inner(std::move(response));
    };
    return Reply(std::move(send), [] {});  // Answer always gives one
}

void Site::serve(Request request, Reply plain_reply)
{
    const Language language = language_of(request);
    Router::Match match = router_.match(request.method, request.path);
    auto answer = std::make_shared<Answer>(observed(match.route, request, std::move(plain_reply)));
    const auto forgotten = [this, language, id = request.id] {
        Request about;
        about.id = id;
        return exception_answer(Bug("a handler dropped its reply"), about, language);
    };
    try {
        if (!match.route) {
            if (match.allow.empty()) return answer->give(web_app(request, language));
            return answer->give(problem_response("method_not_allowed", language).add("Allow", std::move(match.allow)));
        }
        Context context{.request = request,
                        .owned = &request,
                        .segments = std::move(match.segments),
                        .visitor = {},
                        .language = language};
        Reply reply([answer](Response response) { answer->give(std::move(response)); },
                    [answer, forgotten] {
                        if (answer->note_dropped()) answer->give(forgotten());
                    });
        enter(*match.route, context, std::move(reply));
    } catch (const std::exception& thrown) {
        answer->give(exception_answer(thrown, request, language));
    }
    if (answer->handler_returned()) answer->give(forgotten());
}

void Site::enter(const Route& route, Context& context, Reply reply)
{
    if (const auto admitted = admit(route, context); !admitted)
        return reply(problem_response(admitted.error(), context.language));
    route.handler(context, std::move(reply));
}

// A wrong credential is no obstacle where none is needed: somebody with an old cookie must be able to sign in.
Result<void> Site::admit(const Route& route, Context& context) const
{
    if (parts_.gate) {
        Result<Visitor> visitor = parts_.gate(context.request);
        if (visitor)
            context.visitor = std::move(*visitor);
        else if (route.access != Access::anonymous)
            return shangdao::refuse(std::move(visitor).error());
    }
    const bool signed_in = context.visitor.credential != Visitor::Credential::none;
    if (route.access != Access::anonymous && !signed_in) return shangdao::refuse("not_signed_in");
    CHECK_OK(check_origin(route, context));
    if (route.access == Access::admin && context.visitor.rank != Visitor::Rank::admin)
        return shangdao::refuse("forbidden");
    return {};
}

Response Site::web_app(const Request& request, Language language) const
{
    const bool reads = request.method == Method::get || request.method == Method::head;
    if (!parts_.assets || is_api(request.path)) return problem_response("not_found", language);
    if (!reads) return problem_response("method_not_allowed", language).add("Allow", "GET, HEAD");
    return parts_.assets->find(request);
}

Response Site::exception_answer(const std::exception& thrown, const Request& request, Language language) const
{
    const std::string number =
        fmt::format("{}-{:04}", request.id.empty() ? "0" : request.id, next_incident_.fetch_add(1) % 10'000);
    if (parts_.on_incident) parts_.on_incident({number, request.id, thrown.what(), request.path});
    return problem_response(thrown, language, number);
}

}  // namespace shangdao::serve
