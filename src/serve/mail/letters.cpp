#include "serve/mail/letters.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "base/label.h"

namespace shangdao::serve {

namespace {

// Blanks: {name}, {organisation}, {days}, {hours}. The link stands between the two paragraphs, in a line of its own.
struct Words {
    Label subject, before, after;
};
constexpr Words invitation{
    {"“{organisation}”邀请您使用商道", "{organisation} invites you to Shangdao"},
    {"{name}，您好！\n\n“{organisation}”为您开通了商道。请打开下面的链接设置密码，之后用这个邮箱登录：",
     "Hello {name},\n\n{organisation} has opened Shangdao for you. Open this link to set a password, and sign in with this e-mail from then on:"},
    {"链接 {days} 天内有效，只能使用一次，请不要转发。如果您不认识“{organisation}”，请忽略这封邮件。",
     "The link is good for {days} days and works once; please do not pass it on. If you do not know {organisation}, ignore this mail."}};
constexpr Words reset{
    {"重设您在“{organisation}”的密码", "Reset your password at {organisation}"},
    {"{name}，您好！\n\n有人（可能就是您）请求重设您在“{organisation}”商道中的密码。请打开下面的链接设置新密码：",
     "Hello {name},\n\nsomebody, perhaps you, asked to reset your password of Shangdao at {organisation}. Open this link to set a new one:"},
    {"链接 {hours} 小时内有效，只能使用一次，请不要转发。设置新密码后，所有设备都要重新登录；两步验证保持不变。如果不是您本人请求，请忽略这封邮件，密码不会改变。",
     "The link is good for {hours} h and works once; please do not pass it on. With the new password you sign in anew on every device; the second factor stays as it is. If you did not ask for this, ignore this mail: "
     "your password has not changed."}};
constexpr Words trial{{"商道测试邮件", "A trial mail of Shangdao"}, {"这是商道的测试邮件：发信设置可用。邮件中的链接将以此开头：", "This is a trial mail of Shangdao: mail can be sent. The links in its mails will begin with:"}, {"", ""}};

// Names may hold tabs and line feeds; a header may not.
std::string one_line(std::string text)
{
    std::ranges::replace_if(text, [](char sign) { return sign == '\n' || sign == '\t'; }, ' ');
    return text;
}

std::string escaped(std::string_view text)
{
    std::string out;
    for (const char sign : text) {
        switch (sign) {
        case '&': out += "&amp;"; break;
        case '<': out += "&lt;"; break;
        case '>': out += "&gt;"; break;
        case '"': out += "&quot;"; break;
        case '\n': out += "<br>\n"; break;
        default: out += sign;
        }
    }
    return out;
}

std::string html_of(std::string_view before, std::string_view link, std::string_view after)
{
    return fmt::format("<!doctype html>\n<html><body style=\"font-family:sans-serif;line-height:1.6;max-width:40em\">\n<p>{}</p>\n<p><a href=\"{}\">{}</a></p>\n<p>{}</p>\n</body></html>\n", escaped(before),
                       escaped(link), escaped(link), escaped(after));
}

using Blanks = std::vector<std::pair<std::string_view, std::string>>;

std::string filled(std::string_view sentence, const Blanks& blanks)
{
    std::string out;
    while (!sentence.empty()) {
        const auto open = std::min(sentence.find('{'), sentence.size());
        out += sentence.substr(0, open);
        sentence.remove_prefix(open);
        if (sentence.empty()) break;
        const auto close = sentence.find('}');
        const auto name = sentence.substr(1, close - 1);
        out += std::ranges::find(blanks, name, &Blanks::value_type::first)->second;
        sentence.remove_prefix(close + 1);
    }
    return out;
}

exchange::Mail written(const Sender& sender, exchange::MailAddress to, const Words& words, const Blanks& blanks, const std::string& link, Language language)
{
    const auto before = filled(words.before.in(language), blanks), after = filled(words.after.in(language), blanks);
    exchange::Mail mail{.from = {one_line(sender.organisation), sender.address}, .to = std::move(to), .subject = one_line(filled(words.subject.in(language), blanks)), .text = {}, .html = {}, .sent_at = {}, .id = {}};
    mail.text = before + "\n\n" + link + "\n" + (after.empty() ? "" : "\n" + after + "\n");
    mail.html = html_of(before, link, after);
    return mail;
}

}  // namespace

exchange::Mail letter_mail(const Sender& sender, const engine::Letter& letter)
{
    const auto days = std::chrono::duration_cast<std::chrono::days>(engine::invitation_age).count(), hours = static_cast<std::int64_t>(engine::reset_age.count());
    const Blanks blanks{{"name", letter.to.name}, {"organisation", sender.organisation}, {"days", std::to_string(days)}, {"hours", std::to_string(hours)}};
    return written(sender, {one_line(letter.to.name), letter.to.email}, letter.kind == engine::LinkKind::reset ? reset : invitation, blanks, sender.base_url + "/welcome#" + letter.token, letter.language);
}

exchange::Mail trial_mail(const Sender& sender, const std::string& to, Language language)
{
    return written(sender, {{}, to}, trial, {}, sender.base_url + "/", language);
}

}  // namespace shangdao::serve
