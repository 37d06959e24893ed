// Any bytes as what a client sends. The first byte says in how many pieces they arrive: request, body and refusal are the same as when they come
// at once. A request that was understood is written down again and understood as the same; every small reader of its fields takes it.
#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "laws.h"
#include "serve/cookies.h"
#include "serve/edge_parser.h"
#include "serve/forwarded.h"
#include "serve/language.h"
#include "serve/origin.h"
#include "serve/packing.h"
#include "serve/rest/write.h"
#include "serve/router.h"
#include "serve/target.h"

using namespace shangdao;
using namespace shangdao::serve;
using fuzz::law;

namespace {

constexpr std::size_t head_bytes_max = 16 * 1024, body_bytes_max = 64 * 1024;

struct Body final : BodySink {
    std::string bytes;

    std::optional<std::string_view> expect(std::uint64_t more) override { return more > body_bytes_max - bytes.size() ? std::optional<std::string_view>{"too_large"} : std::nullopt; }
    std::optional<std::string_view> take(std::string_view more) override
    {
        if (more.size() > body_bytes_max - bytes.size()) return "too_large";
        bytes += more;
        return std::nullopt;
    }
};

struct Understood {
    Request request;
    std::string refusal, body, rest;
    bool complete = false, keep_alive = false;
};

// As the connection does it (serve/edge_connection.cpp), without a socket.
Understood understand(std::string_view bytes, std::size_t piece)
{
    RequestParser parser(head_bytes_max);
    Understood understood;
    Body body;
    bool in_body = false;
    auto& buffer = understood.rest;
    while (understood.refusal.empty() && !understood.complete && !bytes.empty()) {
        buffer += bytes.substr(0, piece);
        bytes.remove_prefix(std::min(piece, bytes.size()));
        if (!in_body) {
            const auto scan = parser.scan(std::string_view(buffer).substr(0, head_bytes_max));
            if (scan.refusal) understood.refusal = *scan.refusal;
            else if (!scan.size && buffer.size() >= head_bytes_max) understood.refusal = "head_too_large";
            if (!scan.size || !understood.refusal.empty()) continue;
            if (const auto refusal = parser.parse_head(std::string_view(buffer).substr(0, *scan.size), understood.request)) understood.refusal = *refusal;
            else if (parser.content_length().value_or(0) > body_bytes_max) understood.refusal = "too_large";
            if (!understood.refusal.empty()) break;
            buffer.erase(0, *scan.size);
            in_body = true;
            understood.keep_alive = parser.keep_alive();
        }
        if (!parser.is_complete()) {
            const auto taken = parser.put_body(buffer, body);
            law(taken.consumed <= buffer.size());
            buffer.erase(0, taken.consumed);
            if (taken.refusal) understood.refusal = *taken.refusal;
        }
        understood.complete = understood.refusal.empty() && parser.is_complete();
    }
    buffer += bytes;
    understood.body = std::move(body.bytes);
    return understood;
}

bool same(const Request& a, const Request& b)
{
    if (a.method != b.method || a.path != b.path || a.raw_query != b.raw_query || a.parameters != b.parameters || a.headers.size() != b.headers.size()) return false;
    for (std::size_t i = 0; i < a.headers.size(); ++i)
        if (a.headers.at(i) != b.headers.at(i)) return false;
    return true;
}

std::string encoded(std::string_view path)
{
    std::string out;
    for (const char c : path) out += c == '/' ? "/" : fmt::format("%{:02x}", static_cast<unsigned char>(c));
    return out;
}

void write_down(const Understood& understood)
{
    const auto& request = understood.request;
    auto text = fmt::format("{} {}{}{} HTTP/1.1\r\n", to_string(request.method), encoded(request.path), request.raw_query.empty() ? "" : "?", request.raw_query);
    for (std::size_t i = 0; i < request.headers.size(); ++i) {
        const auto [name, value] = request.headers.at(i);
        if (!equal_ignoring_case(name, "Transfer-Encoding") && !equal_ignoring_case(name, "Content-Length")) text += fmt::format("{}: {}\r\n", name, value);
    }
    if (!request.headers.find("Host")) text += "Host: a\r\n";
    text += fmt::format("Content-Length: {}\r\n\r\n{}", understood.body.size(), understood.body);
    const auto again = understand(text, text.size());
    if (again.refusal == "head_too_large") return;   // what was not escaped takes a third of the room
    law(again.complete && again.rest.empty());
    law(again.request.method == request.method && again.request.path == request.path && again.request.parameters == request.parameters && again.body == understood.body);
}

void look_at(const Request& request)
{
    law(request.path.starts_with('/') && valid_utf8(request.path) && !request.path.contains("//") && !request.path.contains("/../"));
    for (const auto& [name, value] : request.parameters) law(valid_utf8(name) && valid_utf8(value) && request.parameter(name) == value);
    for (const auto* name : {"sid", "__Host-sid", ""})
        if (const auto cookie = find_cookie(request, name)) law(!cookie->contains(';'));
    accepted_language(request.headers.find("Accept-Language"));
    for (const auto* coding : {"gzip", "br", ""}) accepts(request, coding);
    origin_of(request);
    if (const auto version = rest::if_match(request)) law(!*version || **version > 0);

    auto believed = Request{.headers = request.headers, .peer = "10.0.0.1"};
    const std::string proxies[] = {"10.0.0.1"};
    believe_proxy(believed, proxies);
    law(!believed.peer.empty() && network_of(network_of(believed.peer)) == network_of(believed.peer));
}

void route(const Request& request)
{
    static const Handler silent = [](Context&, Reply) {};
    static const Route routes[] = {{.path = "/api/v1/{plural}", .handler = silent},
                                   {.path = "/api/v1/{plural}/{id}", .handler = silent},
                                   {.method = Method::patch, .path = "/api/v1/{plural}/{id}", .handler = silent},
                                   {.path = "/api/v1/me", .handler = silent},
                                   {.path = "/", .handler = silent}};
    static const Router router = [] {
        Router made;
        for (const auto& one : routes) made.add(one);
        return made;
    }();
    const auto match = router.match(request.method, request.path);
    for (const auto& [name, value] : match.segments) law(!value.empty() && !value.contains('/') && request.path.contains(value));
    law(match.route == nullptr || match.route->path.contains('{') || match.route->path == request.path);
}

// Whatever was not a request may still hold a target or the text of one field.
void parts(std::string_view text)
{
    if (const auto target = parse_target(text)) {
        const auto again = parse_target(encoded(target->path) + (text.contains('?') ? "?" + target->raw_query : ""));
        law(again && again->path == target->path && again->parameters == target->parameters);
    }
    if (const auto decoded = percent_decoded(text)) law(decoded->size() <= text.size() && !decoded->contains('\0') && valid_utf8(*decoded));
    if (const auto parameters = parse_query(text))
        for (const auto& [name, value] : *parameters) law(std::ranges::count(*parameters, name, &QueryParameters::value_type::first) == 1);
    accepted_language(text);
    if (!text.contains('\0')) law(network_of(network_of(std::string{text})) == network_of(std::string{text}));
    if (text.contains('\0') || text.contains('\n') || text.contains('\r')) return;
    Request request;
    for (const auto* name : {"Cookie", "Accept-Encoding", "X-Forwarded-For", "If-Match"}) request.headers.add(name, text);
    request.path = "/";
    look_at(request);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    auto bytes = fuzz::text_of(data, size);
    const auto choice = fuzz::take_byte(bytes);
    const auto whole = understand(bytes, std::max<std::size_t>(bytes.size(), 1));
    const auto pieces = understand(bytes, std::size_t{choice} + 1);
    law(whole.refusal == pieces.refusal && whole.complete == pieces.complete);
    if (whole.complete) {
        law(same(whole.request, pieces.request) && whole.body == pieces.body && whole.rest == pieces.rest && whole.keep_alive == pieces.keep_alive);
        write_down(whole);
        look_at(whole.request);
        route(whole.request);
    }
    parts(bytes);
    return 0;
}
