#include "base/text.h"

#include <algorithm>
#include <array>
#include <thread>

#include "base/testing.h"

namespace shangdao {

TEST("well-formed UTF-8 is told from the rest")
{
    using namespace std::string_view_literals;
    for (const auto text : {""sv, "boat"sv, "华兴机械"sv, "é"sv, "😀"sv, "\0"sv, "\xF4\x8F\xBF\xBF"sv})
        EXPECT_TRUE(valid_utf8(text)) << text;
    for (const auto text : {"\x80"sv, "\xC3"sv, "\xC0\xAF"sv, "\xE5\x8D"sv, "\xED\xA0\x80"sv, "\xF4\x90\x80\x80"sv,
                            "\xFF"sv, "ok\xE5ok"sv})
        EXPECT_FALSE(valid_utf8(text)) << text;
}

TEST("text is kept composed")
{
    EXPECT_EQ(nfc("e\u0301"), "é");
    EXPECT_EQ(nfc("华兴"), "华兴");
    EXPECT_EQ(nfc("Ｈ"), "Ｈ") << "NFC keeps the width";
    EXPECT_EQ(nfc(""), "");
}

TEST("white space of every kind is trimmed at both ends only")
{
    EXPECT_EQ(trimmed(" \t\n 华兴 机械\u3000\u00A0"), "华兴 机械");
    EXPECT_EQ(trimmed("boat"), "boat");
    EXPECT_EQ(trimmed("\u3000\u3000"), "");
    EXPECT_EQ(trimmed(""), "");
    EXPECT_EQ(trimmed("\xE5"), "\xE5") << "a broken byte is not white space";
}

TEST("a control character is found, tab and line feed are meant")
{
    EXPECT_FALSE(control_character("两行\n\t文字 – é ÿ \u00a0"));
    EXPECT_EQ(control_character(std::string_view{"a\0b", 3}), U'\0');
    EXPECT_EQ(control_character("a\r"), U'\r');
    EXPECT_EQ(control_character("a\x1b[31m"), U'\x1b');
    EXPECT_EQ(control_character("\x7f"), U'\x7f');
    EXPECT_EQ(control_character("a\xc2\x85"), char32_t{0x85});
    EXPECT_EQ(with_line_feeds("a\r\nb\rc\n\rd\r"), "a\nb\nc\n\nd\n");
}

TEST("length is counted in characters")
{
    EXPECT_EQ(code_point_count("张三a😀"), 4u);
    EXPECT_EQ(code_point_count(""), 0u);
}

TEST("what people mean alike has one match key")
{
    for (const auto* text : {"ABC 公司", "abc 公司", "ＡＢＣ　公司", "  Abc \u00A0 公司 ", "A\u200BBC 公司"})
        EXPECT_EQ(match_key(text), "abc 公司") << text;
    EXPECT_EQ(match_key("Straße"), match_key("STRASSE"));
    EXPECT_EQ(match_key("１３８"), "138");
    EXPECT_EQ(match_key("①"), "1");
    EXPECT_EQ(match_key(" \t "), "");
    EXPECT_EQ(match_key("A\n B"), "a b");
    EXPECT_NE(match_key("张三"), match_key("张山"));
}

TEST("the sort key orders names as a Chinese reader expects")
{
    std::vector<std::string> names{"赵六", "王五", "Zoe", "阿里", "李四", "张三", "anna", "曾一", "9号"};
    std::ranges::sort(names, {}, [](const auto& name) { return pinyin_sort_key(name); });
    EXPECT_EQ(names, (std::vector<std::string>{"9号", "阿里", "曾一", "李四", "王五", "张三", "赵六", "anna", "Zoe"}))
        << "Han before Latin; ICU files 曾 under ceng";
}

TEST("a sort key holds no NUL, is empty for empty text and whole for long text")
{
    EXPECT_EQ(pinyin_sort_key("张三").find('\0'), std::string::npos);
    std::string name;
    for (int i = 0; i < 300; ++i) name += "张";
    EXPECT_LT(pinyin_sort_key(name), pinyin_sort_key(name + "三"));
    EXPECT_EQ(pinyin_sort_key(name).find('\0'), std::string::npos);
    EXPECT_LT(pinyin_sort_key(""), pinyin_sort_key("a"));
}

TEST("threads share the order")
{
    const auto expected = pinyin_sort_key("华兴机械");
    std::array<std::string, 4> keys;
    {
        std::vector<std::jthread> threads;
        for (auto& key : keys)
            threads.emplace_back([&key] {
                for (int i = 0; i < 500; ++i) key = pinyin_sort_key("华兴机械");
            });
    }
    for (const auto& key : keys) EXPECT_EQ(key, expected);
}

TEST("the nearest name is what was probably meant")
{
    const std::array<std::string_view, 6> names{"amount", "count", "harbour", "win_share", "金额", "客户名称"};
    struct Row {
        std::string_view word;
        std::optional<std::string_view> meant;
    };
    for (const auto& [word, meant] : {
             Row{"amuont", "amount"},
             Row{"ammount", "amount"},
             Row{"AMOUNT", "amount"},
             Row{"cuont", "count"},
             Row{"harbor", "harbour"},
             Row{"win_shre", "win_share"},
             Row{"金颜", "金额"},
             Row{"客户名", "客户名称"},
             Row{"boat", std::nullopt},
             Row{"", std::nullopt},
             Row{"x", std::nullopt},
             Row{"mountain", std::nullopt},
             Row{"金", "金额"},
             Row{"名", std::nullopt},
         })
        EXPECT_EQ(nearest(word, names), meant) << word;
}

TEST("of equally near names the first is offered, of none nothing")
{
    const std::array<std::string_view, 2> names{"boat", "goat"};
    EXPECT_EQ(nearest("oat", names), "boat");
    EXPECT_EQ(nearest("goat", names), "goat");
    EXPECT_EQ(nearest("goat", {}), std::nullopt);
}

}  // namespace shangdao
