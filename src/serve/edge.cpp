#include "serve/edge.h"

#include <sys/resource.h>
#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/post.hpp>

#include <algorithm>
#include <charconv>
#include <thread>

#include <fmt/format.h>

#include "base/fault.h"
#include "serve/edge_lane.h"

namespace shangdao::serve {

namespace {

namespace asio = boost::asio;
using tcp = asio::ip::tcp;
using Error = boost::system::error_code;

tcp::endpoint endpoint_of(const std::string& text)
{
    const std::size_t colon = text.rfind(':');
    std::uint16_t port = 0;
    const char* const end = text.data() + text.size();
    const char* const begin = text.data() + (colon == std::string::npos ? text.size() : colon + 1);
    const auto [rest, error_number] = std::from_chars(begin, end, port);
    const bool has_port = colon != std::string::npos && begin != end && error_number == std::errc{} && rest == end;
    std::string host = text.substr(0, std::min(colon, text.size()));
    if (host.size() > 2 && host.front() == '[' && host.back() == ']') host = host.substr(1, host.size() - 2);
    Error error;
    const auto address = asio::ip::make_address(host == "localhost" ? "127.0.0.1" : host, error);
    if (!has_port || error)
        throw Fault(FaultKind::network, fmt::format("\"{}\" is not an address and a port, as in 127.0.0.1:8080", text));
    return {address, port};
}

std::shared_ptr<asio::ssl::context> make_tls(const TlsFiles& files)
{
    auto context = std::make_shared<asio::ssl::context>(asio::ssl::context::tls_server);
    SSL_CTX* const native = context->native_handle();
    SSL_CTX_set_min_proto_version(native, TLS1_2_VERSION);
    SSL_CTX_set_mode(native, SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_options(native, SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION |
                                    SSL_OP_IGNORE_UNEXPECTED_EOF);
    SSL_CTX_set_cipher_list(native, "ECDHE+AESGCM:ECDHE+CHACHA20");
    Error error;
    context->use_certificate_chain_file(files.certificate_chain, error);
    if (!error) context->use_private_key_file(files.private_key, asio::ssl::context::pem, error);
    if (error || SSL_CTX_check_private_key(native) != 1)
        throw Fault(FaultKind::network,
                    fmt::format("cannot use certificate {} with key {}: {}", files.certificate_chain, files.private_key,
                                error ? error.message() : "they do not belong together"));
    return context;
}

// Each connection is a descriptor; the soft limit of 1024 is for programs that use select.
void raise_descriptor_limit()
{
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
}

// One sweep per thread watches all deadlines; it must come a few times within the shortest of them.
std::chrono::milliseconds sweep_interval(const EdgeOptions& options)
{
    const auto shortest = std::min({options.head_timeout, options.body_timeout, options.write_timeout,
                                    options.idle_timeout, options.heartbeat, options.stop_idle});
    return std::clamp(shortest / 4, std::chrono::milliseconds{5}, std::chrono::milliseconds{250});
}

int worker_count(const EdgeOptions& options)
{
    return options.workers > 0 ? options.workers : std::max(2, static_cast<int>(std::thread::hardware_concurrency()));
}

}  // namespace

struct Edge::Impl {
    Impl(EdgeOptions options, Application& application, const Clock& clock)
    {
        const int workers = worker_count(options);
        shared = std::make_shared<EdgeShared>(std::move(options), application, clock, workers);
    }

    void listen();
    void accept(std::size_t index);
    void take(tcp::socket socket, const std::shared_ptr<Lane>& lane);
    void close_listeners();

