#include "serve/oidc/jwt.h"

#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>

#include <algorithm>

#include "base/bytes.h"
#include "base/json.h"

namespace shangdao::serve::oidc {

namespace {

namespace json = boost::json;

constexpr int rsa_bits_min = 2048, rsa_bits_max = 8192;
constexpr std::size_t coordinate_bytes = 32, token_bytes_max = std::size_t{16} << 10, keys_max = 50;

template <typename T, void (*free)(T*)>
struct Freed {
    void operator()(T* some) const { free(some); }
};
using Number = std::unique_ptr<BIGNUM, Freed<BIGNUM, BN_free>>;
using Build = std::unique_ptr<OSSL_PARAM_BLD, Freed<OSSL_PARAM_BLD, OSSL_PARAM_BLD_free>>;
using Params = std::unique_ptr<OSSL_PARAM, Freed<OSSL_PARAM, OSSL_PARAM_free>>;
using Context = std::unique_ptr<EVP_PKEY_CTX, Freed<EVP_PKEY_CTX, EVP_PKEY_CTX_free>>;
using Digest = std::unique_ptr<EVP_MD_CTX, Freed<EVP_MD_CTX, EVP_MD_CTX_free>>;
using Signature = std::unique_ptr<ECDSA_SIG, Freed<ECDSA_SIG, ECDSA_SIG_free>>;

std::string text_of(const json::object& object, std::string_view name)
{
    const auto* value = object.if_contains(name);
    const auto* text = value == nullptr ? nullptr : value->if_string();
    return text == nullptr ? std::string{} : std::string{*text};
}

std::string bytes_in(const json::object& object, std::string_view name) { return parse_base64url(text_of(object, name)).value_or(std::string{}); }

const unsigned char* raw(std::string_view bytes) { return reinterpret_cast<const unsigned char*>(bytes.data()); }

Number number(std::string_view bytes) { return Number(BN_bin2bn(raw(bytes), static_cast<int>(bytes.size()), nullptr)); }

std::shared_ptr<void> key_of(const char* type, OSSL_PARAM_BLD* build)
{
    const Params params(OSSL_PARAM_BLD_to_param(build));
    const Context context(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr));
    EVP_PKEY* key = nullptr;
    if (!params || !context || EVP_PKEY_fromdata_init(context.get()) != 1 || EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, params.get()) != 1) return nullptr;
    return {key, [](void* some) { EVP_PKEY_free(static_cast<EVP_PKEY*>(some)); }};
}

std::shared_ptr<void> rsa_key(const json::object& jwk)
{
    const auto modulus = bytes_in(jwk, "n"), exponent = bytes_in(jwk, "e");
    if (modulus.empty() || exponent.empty() || exponent.size() > 8) return nullptr;
    const auto n = number(modulus), e = number(exponent);
    const Build build(OSSL_PARAM_BLD_new());
    if (!n || !e || !build || BN_num_bits(n.get()) < rsa_bits_min || BN_num_bits(n.get()) > rsa_bits_max || !BN_is_odd(e.get()) || BN_is_one(e.get())) return nullptr;
    if (OSSL_PARAM_BLD_push_BN(build.get(), OSSL_PKEY_PARAM_RSA_N, n.get()) != 1 || OSSL_PARAM_BLD_push_BN(build.get(), OSSL_PKEY_PARAM_RSA_E, e.get()) != 1) return nullptr;
    return key_of("RSA", build.get());
}

