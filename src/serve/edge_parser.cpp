#include "serve/edge_parser.h"

#include <algorithm>
#include <array>
#include <charconv>

#include <boost/beast/http/error.hpp>

#include "serve/target.h"

namespace shangdao::serve {

namespace {

namespace http = boost::beast::http;

constexpr std::size_t chunk_digits_max = 16;

// Fields of which a second one would let two readers disagree.
constexpr std::array<std::string_view, 12> single_fields{
    "Host",           "Content-Length", "Transfer-Encoding", "Content-Type",    "Authorization", "Origin",
    "Sec-Fetch-Site", "X-CSRF-Token",   "If-Match",          "Idempotency-Key", "Expect",        "Last-Event-ID"};

std::string_view plain(boost::beast::string_view text)
{
    return {text.data(), text.size()};
}

bool is_host(std::string_view host)
{
    return !host.empty() && std::ranges::all_of(host, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' ||
               c == ':' || c == '[' || c == ']' || c == '_';
    });
}

std::optional<std::uint64_t> decimal(std::string_view text)
{
    std::uint64_t value = 0;
    const bool digits = !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
    if (!digits) return std::nullopt;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

}  // namespace

RequestParser::RequestParser(std::uint32_t head_bytes_max)
{
    header_limit(head_bytes_max + 1);
    body_limit(boost::none);  // the sink's matter: it knows the route
}

RequestParser::Scan RequestParser::scan(std::string_view bytes)
{
    for (; scanned_ < bytes.size(); ++scanned_) {
        const char c = bytes[scanned_];
        const char before = scanned_ > 0 ? bytes[scanned_ - 1] : '\0';
        if (before == '\r' && c != '\n') return {{}, "bad_request"};
        if (c == '\n') {
            if (before != '\r') return {{}, "bad_request"};
            if (scanned_ == 1) return {{}, "bad_request"};  // an empty line where a request should start
            if (scanned_ >= 3 && bytes[scanned_ - 2] == '\n') return {++scanned_, {}};
        } else if ((c == ' ' || c == '\t') && before == '\n') {
            return {{}, "bad_request"};  // a folded field
        } else if ((static_cast<unsigned char>(c) < 0x20 && c != '\r' && c != '\t') || c == 0x7f) {
            return {{}, "bad_request"};
        }
    }
    return {};
}

std::optional<std::string_view> RequestParser::parse_head(std::string_view head, Request& request)
{
    request_ = &request;
    Error error;
    put(boost::asio::const_buffer(head.data(), head.size()), error);
    request_ = nullptr;
    if (refusal_) return refusal_;
    if (error == http::error::bad_version) return "http_version_unknown";
    if (error || !is_header_done()) return "bad_request";
    if (chunked_ != Base::chunked()) return "bad_request";
    return std::nullopt;
}

RequestParser::Body RequestParser::put_body(std::string_view bytes, BodySink& sink)
{
    sink_ = &sink;
    Body result;
    while (!is_done() && result.consumed < bytes.size()) {
        Error error;
        const std::string_view rest = bytes.substr(result.consumed);
        if (chunked_ && chunk_left_ == 0 && !is_chunk_line(rest)) {
            result.refusal = "bad_request";
            break;
        }
        const std::size_t used = put(boost::asio::const_buffer(rest.data(), rest.size()), error);
        result.consumed += used;
        if (refusal_) {
            result.refusal = refusal_;
        } else if (error == http::error::need_more) {
            break;
        } else if (error) {
            result.refusal = "bad_request";
        }
        if (result.refusal) break;
    }
    sink_ = nullptr;
    return result;
}

// The beginning of a size line: the CRLF of the chunk before it, up to 16 digits, CR. No sign, no blank, no extension.
// The last chunk must be followed by nothing but the empty line.
bool RequestParser::is_chunk_line(std::string_view bytes) const
{
    if (!first_chunk_) {
        constexpr std::string_view line_end = "\r\n";
        if (!line_end.starts_with(bytes.substr(0, 2))) return false;
        bytes.remove_prefix(std::min<std::size_t>(2, bytes.size()));
    }
    const std::size_t digits = std::min(bytes.find_first_not_of("0123456789abcdefABCDEF"), bytes.size());
    if (digits > chunk_digits_max) return false;
    if (digits == bytes.size()) return true;
    if (digits == 0) return false;
    const bool last = bytes.substr(0, digits).find_first_not_of('0') == std::string_view::npos;
    const std::string_view rest = bytes.substr(digits);
    const std::string_view expected = last ? "\r\n\r\n" : "\r\n";
    return expected.starts_with(rest.substr(0, expected.size()));
}

void RequestParser::refuse(std::string_view code, Error& error)
{
    refusal_ = code;
    error = http::error::bad_value;
}

void RequestParser::on_request_impl(http::verb, View method, View target, int version, Error& error)
{
    const auto known = serve::parse_method(plain(method));
    if (!known) return refuse("method_unknown", error);
    request_->method = *known;
    http_1_1_ = version == 11;
    raw_target_ = plain(target);
}

void RequestParser::on_response_impl(int, View, int, Error& error)
{
    refuse("bad_request", error);
}

void RequestParser::on_field_impl(http::field, View name, View value, Error& error)
{
    if (head_done_) return refuse("bad_request", error);  // a trailer
    if (const auto code = check_field(plain(name), plain(value))) return refuse(*code, error);
    request_->headers.add(plain(name), plain(value));
}

std::optional<std::string_view> RequestParser::check_field(std::string_view name, std::string_view value)
{
    const bool single =
        std::ranges::any_of(single_fields, [&](std::string_view field) { return equal_ignoring_case(field, name); });
    if (single && request_->headers.find(name)) return "bad_request";
    if (equal_ignoring_case(name, "Content-Length")) {
        content_length_ = decimal(value);
        if (!content_length_ || chunked_) return "bad_request";
    } else if (equal_ignoring_case(name, "Transfer-Encoding")) {
        if (!equal_ignoring_case(value, "chunked")) return "transfer_coding_unknown";
        if (content_length_ || !http_1_1_) return "bad_request";
        chunked_ = true;
    } else if (equal_ignoring_case(name, "Expect")) {
        if (!equal_ignoring_case(value, "100-continue")) return "expectation_failed";
        expects_continue_ = http_1_1_;
    }
    return std::nullopt;
}

void RequestParser::on_header_impl(Error& error)
{
    head_done_ = true;
    const auto host = request_->headers.find("Host");
    if ((!host && http_1_1_) || (host && !is_host(*host))) return refuse("bad_request", error);
    if (const auto code = check_target(raw_target_)) refuse(*code, error);
}

// Absolute form is read only when its authority is the Host: otherwise a cache in front and we would name two hosts.
std::optional<std::string_view> RequestParser::check_target(std::string_view target)
{
    for (const std::string_view scheme : {"http://", "https://"}) {
        if (!equal_ignoring_case(target.substr(0, scheme.size()), scheme)) continue;
        const std::string_view rest = target.substr(scheme.size());
        const std::size_t end = std::min(rest.find_first_of("/?"), rest.size());
        const auto host = request_->headers.find("Host");
        if (!host || !equal_ignoring_case(*host, rest.substr(0, end)) || end == rest.size() || rest[end] != '/')
            return "bad_request";
        target = rest.substr(end);
        break;
    }
    auto parsed = serve::parse_target(target);
    if (!parsed) return "bad_request";
    request_->path = std::move(parsed->path);
    request_->raw_query = std::move(parsed->raw_query);
    request_->parameters = std::move(parsed->parameters);
    return std::nullopt;
}

std::size_t RequestParser::on_body_impl(View body, Error& error)
{
    if (const auto code = sink_->take(plain(body))) refuse(*code, error);
    return body.size();
}

void RequestParser::on_chunk_header_impl(std::uint64_t size, View extensions, Error& error)
{
    first_chunk_ = false;
    chunk_left_ = size;
    if (!extensions.empty()) return refuse("bad_request", error);
    if (const auto code = sink_->expect(size)) refuse(*code, error);
}

std::size_t RequestParser::on_chunk_body_impl(std::uint64_t remain, View body, Error& error)
{
    chunk_left_ = remain - body.size();
    if (const auto code = sink_->take(plain(body))) refuse(*code, error);
    return body.size();
}

}  // namespace shangdao::serve
