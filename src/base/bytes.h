// Bytes as text: hexadecimal and base64url (RFC 4648 §5, without padding).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace shangdao {

using Bytes = std::span<const std::uint8_t>;

// The same memory; the text must outlive it.
Bytes bytes_of(std::string_view text);

std::string hex(Bytes bytes);                               // lower case
std::optional<std::string> parse_hex(std::string_view text);  // either case; nullopt unless pairs of digits
std::string base64url(Bytes bytes);
std::optional<std::string> parse_base64url(std::string_view text);  // nullopt unless it is what base64url would print

}  // namespace shangdao
