#include "engine/access/totp.h"

#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>

#include "base/require.h"
#include "base/secret.h"

namespace shangdao::engine {

namespace {

constexpr std::int64_t step_us = 30'000'000;
constexpr std::uint32_t code_below = 1'000'000;

std::string escaped(std::string_view text)
{
    std::string out;
    for (const char sign : text) {
        const auto byte = static_cast<unsigned char>(sign);
        const bool plain = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') || sign == '-' || sign == '.' || sign == '_' || sign == '~';
        out += plain ? std::string(1, sign) : fmt::format("%{:02X}", byte);
    }
    return out;
}

}  // namespace

std::int64_t totp_step(Instant now) { return now.us / step_us; }

std::string totp_code(std::string_view key, std::int64_t step)
{
    std::array<unsigned char, 8> counter{};
    for (std::size_t i = 0; i < counter.size(); ++i) counter[i] = static_cast<unsigned char>(static_cast<std::uint64_t>(step) >> (8 * (7 - i)));
    std::array<unsigned char, EVP_MAX_MD_SIZE> mac{};
    unsigned length = 0;
    const auto* made = HMAC(EVP_sha1(), key.data(), static_cast<int>(key.size()), counter.data(), counter.size(), mac.data(), &length);
    require(made != nullptr && length == 20, "HMAC-SHA-1 gives twenty bytes");
    const auto at = static_cast<std::size_t>(mac[19] & 0x0F);
    const auto word = static_cast<std::uint32_t>(mac[at] & 0x7F) << 24 | static_cast<std::uint32_t>(mac[at + 1]) << 16 | static_cast<std::uint32_t>(mac[at + 2]) << 8 | mac[at + 3];
    return fmt::format("{:06}", word % code_below);
}

std::optional<std::int64_t> totp_step_of(std::string_view key, std::string_view code, Instant now)
{
    std::optional<std::int64_t> found;
    for (const auto step : {totp_step(now) - 1, totp_step(now), totp_step(now) + 1})
        if (equal_in_constant_time(totp_code(key, step), code)) found = step;
    return found;
}

std::string base32(std::string_view bytes)
{
    static constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    std::string out;
    std::uint32_t held = 0;
    int bits = 0;
    for (const char sign : bytes) {
        held = held << 8 | static_cast<unsigned char>(sign);
        for (bits += 8; bits >= 5; bits -= 5) out += letters[held >> (bits - 5) & 31U];
    }
    if (bits > 0) out += letters[held << (5 - bits) & 31U];
    return out;
}

std::string totp_uri(std::string_view issuer, std::string_view holder, std::string_view key)
{
    return fmt::format("otpauth://totp/{0}:{1}?secret={2}&issuer={0}&algorithm=SHA1&digits=6&period=30", escaped(issuer), escaped(holder), base32(key));
}

}  // namespace shangdao::engine
