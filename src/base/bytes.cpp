#include "base/bytes.h"

#include <sodium.h>

#include "base/require.h"

namespace shangdao {
namespace {

constexpr int variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;

}  // namespace

Bytes bytes_of(std::string_view text)
{
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

std::string hex(Bytes bytes)
{
    std::string out(bytes.size() * 2, '\0');
    sodium_bin2hex(out.data(), out.size() + 1, bytes.data(), bytes.size());
    return out;
}

std::optional<std::string> parse_hex(std::string_view text)
{
    std::string out(text.size() / 2, '\0');
    std::size_t length = 0;
    const char* end = nullptr;
    const int failed = sodium_hex2bin(reinterpret_cast<std::uint8_t*>(out.data()), out.size(), text.data(), text.size(),
                                      nullptr, &length, &end);
    if (failed != 0 || length != out.size() || end != text.data() + text.size()) return std::nullopt;
    return out;
}

std::string base64url(Bytes bytes)
{
    std::string out(sodium_base64_encoded_len(bytes.size(), variant) - 1, '\0');
    sodium_bin2base64(out.data(), out.size() + 1, bytes.data(), bytes.size(), variant);
    return out;
}

std::optional<std::string> parse_base64url(std::string_view text)
{
    std::string out(text.size() / 4 * 3 + 3, '\0');
    std::size_t length = 0;
    const char* end = nullptr;
    const int failed = sodium_base642bin(reinterpret_cast<std::uint8_t*>(out.data()), out.size(), text.data(),
                                         text.size(), nullptr, &length, &end, variant);
    if (failed != 0 || end != text.data() + text.size()) return std::nullopt;
    out.resize(length);
    if (base64url(bytes_of(out)) != text) return std::nullopt;    // libsodium takes some bytes beyond ASCII for letters
    return out;
}

}  // namespace shangdao
