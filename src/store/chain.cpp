#include "store/chain.h"

#include <cstring>

#include "base/require.h"

namespace shangdao::store {
namespace {

const unsigned char* raw(std::string_view bytes)
{
    return reinterpret_cast<const unsigned char*>(bytes.data());
}

void put(std::string& out, std::int64_t number)
{
    const auto bits = static_cast<std::uint64_t>(number);
    for (int shift = 0; shift < 64; shift += 8) out += static_cast<char>(bits >> shift & 0xff);
}

void put(std::string& out, std::string_view text)
{
    put(out, static_cast<std::int64_t>(text.size()));
    out += text;
}

// Lengths stand before texts, so no two events have one header.
std::string header_of(const record::Event& event, std::string_view reason)
{
    std::string out;
    out.reserve(192 + event.ids.size() * 8);
    for (const auto number : {event.seq, event.recorded_at.us, event.happened_at.us, event.actor.value, event.on_behalf.value,
                              static_cast<std::int64_t>(event.via), event.id.value, event.cause})
        put(out, number);
    for (const std::string_view text : {std::string_view{event.request}, std::string_view{event.object}, std::string_view{event.verb}, reason}) put(out, text);
    put(out, static_cast<std::int64_t>(event.ids.size()));
    for (const auto id : event.ids) put(out, id.value);
    return out;
}

// Before a reason; no changes hold it, for JSON writes it as an escape.
constexpr std::string_view between{"\0", 1};

}  // namespace

Chain::Chain(std::string_view key)
{
    require(sodium_init() >= 0, "libsodium starts");
    require(key.size() == 32, "the chain's key has 32 bytes");
    crypto_auth_hmacsha256_init(&keyed_, raw(key), key.size());
}

Hash Chain::digest(std::string_view salt, std::string_view changes, std::string_view reason)
{
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    crypto_hash_sha256_update(&state, raw(salt), salt.size());
    crypto_hash_sha256_update(&state, raw(changes), changes.size());
    if (!reason.empty()) {
        crypto_hash_sha256_update(&state, raw(between), between.size());
        crypto_hash_sha256_update(&state, raw(reason), reason.size());
    }
    Hash hash;
    crypto_hash_sha256_final(&state, hash.data());
    return hash;
}

Hash Chain::link(const Hash& before, const record::Event& event, const Hash& digest, Reason reason) const
{
    auto state = keyed_;
    const auto header = header_of(event, reason == Reason::in_header ? std::string_view{event.reason} : std::string_view{});
    crypto_auth_hmacsha256_update(&state, before.data(), before.size());
    crypto_auth_hmacsha256_update(&state, raw(header), header.size());
    crypto_auth_hmacsha256_update(&state, digest.data(), digest.size());
    Hash hash;
    crypto_auth_hmacsha256_final(&state, hash.data());
    return hash;
}

Hash Chain::seal(std::int64_t seq, const Hash& head) const
{
    auto state = keyed_;
    std::string text = "head";
    put(text, seq);
    crypto_auth_hmacsha256_update(&state, raw(text), text.size());
    crypto_auth_hmacsha256_update(&state, head.data(), head.size());
    Hash hash;
    crypto_auth_hmacsha256_final(&state, hash.data());
    return hash;
}

}  // namespace shangdao::store
