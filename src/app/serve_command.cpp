// Everything is built before the address is printed; everything is taken down in the reverse order.
#include "app/serve_command.h"

#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <deque>
#include <iostream>
#include <optional>
#include <set>
#include <span>

#include "app/backup/shipping.h"
#include "app/control.h"
#include "app/housekeeping.h"
#include "app/version.h"
#include "base/bytes.h"
#include "base/log.h"
#include "base/require.h"
#include "base/secret.h"
#include "engine/persons/erasing.h"
#include "serve/hosts.h"
#include "serve/rest/account_routes.h"
#include "serve/rest/approval_routes.h"
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
#include "serve/rest/person_routes.h"
#include "serve/rest/preference_routes.h"
#include "serve/rest/provider_routes.h"
#include "serve/rest/query_routes.h"
#include "serve/rest/record_routes.h"
#include "serve/rest/reset_routes.h"
#include "serve/rest/sales_routes.h"
#include "serve/rest/session_routes.h"
#include "serve/rest/reveal_routes.h"
#include "serve/rest/share_routes.h"
#include "serve/rest/sight_routes.h"
#include "serve/rest/system_routes.h"

namespace shangdao::app {

namespace {

constexpr int readers_each = 4;

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

// Counted over all organisations: who guesses at one does not get a fresh count at the next.
struct Limits {
    Limits(int sign_ins_per_minute, const Clock& clock) : by_address({.at_once = sign_ins_per_minute, .refill_time = std::chrono::seconds{60}}, clock), resets_by_address(serve::rest::resets_per_address, clock) {}
    serve::RateLimit by_address, resets_by_address;
};

// Whom an organisation's server connects to of its own accord.
struct Outside {
    std::optional<serve::MailSettings> mail;
    std::optional<serve::oidc::ProviderSettings> provider;
};

// One organisation as it is served: what knows its records, and nobody else's.
class Served {
public:
    Served(Opened& opened, Outside outside, Shipping* shipping, const serve::Assets* assets, Limits& limits, const std::atomic<bool>& ready, const Clock& clock)
        : opened_(opened), shipping_(shipping), house_{*opened.engine, *opened.access, {}, version}, by_account_({.at_once = 5, .refill_time = std::chrono::seconds{60}}, clock), resets_by_account_(serve::rest::resets_per_account, clock),
          provider_(outside.provider ? std::make_unique<serve::rest::ProviderDoor>(std::move(*outside.provider)) : nullptr),
          changes_(house_), tables_(tables(limits, ready)),
          site_({.gate = serve::rest::make_gate(house_), .assets = assets, .metrics = &metrics_, .upload_directory = (opened.directory.store_directory() / "files").string(),
                 .on_incident = [](const serve::Incident& incident) {
                     log(shangdao::Level::error, "incident", {{"number", incident.number}, {"request", incident.request_id}, {"path", incident.path}, {"what", incident.what}});
                 }}),
          control_(opened, clock)
    {
        if (outside.mail) house_.mailer = &mailer_.emplace(std::move(*outside.mail), *opened.engine, *opened.access);
        if (provider_) house_.provider = &provider_->settings();
        if (!opened.access->anyone_can_sign_in()) house_.setup_token = base64url(bytes_of(random_bytes(24)));
        metrics_.gauge("shangdao_live_streams", "Browsers and programs that listen to live changes", [this] { return static_cast<double>(changes_.listener_count()); });
        metrics_.gauge("shangdao_letters_waiting", "Mails that are still to be sent, at most 1000", [&opened] { return static_cast<double>(opened.access->letters_waiting()); });
        metrics_.gauge("shangdao_rights_differences", "Facts of rights held in memory that differed from the store when they were last compared, at night or by check", [&opened] { return static_cast<double>(opened.engine->rights_differences()); });
        if (shipping != nullptr) metrics_.gauge("shangdao_ship_behind_seconds", "Age of the oldest commit that is not where commits are shipped to", [shipping] { return shipping->behind_seconds(); });
        for (const auto& table : tables_) site_.add(table);
    }

