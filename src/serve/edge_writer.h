// write_head – the head of an answer in one string: status line, date, length, connection, security headers.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "serve/http.h"

namespace shangdao::serve {

enum class Connection : std::uint8_t { keep_alive, close };
enum class Scheme : std::uint8_t { http, https };

struct HeadFacts {
    std::string_view date;                          // IMF-fixdate
    Connection connection = Connection::keep_alive;
    Scheme scheme = Scheme::http;                   // https adds Strict-Transport-Security
    std::optional<std::uint64_t> content_length;  // nullopt: no body by definition (204, 304) or until close (streams)
    std::string_view request_id;
};

// Appends the head, empty line included. Control characters in a handler's header are written as spaces, so no value
// can start a field of its own.
void write_head(std::string& out, const Response& response, const HeadFacts& facts);

bool status_has_body(int status);  // false for 1xx, 204, 304
std::string_view reason_phrase(int status);
std::string http_date(Instant instant);  // "Sun, 06 Nov 1994 08:49:37 GMT"

}  // namespace shangdao::serve
