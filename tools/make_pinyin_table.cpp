// Writes src/base/pinyin_table.gen.cpp: ICU's Han-Latin reading of U+4E00 … U+9FA5, grouped by syllable. ICU needs a third of
// a second for it, too long for a cold start, hence the checked-in table.
//     build/dev/make_pinyin_table > src/base/pinyin_table.gen.cpp
#include <unicode/translit.h>
#include <unicode/unistr.h>
#include <unicode/uversion.h>

#include <cstdio>
#include <map>
#include <memory>
#include <string>

namespace {

// "lǚ" decomposed → "lv"; empty when ICU left the character as it was.
std::string without_tones(const icu::UnicodeString& reading)
{
    std::string plain;
    for (int i = 0; i < reading.length(); ++i) {
        const char16_t c = reading.charAt(i);
        if (c == u'\u0308' && !plain.empty())
            plain.back() = 'v';
        else if (c >= u'a' && c <= u'z')
            plain += static_cast<char>(c);
        else if (c < u'\u0300' || c > u'\u036F')
            return {};
    }
    return plain;
}

}  // namespace

int main()
{
    UErrorCode error = U_ZERO_ERROR;
    UParseError place;
    const std::unique_ptr<icu::Transliterator> reader(
        icu::Transliterator::createInstance("Han-Latin; NFD", UTRANS_FORWARD, place, error));
    if (U_FAILURE(error)) return 1;

    std::map<std::string, std::string> characters_of;
    for (UChar32 c = 0x4E00; c <= 0x9FA5; ++c) {
        icu::UnicodeString text(c);
        std::string utf8;
        text.toUTF8String(utf8);
        reader->transliterate(text);
        if (const auto plain = without_tones(text); !plain.empty()) characters_of[plain] += utf8;
    }

    std::printf(
        "// Made by tools/make_pinyin_table from ICU %s; do not edit.\n#include \"base/pinyin_table.h\"\n\nnamespace "
        "shangdao {\n\n",
        U_ICU_VERSION);
    std::printf("constexpr Syllable table[] = {\n");
    for (const auto& [reading, characters] : characters_of)
        std::printf("    {\"%s\", \"%s\"},\n", reading.c_str(), characters.c_str());
    std::printf("};\n\nstd::span<const Syllable> syllables()\n{\n    return table;\n}\n\n}  // namespace shangdao\n");
}
