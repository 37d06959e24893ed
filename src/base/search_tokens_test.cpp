#include <rapidcheck.h>

#include <algorithm>
#include <set>
#include <sstream>

#include "base/testing.h"
#include "base/text.h"

namespace shangdao {
namespace {

std::set<std::string> tokens_of(std::string_view text)
{
    std::istringstream in(search_tokens(text));
    std::set<std::string> tokens;
    for (std::string token; in >> token;) tokens.insert(token);
    return tokens;
}

bool finds(std::string_view query, std::string_view text) { return search_finds(search_query(query), search_tokens(text)); }

std::string utf8(std::u32string_view text)
{
    std::string out;
    for (const char32_t c : text) {
        out += static_cast<char>(0xE0 | (c >> 12));
        out += static_cast<char>(0x80 | ((c >> 6) & 63));
        out += static_cast<char>(0x80 | (c & 63));
    }
    return out;
}

// A random name of Han characters and a part of it.
struct NamePart {
    std::u32string name;
    std::size_t start;
    std::size_t length;
};

NamePart any_part(std::size_t length_max, std::size_t part_min)
{
    const auto length = *rc::gen::inRange<std::size_t>(part_min, length_max + 1);
    const auto name = *rc::gen::container<std::u32string>(length, rc::gen::inRange<char32_t>(0x4E00, 0x9FA6));
    const auto start = *rc::gen::inRange<std::size_t>(0, length - part_min + 1);
    return {name, start, *rc::gen::inRange<std::size_t>(part_min, length - start + 1)};
}

}  // namespace

TEST("a person is found by characters, pinyin and initials")
{
    for (const auto* query :
         {"张", "三", "张三", "zhang", "zhangsan", "zhangs", "zs", "san", "ZhangSan", "zhang san", "ＺＳ", " 张三 "})
        EXPECT_TRUE(finds(query, "张三")) << query;
    for (const auto* query : {"李", "三张", "lisi", "sz", "zhangsi", "", " ", "-", "😀"})
        EXPECT_FALSE(finds(query, "张三")) << query;
}

TEST("characters are found in their order, in rows of any length")
{
    for (const auto* query : {"远", "远航", "远航机", "远航机械", "航机械厂", "远航机械厂", "远航 械厂"}) EXPECT_TRUE(finds(query, "远航机械厂")) << query;
    for (const auto* query : {"机航", "远机航", "远航械机", "远航机械场", "机械厂远"}) EXPECT_FALSE(finds(query, "远航机械厂")) << query;
    EXPECT_EQ(search_query("远航机械").front().ways, (std::vector<SearchWay>{{"远航机械"}}));
}

TEST("a firm is found from any of its characters on")
{
    for (const auto* query : {"华兴", "机械", "兴机", "华兴机械", "huaxing", "jixie", "xingji", "hxjx", "xjx", "jx",
                              "hxjxyxgs", "有限", "youxian", "华兴 有限", "hx 公司", "hx机械"})
        EXPECT_TRUE(finds(query, "华兴机械有限公司")) << query;
    EXPECT_FALSE(finds("华机", "华兴机械有限公司"));
    EXPECT_FALSE(finds("hjx", "华兴机械有限公司"));
}

TEST("every reading of a polyphone finds")
{
    for (const auto* query : {"yinhang", "yinxing", "yh", "yx", "zhonghang"})
        EXPECT_TRUE(finds(query, query == std::string("zhonghang") ? "中行" : "银行")) << query;
    EXPECT_TRUE(finds("xiamen", "厦门"));
    EXPECT_TRUE(finds("shamen", "厦门"));
    EXPECT_TRUE(finds("changsha", "长沙"));
    EXPECT_TRUE(finds("cs", "长沙"));
    EXPECT_TRUE(finds("shanxiaoming", "单小明"));
    EXPECT_TRUE(finds("zengyi", "曾一"));
    EXPECT_TRUE(finds("qiuyi", "仇一"));
    for (const auto* query : {"lvbu", "lubu", "lübu", "lb", "LÜBU"}) EXPECT_TRUE(finds(query, "吕布")) << query;
    EXPECT_TRUE(finds("zhongguochangchengzichan", "中国长城资产"));
}

TEST("a Latin word is found by any part of three letters, whatever its case, width and marks")
{
    for (const auto* query : {"harbour", "HARB", "bour", "our", "harbour lights", "lig", "ｈａｒ"})
        EXPECT_TRUE(finds(query, "Harbour Lights")) << query;
    for (const auto* query : {"muller", "müller", "MÜLLER", "ull"}) EXPECT_TRUE(finds(query, "Müller")) << query;
    EXPECT_FALSE(finds("harbor", "Harbour Lights"));
    EXPECT_TRUE(finds("3M", "3M中国"));
    EXPECT_TRUE(finds("3m中国", "3M中国"));
    EXPECT_TRUE(finds("example.com", "li.lei@example.com"));
    EXPECT_TRUE(finds("li.lei@example.com", "li.lei@example.com"));
}

TEST("a phone is found by its last four digits or more, with and without its blanks")
{
    for (const auto* query : {"13800138000", "8000", "138000", "138 0013 8000", "138-0013-8000", "00138"}) {
        EXPECT_TRUE(finds(query, "13800138000")) << query;
        EXPECT_TRUE(finds(query, "+86 138-0013-8000")) << query;
    }
    EXPECT_FALSE(finds("8001380009", "13800138000"));
}

TEST("kana, Hangul and rare characters are found like Han, without pinyin")
{
    EXPECT_TRUE(finds("トヨタ", "トヨタ自動車"));
    EXPECT_TRUE(finds("ヨタ自", "トヨタ自動車"));
    EXPECT_TRUE(finds("스타", "한국스타트업"));
    EXPECT_TRUE(finds("𬭎", "李𬭎"));
    EXPECT_TRUE(finds("李𬭎", "李𬭎"));
    EXPECT_TRUE(finds("li", "李𬭎"));
    EXPECT_TRUE(finds("二〇二六", "二〇二六年"));
    EXPECT_TRUE(finds("erling", "二〇二六年"));
}

TEST("tokens hold letters, digits and the marks of their sort only, each once")
{
    const auto text = "张三 (Zhang) 张三 a-b_c 'x' \"y\" *z* 100% 𬭎 é 。，！";
    std::istringstream in(search_tokens(text));
    std::set<std::string> seen;
    for (std::string token; in >> token;) {
        EXPECT_TRUE(seen.insert(token).second) << token;
        for (const char c : token)
            EXPECT_TRUE(static_cast<unsigned char>(c) >= 0x80 || std::isalnum(static_cast<unsigned char>(c))) << token;
    }
    EXPECT_TRUE(seen.contains("张三"));
    EXPECT_EQ(search_tokens(""), "");
    EXPECT_EQ(search_tokens("😀 -- !"), "");
    EXPECT_TRUE(search_query("\uE001z \uE003zs").size() == 2) << "what somebody types brings no mark";
    EXPECT_FALSE(finds("\uE003zs", "李四"));
}

TEST("a query is the list of what must all be there, each word in one of its ways")
{
    using Row = std::pair<std::string_view, SearchQuery>;
    for (const auto& [query, expected] : {
             Row{"张", {{{{"张"}}}}},
             Row{"张三", {{{{"张三"}}}}},
             Row{"华兴机", {{{{"华兴", "兴机"}}}}},
             Row{"zs", {{{{"\uE004zs"}, {"\uE001zs"}, {"\uE003zs"}}}}},
             Row{"138 138", {{{{"\uE004138"}, {"138"}}}}},
             Row{"13800138000", {{{{"1380", "0138", "8000"}}}}},
             Row{"changfeng", {{{{"chan", "gfen", "feng"}, {"\uE001chang", "\uE002gfeng"}, {"\uE003chan", "\uE003hang", "\uE003angf", "\uE003ngfe", "\uE003gfen", "\uE003feng"}}}}},
             Row{"a \"", {{{{"\uE004a"}, {"\uE001a"}}}}},
             Row{"", {}},
             Row{"*", {}},
         })
        EXPECT_EQ(search_query(query), expected) << query;
    EXPECT_EQ(search_query("hx科技").size(), 2u);
    EXPECT_EQ(search_query("\"a\" OR b").size(), 3u);
}

TEST("no text makes more than 800 tokens, no query more than 16 words of 32 tokens a way")
{
    std::string polyphones, many, spaced;
    for (int i = 0; i < 40; ++i) polyphones += "行长重单乐解";
    for (char32_t c = 0x4E00; c < 0x5E00; ++c) {
        many += utf8(std::u32string(1, c));
        spaced += many.substr(many.size() - 3) + " w" + std::to_string(c);
    }
    for (const auto& text : {polyphones, many, spaced, std::string(100'000, 'a')}) {
        EXPECT_LE(tokens_of(text).size(), 800u);
        EXPECT_LE(search_tokens(text).size(), 40'000u);
        EXPECT_LE(search_query(text).size(), 16u);
        for (const auto& word : search_query(text))
            for (const auto& way : word.ways) EXPECT_LE(way.size(), 32u);
    }
    EXPECT_TRUE(finds(std::string(100'000, 'a'), std::string(100'000, 'a')));
}

TEST("whatever the bytes, tokens are made")
{
    EXPECT_TRUE(rc::check([](const std::string& bytes) {
        search_tokens(bytes);
        search_query(bytes);
    }));
}

TEST("any part of a name of two characters or more is found")
{
    EXPECT_TRUE(rc::check([] {
        const auto [name, start, length] = any_part(20, 2);
        RC_ASSERT(finds(utf8(std::u32string_view(name).substr(start, length)), utf8(name)));
    }));
}

TEST("the usual pinyin and the initials of any part of a name find it, cut anywhere")
{
    EXPECT_TRUE(rc::check([] {
        const auto [name, start, length] = any_part(14, 1);
        std::string full;
        std::string initials;
        for (const char32_t c : std::u32string_view(name).substr(start, length)) {
            full += pinyin_readings(c).front();
            initials += pinyin_readings(c).front().front();
        }
        full.resize(*rc::gen::inRange<std::size_t>(1, full.size() + 1));
        RC_ASSERT(finds(full, utf8(name)));
        RC_ASSERT(finds(initials, utf8(name)));
    }));
}

TEST("a name with one polyphone is found by each of its readings")
{
    EXPECT_TRUE(rc::check([] {
        const auto surname = *rc::gen::elementOf(std::u32string(U"曾单仇解查盖翟尉覃乐区朴"));
        const auto given = *rc::gen::elementOf(std::u32string(U"三四一五丽伟"));
        for (const auto reading : pinyin_readings(surname)) {
            const auto query = std::string(reading) + std::string(pinyin_readings(given).front());
            RC_ASSERT(finds(query, utf8(std::u32string{surname, given})));
        }
    }));
}

}  // namespace shangdao