    serve::Site& site() { return site_; }
    const std::vector<std::string>& hosts() const { return opened_.directory.hosts(); }
    const std::string& setup_token() const { return house_.setup_token; }

    void start()
    {
        opened_.engine->jobs().start();
        housekeeping_.emplace(*opened_.engine);
        if (mailer_) mailer_->start();
        if (shipping_ != nullptr) shipping_->start();
        engine::erase_again(*opened_.engine);   // before the first request
    }
    void stop()
    {
        housekeeping_.reset();
        if (mailer_) mailer_->stop();
        opened_.engine->jobs().stop();
        opened_.engine->settle();
    }

private:
    std::vector<std::vector<serve::Route>> tables(Limits& limits, const std::atomic<bool>& ready)
    {
        std::vector<std::vector<serve::Route>> tables{
            serve::rest::session_routes(house_, by_account_, limits.by_address), serve::rest::invitation_routes(house_, limits.by_address),
            serve::rest::reset_routes(house_, resets_by_account_, limits.resets_by_address), serve::rest::provider_routes(house_, provider_.get(), by_account_, limits.by_address), serve::rest::account_routes(house_, by_account_),
            serve::rest::sight_routes(house_), serve::rest::query_routes(house_), serve::rest::job_routes(house_), serve::rest::notification_routes(house_),
            serve::rest::preference_routes(house_), serve::rest::follow_routes(house_), serve::rest::share_routes(house_), serve::rest::approval_routes(house_), serve::rest::reveal_routes(house_),
            serve::rest::person_routes(house_),
            serve::rest::definition_routes(house_), serve::rest::sales_routes(house_), changes_.routes(), serve::rest::import_routes(house_), serve::rest::record_routes(house_),
            serve::rest::bulk_routes(house_), serve::rest::attachment_routes(house_), serve::rest::system_routes(house_, metrics_, [&ready] { return ready.load(); })};
        tables.push_back(serve::rest::openapi_routes(house_, tables));
        return tables;
    }

