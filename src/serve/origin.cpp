#include "serve/origin.h"

#include <openssl/crypto.h>

namespace shangdao::serve {

namespace {

// "https://host:port" of exactly our scheme and host; "null" and everything else is foreign.
bool is_own_origin(std::string_view origin, const Request& request)
{
    const std::string_view scheme = request.secure ? "https://" : "http://";
    const auto host = request.headers.find("Host");
    if (!host || !origin.starts_with(scheme)) return false;
    return equal_ignoring_case(origin.substr(scheme.size()), *host);
}

}  // namespace

Origin origin_of(const Request& request)
{
    const auto site = request.headers.find("Sec-Fetch-Site");
    const auto origin = request.headers.find("Origin");
    if (site && *site != "same-origin") return Origin::foreign;
    if (origin && !is_own_origin(*origin, request)) return Origin::foreign;
    return site || origin ? Origin::ours : Origin::unstated;
}

bool equal_in_constant_time(std::string_view a, std::string_view b)
{
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace shangdao::serve
