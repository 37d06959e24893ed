#include <algorithm>
#include <set>

#include "base/pinyin_table.h"
#include "base/testing.h"
#include "base/text.h"

namespace shangdao {
namespace {

std::vector<std::string_view> readings(char32_t character)
{
    const auto found = pinyin_readings(character);
    return {found.begin(), found.end()};
}

}  // namespace

TEST("every character from 4E00 to 9FA5 has a reading of plain letters, none twice")
{
    int characters = 0;
    for (char32_t c = 0x4E00; c <= 0x9FA5; ++c, ++characters) {
        const auto found = readings(c);
        EXPECT_FALSE(found.empty()) << std::hex << static_cast<std::uint32_t>(c);
        EXPECT_EQ(std::set(found.begin(), found.end()).size(), found.size())
            << std::hex << static_cast<std::uint32_t>(c);
        for (const auto reading : found)
            EXPECT_TRUE(!reading.empty() && std::ranges::all_of(reading, [](char l) { return l >= 'a' && l <= 'z'; }))
                << reading;
    }
    EXPECT_EQ(characters, 20902);
}

TEST("polyphones, surnames and places have all their readings, the most usual first")
{
    using Row = std::pair<char32_t, std::vector<std::string_view>>;
    for (const auto& [character, expected] : {
             Row{U'行', {"xing", "hang", "heng"}},
             Row{U'长', {"chang", "zhang"}},
             Row{U'重', {"zhong", "chong"}},
             Row{U'厦', {"sha", "xia"}},
             Row{U'单', {"dan", "shan", "chan"}},
             Row{U'曾', {"zeng", "ceng"}},
             Row{U'仇', {"chou", "qiu"}},
             Row{U'乐', {"le", "yue", "lao", "yao"}},
             Row{U'解', {"jie", "xie"}},
             Row{U'区', {"qu", "ou"}},
             Row{U'查', {"cha", "zha"}},
             Row{U'朴', {"pu", "piao", "po"}},
             Row{U'翟', {"zhai", "di"}},
             Row{U'尉', {"wei", "yu"}},
             Row{U'覃', {"qin", "tan", "xun"}},
             Row{U'盖', {"gai", "ge", "he"}},
             Row{U'吕', {"lv", "lu"}},
             Row{U'女', {"nv", "nu", "ru"}},
             Row{U'略', {"lve", "lue"}},
             Row{U'率', {"lv", "lu", "shuai"}},
             Row{U'番', {"fan", "pan"}},
             Row{U'六', {"liu", "lu"}},
             Row{U'〇', {"ling"}},
             Row{U'三', {"san"}},
         })
        EXPECT_EQ(readings(character), expected) << static_cast<std::uint32_t>(character);
}

TEST("what is not Han has no reading")
{
    for (const char32_t c : {U'a', U'1', U'あ', U'한', U'\x3400', U'\x20000', U'😀', U'\0'})
        EXPECT_TRUE(readings(c).empty());
}

TEST("every reading of our list is a syllable that ICU knows, or one of the few that stand for two")
{
    std::set<std::string_view> known{"shike", "baike", "jialun", "shiwa", "fenwa", "maowa", "liwa", "dia",
                                     "dei",   "ng",    "hng",    "zhei",  "lu",    "nu",    "lue",  "nue"};
    for (const auto& syllable : syllables()) known.insert(syllable.reading);
    auto lines = polyphone_lines();
    for (std::size_t at = 0; at < lines.size();) {
        const auto end = lines.find('\n', at);
        auto line = lines.substr(at, end - at);
        for (auto blank = line.find(' '); blank != std::string_view::npos; blank = line.find(' ')) {
            line.remove_prefix(blank + 1);
            EXPECT_TRUE(known.contains(line.substr(0, line.find(' ')))) << line;
        }
        at = end + 1;
    }
}

}  // namespace shangdao
