// Request, Response, Reply – HTTP as handlers see it: plain values, no socket and no Asio type.
//
// A Request arrives already checked (edge_parser): the path is decoded and normal, header names are tokens, the body is
// complete. A Response is written by the edge, which adds length, date, connection and security headers; handlers never
// set those. A Reply may be called later and from any thread: a write is answered by the writer after its COMMIT (D12).
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/time.h"

namespace shangdao::serve {

enum class Method : std::uint8_t { get, head, post, put, patch, del, options };

std::string_view to_string(Method method);  // "GET"
std::optional<Method> parse_method(std::string_view token);  // case-sensitive; nullopt for methods we do not speak
constexpr bool is_safe(Method method)
{
    return method == Method::get || method == Method::head || method == Method::options;
}

// ASCII only, as header names and tokens are.
bool equal_ignoring_case(std::string_view a, std::string_view b);

// Header fields in order of arrival. Holds one block of text; views stay valid until the next `add` or a move.
class Headers {
public:
    void add(std::string_view name, std::string_view value);
    // The first field of that name, case-insensitive; nullopt when absent. Fields that may come once only (Host,
    // Content-Length, Content-Type, Authorization, Origin, …) are known to be single: the parser refuses a second one.
    std::optional<std::string_view> find(std::string_view name) const;
    std::size_t count(std::string_view name) const;
    std::size_t size() const { return entries_.size(); }
    std::pair<std::string_view, std::string_view> at(std::size_t index) const;

private:
    struct Entry {
        std::uint32_t name_at, name_size, value_at, value_size;
    };
    std::string text_;
    std::vector<Entry> entries_;
};

// A body that was streamed to disk. Deletes its file unless `keep` was called. Unique owner.
class BodyFile {
public:
    BodyFile(std::string path, std::uint64_t size) : path_(std::move(path)), size_(size) {}
    BodyFile(BodyFile&& other) noexcept : path_(std::exchange(other.path_, {})), size_(other.size_) {}
    BodyFile& operator=(BodyFile&& other) noexcept;
    ~BodyFile();

    const std::string& path() const { return path_; }
    std::uint64_t size() const { return size_; }
    std::string keep() { return std::exchange(path_, {}); }  // the caller owns the file from now on

private:
    std::string path_;
    std::uint64_t size_;
};

using QueryParameters = std::vector<std::pair<std::string, std::string>>;  // decoded, names unique

struct Request {
    Method method = Method::get;
    std::string path;  // decoded, starts with '/', no empty, "." or ".." segment, valid UTF-8
    std::string raw_query;  // after '?', undecoded; empty when absent
    QueryParameters parameters;
    Headers headers;
    std::string body;  // empty when `body_file` is set
    std::optional<BodyFile> body_file;
    std::string peer;  // address of the client, without port
    bool secure = false;  // TLS here or, from a trusted proxy, X-Forwarded-Proto: https
    std::string id;  // unique in this process's life; printed in logs and incidents
    Instant arrived_at;  // the `now` of everything this request does (D5)

    std::optional<std::string_view> parameter(std::string_view name) const;
};

class EventStream;

// Which fixed set of security headers goes with an answer: `page` for everything of ours, `download` for bytes that
// people brought (sandboxed, never rendered in our origin).
enum class Policy : std::uint8_t { page, download };

// A file sent as the body, piece by piece, without loading it. `path` must stay in place until it is opened (at once).
struct ResponseFile {
    std::string path;
    bool remove_after = false;
};

struct Response {
    int status = 200;
    std::string content_type;  // empty: no body expected
    std::vector<std::pair<std::string, std::string>> headers;  // extra ones: Location, ETag, Set-Cookie, …
    std::string body;
    std::shared_ptr<const std::string> shared_body;  // instead of `body`: immutable bytes, not copied
    std::optional<ResponseFile> file;  // instead of `body`
    std::shared_ptr<EventStream> stream;  // instead of `body`: the connection stays open
    Policy policy = Policy::page;
    std::string_view cache_control = "no-store";  // a literal; "no-cache", "public, max-age=31536000, immutable"

    Response& add(std::string name, std::string value)
    {
        headers.emplace_back(std::move(name), std::move(value));
        return *this;
    }
};

Response json_response(int status, std::string body);
Response text_response(int status, std::string body);
Response no_content();

// The way back to the client. Move-only; call it once, from any thread. A Reply that is destroyed unused tells the one
// who made it, which answers 500: a client never waits for a forgotten one.
class Reply {
public:
    using Send = std::move_only_function<void(Response)>;
    using Dropped = std::move_only_function<void()>;
    Reply(Send send, Dropped dropped) : send_(std::move(send)), dropped_(std::move(dropped)) {}
    Reply(Reply&& other) noexcept : send_(std::exchange(other.send_, {})), dropped_(std::exchange(other.dropped_, {}))
    {
    }
    Reply& operator=(Reply&& other) = delete;
    ~Reply();

    void operator()(Response response);
    bool pending() const { return static_cast<bool>(send_); }

private:
    Send send_;
    Dropped dropped_;
};

}  // namespace shangdao::serve
