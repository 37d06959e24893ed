#include "serve/out/reach.h"

#include <netinet/in.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <span>

namespace shangdao::serve::out {

namespace {

struct Block4 {
    std::uint32_t prefix;
    int bits;
};
constexpr std::array not_public_4{
    Block4{0x00000000, 8},   // this network
    Block4{0x0a000000, 8},   // private
    Block4{0x64400000, 10},  // shared (CGNAT)
    Block4{0x7f000000, 8},   // loopback
    Block4{0xa9fe0000, 16},  // link-local, metadata of clouds
    Block4{0xac100000, 12},  // private
    Block4{0xc0000000, 24},  // protocol assignments
    Block4{0xc0000200, 24},  // documentation
    Block4{0xc0586300, 24},  // 6to4 relays
    Block4{0xc0a80000, 16},  // private
    Block4{0xc6120000, 15},  // benchmarks
    Block4{0xc6336400, 24},  // documentation
    Block4{0xcb007100, 24},  // documentation
    Block4{0xe0000000, 4},   // multicast
    Block4{0xf0000000, 4},   // reserved, broadcast
};

struct Block6 {
    std::array<std::uint8_t, 4> prefix;
    int bits;
};
constexpr Block6 global_6{{0x20, 0, 0, 0}, 3};
constexpr std::array not_public_6{
    Block6{{0x20, 0x01, 0x00, 0x00}, 23},  // protocol assignments, Teredo among them
    Block6{{0x20, 0x01, 0x0d, 0xb8}, 32},  // documentation
    Block6{{0x20, 0x02, 0x00, 0x00}, 16},  // 6to4
    Block6{{0x3f, 0xff, 0x00, 0x00}, 20},  // documentation
};

bool is_in(std::uint32_t address, const Block4& block) { return ((address ^ block.prefix) >> (32 - block.bits)) == 0; }

bool is_in(std::span<const std::uint8_t, 16> address, const Block6& block)
{
    for (int bit = 0; bit < block.bits; ++bit) {
        const auto byte = static_cast<std::size_t>(bit / 8);
        const int shift = 7 - bit % 8;
        if (((address[byte] ^ block.prefix[byte]) >> shift & 1) != 0) return false;
    }
    return true;
}

}  // namespace

bool is_public(const sockaddr& address)
{
    if (address.sa_family == AF_INET) {
        sockaddr_in four{};
        std::memcpy(&four, &address, sizeof four);
        const auto number = ntohl(four.sin_addr.s_addr);
        return std::ranges::none_of(not_public_4, [&](const Block4& block) { return is_in(number, block); });
    }
    if (address.sa_family != AF_INET6) return false;
    sockaddr_in6 six{};
    std::memcpy(&six, &address, sizeof six);
    const std::span<const std::uint8_t, 16> bytes{six.sin6_addr.s6_addr};
    return is_in(bytes, global_6) && std::ranges::none_of(not_public_6, [&](const Block6& block) { return is_in(bytes, block); });
}

}  // namespace shangdao::serve::out
