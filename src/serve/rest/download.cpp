// Content-Disposition carries the name twice; sandbox and nosniff come with the policy.
#include "serve/rest/download.h"

namespace shangdao::serve::rest {

namespace {

bool is_plain(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '.' || c == '_'; }

std::string percent_encoded(std::string_view text)
{
    static constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (is_plain(c)) out += c;
        else (out += '%') += {digits[byte >> 4U], digits[byte & 15U]};
    }
    return out;
}

// One letter for each character that is not plain, so that the ending stays.
std::string plain_name(std::string_view text)
{
    std::string out;
    for (const char c : text)
        if (is_plain(c)) out += c;
        else if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80U) out += '_';
    return out;
}

}  // namespace

Response file_answer(const std::filesystem::path& path, std::string_view name, std::string media_type, Disposition disposition)
{
    Response response;
    response.content_type = std::move(media_type);
    response.file = ResponseFile{path.string(), false};
    response.policy = Policy::download;
    response.add("Content-Disposition", std::string{disposition == Disposition::show ? "inline" : "attachment"} + "; filename=\"" + plain_name(name) + "\"; filename*=UTF-8''" + percent_encoded(name));
    return response;
}

}  // namespace shangdao::serve::rest
