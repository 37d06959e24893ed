// RequestParser – bytes to Request: our strict gate in front of Beast's parser.
//
// Beast parses well but leaves policy to its user. Smuggling lives where two parsers read one message differently, so
// this gate refuses every form that may be read in two ways: bare CR or LF, folded fields, control characters, a second
// Host or Content-Length, Content-Length with Transfer-Encoding, any transfer coding but exactly "chunked", chunk
// extensions, trailers, an authority that is not the Host. After a refusal the connection is closed, so the bytes that
// follow are never read as a request. One object per request.
#pragma once

#include <boost/beast/http/basic_parser.hpp>

#include <cstdint>
#include <optional>
#include <string_view>

#include "serve/http.h"

namespace shangdao::serve {

// Where body bytes go; nullopt when taken, else the code of the refusal ("too_large", "overloaded", …).
class BodySink {
public:
    virtual ~BodySink() = default;
    // So many bytes are said to come next.
    virtual std::optional<std::string_view> expect(std::uint64_t bytes) = 0;
    virtual std::optional<std::string_view> take(std::string_view bytes) = 0;
};

class RequestParser final : private boost::beast::http::basic_parser<true> {
    using Base = boost::beast::http::basic_parser<true>;

public:
    explicit RequestParser(std::uint32_t head_bytes_max);

    // Looks at all bytes received of a head so far; each byte is looked at once. `size` is the head's length once the
    // empty line was seen; `refusal` is a code as soon as a byte is out of place, so a bad sender never has to be awaited.
    struct Scan {
        std::optional<std::size_t> size;
        std::optional<std::string_view> refusal;
    };
    Scan scan(std::string_view bytes);

    // Parses a complete head into `request`; the code of the refusal otherwise.
    std::optional<std::string_view> parse_head(std::string_view head, Request& request);

    bool is_complete() const { return Base::is_done(); }
    bool keep_alive() const { return http_1_1_ && Base::keep_alive(); }
    bool is_http_1_0() const { return !http_1_1_; }
    bool expects_continue() const { return expects_continue_; }
    std::optional<std::uint64_t> content_length() const { return content_length_; }

    // Feeds body bytes; `consumed` of them belong to this request.
    struct Body {
        std::size_t consumed = 0;
        std::optional<std::string_view> refusal;
    };
    Body put_body(std::string_view bytes, BodySink& sink);

private:
    using Error = boost::beast::error_code;
    using View = boost::beast::string_view;
    void on_request_impl(boost::beast::http::verb, View method, View target, int version, Error&) override;
    void on_response_impl(int, View, int, Error&) override;
    void on_field_impl(boost::beast::http::field, View name, View value, Error&) override;
    void on_header_impl(Error&) override;
    void on_body_init_impl(const boost::optional<std::uint64_t>&, Error&) override {}
    std::size_t on_body_impl(View body, Error&) override;
    void on_chunk_header_impl(std::uint64_t size, View extensions, Error&) override;
    std::size_t on_chunk_body_impl(std::uint64_t remain, View body, Error&) override;
    void on_finish_impl(Error&) override {}

    std::optional<std::string_view> check_field(std::string_view name, std::string_view value);
    std::optional<std::string_view> check_target(std::string_view target);
    bool is_chunk_line(std::string_view bytes) const;
    void refuse(std::string_view code, Error& error);

    Request* request_ = nullptr;
    BodySink* sink_ = nullptr;
    std::optional<std::string_view> refusal_;
    std::size_t scanned_ = 0;
    std::string raw_target_;
    std::optional<std::uint64_t> content_length_;
    bool http_1_1_ = false;
    bool head_done_ = false;
    bool chunked_ = false;
    bool first_chunk_ = true;
    std::uint64_t chunk_left_ = 0;
    bool expects_continue_ = false;
};

}  // namespace shangdao::serve
