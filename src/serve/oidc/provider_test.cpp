// Tokens as others would forge them. The provider as a whole is asked in tests/oidc.
#include "serve/oidc/provider.h"

#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

#include <boost/json.hpp>

#include "base/bytes.h"
#include "base/testing.h"

namespace shangdao::serve::oidc {
namespace {

namespace json = boost::json;

using Pkey = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;

std::string number_of(const Pkey& key, const char* name, int bytes = 0)
{
    BIGNUM* number = nullptr;
    EVP_PKEY_get_bn_param(key.get(), name, &number);
    std::string out(static_cast<std::size_t>(std::max(bytes, BN_num_bytes(number))), '\0');
    BN_bn2binpad(number, reinterpret_cast<unsigned char*>(out.data()), static_cast<int>(out.size()));
    BN_free(number);
    return base64url(bytes_of(out));
}

struct Signer {
    Pkey key;
    std::string id;
    json::object jwk() const
    {
        json::object out{{"kid", id}, {"use", "sig"}};
        if (EVP_PKEY_is_a(key.get(), "RSA") == 1) {
            out["kty"] = "RSA";
            out["n"] = number_of(key, "n");
            out["e"] = number_of(key, "e");
        } else {
            out["kty"] = "EC";
            out["crv"] = "P-256";
            out["x"] = number_of(key, "qx", 32);
            out["y"] = number_of(key, "qy", 32);
        }
        return out;
    }
    std::string sign(const json::object& header, std::string_view payload) const
    {
        const auto text = base64url(bytes_of(json::serialize(header))) + "." + base64url(bytes_of(payload));
        const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> digest(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
        EVP_DigestSignInit(digest.get(), nullptr, EVP_sha256(), nullptr, key.get());
        std::size_t size = 0;
        const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
        EVP_DigestSign(digest.get(), nullptr, &size, bytes, text.size());
        std::string signature(size, '\0');
        EVP_DigestSign(digest.get(), reinterpret_cast<unsigned char*>(signature.data()), &size, bytes, text.size());
        signature.resize(size);
        if (EVP_PKEY_is_a(key.get(), "EC") == 1) {
            const auto* der = reinterpret_cast<const unsigned char*>(signature.data());
            ECDSA_SIG* parsed = d2i_ECDSA_SIG(nullptr, &der, static_cast<long>(size));
            signature.assign(64, '\0');
            BN_bn2binpad(ECDSA_SIG_get0_r(parsed), reinterpret_cast<unsigned char*>(signature.data()), 32);
            BN_bn2binpad(ECDSA_SIG_get0_s(parsed), reinterpret_cast<unsigned char*>(signature.data()) + 32, 32);
            ECDSA_SIG_free(parsed);
        }
        return text + "." + base64url(bytes_of(signature));
    }
};

Signer rsa(const char* id, unsigned bits = 2048) { return {Pkey(EVP_RSA_gen(bits), &EVP_PKEY_free), id}; }
Signer p256(const char* id) { return {Pkey(EVP_EC_gen("P-256"), &EVP_PKEY_free), id}; }

std::vector<Key> keys_of(std::initializer_list<json::object> all)
{
    json::array list;
    for (const auto& one : all) list.emplace_back(one);
    return *parse_keys(json::serialize(json::object{{"keys", list}}));
}

TEST("what RS256 or ES256 signed is read; one bit of it changed is not")
{
    const auto one = rsa("r"), two = p256("e");
    const auto keys = keys_of({one.jwk(), two.jwk()});
    ASSERT_EQ(keys.size(), 2U);
    for (const auto& [signer, algorithm] : {std::pair{&one, "RS256"}, {&two, "ES256"}}) {
        const auto token = signer->sign({{"alg", algorithm}, {"kid", signer->id}}, R"({"sub":"a"})");
        ASSERT_EQ(verify(token, keys).verdict, Verdict::good) << algorithm;
        EXPECT_EQ(verify(token, keys).claims.at("sub"), "a");
        EXPECT_EQ(verify(signer->sign({{"alg", algorithm}}, "{}"), keys).verdict, Verdict::good) << "without a kid";
        const auto payload = token.find('.') + 3, signature = token.rfind('.') + 5;
        for (const auto at : {payload, signature}) {
            auto bent = token;
            bent[at] = bent[at] == 'A' ? 'B' : 'A';
            EXPECT_EQ(verify(bent, keys).verdict, Verdict::signature) << algorithm << " " << at;
        }
    }
}

TEST("no algorithm, a shared secret and another's key open nothing")
{
    const auto one = rsa("r"), other = rsa("r"), two = p256("e");
    const auto keys = keys_of({one.jwk(), two.jwk()});
    const auto unsigned_token = base64url(bytes_of(R"({"alg":"none"})")) + "." + base64url(bytes_of(R"({"sub":"a"})")) + ".";
    EXPECT_EQ(verify(unsigned_token, keys).verdict, Verdict::algorithm);
    for (const auto* algorithm : {"none", "None", "NONE", "", "HS256", "HS512", "RS512", "PS256", "ES384", "EdDSA", "rs256"}) EXPECT_EQ(verify(one.sign({{"alg", algorithm}, {"kid", "r"}}, "{}"), keys).verdict, Verdict::algorithm) << algorithm;
    EXPECT_EQ(verify(one.sign({{"alg", "ES256"}, {"kid", "r"}}, "{}"), keys).verdict, Verdict::unknown_key) << "the algorithm of another key";
    EXPECT_EQ(verify(one.sign({{"alg", "RS256"}, {"kid", "x"}}, "{}"), keys).verdict, Verdict::unknown_key);
    EXPECT_EQ(verify(other.sign({{"alg", "RS256"}, {"kid", "r"}}, "{}"), keys).verdict, Verdict::signature);
    auto own = other.sign({{"alg", "RS256"}, {"jwk", other.jwk()}}, "{}");
    EXPECT_EQ(verify(own, keys).verdict, Verdict::signature) << "a key that the token brings itself";
    EXPECT_EQ(verify(one.sign({{"alg", "RS256"}, {"kid", "r"}, {"crit", json::array{"x"}}, {"x", 1}}, "{}"), keys).verdict, Verdict::malformed);
    for (const auto* text : {"", ".", "..", "...", "a.b.c", "e30.e30", "e30.e30.e30.e30", "!.!.!"}) EXPECT_NE(verify(text, keys).verdict, Verdict::good) << text;
}

TEST("a key that is too weak, for another use or not on its curve is none")
{
    auto strong = rsa("r").jwk();
    EXPECT_TRUE(Key::parse(strong));
    EXPECT_FALSE(Key::parse(rsa("r", 1024).jwk()));
    const auto with = [](json::object jwk, const char* name, const char* value) {
        jwk[name] = value;
        return jwk;
    };
    for (const auto& [name, value] : {std::pair{"use", "enc"}, {"alg", "RS512"}, {"alg", "ES256"}, {"kty", "oct"}, {"kty", "EC"}, {"n", "!"}, {"n", ""}, {"e", "AQ"}, {"e", "Ag"}}) EXPECT_FALSE(Key::parse(with(strong, name, value))) << name << " " << value;
    auto curve = p256("e").jwk();
    EXPECT_TRUE(Key::parse(curve));
    for (const auto& [name, value] : {std::pair{"crv", "P-384"}, {"x", "AA"}, {"y", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}, {"kty", "RSA"}}) EXPECT_FALSE(Key::parse(with(curve, name, value))) << name << " " << value;
    EXPECT_FALSE(parse_keys("[]"));
    EXPECT_EQ(parse_keys(R"({"keys":[7,{"kty":"oct","k":"AA"}]})")->size(), 0U);
}

TEST("the claims must be of this provider, for us, of now and of this attempt")
{
    const ProviderSettings settings{.issuer = "https://login.example.cn", .client_id = "crm", .client_secret = {}, .name = {}, .redirect_uri = {}, .trust = {}};
    const Instant now{1'000'000'000'000'000};
    const json::object whole{{"iss", "https://login.example.cn"}, {"aud", "crm"}, {"exp", 1'000'000'300}, {"iat", 1'000'000'000}, {"nonce", "n"}, {"sub", "248289761001"}};
    EXPECT_EQ(*subject_of(whole, settings, "n", now), "248289761001");
    struct Row { const char* claim; json::value value; const char* what; };
    const Row rows[] = {
        {"iss", "https://login.example.cn/", "iss"}, {"iss", "https://evil.example", "iss"}, {"iss", nullptr, "iss"},
        {"aud", "other", "aud"}, {"aud", json::array{}, "aud"}, {"aud", json::array{"other"}, "aud"}, {"aud", json::array{"crm", "other"}, "azp"}, {"aud", 7, "aud"},
        {"azp", "other", "azp"}, {"azp", 7, "azp"},
        {"exp", 999'999'940, "exp"}, {"exp", "1000000300", "exp"}, {"exp", nullptr, "exp"},
        {"iat", 1'000'000'061, "iat"}, {"iat", nullptr, "iat"},
        {"nbf", 1'000'000'061, "nbf"}, {"nbf", "soon", "nbf"},
        {"nonce", "m", "nonce"}, {"nonce", "", "nonce"}, {"nonce", nullptr, "nonce"},
        {"sub", "", "sub"}, {"sub", 7, "sub"}, {"sub", json::string(256, 'a'), "sub"}, {"sub", "a\x01", "sub"},
    };
    for (const auto& [claim, value, what] : rows) {
        auto claims = whole;
        claims[claim] = value;
        const auto subject = subject_of(claims, settings, "n", now);
        ASSERT_FALSE(subject) << claim << " " << json::serialize(value);
        EXPECT_EQ(subject.error().front().args.at("what"), what) << claim << " " << json::serialize(value);
    }
    for (const auto& [claim, value] : {std::pair<const char*, json::value>{"aud", json::array{"crm"}}, {"azp", "crm"}, {"exp", 999'999'941}, {"iat", 1'000'000'060}, {"nbf", 1'000'000'060}, {"exp", 1'000'000'300.5}}) {
        auto claims = whole;
        claims[claim] = value;
        EXPECT_TRUE(subject_of(claims, settings, "n", now)) << claim << " " << json::serialize(value);
    }
    auto two = whole;
    two["aud"] = json::array{"crm", "other"};
    two["azp"] = "crm";
    EXPECT_TRUE(subject_of(two, settings, "n", now));
}

}  // namespace
}  // namespace shangdao::serve::oidc
