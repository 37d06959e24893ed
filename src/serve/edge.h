// Edge – sockets, TLS, time limits, HTTP framing: everything between the network and plain values.
//
// The files edge*.cpp are the only ones that see Asio and Beast. One io_context per I/O thread; a connection stays on
// its thread, so it needs no lock. A request is read whole (bodies over a limit go to a file), handed to the worker pool,
// and the answer comes back through Reply. One request per connection is under way at a time: pipelined ones wait in
// the buffer and are answered in order. Every wait has a deadline, checked by one sweep per thread – no timer per request.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "serve/http.h"

namespace shangdao::serve {

struct BodyRule {
    enum class Where : std::uint8_t { memory, file };
    std::uint64_t bytes_max = std::uint64_t{1} << 20;
    Where where = Where::memory;
    std::string directory{};  // where its file is written; empty: where the edge says
    std::string refusal{};  // a code: the body is not wanted, whatever it is
};

// What the edge serves. Thread-safe.
class Application {
public:
    virtual ~Application() = default;
    // Asked on the I/O thread once the head is read: how large a body may be and where it goes. Quick, must not throw.
    virtual BodyRule body_rule(const Request& head) const = 0;
    // Called on a worker thread. Must not throw.
    virtual void serve(Request request, Reply reply) = 0;
    // The answer the edge gives itself: "bad_request", "overloaded", "too_large", … `request` is as far as it was read.
    virtual Response refusal(std::string_view code, const Request& request) const = 0;
};

struct TlsFiles {
    std::string certificate_chain;  // PEM
    std::string private_key;  // PEM
};

struct EdgeOptions {
    std::vector<std::string> listen{"127.0.0.1:8080"};  // "127.0.0.1:0" takes any free port; "[::]:443"
    int io_threads = 1;
    int workers = 0;  // 0: as many as cores, at least 2
    std::size_t queue_max = 1024;  // requests waiting for a worker; more are answered 503
    std::chrono::milliseconds queue_wait_max{5'000};  // older ones are answered 503 unexecuted
    std::size_t connections_max = 16'384;  // over all threads; more are closed unread
    std::uint32_t head_bytes_max = 16 * 1024;
    std::uint64_t body_memory_bytes_max = std::uint64_t{256} << 20;  // bodies in memory, all connections together
    std::chrono::milliseconds head_timeout{10'000};  // from the first byte to the empty line; also the TLS handshake
    std::chrono::milliseconds body_timeout{20'000};  // in each such span `bytes_per_second_min` must arrive
    std::chrono::milliseconds write_timeout{20'000};  // and leave
    std::uint64_t bytes_per_second_min = 4096;
    std::chrono::milliseconds idle_timeout{60'000};  // between requests
    std::chrono::milliseconds heartbeat{15'000};  // comment line on a silent event stream
    std::chrono::milliseconds stop_idle{300};  // a stopping server still reads what idle connections just sent
    std::chrono::milliseconds stop_timeout{8'000};  // then connections are cut
    std::optional<TlsFiles> tls;
    std::vector<std::string> trusted_proxies;  // addresses whose X-Forwarded-For and -Proto are believed (serve/forwarded.h)
    std::string upload_directory = "/tmp";  // where bodies of file routes are written, when their rule does not say
};

class Edge {
public:
    // Binds and listens at once (port() is known), serves after `start`. Throws Fault when it cannot bind or read TLS files.
    // `application` and `clock` must outlive the Edge.
    Edge(EdgeOptions options, Application& application, const Clock& clock);
    ~Edge();  // stops

    void start();
    std::uint16_t port() const;  // of the first address
    // Stops accepting, lets requests under way finish with "Connection: close", ends event streams, joins all threads.
    // Returns within stop_timeout plus the time of the longest running handler.
    void stop();

    std::size_t connections() const;
    std::size_t queued() const;

    struct Impl;

private:
    std::unique_ptr<Impl> impl_;
};

}  // namespace shangdao::serve
