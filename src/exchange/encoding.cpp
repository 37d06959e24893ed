#include "exchange/encoding.h"

#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include "exchange/icu_converter.h"

namespace shangdao::exchange {

namespace {

constexpr std::array table = {
    Encoding{"UTF-8", ""},
    Encoding{"GB18030", "gb18030"},
    Encoding{"UTF-16LE", "UTF-16LE"},
    Encoding{"UTF-16BE", "UTF-16BE"},
    Encoding{"Big5", "Big5-HKSCS"},
    Encoding{"Shift_JIS", "windows-31j"},
    Encoding{"EUC-JP", "EUC-JP"},
    Encoding{"EUC-KR", "windows-949"},
    Encoding{"windows-1252", "windows-1252"},
    Encoding{"windows-1250", "windows-1250"},
    Encoding{"windows-1251", "windows-1251"},
    Encoding{"windows-1253", "windows-1253"},
    Encoding{"windows-1254", "windows-1254"},
    Encoding{"ISO-8859-1", "ISO-8859-1"},
    Encoding{"ISO-8859-2", "ISO-8859-2"},
    Encoding{"ISO-8859-15", "ISO-8859-15"},
    Encoding{"KOI8-R", "KOI8-R"},
};

struct Alias {
    std::string_view alias;
    std::string_view name;
};

constexpr std::array aliases = {
    Alias{"utf8", "UTF-8"},          Alias{"gbk", "GB18030"},       Alias{"gb2312", "GB18030"},
    Alias{"cp936", "GB18030"},       Alias{"utf16le", "UTF-16LE"},  Alias{"utf16be", "UTF-16BE"},
    Alias{"big5hkscs", "Big5"},      Alias{"cp950", "Big5"},        Alias{"sjis", "Shift_JIS"},
    Alias{"cp932", "Shift_JIS"},     Alias{"windows31j", "Shift_JIS"}, Alias{"cp949", "EUC-KR"},
    Alias{"windows949", "EUC-KR"},   Alias{"latin1", "ISO-8859-1"}, Alias{"latin2", "ISO-8859-2"},
    Alias{"latin9", "ISO-8859-15"},  Alias{"cp1252", "windows-1252"}, Alias{"cp1251", "windows-1251"},
};

// Lower-case letters and digits alone, so that "UTF_8", "utf-8" and "Utf8" are one.
std::string folded(std::string_view name)
{
    std::string out;
    for (const char c : name) {
        if (c >= 'A' && c <= 'Z') out.push_back(static_cast<char>(c - 'A' + 'a'));
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) out.push_back(c);
    }
    return out;
}

DetectedEncoding mark_of(std::string_view head)
{
    if (head.starts_with("\xEF\xBB\xBF")) return {find_encoding("UTF-8"), 3};
    if (head.starts_with("\xFF\xFE")) return {find_encoding("UTF-16LE"), 2};
    if (head.starts_with("\xFE\xFF")) return {find_encoding("UTF-16BE"), 2};
    if (head.starts_with("\x84\x31\x95\x33")) return {find_encoding("GB18030"), 4};
    return {};
}

constexpr std::size_t scan_bytes = 256 * 1024;
constexpr std::size_t sample_bytes = 1024 * 1024;

// Offset of the first byte that cannot be UTF-8; nullopt when the whole file is.
std::optional<std::uint64_t> first_foreign_byte(const SheetSource& source)
{
    std::vector<char> buffer(scan_bytes);
    std::uint64_t offset = 0;
    while (true) {
        const std::size_t count = source.read(offset, buffer);
        if (count == 0) return std::nullopt;
        const std::string_view text(buffer.data(), count);
        const std::size_t valid = valid_utf8_prefix(text);
        const bool at_end = offset + count >= source.size();
        offset += valid;
        if (valid < count && (at_end || !begins_utf8_character(text.substr(valid)))) return offset;
    }
}

// Whether the sample converts without an error; a character cut by the sample's end does not count.
bool converts(const Encoding& encoding, std::string_view sample)
{
    const IcuConverter converter = open_converter(encoding);
    std::vector<UChar> target(sample.size() + 1);
    const char* from = sample.data();
    UChar* into = target.data();
    UErrorCode error = U_ZERO_ERROR;
    ucnv_toUnicode(converter.get(), &into, target.data() + target.size(), &from, sample.data() + sample.size(), nullptr, false, &error);
    return U_SUCCESS(error);
}

const Encoding* guessed_by_icu(std::string_view sample)
{
    UErrorCode error = U_ZERO_ERROR;
    const std::unique_ptr<UCharsetDetector, decltype(&ucsdet_close)> detector(ucsdet_open(&error), &ucsdet_close);
    if (U_FAILURE(error)) return nullptr;
    ucsdet_setText(detector.get(), sample.data(), static_cast<std::int32_t>(sample.size()), &error);
    std::int32_t count = 0;
    const UCharsetMatch** const matches = ucsdet_detectAll(detector.get(), &count, &error);
    if (U_FAILURE(error)) return nullptr;
    for (std::int32_t i = 0; i < count; ++i) {
        const char* const name = ucsdet_getName(matches[i], &error);
        const Encoding* const encoding = U_SUCCESS(error) && name != nullptr ? find_encoding(name) : nullptr;
        if (encoding == nullptr || encoding->icu_name.empty()) continue;
        // The C1 controls of ISO 8859 are never in a table of people's words; what uses those bytes is windows-1252.
        const Encoding* const meant = encoding->name == "ISO-8859-1" ? find_encoding("windows-1252") : encoding;
        if (converts(*meant, sample)) return meant;
    }
    return nullptr;
}

}  // namespace

