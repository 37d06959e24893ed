// ICU does the work; plain ASCII, most of what machines write, goes around it. The ICU objects used here are immutable
// and shared by all threads: their const members are thread-safe by ICU's contract.
#include "base/text.h"

#include <unicode/bytestream.h>
#include <unicode/coll.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <memory>

#include "base/require.h"

namespace shangdao {
namespace {

bool is_ascii(std::string_view text)
{
    return std::none_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

std::string normalized(const icu::Normalizer2& form, std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    icu::StringByteSink<std::string> sink(&out);
    UErrorCode error = U_ZERO_ERROR;
    form.normalizeUTF8(0, {text.data(), static_cast<std::int32_t>(text.size())}, sink, nullptr, error);
    require(U_SUCCESS(error), "text normalises");
    return out;
}

const icu::Normalizer2& nfc_form()
{
    UErrorCode error = U_ZERO_ERROR;
    const auto* form = icu::Normalizer2::getNFCInstance(error);
    require(U_SUCCESS(error), "ICU knows NFC");
    return *form;
}

// NFKC, case-folded, and without characters that have no look of their own (zero-width space, byte order mark).
const icu::Normalizer2& matching_form()
{
    UErrorCode error = U_ZERO_ERROR;
    const auto* form = icu::Normalizer2::getNFKCCasefoldInstance(error);
    require(U_SUCCESS(error), "ICU knows NFKC with folded case");
    return *form;
}

// White space at both ends goes, each run inside becomes one blank. Bytes before `text.end()` are rewritten in place.
void collapse_white_space(std::string& text)
{
    const auto length = static_cast<std::int32_t>(text.size());
    std::size_t written = 0;
    bool gap = false;
    for (std::int32_t at = 0; at < length;) {
        const std::int32_t start = at;
        UChar32 c = 0;
        U8_NEXT(text.data(), at, length, c);
        if (c >= 0 && u_isUWhiteSpace(c)) {
            gap = written > 0;
            continue;
        }
        if (gap) text[written++] = ' ';
        gap = false;
        for (std::int32_t i = start; i < at; ++i) text[written++] = text[static_cast<std::size_t>(i)];
    }
    text.resize(written);
}

const icu::Collator& pinyin_collator()
{
    static const std::unique_ptr<const icu::Collator> collator = [] {
        UErrorCode error = U_ZERO_ERROR;
        std::unique_ptr<const icu::Collator> made(
            icu::Collator::createInstance(icu::Locale("zh@collation=pinyin"), error));
        require(U_SUCCESS(error), "ICU knows the pinyin order");
        return made;
    }();
    return *collator;
}

}  // namespace

bool valid_utf8(std::string_view text)
{
    const auto length = static_cast<std::int64_t>(text.size());
    for (std::int64_t at = 0; at < length;) {
        if (static_cast<unsigned char>(text[static_cast<std::size_t>(at)]) < 0x80) {
            ++at;
            continue;
        }
        UChar32 c = 0;
        U8_NEXT(text.data(), at, length, c);
        if (c < 0) return false;
    }
    return true;
}

std::optional<char32_t> control_character(std::string_view text)
{
    for (std::size_t at = 0; at < text.size(); ++at) {
        const auto c = static_cast<unsigned char>(text[at]);
        if ((c < 0x20 && c != '\t' && c != '\n') || c == 0x7F) return c;
        if (c == 0xC2 && at + 1 < text.size() && static_cast<unsigned char>(text[at + 1]) < 0xA0) return static_cast<unsigned char>(text[at + 1]);
    }
    return std::nullopt;
}

std::string with_line_feeds(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] != '\r') out += text[at];
        else if (at + 1 == text.size() || text[at + 1] != '\n') out += '\n';
    }
    return out;
}

std::string nfc(std::string_view text)
{
    return is_ascii(text) ? std::string(text) : normalized(nfc_form(), text);
}

std::string_view trimmed(std::string_view text)
{
    const auto length = static_cast<std::int32_t>(text.size());
    std::int32_t first = 0;
    for (std::int32_t at = 0; at < length; first = at) {
        UChar32 c = 0;
        U8_NEXT(text.data(), at, length, c);
        if (c < 0 || !u_isUWhiteSpace(c)) break;
    }
    std::int32_t last = length;
    for (std::int32_t at = length; at > first; last = at) {
        UChar32 c = 0;
        U8_PREV(text.data(), first, at, c);
        if (c < 0 || !u_isUWhiteSpace(c)) break;
    }
    return text.substr(static_cast<std::size_t>(first), static_cast<std::size_t>(last - first));
}

std::size_t code_point_count(std::string_view text)
{
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::string match_key(std::string_view text)
{
    std::string key;
    if (is_ascii(text)) {
        key.resize(text.size());
        std::transform(text.begin(), text.end(), key.begin(),
                       [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    } else {
        key = normalized(matching_form(), text);
    }
    collapse_white_space(key);
    return key;
}

std::string pinyin_sort_key(std::string_view text)
{
    const auto unicode = icu::UnicodeString::fromUTF8({text.data(), static_cast<std::int32_t>(text.size())});
    std::array<std::uint8_t, 256> buffer;
    const std::int32_t needed =
        pinyin_collator().getSortKey(unicode, buffer.data(), static_cast<std::int32_t>(buffer.size()));
    require(needed > 0, "a sort key ends in NUL");
    std::string key(static_cast<std::size_t>(needed), '\0');
    if (key.size() <= buffer.size())
        std::copy_n(buffer.begin(), key.size(), key.begin());
    else
        pinyin_collator().getSortKey(unicode, reinterpret_cast<std::uint8_t*>(key.data()), needed);
    key.pop_back();
    return key;
}

}  // namespace shangdao