    std::shared_ptr<EdgeShared> shared;
    std::shared_ptr<asio::ssl::context> tls;
    std::vector<std::shared_ptr<Lane>> lanes;
    std::vector<tcp::acceptor> acceptors;           // all on the first lane
    std::vector<asio::steady_timer> pauses;         // one per acceptor
    std::vector<std::thread> threads;
    std::size_t next_lane = 0;
    std::uint16_t port = 0;
    bool stopped = false;
};

void Edge::Impl::listen()
{
    for (const std::string& text : shared->options.listen) {
        const tcp::endpoint endpoint = endpoint_of(text);
        tcp::acceptor acceptor(lanes.front()->io());
        Error error;
        acceptor.open(endpoint.protocol(), error);
        if (!error) acceptor.set_option(tcp::acceptor::reuse_address(true), error);
        if (!error && endpoint.address().is_v6()) acceptor.set_option(asio::ip::v6_only(true), error);
        if (!error) acceptor.bind(endpoint, error);
        if (!error) acceptor.listen(4096, error);
        if (!error) acceptor.non_blocking(true, error);
        if (error) throw Fault(FaultKind::network, fmt::format("cannot listen on {}: {}", text, error.message()));
        if (port == 0) port = acceptor.local_endpoint().port();
        acceptors.push_back(std::move(acceptor));
        pauses.emplace_back(lanes.front()->io());
    }
}

void Edge::Impl::take(tcp::socket socket, const std::shared_ptr<Lane>& lane)
{
    if (shared->connections.load(std::memory_order_relaxed) >= shared->options.connections_max) return;  // closes it
    if (lane == lanes.front()) return serve_connection(lane, std::move(socket), tls);
    asio::post(lane->io(), [lane, secure = tls, connection = std::move(socket)]() mutable {
        serve_connection(lane, std::move(connection), secure);
    });
}

void Edge::Impl::accept(std::size_t index)
{
    const std::shared_ptr<Lane> lane = lanes[next_lane++ % lanes.size()];
    acceptors[index].async_accept(lane->io(), [this, index, lane](const Error& error, tcp::socket socket) {
        if (!error) take(std::move(socket), lane);  // also when the door closed behind it
        if (!acceptors[index].is_open()) return;
        if (!error) return accept(index);
        // Out of descriptors or memory: accepting at once again would only spin.
        pauses[index].expires_after(std::chrono::milliseconds{50});
        pauses[index].async_wait([this, index](const Error& cancelled) {
            if (!cancelled && acceptors[index].is_open()) accept(index);
        });
    });
}

// Clients in the kernel's queue believe they are connected: they are taken before the door closes.
void Edge::Impl::close_listeners()
{
    for (tcp::acceptor& acceptor : acceptors) {
        for (Error error; !error;) {
            const std::shared_ptr<Lane> lane = lanes[next_lane++ % lanes.size()];
            tcp::socket socket(lane->io());
            acceptor.accept(socket, error);
            if (!error) take(std::move(socket), lane);
        }
        Error ignored;
        acceptor.close(ignored);
    }
    for (auto& pause : pauses) pause.cancel();
}

Edge::Edge(EdgeOptions options, Application& application, const Clock& clock)
    : impl_(std::make_unique<Impl>(std::move(options), application, clock))
{
    raise_descriptor_limit();
    if (impl_->shared->options.tls) impl_->tls = make_tls(*impl_->shared->options.tls);
    const int lanes = std::max(1, impl_->shared->options.io_threads);
    for (int i = 0; i < lanes; ++i)
        impl_->lanes.push_back(std::make_shared<Lane>(impl_->shared, sweep_interval(impl_->shared->options)));
    impl_->listen();
}

Edge::~Edge()
{
    stop();
}

void Edge::start()
{
    for (std::size_t i = 0; i < impl_->acceptors.size(); ++i) impl_->accept(i);
    for (const auto& lane : impl_->lanes) impl_->threads.emplace_back([lane] { lane->run(); });
}

std::uint16_t Edge::port() const
{
    return impl_->port;
}

void Edge::stop()
{
    if (std::exchange(impl_->stopped, true)) return;
    if (!impl_->threads.empty()) {
        asio::post(impl_->lanes.front()->io(), [this] {
            impl_->close_listeners();
            // Posted after the sockets that close_listeners handed to the other lanes.
            for (const auto& lane : impl_->lanes) asio::post(lane->io(), [lane] { lane->begin_stop(); });
        });
        for (std::thread& thread : impl_->threads) thread.join();
    }
    impl_->shared->pool.stop();
}

std::size_t Edge::connections() const
{
    return impl_->shared->connections.load(std::memory_order_relaxed);
}

std::size_t Edge::queued() const
{
    return impl_->shared->pool.queued();
}

}  // namespace shangdao::serve
