// Chain – what makes the ledger's past unchangeable in secret (D11): every event carries
//     h = HMAC-SHA256(k, h₋₁ ‖ header ‖ H(salt ‖ changes))
// and the head is signed, so that cutting off the newest events shows as well. Who lacks the key can change no event,
// take none out, put none in and cut none off. Erasing a person's data removes salt and changes and keeps H: the chain stays
// whole, and without the salt H betrays nothing. A reason is a text somebody wrote, so it is in H too, behind the changes, and not in the
// header; events that were recorded before this was so have it there, and keep it.
#pragma once

#include <sodium.h>

#include <array>
#include <string>
#include <string_view>

#include "record/event.h"

namespace shangdao::store {

using Hash = std::array<unsigned char, 32>;

inline std::string_view bytes_of(const Hash& hash) { return {reinterpret_cast<const char*>(hash.data()), hash.size()}; }

class Chain {
public:
    // `key`: 32 bytes; another length is a bug.
    explicit Chain(std::string_view key);

    static constexpr std::size_t salt_bytes = 16;
    static Hash digest(std::string_view salt, std::string_view changes, std::string_view reason);
    // The header of `event` has its reason where `reason` says so.
    enum class Reason : unsigned char { in_digest, in_header };
    Hash link(const Hash& before, const record::Event& event, const Hash& digest, Reason reason = Reason::in_digest) const;
    // Signs that the ledger ends with this event.
    Hash seal(std::int64_t seq, const Hash& head) const;

private:
    crypto_auth_hmacsha256_state keyed_;    // the key already taken in
};

}  // namespace shangdao::store