IcuConverter open_converter(const Encoding& encoding)
{
    UErrorCode error = U_ZERO_ERROR;
    IcuConverter converter(ucnv_open(std::string(encoding.icu_name).c_str(), &error), &ucnv_close);
    require(U_SUCCESS(error), "ICU lacks an encoding of the table");
    ucnv_setToUCallBack(converter.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &error);
    require(U_SUCCESS(error), "ICU refused the stop callback");
    return converter;
}

std::span<const Encoding> encodings()
{
    return table;
}

const Encoding* find_encoding(std::string_view name)
{
    const std::string wanted = folded(name);
    for (const Encoding& encoding : table)
        if (folded(encoding.name) == wanted) return &encoding;
    for (const Alias& alias : aliases)
        if (alias.alias == wanted) return find_encoding(alias.name);
    return nullptr;
}

Result<DetectedEncoding> detect_encoding(const SheetSource& source, std::optional<std::string_view> wanted)
{
    const DetectedEncoding mark = mark_of(source.head(4));
    if (wanted) {
        const Encoding* const encoding = find_encoding(*wanted);
        if (encoding == nullptr) return refuse("unknown_encoding", {}, {{"encoding", std::string(*wanted)}});
        return DetectedEncoding{encoding, mark.encoding == encoding ? mark.mark_bytes : 0};
    }
    if (mark.encoding != nullptr) return mark;
    const std::optional<std::uint64_t> foreign = first_foreign_byte(source);
    if (!foreign) return DetectedEncoding{find_encoding("UTF-8"), 0};

    // Everything before is ASCII or UTF-8; the sample starts at the foreign character's line, which begins a character
    // in every encoding of the table but UTF-16 (that has a mark, or is named by a person).
    constexpr std::uint64_t back = 64 * 1024;
    const std::uint64_t start = *foreign > back ? *foreign - back : 0;
    std::string sample(sample_bytes, '\0');
    sample.resize(source.read(start, sample));
    const std::size_t line_start = sample.rfind('\n', *foreign - start);
    if (start > 0 && line_start != std::string::npos) sample.erase(0, line_start + 1);
    if (const Encoding* const gb18030 = find_encoding("GB18030"); converts(*gb18030, sample)) return DetectedEncoding{gb18030, 0};
    if (const Encoding* const guess = guessed_by_icu(sample); guess != nullptr) return DetectedEncoding{guess, 0};
    return refuse("unknown_encoding");
}

namespace {

// Length of the valid character at the front, 0 if there is none. Table 3-7 of the Unicode standard.
std::size_t character_length(std::string_view text)
{
    const auto at = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const auto trails = [&](std::size_t i, unsigned low, unsigned high) { return i < text.size() && at(i) >= low && at(i) <= high; };
    const unsigned lead = at(0);
    if (lead < 0x80) return 1;
    if (lead < 0xC2 || lead > 0xF4) return 0;
    if (lead < 0xE0) return trails(1, 0x80, 0xBF) ? 2 : 0;
    if (lead < 0xF0) {
        const unsigned low = lead == 0xE0 ? 0xA0 : 0x80;
        const unsigned high = lead == 0xED ? 0x9F : 0xBF;
        return trails(1, low, high) && trails(2, 0x80, 0xBF) ? 3 : 0;
    }
    const unsigned low = lead == 0xF0 ? 0x90 : 0x80;
    const unsigned high = lead == 0xF4 ? 0x8F : 0xBF;
    return trails(1, low, high) && trails(2, 0x80, 0xBF) && trails(3, 0x80, 0xBF) ? 4 : 0;
}

}  // namespace

std::size_t valid_utf8_prefix(std::string_view text)
{
    std::size_t i = 0;
    while (i < text.size()) {
        while (i + 32 <= text.size()) {
            std::array<std::uint64_t, 4> words;
            std::memcpy(words.data(), text.data() + i, 32);
            if (((words[0] | words[1] | words[2] | words[3]) & 0x8080808080808080ULL) != 0) break;
            i += 32;
        }
        const std::size_t block_end = std::min(i + 32, text.size());
        while (i < block_end) {
            // Nearly all characters of a block that is not ASCII.
            if (i + 2 < text.size()) {
                const auto is_trail = [&](std::size_t at) { return (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U; };
                const auto lead = static_cast<unsigned char>(text[i]);
                if (lead > 0xE0 && lead < 0xED && is_trail(i + 1) && is_trail(i + 2)) {
                    i += 3;
                    continue;
                }
            }
            const std::size_t length = character_length(text.substr(i));
            if (length == 0) return i;
            i += length;
        }
    }
    return i;
}

bool begins_utf8_character(std::string_view rest)
{
    if (rest.empty() || rest.size() > 3) return false;
    // A prefix is good exactly if some choice of the missing trail bytes makes it whole; 80, 90 and A0 cover all leads.
    for (const char filler : {'\x80', '\x90', '\xA0'}) {
        std::string candidate(rest);
        while (candidate.size() < 4) {
            candidate.push_back(candidate.size() == 1 ? filler : '\x80');
            if (character_length(candidate) == candidate.size()) return true;
        }
    }
    return false;
}

}  // namespace shangdao::exchange
