#include "serve/out/address.h"

#include <array>
#include <charconv>

#include "base/fault.h"
#include "base/text.h"
#include "serve/out/curl.h"

namespace shangdao::serve::out {

namespace {

struct Scheme {
    std::string_view name;
    int port;
};
constexpr std::array schemes{Scheme{"http", 80}, Scheme{"https", 443}, Scheme{"smtp", 587}, Scheme{"smtps", 465}};

using Parsed = std::unique_ptr<CURLU, decltype(&curl_url_cleanup)>;

std::string part(const Parsed& parsed, CURLUPart which, unsigned flags = 0)
{
    char* text = nullptr;
    if (curl_url_get(parsed.get(), which, &text, flags) != CURLUE_OK) return {};
    std::string found(text);
    curl_free(text);
    return found;
}

std::string lower(std::string text)
{
    for (char& sign : text)
        if (sign >= 'A' && sign <= 'Z') sign = static_cast<char>(sign - 'A' + 'a');
    return text;
}

// As it is written into a certificate or a table of names: what curl would still decode or fold is no host of ours.
bool is_host(std::string_view host)
{
    return !host.empty() && host.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-._[]:") == std::string_view::npos;
}

std::optional<WebAddress> read_address(std::string_view text)
{
    if (!valid_utf8(text) || control_character(text) || text.find_first_of("\t\n \\") != std::string_view::npos) return std::nullopt;
    const Parsed parsed(curl_url(), &curl_url_cleanup);
    if (!parsed) throw Fault(FaultKind::busy, "no memory for an address");
    if (curl_url_set(parsed.get(), CURLUPART_URL, std::string{text}.c_str(), 0) != CURLUE_OK) return std::nullopt;
    WebAddress address{.scheme = lower(part(parsed, CURLUPART_SCHEME)), .user = part(parsed, CURLUPART_USER, CURLU_URLDECODE), .host = lower(part(parsed, CURLUPART_HOST)), .path = part(parsed, CURLUPART_PATH),
                       .has_password = !part(parsed, CURLUPART_PASSWORD).empty(), .has_query = !part(parsed, CURLUPART_QUERY).empty(), .has_fragment = !part(parsed, CURLUPART_FRAGMENT).empty()};
    for (const auto& known : schemes)
        if (known.name == address.scheme) address.port = known.port;
    if (address.port == 0 || !is_host(address.host)) return std::nullopt;
    if (const auto said = part(parsed, CURLUPART_PORT); !said.empty()) std::from_chars(said.data(), said.data() + said.size(), address.port);
    if (address.path.empty()) address.path = "/";
    return address;
}

}  // namespace

std::string WebAddress::origin() const
{
    std::string out = scheme + "://" + host;
    for (const auto& known : schemes)
        if (known.name == scheme && known.port != port) out += ":" + std::to_string(port);
    return out;
}

std::optional<WebAddress> parse_address(std::string_view text)
{
    auto address = read_address(text);
    if (!address) return std::nullopt;
    // What would be another host the next time it is read – a number spelt in escapes – is none.
    const auto again = read_address(address->origin());
    if (!again || again->host != address->host) return std::nullopt;
    return address;
}

bool is_loopback(const WebAddress& address)
{
    return address.host == "localhost" || address.host == "[::1]" || (address.host.starts_with("127.") && address.host.find_first_not_of("0123456789.") == std::string::npos);
}

}  // namespace shangdao::serve::out
