#include "serve/mail/letters.h"

#include "base/testing.h"

namespace shangdao::serve {
namespace {

engine::Letter letter(engine::LinkKind kind, Language language, std::string name = "李雷")
{
    return {.id = Id{7}, .kind = kind, .to = {.id = Id{8}, .name = std::move(name), .email = "lilei@example.cn"}, .language = language, .token = "AbC-_9"};
}
const Sender sender{.address = "crm@example.cn", .base_url = "https://crm.example.cn", .organisation = "示例公司"};

TEST("each letter says in its reader's language who writes, what for and how long the link holds, and every blank is filled")
{
    struct Row { engine::LinkKind kind; Language language; const char* subject; const char* says; };
    const Row rows[] = {
        {engine::LinkKind::invitation, Language::zh, "“示例公司”邀请您使用商道", "7 天内有效"},
        {engine::LinkKind::invitation, Language::en, "示例公司 invites you to Shangdao", "good for 7 days"},
        {engine::LinkKind::reset, Language::zh, "重设您在“示例公司”的密码", "1 小时内有效"},
        {engine::LinkKind::reset, Language::en, "Reset your password at 示例公司", "good for 1 h"},
    };
    for (const auto& [kind, language, subject, says] : rows) {
        const auto mail = letter_mail(sender, letter(kind, language));
        EXPECT_EQ(mail.subject, subject);
        EXPECT_EQ(mail.from.name, "示例公司");
        EXPECT_EQ(mail.from.address, "crm@example.cn");
        EXPECT_EQ(mail.to.address, "lilei@example.cn");
        for (const auto* content : {&mail.text, &mail.html}) {
            EXPECT_TRUE(content->contains(says)) << *content;
            EXPECT_TRUE(content->contains("李雷"));
            EXPECT_TRUE(content->contains("https://crm.example.cn/welcome#AbC-_9"));
            EXPECT_EQ(content->find_first_of("{}"), std::string::npos) << *content;
        }
    }
}

TEST("a name is text in the text and in the HTML, and one line in a header")
{
    const auto mail = letter_mail({.address = "crm@example.cn", .base_url = "https://crm.example.cn", .organisation = "A\n<b>\"&"}, letter(engine::LinkKind::invitation, Language::en, "<script>\n{organisation}\t"));
    EXPECT_EQ(mail.to.name, "<script> {organisation} ");
    EXPECT_EQ(mail.from.name, "A <b>\"&");
    EXPECT_FALSE(mail.subject.contains('\n'));
    EXPECT_TRUE(mail.text.contains("<script>\n{organisation}\t"));
    EXPECT_FALSE(mail.html.contains("<script>") || mail.html.contains("<b>"));
    EXPECT_TRUE(mail.html.contains("&lt;script&gt;<br>\n{organisation}\t") && mail.html.contains("&lt;b&gt;&quot;&amp;"));
}

}  // namespace
}  // namespace shangdao::serve
