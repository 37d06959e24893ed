// Against the vectors of RFC 6238, appendix B (their last six digits), and RFC 4648, section 10.
#include "engine/access/totp.h"

#include <gtest/gtest.h>

#include "base/testing.h"

namespace shangdao::engine {
namespace {

constexpr std::string_view key = "12345678901234567890";
constexpr Instant second(std::int64_t s) { return Instant{s * 1'000'000}; }

TEST("codes are those of the standard")
{
    for (const auto& [at, code] : {std::pair<std::int64_t, std::string_view>{59, "287082"}, {1111111109, "081804"}, {1111111111, "050471"}, {1234567890, "005924"}, {2000000000, "279037"}, {20000000000, "353130"}})
        EXPECT_EQ(totp_code(key, totp_step(second(at))), code) << at;
}

TEST("a code holds for its half minute and the neighbours of it")
{
    const auto code = totp_code(key, totp_step(second(1'000'000'020)));
    for (const int off : {-30, -1, 0, 1, 30}) EXPECT_EQ(totp_step_of(key, code, second(1'000'000'020 + off)), totp_step(second(1'000'000'020))) << off;
    for (const int off : {-61, 60, 90}) EXPECT_FALSE(totp_step_of(key, code, second(1'000'000'020 + off))) << off;
    for (const auto* wrong : {"", "12345", "1234567", "abcdef"}) EXPECT_FALSE(totp_step_of(key, wrong, second(1'000'000'020))) << wrong;
}

TEST("a key is typed as the standard's letters, and told to an app with nothing that breaks the address")
{
    for (const auto& [text, letters] : {std::pair<std::string_view, std::string_view>{"", ""}, {"f", "MY"}, {"fo", "MZXQ"}, {"foo", "MZXW6"}, {"foob", "MZXW6YQ"}, {"fooba", "MZXW6YTB"}, {"foobar", "MZXW6YTBOI"}})
        EXPECT_EQ(base32(text), letters) << text;
    EXPECT_EQ(totp_uri("商道 & Co", "a+b@c.cn", "foobar"),
              "otpauth://totp/%E5%95%86%E9%81%93%20%26%20Co:a%2Bb%40c.cn?secret=MZXW6YTBOI&issuer=%E5%95%86%E9%81%93%20%26%20Co&algorithm=SHA1&digits=6&period=30");
}

}  // namespace
}  // namespace shangdao::engine
