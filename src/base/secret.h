// Hashes, keyed hashes, random bytes and passwords, all by libsodium. Thread-safe.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"

namespace shangdao {

using Hash = std::array<std::uint8_t, 32>;

Hash sha256(std::string_view bytes);
Hash hmac_sha256(std::string_view key, std::string_view bytes);

// SHA-256 of what comes in pieces. `finish` may be called once.
class Sha256 {
public:
    Sha256();
    ~Sha256();
    Sha256(Sha256&&) noexcept;
    Sha256& operator=(Sha256&&) noexcept;
    void update(std::string_view bytes);
    Hash finish();

private:
    struct State;
    std::unique_ptr<State> state_;
};

// From the kernel; fit for keys and tokens.
std::string random_bytes(std::size_t count);

// What only the holder of the key (32 bytes) opens again: secretbox of libsodium, its nonce in front. nullopt: another key, or not whole.
std::string sealed(const Hash& key, std::string_view plain);
std::optional<std::string> unsealed(const Hash& key, std::string_view box);

// Compares in a time that depends on the lengths only.
bool equal_in_constant_time(std::string_view a, std::string_view b);

// A text that must not be seen: it is wiped from memory at the end and nothing prints it. Whoever needs the text says so by name.
class Secret {
public:
    Secret() = default;
    explicit Secret(std::string text) : text_(std::move(text)) {}
    ~Secret() { wipe(); }
    Secret(const Secret&) = default;
    Secret& operator=(const Secret& other);
    Secret(Secret&& other) noexcept;
    Secret& operator=(Secret&& other) noexcept;

    std::string_view reveal() const { return text_; }
    bool empty() const { return text_.empty(); }

private:
    void wipe() noexcept;
    std::string text_;
};

// argon2id, 3 passes over 64 MiB: the second choice of RFC 9106 §4, in one lane because libsodium knows no more. It takes
// 0.1–0.2 s of a core and 64 MiB, so the caller bounds how many run at once and never calls it on a thread that others wait for.
// Throws Fault(busy) when the memory is not there.
std::string hash_password(std::string_view password);
// A hash of today's costs that no password matches, made without the work: for comparing where there is nothing to compare with.
std::string unmatched_password_hash();
bool password_matches(std::string_view password, std::string_view hash);  // false for what is no hash
bool password_hash_is_outdated(std::string_view hash);  // made with other costs than today's: hash anew at sign-in

}  // namespace shangdao
