#include "serve/out/fetch.h"

#include <fmt/format.h>
#include <unistd.h>

#include "serve/out/address.h"
#include "serve/out/curl.h"
#include "serve/out/reach.h"

namespace shangdao::serve::out {

namespace {

constexpr long connect_seconds = 5, whole_seconds = 10;
constexpr std::size_t body_max = std::size_t{1} << 20;

std::size_t keep(const char* bytes, std::size_t size, std::size_t count, void* into)
{
    auto& body = *static_cast<std::string*>(into);
    if (body.size() + size * count > body_max) return 0;
    body.append(bytes, size * count);
    return size * count;
}

curl_socket_t open_public(void*, curlsocktype, curl_sockaddr* address)
{
    return is_public(address->addr) ? ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol) : CURL_SOCKET_BAD;
}

bool may_speak(const WebAddress& address, Reach reach) { return address.scheme == "https" || (address.scheme == "http" && reach == Reach::configured && is_loopback(address)); }

}  // namespace

Result<Answer> fetch(const Ask& ask)
{
    const auto address = parse_address(ask.url);
    if (!address || !address->user.empty() || address->has_password || !may_speak(*address, ask.reach)) return refuse("server_unreachable", "", {{"host", address ? address->host : ""}});
    const auto handle = make_handle(ask.trust);
    const auto set = [&](CURLoption option, auto value) { curl_easy_setopt(handle.get(), option, value); };
    Answer answer;
    Words headers(nullptr, &curl_slist_free_all);
    append(headers, "Accept: application/json");
    set(CURLOPT_URL, ask.url.c_str());
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    set(CURLOPT_FOLLOWLOCATION, 0L);
    set(CURLOPT_CONNECTTIMEOUT, connect_seconds);
    set(CURLOPT_TIMEOUT, whole_seconds);
    set(CURLOPT_HTTPHEADER, headers.get());
    set(CURLOPT_WRITEFUNCTION, &keep);
    set(CURLOPT_WRITEDATA, static_cast<void*>(&answer.body));
    if (ask.reach == Reach::public_only) set(CURLOPT_OPENSOCKETFUNCTION, &open_public);
    if (!ask.user.empty()) {
        set(CURLOPT_HTTPAUTH, static_cast<long>(CURLAUTH_BASIC));
        set(CURLOPT_USERNAME, ask.user.c_str());
        set(CURLOPT_PASSWORD, std::string{ask.password.reveal()}.c_str());
    }
    if (ask.form) {
        set(CURLOPT_POSTFIELDSIZE, static_cast<long>(ask.form->size()));
        set(CURLOPT_POSTFIELDS, ask.form->c_str());
    }
    if (curl_easy_perform(handle.get()) != CURLE_OK) return refuse("server_unreachable", "", {{"host", address->host}});
    long status = 0;
    curl_easy_getinfo(handle.get(), CURLINFO_RESPONSE_CODE, &status);
    answer.status = static_cast<int>(status);
    return answer;
}

std::string percent_encoded(std::string_view text)
{
    std::string out;
    for (const char sign : text) {
        const bool plain = (sign >= 'a' && sign <= 'z') || (sign >= 'A' && sign <= 'Z') || (sign >= '0' && sign <= '9') || std::string_view{"-._~"}.contains(sign);
        if (plain) out += sign;
        else out += fmt::format("%{:02X}", static_cast<unsigned char>(sign));
    }
    return out;
}

}  // namespace shangdao::serve::out
