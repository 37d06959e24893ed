// Everything is built before the address is printed; everything is taken down in the reverse order.
#include "app/serve_command.h"

#include <unistd.h>

#include <csignal>

#include <iostream>

#include "app/backup/shipping.h"
#include "app/control.h"
#include "app/housekeeping.h"
#include "app/version.h"
#include "base/bytes.h"
#include "base/log.h"
#include "base/secret.h"
#include "serve/rest/account_routes.h"
#include "serve/rest/attachment_routes.h"
#include "serve/rest/bulk_routes.h"
#include "serve/rest/change_stream.h"
#include "serve/rest/follow_routes.h"
#include "serve/rest/gate.h"
#include "serve/rest/import_routes.h"
#include "serve/rest/invitation_routes.h"
#include "serve/rest/job_routes.h"
#include "serve/rest/notification_routes.h"
#include "serve/rest/openapi.h"
#include "serve/rest/preference_routes.h"
#include "serve/rest/query_routes.h"
#include "serve/rest/record_routes.h"
#include "serve/rest/sales_routes.h"
#include "serve/rest/session_routes.h"
#include "serve/rest/reveal_routes.h"
#include "serve/rest/share_routes.h"
#include "serve/rest/sight_routes.h"
#include "serve/rest/system_routes.h"

namespace shangdao::app {

namespace {

bool on_loopback(std::string_view listen) { return listen.starts_with("127.") || listen.starts_with("localhost:") || listen.starts_with("[::1]"); }

std::filesystem::path web_directory_of(const ServeOptions& options)
{
    if (!options.web_directory.empty()) return options.web_directory;
    std::error_code error;
    const auto program = std::filesystem::read_symlink("/proc/self/exe", error).parent_path();
    for (const auto& candidate : {program / "web", program / "../../web/dist", std::filesystem::path{"/usr/share/shangdao/web"}})
        if (std::filesystem::exists(candidate / "index.html")) return std::filesystem::weakly_canonical(candidate);
    return {};
}

// Blocks until SIGTERM or SIGINT; both were blocked before any thread began, so only this thread gets them.
void wait_for_signal(const sigset_t& signals)
{
    int signal = 0;
    sigwait(&signals, &signal);
    log(shangdao::Level::info, "stopping", {{"signal", std::to_string(signal)}});
}

sigset_t block_signals()
{
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    return signals;
}

// Until a signal.
void run(const ServeOptions& options, Opened& opened, Shipping* shipping, const sigset_t& signals, Terminal& terminal, const Clock& clock)
{
    serve::rest::House house{*opened.engine, *opened.access, {}, version};
    if (!opened.access->anyone_can_sign_in()) house.setup_token = base64url(bytes_of(random_bytes(24)));
    serve::Metrics metrics;
    std::unique_ptr<serve::Assets> assets;
    if (const auto directory = web_directory_of(options); !directory.empty()) assets = std::make_unique<serve::Assets>(directory);

    serve::RateLimit by_account({.at_once = 5, .refill_time = std::chrono::seconds{60}}, clock);
    serve::RateLimit by_address({.at_once = 20, .refill_time = std::chrono::seconds{60}}, clock);
    serve::rest::ChangeStream changes(house);
    metrics.gauge("shangdao_live_streams", "Browsers and programs that listen to live changes", [&changes] { return static_cast<double>(changes.listener_count()); });
    if (shipping != nullptr) metrics.gauge("shangdao_ship_behind_seconds", "Age of the oldest commit that is not where commits are shipped to", [shipping] { return shipping->behind_seconds(); });
    std::atomic<bool> ready = false;

    std::vector<std::vector<serve::Route>> tables{
        serve::rest::session_routes(house, by_account, by_address), serve::rest::invitation_routes(house, by_address), serve::rest::account_routes(house, by_account), serve::rest::sight_routes(house), serve::rest::query_routes(house), serve::rest::job_routes(house), serve::rest::notification_routes(house), serve::rest::preference_routes(house), serve::rest::follow_routes(house), serve::rest::share_routes(house), serve::rest::reveal_routes(house), serve::rest::definition_routes(house),
        serve::rest::sales_routes(house), changes.routes(), serve::rest::import_routes(house), serve::rest::record_routes(house), serve::rest::bulk_routes(house), serve::rest::attachment_routes(house), serve::rest::system_routes(house, metrics, [&ready] { return ready.load(); })};
    tables.push_back(serve::rest::openapi_routes(house, tables));
    serve::Site site({.gate = serve::rest::make_gate(house), .assets = assets.get(), .metrics = &metrics,
                      .on_incident = [](const serve::Incident& incident) {
                          log(shangdao::Level::error, "incident", {{"number", incident.number}, {"request", incident.request_id}, {"path", incident.path}, {"what", incident.what}});
                      }});
    for (const auto& table : tables) site.add(table);

    serve::EdgeOptions edge_options{.listen = {options.listen}, .workers = options.workers};
    edge_options.upload_directory = (opened.directory.store_directory() / "files").string();
    if (!options.certificate.empty()) edge_options.tls = serve::TlsFiles{options.certificate, options.private_key};
    serve::Edge edge(edge_options, site, clock);
    const ControlServer control(opened, clock);
    opened.engine->jobs().start();
    const Housekeeping housekeeping(*opened.engine);
    if (shipping != nullptr) shipping->start();
    edge.start();
    ready = true;

    const auto colon = options.listen.rfind(':');
    const std::string address = (options.certificate.empty() ? "http://" : "https://") + options.listen.substr(0, colon) + ":" + std::to_string(edge.port());
    terminal.out << "listening on " << address << '\n';
    if (!house.setup_token.empty()) terminal.out << "first set-up: " << address << "/setup#" << house.setup_token << '\n';
    terminal.out << std::flush;

    wait_for_signal(signals);
    ready = false;
    edge.stop();
    opened.engine->jobs().stop();
    opened.engine->settle();
}

}  // namespace

int serve(const ServeOptions& options, DataDirectory directory, Terminal& terminal, const Clock& clock)
{
    if (options.certificate.empty() && !on_loopback(options.listen) && !options.insecure_http) return say_problems(terminal, {{"plain_http_beyond_loopback", "listen", {{"listen", options.listen}}}});
    const auto signals = block_signals();
    std::unique_ptr<Shipping> shipping;
    if (!options.ship_to.empty()) {
        auto opened = Shipping::open(directory, {.to = terminal.directory / options.ship_to, .keep = options.ship_keep, .every = std::chrono::seconds{options.ship_seconds}}, clock);
        if (!opened) return say_problems(terminal, opened.error());
        shipping = std::move(*opened);
    }
    std::atomic<bool> failed = false;
    const auto stop = [&failed](const std::string& reason) {
        log(Level::error, "the disk failed under the store; the process ends", {{"what", reason}});
        failed = true;
        ::kill(::getpid(), SIGTERM);
    };
    auto opened = open_for_writing(std::move(directory), clock, 4, {.on_fail_stop = stop, .follower = shipping.get()});
    if (!opened) return say_problems(terminal, opened.error());
    run(options, **opened, shipping.get(), signals, terminal, clock);
    opened->reset();
    return failed ? 1 : 0;
}

}  // namespace shangdao::app
