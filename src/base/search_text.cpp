#include "base/search_text.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>

#include "base/text.h"

namespace shangdao::search_text {
namespace {

Kind kind_of(char32_t c)
{
    if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ? Kind::word : Kind::gap;
    if (c >= 0x4E00 && c <= 0x9FFF) return Kind::ideographic;
    const auto point = static_cast<UChar32>(c);
    if ((U_GET_GC_MASK(point) & (U_GC_L_MASK | U_GC_N_MASK)) == 0) return Kind::gap;
    UErrorCode error = U_ZERO_ERROR;
    switch (uscript_getScript(point, &error)) {
    case USCRIPT_HAN:
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
    case USCRIPT_HANGUL: return Kind::ideographic;
    default: return c == 0x30FC ? Kind::ideographic : Kind::word;  // the long-vowel mark belongs to kana
    }
}

// "müller" → "muller", "lü" → "lu", as `unicode61` does by itself and PostgreSQL does not.
void append_without_marks(std::u32string& out, char32_t c)
{
    UErrorCode error = U_ZERO_ERROR;
    icu::UnicodeString parts;
    if (c < 0x80 || !icu::Normalizer2::getNFDInstance(error)->getDecomposition(static_cast<UChar32>(c), parts)) {
        out += c;
        return;
    }
    for (std::int32_t at = 0; at < parts.length(); at = parts.moveIndex32(at, 1)) {
        const UChar32 part = parts.char32At(at);
        if ((U_GET_GC_MASK(part) & U_GC_M_MASK) == 0) out += static_cast<char32_t>(part);
    }
}

}  // namespace

void append_utf8(std::string& out, char32_t c)
{
    std::array<char, 4> bytes;
    std::size_t length = 0;
    U8_APPEND_UNSAFE(bytes.data(), length, static_cast<UChar32>(c));
    out.append(bytes.data(), length);
}

void append_ideograph(std::string& out, char32_t c)
{
    if (c < 0x2B820) return append_utf8(out, c);
    constexpr std::string_view digits = "0123456789abcdef";
    out += 'u';
    for (int shift = 20; shift >= 0; shift -= 4) out += digits[(c >> shift) & 15];
}

// A mark that stands alone does not cut a word.
std::u32string characters_of(std::string_view text)
{
    const std::string key = match_key(text);
    std::u32string out;
    out.reserve(key.size());
    const auto length = static_cast<std::int32_t>(key.size());
    for (std::int32_t at = 0; at < length;) {
        UChar32 c = 0;
        U8_NEXT(key.data(), at, length, c);
        if (c < 0) continue;
        const auto point = static_cast<char32_t>(c);
        if (kind_of(point) == Kind::word)
            append_without_marks(out, point);
        else if (point < 0x300 || (U_GET_GC_MASK(c) & U_GC_M_MASK) == 0)
            out += point;
    }
    return out;
}

std::vector<Run> runs_of(std::u32string_view text)
{
    std::vector<Run> runs;
    for (std::size_t start = 0, end = 0; start < text.size(); start = end) {
        const Kind kind = kind_of(text[start]);
        for (end = start + 1; end < text.size() && kind_of(text[end]) == kind;) ++end;
        runs.push_back({kind, text.substr(start, end - start)});
    }
    return runs;
}

bool is_digits(std::u32string_view word)
{
    return std::ranges::all_of(word, [](char32_t c) { return c >= U'0' && c <= U'9'; });
}

std::string token(std::string_view sort, std::u32string_view letters)
{
    std::string out{sort};
    for (const char32_t c : letters) append_utf8(out, c);
    return out;
}

}  // namespace shangdao::search_text