    Opened& opened_;
    Shipping* shipping_;
    serve::rest::House house_;
    std::optional<serve::Mailer> mailer_;
    serve::Metrics metrics_;
    serve::RateLimit by_account_, resets_by_account_;
    std::unique_ptr<serve::rest::ProviderDoor> provider_;
    serve::rest::ChangeStream changes_;
    std::vector<std::vector<serve::Route>> tables_;
    serve::Site site_;
    ControlServer control_;
    std::optional<Housekeeping> housekeeping_;
};

void say_addresses(const ServeOptions& options, std::uint16_t port, const std::deque<Served>& organisations, Terminal& terminal)
{
    const std::string scheme = options.certificate.empty() ? "http://" : "https://";
    const auto address = [&](const std::string& host) { return scheme + host + ":" + std::to_string(port); };
    const auto listened = address(options.listen.substr(0, options.listen.rfind(':')));
    terminal.out << "listening on " << listened << '\n';
    for (const auto& one : organisations) {
        for (const auto& host : one.hosts()) terminal.out << "serving " << address(host) << '\n';
        if (!one.setup_token().empty()) terminal.out << "first set-up: " << (one.hosts().empty() ? listened : address(one.hosts().front())) << "/setup#" << one.setup_token() << '\n';
    }
    terminal.out << std::flush;
}

// Of several organisations each has its links begin with its own name, and is come back to under it.
Outside at_own_host(Outside outside, const DataDirectory& directory, const std::string& base_url)
{
    const auto own = [&] { return at_host(base_url, directory.hosts().front()); };
    if (outside.mail) outside.mail->base_url = own();
    if (outside.provider) outside.provider->redirect_uri = own() + std::string{serve::rest::provider_path};
    return outside;
}

// Until a signal.
void run(const ServeOptions& options, const Outside& outside, std::span<const std::unique_ptr<Opened>> opened, std::span<const std::unique_ptr<Shipping>> shipping, const sigset_t& signals, Terminal& terminal,
         const Clock& clock)
{
    std::unique_ptr<serve::Assets> assets;
    if (const auto directory = web_directory_of(options); !directory.empty()) assets = std::make_unique<serve::Assets>(directory);
    Limits limits(options.sign_ins_per_minute, clock);
    std::atomic<bool> ready = false;
    serve::Hosts hosts;
    std::deque<Served> organisations;
    for (std::size_t i = 0; i < opened.size(); ++i) {
        auto& one = organisations.emplace_back(*opened[i], opened.size() > 1 ? at_own_host(outside, opened[i]->directory, options.mail.base_url) : outside, shipping[i].get(), assets.get(), limits, ready, clock);
        require(hosts.add(one.hosts(), one.site()), "whose names these are was checked");
    }

    serve::EdgeOptions edge_options{.listen = {options.listen}, .workers = options.workers, .trusted_proxies = options.trusted_proxies};
    if (!options.certificate.empty()) edge_options.tls = serve::TlsFiles{options.certificate, options.private_key};
    serve::Edge edge(edge_options, hosts, clock);
    for (auto& one : organisations) one.start();
    edge.start();
    ready = true;
    say_addresses(options, edge.port(), organisations, terminal);

    wait_for_signal(signals);
    ready = false;
    edge.stop();
    for (auto& one : organisations) one.stop();
}

Result<void> check_names(const std::vector<DataDirectory>& directories)
{
    std::set<std::string> names;
    for (const auto& directory : directories) {
        if (directory.hosts().empty() && directories.size() > 1) return refuse("hosts_needed", "data", {{"path", directory.path().string()}});
        for (const auto& name : directory.hosts())
            if (!names.insert(name).second) return refuse("host_taken", "data", {{"path", directory.path().string()}, {"name", name}});
    }
    return {};
}

Result<Outside> outside_of(const ServeOptions& options, const std::filesystem::path& directory)
{
    auto mail = mail_settings(options.mail, directory);
    auto provider = provider_settings(options.provider, options.mail.base_url, options.mail.trust, directory);
    Problems problems = mail ? Problems{} : std::move(mail.error());
    for (const auto& problem : provider ? Problems{} : provider.error())
        if (std::ranges::find(problems, problem) == problems.end()) problems.push_back(problem);
    if (!problems.empty()) return refuse(std::move(problems));
    return Outside{std::move(*mail), std::move(*provider)};
}

}  // namespace

int serve(const ServeOptions& options, std::vector<DataDirectory> directories, Terminal& terminal, const Clock& clock)
{
    if (options.certificate.empty() && !on_loopback(options.listen) && !options.insecure_http) return say_problems(terminal, {{"plain_http_beyond_loopback", "listen", {{"listen", options.listen}}}});
    if (const auto told_apart = check_names(directories); !told_apart) return say_problems(terminal, told_apart.error());
    const auto outside = outside_of(options, terminal.directory);
    if (!outside) return say_problems(terminal, outside.error());
    const auto signals = block_signals();
    std::atomic<bool> failed = false;
    const auto stop = [&failed](const std::string& reason) {
        log(Level::error, "the disk failed under the store; the process ends", {{"what", reason}});
        failed = true;
        ::kill(::getpid(), SIGTERM);
    };
    std::vector<std::unique_ptr<Shipping>> shipping;
    std::vector<std::unique_ptr<Opened>> opened;
    const bool several = directories.size() > 1;
    for (auto& directory : directories) {
        auto& ships = shipping.emplace_back();
        if (!options.ship_to.empty()) {
            auto to = terminal.directory / options.ship_to;
            if (several) to /= directory.path().filename();
            auto place = Shipping::open(directory, {.to = to, .keep = options.ship_keep, .every = std::chrono::seconds{options.ship_seconds}}, clock);
            if (!place) return say_problems(terminal, place.error());
            ships = std::move(*place);
        }
        auto one = open_for_writing(std::move(directory), clock, readers_each, StoreWatch{.on_fail_stop = stop, .follower = ships.get()});
        if (!one) return say_problems(terminal, one.error());
        opened.push_back(std::move(*one));
    }
    run(options, *outside, opened, shipping, signals, terminal, clock);
    opened.clear();
    return failed ? 1 : 0;
}

}  // namespace shangdao::app
