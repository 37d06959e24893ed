// What a reader of mail would make of ours is asked of Python's email package in tests/mail; here are the bytes and what is refused.
#include "exchange/mail/mail.h"

#include "base/testing.h"

namespace shangdao::exchange {
namespace {

Mail letter()
{
    return {.from = {"华兴机械", "crm@example.com"}, .to = {"Li Lei", "li.lei@example.com"}, .subject = "请设置密码", .text = "您好\n链接", .html = "<p>您好</p>", .sent_at = *parse_instant("2026-03-02T01:02:03Z"), .id = "7a1"};
}

TEST("a mail is the bytes that it should be")
{
    EXPECT_EQ(*write_mail(letter()),
              "Date: Mon, 2 Mar 2026 01:02:03 +0000\r\n"
              "From: =?UTF-8?B?5Y2O5YW05py65qKw?=\r\n <crm@example.com>\r\n"
              "To: Li Lei\r\n <li.lei@example.com>\r\n"
              "Subject: =?UTF-8?B?6K+36K6+572u5a+G56CB?=\r\n"
              "Message-ID: <7a1@example.com>\r\n"
              "Auto-Submitted: auto-generated\r\n"
              "MIME-Version: 1.0\r\n"
              "Content-Type: multipart/alternative; boundary=\"=_shangdao_alternative\"\r\n\r\n"
              "--=_shangdao_alternative\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
              "5oKo5aW9DQrpk77mjqU=\r\n"
              "--=_shangdao_alternative\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
              "PHA+5oKo5aW9PC9wPg==\r\n"
              "--=_shangdao_alternative--\r\n");
}

TEST("no field begins a line of its own: what could is refused, by name")
{
    struct Case { std::string Mail::* content; std::string MailAddress::* part; MailAddress Mail::* address; const char* field; };
    const Case cases[] = {
        {&Mail::subject, nullptr, nullptr, "subject"}, {&Mail::id, nullptr, nullptr, "id"},
        {nullptr, &MailAddress::name, &Mail::from, "from"}, {nullptr, &MailAddress::address, &Mail::from, "from"},
        {nullptr, &MailAddress::name, &Mail::to, "to"}, {nullptr, &MailAddress::address, &Mail::to, "to"},
    };
    using namespace std::string_literals;
    for (const auto& [content, part, address, field] : cases) {
        for (const auto& evil : {"a\r\nBcc: b@example.com"s, "a\nBcc: b@example.com"s, "a\rBcc: b@example.com"s, "a\0b"s, "a\tb"s, "a\x0b"s, "a\x7f"s, "a\xc2\x85" "Bcc: b"s, "a\xff"s, "a\r\n\r\n<p>"s}) {
            auto mail = letter();
            (content != nullptr ? mail.*content : mail.*address.*part) = evil;
            const auto written = write_mail(mail);
            ASSERT_FALSE(written) << field << ": " << evil;
            EXPECT_EQ(written.error().front().field, field);
        }
    }
}

TEST("all that is wrong is said at once")
{
    const auto written = write_mail({.from = {"", "nobody"}, .to = {"a\nb", "x y@example.com"}, .subject = " ", .text = "\x01", .html = "\xff", .sent_at = {}, .id = ""});
    ASSERT_FALSE(written);
    std::string codes;
    for (const auto& problem : written.error()) codes += problem.field + ":" + problem.code + " ";
    EXPECT_EQ(codes, "from:invalid_value to:control_character to:invalid_value subject:required text:control_character html:invalid_utf8 id:invalid_value ");
}

TEST("an address is what every server reads in one way")
{
    for (const auto* good : {"a@b.cn", "li.lei+crm@mail.example.com", "o'neil@example.com", "root@localhost"}) EXPECT_TRUE(is_mail_address(good)) << good;
    for (const auto* bad : {"", "@", "a@", "@b.cn", "a@@b.cn", "a@b@c.cn", ".a@b.cn", "a.@b.cn", "a..b@b.cn", "a b@b.cn", "a@b c.cn", "\"a\"@b.cn", "a@[127.0.0.1]", "a@-b.cn", "a@b-.cn", "a@b..cn", "a@b.cn.",
                            "a@b.cn>", "<a@b.cn", "a,b@c.cn", "a@b.cn\r\nRCPT TO:<c@d.cn>", "a\n@b.cn", "李雷@b.cn", "a@例子.cn"})
        EXPECT_FALSE(is_mail_address(bad)) << bad;
    EXPECT_TRUE(is_mail_address(std::string(64, 'a') + "@b.cn"));
    EXPECT_FALSE(is_mail_address(std::string(65, 'a') + "@b.cn"));
    EXPECT_FALSE(is_mail_address("a@" + std::string(64, 'b') + ".cn"));
    EXPECT_FALSE(is_mail_address("a@" + std::string(300, 'b')));
}

TEST("a long or a tricky header is cut into words of whole characters that no line is too long for")
{
    auto mail = letter();
    for (int i = 0; i < 60; ++i) mail.subject += "航程𝄞";
    mail.from.name = "=?UTF-8?B?QmNjOiBi?= <evil@example.com>, \"x";
    const auto bytes = *write_mail(mail);
    std::size_t begin = 0;
    for (auto end = bytes.find("\r\n"); end != std::string::npos; begin = end + 2, end = bytes.find("\r\n", begin)) EXPECT_LE(end - begin, 76U) << bytes.substr(begin, end - begin);
    EXPECT_EQ(begin, bytes.size());
    EXPECT_FALSE(bytes.contains("evil@example.com"));
    EXPECT_FALSE(bytes.contains("QmNjOiBi?="));
    EXPECT_EQ(bytes.find('\n') == 0 || bytes[bytes.find('\n') - 1] != '\r', false);
}

}  // namespace
}  // namespace shangdao::exchange
