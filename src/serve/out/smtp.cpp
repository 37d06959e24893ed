#include "serve/out/smtp.h"

#include <algorithm>
#include <cstring>

#include "exchange/mail/mail.h"
#include "base/require.h"
#include "serve/out/curl.h"

namespace shangdao::serve::out {

namespace {

constexpr long connect_seconds = 15, whole_seconds = 60;

std::size_t read_some(char* into, std::size_t size, std::size_t count, void* rest)
{
    auto& bytes = *static_cast<std::string_view*>(rest);
    const auto some = std::min(size * count, bytes.size());
    std::memcpy(into, bytes.data(), some);
    bytes.remove_prefix(some);
    return some;
}

// RFC 5321 §4.2.1: 5yz stays so. Of these, signing in and encryption are a matter of the settings, and all letters wait until they are mended.
bool is_final(CURLcode code, long answer) { return code != CURLE_LOGIN_DENIED && code != CURLE_USE_SSL_FAILED && answer >= 550 && answer <= 559; }

}  // namespace

Result<SmtpServer> smtp_server(std::string_view text)
{
    const auto address = parse_address(text);
    const bool fits = address && address->scheme.starts_with("smtp") && !address->has_password && !address->has_query && !address->has_fragment && address->path == "/";
    if (!fits) return refuse("mail_server_refused", "smtp");
    return SmtpServer{.address = *address, .password = {}, .trust = {}};
}

Handed hand_over(const SmtpServer& server, const std::string& from, const std::string& to, std::string_view bytes)
{
    require(exchange::is_mail_address(from) && exchange::is_mail_address(to), "a mail goes from an address to an address");
    const auto handle = make_handle(server.trust);
    const auto set = [&](CURLoption option, auto value) { curl_easy_setopt(handle.get(), option, value); };
    // libcurl's own port of smtp is that of servers among themselves.
    set(CURLOPT_URL, (server.address.scheme + "://" + server.address.host + ":" + std::to_string(server.address.port)).c_str());
    set(CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    set(CURLOPT_USE_SSL, static_cast<long>(is_loopback(server.address) ? CURLUSESSL_NONE : CURLUSESSL_ALL));
    set(CURLOPT_CONNECTTIMEOUT, connect_seconds);
    set(CURLOPT_TIMEOUT, whole_seconds);
    if (!server.address.user.empty()) {
        set(CURLOPT_USERNAME, server.address.user.c_str());
        set(CURLOPT_PASSWORD, std::string{server.password.reveal()}.c_str());
    }
    set(CURLOPT_MAIL_FROM, ("<" + from + ">").c_str());
    Words recipients(nullptr, &curl_slist_free_all);
    append(recipients, "<" + to + ">");
    set(CURLOPT_MAIL_RCPT, recipients.get());
    set(CURLOPT_UPLOAD, 1L);
    set(CURLOPT_READFUNCTION, &read_some);
    set(CURLOPT_READDATA, static_cast<void*>(&bytes));
    const auto code = curl_easy_perform(handle.get());
    if (code == CURLE_OK) return {Delivery::accepted, {}};
    long answer = 0;
    curl_easy_getinfo(handle.get(), CURLINFO_RESPONSE_CODE, &answer);
    return {is_final(code, answer) ? Delivery::refused : Delivery::failed, std::string{curl_easy_strerror(code)} + (answer > 0 ? " (" + std::to_string(answer) + ")" : "")};
}

}  // namespace shangdao::serve::out
