#include "serve/out/reach.h"

#include <arpa/inet.h>
#include <netdb.h>

#include <cstring>

#include "base/testing.h"
#include "serve/out/address.h"

namespace shangdao::serve::out {
namespace {

// As the resolver would hand it over.
bool is_public_text(const char* text)
{
    addrinfo hints{}, *found = nullptr;
    hints.ai_flags = AI_NUMERICHOST;
    if (::getaddrinfo(text, "443", &hints, &found) != 0) return false;
    const bool answer = is_public(*found->ai_addr);
    ::freeaddrinfo(found);
    return answer;
}

TEST("what is not of the public internet is out of reach, however it is spelled")
{
    for (const auto* text : {
             "0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.127.255.255", "127.0.0.1", "127.1", "127.255.255.255", "0177.0.0.1", "0x7f.0.0.1", "0x7f000001", "2130706433", "017700000001", "169.254.169.254",
             "0xa9fea9fe", "2852039166", "172.16.0.1", "172.31.255.255", "192.0.0.8", "192.0.2.1", "192.88.99.1", "192.168.0.1", "192.168.255.255", "198.18.0.1", "198.19.255.255", "198.51.100.7", "203.0.113.9", "224.0.0.1", "239.255.255.255",
             "240.0.0.1", "255.255.255.255", "::", "::1", "0:0:0:0:0:0:0:1", "::ffff:127.0.0.1", "::ffff:7f00:1", "::ffff:a9fe:a9fe", "::ffff:10.0.0.1", "::ffff:8.8.8.8", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::a00:1", "100::1",
             "2001::1", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "2001:10::1", "2001:20::1", "2001:db8::1", "2002:7f00:1::1", "2002:a00:1::", "3fff::1", "3fff:fff:ffff::1", "fc00::1", "fd00:ec2::254", "fe80::1", "febf::1", "fec0::1", "ff02::1", "5f00::1", "4000::1"})
        EXPECT_FALSE(is_public_text(text)) << text;
}

TEST("what is of the public internet is in reach, up to the neighbour of what is not")
{
    for (const auto* text : {"1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255", "128.0.0.0", "169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0", "192.0.1.0", "192.167.255.255",
                             "192.169.0.0", "198.17.255.255", "198.20.0.0", "223.255.255.255", "2001:200::1", "2001:db7::1", "2001:db9::1", "2003::1", "240e::1", "2606:4700::1111", "3ffe::1"})
        EXPECT_TRUE(is_public_text(text)) << text;
}

TEST("what is no internet address is out of reach")
{
    sockaddr other{};
    other.sa_family = AF_UNIX;
    EXPECT_FALSE(is_public(other));
}

TEST("an address is read once, as it will be connected to")
{
    EXPECT_EQ(parse_address("HTTPS://Login.Example.CN/realm")->origin(), "https://login.example.cn");
    EXPECT_EQ(parse_address("https://login.example.cn:8443")->origin(), "https://login.example.cn:8443");
    EXPECT_EQ(parse_address("https://login.example.cn:443/")->origin(), "https://login.example.cn");
    EXPECT_EQ(parse_address("smtp://crm%40example.cn@mail:587")->user, "crm@example.cn");
    EXPECT_EQ(parse_address("smtps://mail")->port, 465);
    EXPECT_EQ(parse_address("http://0x7f.1/")->host, "127.0.0.1");
    for (const auto* bad : {"", "login.example.cn", "ftp://a", "file:///etc/passwd", "https://", "https://a b", "https://a\nb", "https://a\\b", "javascript:alert(1)", "https://a:99999", "smtp:/%33", "http://%31%32/"}) EXPECT_FALSE(parse_address(bad)) << bad;
    for (const auto* here : {"http://localhost:1", "http://127.0.0.1", "http://127.9.9.9", "http://[::1]:8080"}) EXPECT_TRUE(is_loopback(*parse_address(here))) << here;
    for (const auto* elsewhere : {"http://0.0.0.0", "http://127.0.0.1.example.cn", "http://localhost.example.cn", "http://10.0.0.1", "http://[::ffff:127.0.0.1]"}) EXPECT_FALSE(is_loopback(*parse_address(elsewhere))) << elsewhere;
}

}  // namespace
}  // namespace shangdao::serve::out
