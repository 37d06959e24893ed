#include "base/secret.h"

#include "base/require.h"
#include "base/testing.h"

namespace shangdao {

// Expected values: FIPS 180-4 examples and RFC 4231 test cases 1, 2 and 6.
TEST("SHA-256 and HMAC give the published values")
{
    EXPECT_EQ(hex(sha256("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(hex(sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(hex(hmac_sha256(std::string(20, '\x0b'), "Hi There")),
              "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    EXPECT_EQ(hex(hmac_sha256("Jefe", "what do ya want for nothing?")),
              "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    EXPECT_EQ(hex(hmac_sha256(std::string(131, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First")),
              "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST("a hash in pieces is the hash of the whole, and is finished once")
{
    Sha256 pieces;
    pieces.update("a");
    pieces.update("");
    pieces.update("bc");
    EXPECT_EQ(pieces.finish(), sha256("abc"));
    EXPECT_THROW(pieces.finish(), Bug);
    EXPECT_THROW(pieces.update("d"), Bug);
}

TEST("random bytes are as many as asked and never the same")
{
    EXPECT_EQ(random_bytes(0), "");
    EXPECT_EQ(random_bytes(33).size(), 33u);
    EXPECT_NE(random_bytes(16), random_bytes(16));
}

TEST("equality in constant time is equality")
{
    EXPECT_TRUE(equal_in_constant_time("", ""));
    EXPECT_TRUE(equal_in_constant_time("abc", "abc"));
    EXPECT_FALSE(equal_in_constant_time("abc", "abd"));
    EXPECT_FALSE(equal_in_constant_time("abc", "ab"));
}

TEST("a secret moves without leaving itself behind")
{
    Secret first("open sesame");
    const Secret copy = first;
    const Secret second = std::move(first);
    EXPECT_EQ(second.reveal(), "open sesame");
    EXPECT_EQ(copy.reveal(), "open sesame");
    EXPECT_TRUE(first.empty());  // NOLINT: the contract of Secret
    Secret third;
    third = copy;
    EXPECT_EQ(third.reveal(), copy.reveal());
    third = Secret("other");
    EXPECT_EQ(third.reveal(), "other");
}

TEST("a password matches its own hash only")
{
    const auto hash = hash_password("商道 correct horse");
    EXPECT_TRUE(hash.starts_with("$argon2id$v=19$m=65536,t=3,p=1$")) << hash;
    EXPECT_TRUE(password_matches("商道 correct horse", hash));
    EXPECT_FALSE(password_matches({}, hash));
    EXPECT_FALSE(password_matches("商道 correct horsf", hash));
    EXPECT_FALSE(password_hash_is_outdated(hash));
}

TEST("an unmatched hash has the shape and the costs of a real one, and is another each time")
{
    const auto unmatched = unmatched_password_hash();
    EXPECT_EQ(unmatched.size(), hash_password("any").size());
    EXPECT_FALSE(password_hash_is_outdated(unmatched)) << unmatched;
    EXPECT_FALSE(password_matches("any", unmatched));
    EXPECT_NE(unmatched, unmatched_password_hash());
}

TEST("what is no hash matches nothing and is outdated")
{
    for (const auto& hash :
         {std::string(), std::string("plain"), std::string("$argon2id$v=19$m=65536"), std::string(1000, 'x')}) {
        EXPECT_FALSE(password_matches("plain", hash)) << hash;
        EXPECT_TRUE(password_hash_is_outdated(hash)) << hash;
    }
    EXPECT_TRUE(password_hash_is_outdated(
        "$argon2id$v=19$m=8192,t=1,p=1$MDAwMDAwMDAwMDAwMDAwMA$MDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDA"));
}

}  // namespace shangdao
