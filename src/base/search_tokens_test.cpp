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

// What a text index does: every token of the query is there, one that ends in '*' as a prefix.
bool finds(std::string_view query, std::string_view text)
{
    const auto tokens = tokens_of(text);
    const auto wanted = search_query_tokens(query);
    return !wanted.empty() && std::ranges::all_of(wanted, [&tokens](const std::string& token) {
        if (token.back() != '*') return tokens.contains(token);
        const auto prefix = token.substr(0, token.size() - 1);
        const auto place = tokens.lower_bound(prefix);
        return place != tokens.end() && place->starts_with(prefix);
    });
}

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

TEST("tokens hold letters and digits only, each once")
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
}

TEST("a query is the list of what must all be there")
{
    using Row = std::pair<std::string_view, std::vector<std::string>>;
    for (const auto& [query, expected] : {
             Row{"zs", {"zs*"}},
             Row{"张", {"张"}},
             Row{"张三", {"张三"}},
             Row{"华兴机", {"华兴", "兴机"}},
             Row{"hx科技", {"hx*", "科技"}},
             Row{"Zhang San", {"zhang*", "san*"}},
             Row{"138 138", {"138*"}},
             Row{"", {}},
             Row{"*", {}},
             Row{"\"a\" OR b", {"a*", "or*", "b*"}},
         })
        EXPECT_EQ(search_query_tokens(query), expected) << query;
}

TEST("no text makes more than 400 tokens, no query more than 32")
{
    std::string polyphones;
    std::string many;
    for (int i = 0; i < 40; ++i) polyphones += "行长重单乐解";
    for (char32_t c = 0x4E00; c < 0x5E00; ++c) many += utf8(std::u32string(1, c));
    for (const auto& text : {polyphones, many, std::string(100'000, 'a')}) {
        EXPECT_LE(tokens_of(text).size(), 400u);
        EXPECT_LE(search_tokens(text).size(), 40'000u);
        EXPECT_LE(search_query_tokens(text).size(), 32u);
    }
    EXPECT_TRUE(finds(std::string(100'000, 'a'), std::string(100'000, 'a')));
}

TEST("whatever the bytes, tokens are made")
{
    EXPECT_TRUE(rc::check([](const std::string& bytes) {
        search_tokens(bytes);
        search_query_tokens(bytes);
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
