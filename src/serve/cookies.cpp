#include "serve/cookies.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/require.h"

namespace shangdao::serve {

std::optional<std::string_view> find_cookie(const Request& request, std::string_view name)
{
    std::optional<std::string_view> found;
    for (std::size_t i = 0; i < request.headers.size(); ++i) {
        auto [field, rest] = request.headers.at(i);
        if (!equal_ignoring_case(field, "Cookie")) continue;
        while (!rest.empty()) {
            std::string_view pair = rest.substr(0, std::min(rest.find(';'), rest.size()));
            rest.remove_prefix(std::min(pair.size() + 1, rest.size()));
            while (!pair.empty() && pair.front() == ' ') pair.remove_prefix(1);
            const std::size_t equals = pair.find('=');
            if (equals == std::string_view::npos || pair.substr(0, equals) != name) continue;
            if (found) return std::nullopt;
            found = pair.substr(equals + 1);
        }
    }
    return found;
}

std::string cookie_name_of(const Request& request, std::string_view name)
{
    return std::string{request.secure ? "__Host-" : ""}.append(name);
}

std::string session_cookie_name(const Request& request)
{
    return cookie_name_of(request, "sid");
}

std::string session_cookie(const Request& request, std::string_view value, std::optional<std::chrono::seconds> max_age)
{
    return token_cookie(request, "sid", value, max_age);
}

std::string token_cookie(const Request& request, std::string_view name, std::string_view value, std::optional<std::chrono::seconds> max_age)
{
    const bool token = std::ranges::all_of(value, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    });
    require(token, "a cookie's value is a token");
    std::string cookie = fmt::format("{}={}; Path=/; HttpOnly; SameSite=Lax", cookie_name_of(request, name), value);
    if (request.secure) cookie += "; Secure";
    if (max_age) cookie += fmt::format("; Max-Age={}", max_age->count());
    return cookie;
}

}  // namespace shangdao::serve
