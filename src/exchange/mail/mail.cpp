#include "exchange/mail/mail.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/bytes.h"
#include "base/text.h"

namespace shangdao::exchange {

namespace {

constexpr std::size_t local_part_max = 64, address_max = 254, label_max = 63, id_max = 64;
constexpr std::size_t word_bytes_max = 39;       // an encoded word of 66 characters: fits the first line behind any name of ours
constexpr std::size_t plain_phrase_max = 60;
constexpr std::size_t line_characters = 76;      // of base64 (RFC 2045 §6.8)
// No base64 holds "=_", so it ends no part but its own.
constexpr std::string_view boundary = "=_shangdao_alternative";

bool is_letter_or_digit(char sign) { return (sign >= 'a' && sign <= 'z') || (sign >= 'A' && sign <= 'Z') || (sign >= '0' && sign <= '9'); }

bool is_atom(std::string_view text)
{
    return !text.empty() && std::ranges::all_of(text, [](char sign) { return is_letter_or_digit(sign) || std::string_view{"!#$%&'*+-/=?^_`{|}~"}.contains(sign); });
}

bool is_label(std::string_view text)
{
    return !text.empty() && text.size() <= label_max && text.front() != '-' && text.back() != '-' && std::ranges::all_of(text, [](char sign) { return is_letter_or_digit(sign) || sign == '-'; });
}

bool all_parts(std::string_view text, bool (*fits)(std::string_view))
{
    while (true) {
        const auto dot = std::min(text.find('.'), text.size());
        if (!fits(text.substr(0, dot))) return false;
        if (dot == text.size()) return true;
        text.remove_prefix(dot + 1);
    }
}

std::string base64(std::string_view bytes)
{
    auto text = base64url(bytes_of(bytes));
    std::ranges::replace(text, '-', '+');
    std::ranges::replace(text, '_', '/');
    text.append((4 - text.size() % 4) % 4, '=');
    return text;
}

// A header's words. Encoded words hold whole characters (RFC 2047 §5), so each is cut between two.
std::string encoded_words(std::string_view text)
{
    std::string out;
    while (!text.empty()) {
        auto end = std::min(word_bytes_max, text.size());
        while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
        if (!out.empty()) out += "\r\n ";
        out += "=?UTF-8?B?" + base64(text.substr(0, end)) + "?=";
        text.remove_prefix(end);
    }
    return out;
}

// Words that need neither quotes nor encoding stay as they are; "=?" never does.
std::string phrase(std::string_view text)
{
    const bool plain = text.size() <= plain_phrase_max && std::ranges::all_of(text, [](char sign) { return is_letter_or_digit(sign) || sign == ' ' || sign == '-'; });
    return plain ? std::string{text} : encoded_words(text);
}

std::string address_line(const MailAddress& address)
{
    return address.name.empty() ? address.address : phrase(address.name) + "\r\n <" + address.address + ">";
}

std::string date_of(Instant at)
{
    static constexpr std::string_view days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr std::string_view months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const std::chrono::sys_time<std::chrono::microseconds> moment{std::chrono::microseconds{at.us}};
    const auto day = std::chrono::floor<std::chrono::days>(moment);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss time{std::chrono::floor<std::chrono::seconds>(moment) - day};
    return fmt::format("{}, {} {} {} {:02}:{:02}:{:02} +0000", days[std::chrono::weekday{day}.c_encoding()], static_cast<unsigned>(date.day()), months[static_cast<unsigned>(date.month()) - 1],
                       static_cast<int>(date.year()), time.hours().count(), time.minutes().count(), time.seconds().count());
}

void append_part(std::string& out, std::string_view type, std::string_view content)
{
    std::string canonical;
    for (const char sign : content) {
        if (sign == '\n') canonical += '\r';
        canonical += sign;
    }
    out += fmt::format("--{}\r\nContent-Type: {}; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n", boundary, type);
    const auto encoded = base64(canonical);
    for (std::size_t at = 0; at < encoded.size(); at += line_characters) out.append(encoded, at, line_characters).append("\r\n");
}

void check_line(Problems& problems, std::string_view text, std::string_view field)
{
    if (!valid_utf8(text)) return problems.push_back({"invalid_utf8", std::string{field}, {}});
    auto control = control_character(text);
    if (!control)
        if (const auto at = text.find_first_of("\t\n"); at != std::string_view::npos) control = static_cast<char32_t>(text[at]);
    if (control) problems.push_back({"control_character", std::string{field}, {{"character", fmt::format("U+{:04X}", static_cast<std::uint32_t>(*control))}}});
}

void check_address(Problems& problems, const MailAddress& address, const std::string& field)
{
    check_line(problems, address.name, field);
    if (!is_mail_address(address.address)) problems.push_back({"invalid_value", field, {{"expected", "email"}}});
}

void check_content(Problems& problems, std::string_view content, std::string_view field)
{
    if (!valid_utf8(content)) return problems.push_back({"invalid_utf8", std::string{field}, {}});
    if (const auto control = control_character(content))
        problems.push_back({"control_character", std::string{field}, {{"character", fmt::format("U+{:04X}", static_cast<std::uint32_t>(*control))}}});
}

Problems check(const Mail& mail)
{
    Problems problems;
    check_address(problems, mail.from, "from");
    check_address(problems, mail.to, "to");
    check_line(problems, mail.subject, "subject");
    if (trimmed(mail.subject).empty()) problems.push_back({"required", "subject", {{"name", "subject"}}});
    check_content(problems, mail.text, "text");
    check_content(problems, mail.html, "html");
    if (mail.id.empty() || mail.id.size() > id_max || !std::ranges::all_of(mail.id, is_letter_or_digit)) problems.push_back({"invalid_value", "id", {}});
    return problems;
}

}  // namespace

bool is_mail_address(std::string_view address)
{
    if (address.size() > address_max) return false;
    const auto at = address.find('@');
    if (at == std::string_view::npos || at > local_part_max) return false;
    return all_parts(address.substr(0, at), is_atom) && all_parts(address.substr(at + 1), is_label);
}

Result<std::string> write_mail(const Mail& mail)
{
    if (auto problems = check(mail); !problems.empty()) return refuse(std::move(problems));
    const auto domain = mail.from.address.substr(mail.from.address.find('@') + 1);
    std::string out = "Date: " + date_of(mail.sent_at) + "\r\n";
    out += "From: " + address_line(mail.from) + "\r\n";
    out += "To: " + address_line(mail.to) + "\r\n";
    out += "Subject: " + phrase(mail.subject) + "\r\n";
    out += "Message-ID: <" + mail.id + "@" + domain + ">\r\n";
    // RFC 3834: no machine answers a machine.
    out += "Auto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n";
    out += fmt::format("Content-Type: multipart/alternative; boundary=\"{}\"\r\n\r\n", boundary);
    append_part(out, "text/plain", mail.text);
    append_part(out, "text/html", mail.html);
    out += fmt::format("--{}--\r\n", boundary);
    return out;
}

}  // namespace shangdao::exchange
