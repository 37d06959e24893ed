// One-time codes by the clock: RFC 6238 (HMAC-SHA-1, six digits, a new one every 30 seconds), as authenticator apps make them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"

namespace shangdao::engine {

inline constexpr std::size_t totp_key_bytes = 20;

std::int64_t totp_step(Instant now);
std::string totp_code(std::string_view key, std::int64_t step);
// The step whose code this is: the one of now, or a neighbour, since clocks differ by seconds.
std::optional<std::int64_t> totp_step_of(std::string_view key, std::string_view code, Instant now);

// RFC 4648, without padding: how a key is typed.
std::string base32(std::string_view bytes);
// otpauth://totp/…: what an app reads from a picture. `issuer` is the organisation, `holder` whom the key is for.
std::string totp_uri(std::string_view issuer, std::string_view holder, std::string_view key);

}  // namespace shangdao::engine