std::shared_ptr<void> p256_key(const json::object& jwk)
{
    const auto x = bytes_in(jwk, "x"), y = bytes_in(jwk, "y");
    if (text_of(jwk, "crv") != "P-256" || x.size() != coordinate_bytes || y.size() != coordinate_bytes) return nullptr;
    const std::string point = "\x04" + x + y;
    const Build build(OSSL_PARAM_BLD_new());
    if (!build || OSSL_PARAM_BLD_push_utf8_string(build.get(), OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1", 0) != 1 || OSSL_PARAM_BLD_push_octet_string(build.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size()) != 1) return nullptr;
    return key_of("EC", build.get());
}

// JOSE writes r and s side by side, OpenSSL reads them in DER.
std::optional<std::string> der_of(std::string_view signature)
{
    if (signature.size() != 2 * coordinate_bytes) return std::nullopt;
    const Signature parsed(ECDSA_SIG_new());
    auto r = number(signature.substr(0, coordinate_bytes)), s = number(signature.substr(coordinate_bytes));
    if (!parsed || !r || !s || ECDSA_SIG_set0(parsed.get(), r.get(), s.get()) != 1) return std::nullopt;
    (void)r.release();
    (void)s.release();
    unsigned char* bytes = nullptr;
    const int size = i2d_ECDSA_SIG(parsed.get(), &bytes);
    if (size <= 0) return std::nullopt;
    std::string der(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
    OPENSSL_free(bytes);
    return der;
}

std::optional<Algorithm> algorithm_named(std::string_view name)
{
    if (name == "RS256") return Algorithm::rs256;
    if (name == "ES256") return Algorithm::es256;
    return std::nullopt;
}

std::optional<json::object> object_in(std::string_view encoded)
{
    const auto text = parse_base64url(encoded);
    if (!text) return std::nullopt;
    auto value = parse_json(*text, {.depth_max = 8, .bytes_max = token_bytes_max});
    if (!value || !value->is_object()) return std::nullopt;
    return std::move(value->as_object());
}

}  // namespace

std::optional<Key> Key::parse(const json::object& jwk)
{
    const auto type = text_of(jwk, "kty"), use = text_of(jwk, "use"), named = text_of(jwk, "alg");
    if (!use.empty() && use != "sig") return std::nullopt;
    Key key;
    key.id = text_of(jwk, "kid");
    key.algorithm = type == "EC" ? Algorithm::es256 : Algorithm::rs256;
    if (!named.empty() && algorithm_named(named) != key.algorithm) return std::nullopt;
    if (type == "RSA") key.key_ = rsa_key(jwk);
    if (type == "EC") key.key_ = p256_key(jwk);
    return key.key_ ? std::optional{std::move(key)} : std::nullopt;
}

bool Key::verifies(std::string_view signed_part, std::string_view signature) const
{
    const auto der = algorithm == Algorithm::es256 ? der_of(signature) : std::optional{std::string{signature}};
    const Digest digest(EVP_MD_CTX_new());
    if (!der || !digest || EVP_DigestVerifyInit(digest.get(), nullptr, EVP_sha256(), nullptr, static_cast<EVP_PKEY*>(key_.get())) != 1) return false;
    return EVP_DigestVerify(digest.get(), raw(*der), der->size(), raw(signed_part), signed_part.size()) == 1;
}

std::optional<std::vector<Key>> parse_keys(std::string_view text)
{
    const auto value = parse_json(text, {.depth_max = 8, .bytes_max = std::size_t{1} << 20});
    const auto* list = value && value->is_object() ? value->as_object().if_contains("keys") : nullptr;
    if (list == nullptr || !list->is_array()) return std::nullopt;
    std::vector<Key> keys;
    for (const auto& one : list->as_array()) {
        if (keys.size() == keys_max) break;
        if (!one.is_object()) continue;
        if (auto key = Key::parse(one.as_object())) keys.push_back(std::move(*key));
    }
    return keys;
}

Token verify(std::string_view compact, const std::vector<Key>& keys)
{
    const auto first = compact.find('.'), second = first == std::string_view::npos ? first : compact.find('.', first + 1);
    if (compact.size() > token_bytes_max || second == std::string_view::npos || compact.find('.', second + 1) != std::string_view::npos) return {};
    const auto header = object_in(compact.substr(0, first));
    const auto signature = parse_base64url(compact.substr(second + 1));
    // What must be understood and is not (RFC 7515 §4.1.11) makes the token none of ours.
    if (!header || !signature || header->contains("crit")) return {};
    const auto algorithm = algorithm_named(text_of(*header, "alg"));
    if (!algorithm) return {.verdict = Verdict::algorithm, .claims = {}};
    const auto id = text_of(*header, "kid");
    bool known = false;
    for (const auto& key : keys) {
        if (key.algorithm != *algorithm || (!id.empty() && key.id != id)) continue;
        known = true;
        if (!key.verifies(compact.substr(0, second), *signature)) continue;
        auto claims = object_in(compact.substr(first + 1, second - first - 1));
        if (!claims) return {};
        return {.verdict = Verdict::good, .claims = std::move(*claims)};
    }
    return {.verdict = known ? Verdict::signature : Verdict::unknown_key, .claims = {}};
}

}  // namespace shangdao::serve::oidc
