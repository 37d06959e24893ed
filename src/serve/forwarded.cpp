#include "serve/forwarded.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>
#include <optional>

namespace shangdao::serve {

namespace {

using AddressBytes = std::array<unsigned char, sizeof(in6_addr)>;

// An IPv4 address is what IPv6 calls it, so that both spellings are one.
std::optional<AddressBytes> address_bytes(const std::string& text)
{
    AddressBytes bytes{};
    if (::inet_pton(AF_INET6, text.c_str(), bytes.data()) == 1) return bytes;
    bytes[10] = bytes[11] = 0xff;
    if (::inet_pton(AF_INET, text.c_str(), &bytes[12]) == 1) return bytes;
    return std::nullopt;
}

bool is_trusted(const std::string& peer, std::span<const std::string> trusted_proxies)
{
    const auto bytes = address_bytes(peer);
    return bytes && std::ranges::any_of(trusted_proxies, [&](const std::string& proxy) { return address_bytes(proxy) == bytes; });
}

}  // namespace

bool is_address(const std::string& text) { return address_bytes(text).has_value(); }

void believe_proxy(Request& request, std::span<const std::string> trusted_proxies)
{
    if (!is_trusted(request.peer, trusted_proxies)) return;
    // A second field of that name is a list continued; the last field holds what our proxy added.
    std::optional<std::string_view> chain, scheme;
    for (std::size_t i = 0; i < request.headers.size(); ++i) {
        const auto [name, value] = request.headers.at(i);
        if (equal_ignoring_case(name, "X-Forwarded-For")) chain = value;
        if (equal_ignoring_case(name, "X-Forwarded-Proto")) scheme = value;
    }
    if (chain) {
        std::string_view last = chain->substr(chain->rfind(',') + 1);  // npos + 1 is 0: the whole
        while (!last.empty() && last.front() == ' ') last.remove_prefix(1);
        if (std::string address(last); is_address(address)) request.peer = std::move(address);
    }
    if (scheme) request.secure = *scheme == "https";
}

std::string network_of(const std::string& address)
{
    in6_addr bytes{};
    if (::inet_pton(AF_INET6, address.c_str(), &bytes) != 1) return address;
    std::array<char, INET6_ADDRSTRLEN> text{};
    if (IN6_IS_ADDR_V4MAPPED(&bytes)) return ::inet_ntop(AF_INET, &bytes.s6_addr[12], text.data(), text.size());
    std::fill(std::begin(bytes.s6_addr) + 8, std::end(bytes.s6_addr), std::uint8_t{0});
    return ::inet_ntop(AF_INET6, &bytes, text.data(), text.size());
}

std::string told_network_of(const std::string& address)
{
    const auto network = network_of(address);
    std::array<std::uint8_t, sizeof(in6_addr)> bytes{};
    std::array<char, INET6_ADDRSTRLEN> text{};
    const auto told = [&](int family, std::size_t kept, std::string_view length) {
        std::fill(bytes.begin() + static_cast<std::ptrdiff_t>(kept), bytes.end(), std::uint8_t{0});
        return std::string{::inet_ntop(family, bytes.data(), text.data(), text.size())}.append(length);
    };
    if (::inet_pton(AF_INET, network.c_str(), bytes.data()) == 1) return told(AF_INET, 3, "/24");
    if (::inet_pton(AF_INET6, network.c_str(), bytes.data()) == 1) return told(AF_INET6, 6, "/48");
    return {};
}

}  // namespace shangdao::serve
