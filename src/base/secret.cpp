#include "base/secret.h"

#include <fmt/format.h>
#include <sodium.h>

#include <utility>
#include <vector>

#include "base/fault.h"
#include "base/require.h"

namespace shangdao {
namespace {

constexpr unsigned long long passes = 3;
constexpr std::size_t memory_bytes = std::size_t{64} << 20;

// Once per process; libsodium makes it safe to repeat.
void start_sodium()
{
    static const bool started = sodium_init() >= 0;
    require(started, "libsodium starts");
}

}  // namespace

Hash sha256(std::string_view bytes)
{
    Hash hash;
    crypto_hash_sha256(hash.data(), bytes_of(bytes).data(), bytes.size());
    return hash;
}

Hash hmac_sha256(std::string_view key, std::string_view bytes)
{
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, bytes_of(key).data(), key.size());
    crypto_auth_hmacsha256_update(&state, bytes_of(bytes).data(), bytes.size());
    Hash hash;
    crypto_auth_hmacsha256_final(&state, hash.data());
    sodium_memzero(&state, sizeof state);
    return hash;
}

struct Sha256::State {
    crypto_hash_sha256_state sodium;
};

Sha256::Sha256() : state_(std::make_unique<State>())
{
    crypto_hash_sha256_init(&state_->sodium);
}

Sha256::~Sha256() = default;
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;

void Sha256::update(std::string_view bytes)
{
    require(state_ != nullptr, "a finished hash takes no more");
    crypto_hash_sha256_update(&state_->sodium, bytes_of(bytes).data(), bytes.size());
}

Hash Sha256::finish()
{
    require(state_ != nullptr, "a hash is finished once");
    Hash hash;
    crypto_hash_sha256_final(&state_->sodium, hash.data());
    state_.reset();
    return hash;
}

std::string random_bytes(std::size_t count)
{
    start_sodium();
    std::string bytes(count, '\0');
    randombytes_buf(bytes.data(), bytes.size());
    return bytes;
}

bool equal_in_constant_time(std::string_view a, std::string_view b)
{
    return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

void Secret::wipe() noexcept
{
    sodium_memzero(text_.data(), text_.capacity());
    text_.clear();
}

Secret& Secret::operator=(const Secret& other)
{
    if (this != &other) {
        wipe();
        text_ = other.text_;
    }
    return *this;
}

// Short texts live inside std::string itself, so a move copies them and the source must be wiped.
Secret::Secret(Secret&& other) noexcept : text_(std::move(other.text_))
{
    other.wipe();
}

Secret& Secret::operator=(Secret&& other) noexcept
{
    if (this != &other) {
        wipe();
        text_ = std::move(other.text_);
        other.wipe();
    }
    return *this;
}

std::string sealed(const Hash& key, std::string_view plain)
{
    static_assert(std::tuple_size_v<Hash> == crypto_secretbox_KEYBYTES);
    auto box = random_bytes(crypto_secretbox_NONCEBYTES);
    std::vector<unsigned char> closed(plain.size() + crypto_secretbox_MACBYTES);
    crypto_secretbox_easy(closed.data(), bytes_of(plain).data(), plain.size(), bytes_of(box).data(), key.data());
    box.append(closed.begin(), closed.end());
    return box;
}

std::optional<std::string> unsealed(const Hash& key, std::string_view box)
{
    start_sodium();
    if (box.size() < crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES) return std::nullopt;
    const auto nonce = box.substr(0, crypto_secretbox_NONCEBYTES), closed = box.substr(crypto_secretbox_NONCEBYTES);
    std::vector<unsigned char> plain(closed.size() - crypto_secretbox_MACBYTES);
    if (crypto_secretbox_open_easy(plain.data(), bytes_of(closed).data(), closed.size(), bytes_of(nonce).data(), key.data()) != 0) return std::nullopt;
    return std::string(plain.begin(), plain.end());
}

std::string hash_password(std::string_view password)
{
    start_sodium();
    std::array<char, crypto_pwhash_STRBYTES> hash;
    const int failed = crypto_pwhash_str_alg(hash.data(), password.data(), password.size(), passes, memory_bytes,
                                             crypto_pwhash_ALG_ARGON2ID13);
    if (failed != 0) throw Fault(FaultKind::busy, "no memory to hash a password");
    return hash.data();
}

std::string unmatched_password_hash()
{
    const auto text = [](std::size_t bytes) {
        const auto random = random_bytes(bytes);
        std::array<char, sodium_base64_ENCODED_LEN(32, sodium_base64_VARIANT_ORIGINAL_NO_PADDING)> encoded{};
        require(random.size() <= 32, "the array holds 32 bytes encoded");
        return std::string{sodium_bin2base64(encoded.data(), encoded.size(), bytes_of(random).data(), random.size(), sodium_base64_VARIANT_ORIGINAL_NO_PADDING)};
    };
    return fmt::format("$argon2id$v=19$m={},t={},p=1${}${}", memory_bytes >> 10, passes, text(16), text(32));
}

bool password_matches(std::string_view password, std::string_view hash)
{
    start_sodium();
    const std::string terminated(hash);
    return terminated.size() < crypto_pwhash_STRBYTES &&
           crypto_pwhash_str_verify(terminated.c_str(), password.empty() ? "" : password.data(), password.size()) == 0;    // never a null pointer
}

bool password_hash_is_outdated(std::string_view hash)
{
    const std::string terminated(hash);
    return terminated.size() >= crypto_pwhash_STRBYTES ||
           crypto_pwhash_str_needs_rehash(terminated.c_str(), passes, memory_bytes) != 0;
}

}  // namespace shangdao
