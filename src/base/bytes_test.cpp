#include "base/bytes.h"

#include <rapidcheck.h>

#include "base/testing.h"

namespace shangdao {

TEST("bytes print as lower-case hexadecimal and read in either case")
{
    EXPECT_EQ(hex(bytes_of("")), "");
    EXPECT_EQ(hex(bytes_of(std::string_view("\x00\x0F\xA0\xFF", 4))), "000fa0ff");
    EXPECT_EQ(parse_hex("000fA0FF"), std::string("\x00\x0F\xA0\xFF", 4));
    for (const auto* text : {"0", "0g", "0x00", "00 ", " 00", "00 00", "zz"}) EXPECT_FALSE(parse_hex(text)) << text;
}

TEST("base64url knows the examples of RFC 4648, without padding")
{
    using Row = std::pair<const char*, const char*>;
    for (const auto& [plain, coded] : {Row{"", ""}, Row{"f", "Zg"}, Row{"fo", "Zm8"}, Row{"foo", "Zm9v"},
                                       Row{"foob", "Zm9vYg"}, Row{"fooba", "Zm9vYmE"}, Row{"foobar", "Zm9vYmFy"}}) {
        EXPECT_EQ(base64url(bytes_of(plain)), coded);
        EXPECT_EQ(parse_base64url(coded), plain);
    }
    EXPECT_EQ(base64url(bytes_of("\xFB\xFF")), "-_8");
    for (const auto* text : {"Zg==", "Z", "Zh", "Zm9v ", "+/8", "张三", "Zm\n9v", "\xED\xA0\xC0\xAF"})
        EXPECT_FALSE(parse_base64url(text)) << text;
}

TEST("any bytes survive both forms")
{
    EXPECT_TRUE(rc::check([](const std::string& bytes) {
        RC_ASSERT(parse_hex(hex(bytes_of(bytes))) == bytes);
        RC_ASSERT(parse_base64url(base64url(bytes_of(bytes))) == bytes);
    }));
}

}  // namespace shangdao
