// RawClient, TestServer – for tests that must see bytes: a blocking socket that sends exactly what it is told.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/testing.h"
#include "serve/edge.h"
#include "serve/site.h"

namespace shangdao::serve {

// One answer as it came over the wire.
struct WireAnswer {
    int status = 0;                       // 0: the connection ended before a whole head
    std::string head, body;

    std::string header(std::string_view name) const
    {
        std::string_view rest = head;
        while (!rest.empty()) {
            const std::size_t end = std::min(rest.find("\r\n"), rest.size());
            const std::string_view line = rest.substr(0, end);
            rest.remove_prefix(std::min(end + 2, rest.size()));
            const std::size_t colon = line.find(": ");
            if (colon != std::string_view::npos && equal_ignoring_case(line.substr(0, colon), name))
                return std::string(line.substr(colon + 2));
        }
        return {};
    }
};

class RawClient {
public:
    explicit RawClient(std::uint16_t port)
    {
        socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        timeval patience{20, 0};  // a hanging server fails the test instead of hanging it
        ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
        const int on = 1;
        ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        connected_ = ::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    }
    RawClient(RawClient&& other) noexcept
        : socket_(std::exchange(other.socket_, -1)), connected_(other.connected_), buffer_(std::move(other.buffer_))
    {
    }
    ~RawClient() { hang_up(); }

    bool connected() const { return connected_; }
    int socket() const { return socket_; }
    void hang_up()
    {
        if (socket_ >= 0) ::close(std::exchange(socket_, -1));
    }
    bool send(std::string_view bytes)
    {
        while (!bytes.empty()) {
            const ssize_t n = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (n <= 0) return false;
            bytes.remove_prefix(static_cast<std::size_t>(n));
        }
        return true;
    }
    // The next answer; `Body::none` for answers to HEAD.
    enum class Body { by_length, none };
    WireAnswer receive(Body body = Body::by_length)
    {
        WireAnswer answer;
        std::size_t end = std::string::npos;
        while ((end = buffer_.find("\r\n\r\n")) == std::string::npos)
            if (!more()) return answer;
        answer.head = buffer_.substr(0, end + 2);
        buffer_.erase(0, end + 4);
        answer.status = std::atoi(answer.head.substr(9, 3).c_str());
        const std::string length = answer.header("Content-Length");
        if (body == Body::none || length.empty()) return answer;
        const std::size_t n = std::strtoull(length.c_str(), nullptr, 10);
        while (buffer_.size() < n)
            if (!more()) break;
        answer.body = buffer_.substr(0, n);
        buffer_.erase(0, answer.body.size());
        return answer;
    }
    WireAnswer exchange(std::string_view request)
    {
        send(request);
        return receive();
    }
    // Everything until the server ends the connection; nullopt when it does not within the patience.
    std::optional<std::string> receive_to_end()
    {
        while (more()) {
        }
        if (!ended_) return std::nullopt;
        return std::exchange(buffer_, {});
    }
    // Bytes of a stream until `text` was seen.
    bool receive_until(std::string_view text)
    {
        while (buffer_.find(text) == std::string::npos)
            if (!more()) return false;
        return true;
    }

private:
    bool more()
    {
        char bytes[16384];
        const ssize_t n = ::recv(socket_, bytes, sizeof bytes, 0);
        if (n > 0) buffer_.append(bytes, static_cast<std::size_t>(n));
        ended_ = n == 0 || (n < 0 && errno == ECONNRESET);
        return n > 0;
    }

    int socket_ = -1;
    bool connected_ = false;
    bool ended_ = false;
    std::string buffer_;
};

// A directory that is gone after the test.
class TestDirectory {
public:
    TestDirectory()
    {
        std::string pattern = (std::filesystem::temp_directory_path() / "shangdao-serve-XXXXXX").string();
        path_ = ::mkdtemp(pattern.data());
    }
    ~TestDirectory() { std::filesystem::remove_all(path_); }
    const std::filesystem::path& path() const { return path_; }
    void write(const std::string& name, std::string_view bytes) const
    {
        std::filesystem::create_directories((path_ / name).parent_path());
        std::ofstream(path_ / name, std::ios::binary) << bytes;
    }
    std::size_t file_count() const
    {
        return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(path_), {}));
    }

private:
    std::filesystem::path path_;
};

// Routes behind an edge on a free port.
class TestServer {
public:
    explicit TestServer(std::vector<Route> routes, EdgeOptions options = {}, SiteParts parts = {})
        : routes_(std::move(routes)), site_(std::move(parts))
    {
        site_.add(routes_);
        options.listen = {"127.0.0.1:0"};
        options.upload_directory = uploads_.path().string();
        edge_.emplace(std::move(options), site_, clock_);
        edge_->start();
    }
    RawClient connect() const { return RawClient(edge_->port()); }
    Edge& edge() { return *edge_; }
    Site& site() { return site_; }
    const TestDirectory& uploads() const { return uploads_; }

private:
    TestDirectory uploads_;
    SystemClock clock_;
    std::vector<Route> routes_;
    Site site_;
    std::optional<Edge> edge_;
};

inline Route hello_route()
{
    return {.method = Method::get,
            .path = "/hello",
            .access = Access::anonymous,
            .summary = "Greets",
            .handler = [](Context&, Reply reply) { reply(text_response(200, "hello")); }};
}

// Answers the size and the text of the body it got.
inline Route echo_route()
{
    return {.method = Method::post,
            .path = "/echo",
            .access = Access::anonymous,
            .summary = "Echoes",
            .handler = [](Context& context, Reply reply) { reply(text_response(200, context.request.body)); },
            .body = {.bytes_max = std::uint64_t{2} << 20}};
}

}  // namespace shangdao::serve
