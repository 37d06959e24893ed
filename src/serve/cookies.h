// cookies – reading the Cookie header, writing Set-Cookie (RFC 6265bis).
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "serve/http.h"

namespace shangdao::serve {

// The value of that cookie. nullopt when absent – and when it comes twice: a second one was planted by a neighbour
// domain, and picking one would be a guess.
std::optional<std::string_view> find_cookie(const Request& request, std::string_view name);

// "__Host-sid" over https, "sid" over plain http: the prefix makes browsers refuse the cookie from elsewhere.
std::string session_cookie_name(const Request& request);

// "__Host-name" over https, "name" over plain http.
std::string cookie_name_of(const Request& request, std::string_view name);

// Value of a Set-Cookie header of any other cookie of ours; as session_cookie().
std::string token_cookie(const Request& request, std::string_view name, std::string_view value, std::optional<std::chrono::seconds> max_age);

// Value of a Set-Cookie header: HttpOnly, SameSite=Lax, Path=/, Secure over https. `value` must be a token (base64url);
// anything else is a bug. Without `max_age` it ends with the browser; zero deletes it.
std::string session_cookie(const Request& request, std::string_view value, std::optional<std::chrono::seconds> max_age);

}  // namespace shangdao::serve
