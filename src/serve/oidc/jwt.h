// jwt – a token signed by one of a set of public keys (RFC 7515, 7517, 7518): RS256 and ES256, nothing else. "none" is no algorithm and a shared
// secret no signature, so neither can be asked for; the algorithm must fit the key, not the key the algorithm.
#pragma once

#include <boost/json/object.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace shangdao::serve::oidc {

enum class Algorithm : unsigned char { rs256, es256 };

// A public key to verify with. Copies share it.
class Key {
public:
    std::string id;            // "kid"; may be empty
    Algorithm algorithm{};

    // nullopt for what cannot verify here: another type or use, RSA below 2048 bits, a curve other than P-256, a point that is not on it.
    static std::optional<Key> parse(const boost::json::object& jwk);
    bool verifies(std::string_view signed_part, std::string_view signature) const;

private:
    std::shared_ptr<void> key_;   // an EVP_PKEY
};

// {"keys":[…]}: those that can verify here, at most 50. nullopt when it is no key set.
std::optional<std::vector<Key>> parse_keys(std::string_view json);

enum class Verdict : unsigned char { good, malformed, algorithm, unknown_key, signature };
struct Token {
    Verdict verdict = Verdict::malformed;
    boost::json::object claims;   // when good; nobody else sees them
};
Token verify(std::string_view compact, const std::vector<Key>& keys);

}  // namespace shangdao::serve::oidc
