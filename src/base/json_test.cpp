#include "base/json.h"

#include <rapidcheck.h>

#include <cmath>
#include <limits>

#include "base/testing.h"
#include "base/text.h"

namespace shangdao {
namespace {

std::string printed(const boost::json::value& value)
{
    std::string out;
    append_json(out, value);
    return out;
}

std::string again(std::string_view text)
{
    const auto value = parse_json(text);
    return value ? printed(*value) : value.error().front().code;
}

}  // namespace

TEST("JSON is read and printed again without white space, members in their order")
{
    for (const auto* text : {"null", "true", "false", "0", "-1", "\"\"", "[]", "{}",
                             R"({"b":1,"a":[true,null,{"x":"y"}]})", R"(["张三","😀"])"})
        EXPECT_EQ(again(text), text);
    EXPECT_EQ(again(" \n{ \"a\" : [ 1 , 2 ] }\t\r\n"), R"({"a":[1,2]})");
}

TEST("numbers stay what they are")
{
    using Row = std::pair<const char*, const char*>;
    for (const auto& [text, expected] : {
             Row{"0.1", "0.1"},
             Row{"1E-1", "0.1"},
             Row{"1.50", "1.5"},
             Row{"1e3", "1000"},
             Row{"-0.5", "-0.5"},
             Row{"1e20", "1e+20"},
             Row{"0.000001", "1e-06"},
             Row{"9223372036854775807", "9223372036854775807"},
             Row{"-9223372036854775808", "-9223372036854775808"},
             Row{"18446744073709551615", "18446744073709551615"},
             Row{"147258369147258369", "147258369147258369"},
             Row{"1234567.89", "1234567.89"},
         })
        EXPECT_EQ(again(text), expected) << text;
    std::string out;
    append_json_number(out, std::nan(""));
    append_json_number(out, HUGE_VAL);
    append_json_number(out, -0.0);
    EXPECT_EQ(out, "nullnull0");
}

TEST("every finite double reads back as itself")
{
    EXPECT_TRUE(rc::check([](double value) {
        if (!std::isfinite(value)) return;
        std::string out;
        append_json_number(out, value);
        RC_ASSERT(parse_json(out).value().to_number<double>() == value);
    }));
    for (const double value : {std::numeric_limits<double>::max(), std::numeric_limits<double>::min(),
                               std::numeric_limits<double>::denorm_min(), 0.1 + 0.2, 1e23, -0.0}) {
        std::string out;
        append_json_number(out, value);
        EXPECT_EQ(parse_json(out).value().to_number<double>(), value) << out;
        EXPECT_EQ(parse_json("[" + out + "]").value().at(0).to_number<double>(), value) << out;
    }
}

TEST("what is not JSON is refused with its position")
{
    struct Row {
        std::string_view text;
        const char* position;
    };
    for (const auto& [text, position] : {
             Row{"", "0"},
             Row{"  ", "2"},
             Row{"{", "1"},
             Row{"[1,]", "3"},
             Row{"{\"a\" 1}", "5"},
             Row{"1 2", "2"},
             Row{"{}x", "2"},
             Row{"nul", "3"},
             Row{"[1] // no", "4"},
             Row{"'a'", "0"},
             Row{"01", "1"},
         }) {
        const auto value = parse_json(text);
        ASSERT_FALSE(value) << text;
        EXPECT_EQ(value.error().front().code, "json_invalid") << text;
        EXPECT_EQ(value.error().front().args.at("position"), position) << text;
    }
    for (const auto* text : {"\"\xFF\"", "\"\xED\xA0\x80\"", "\"\\ud800\"", "\"\n\"", "NaN", "Infinity", "1e400",
                             "-1e400", "+1", ".5", "1.", "\"\\x\"", "{a:1}", "[1,2"})
        EXPECT_EQ(again(text), "json_invalid") << text;
}

TEST("equal keys in one object are refused, in two objects they are not")
{
    const auto twice = parse_json(R"({"a":{"name":1,"x":2,"name":3}})");
    ASSERT_FALSE(twice);
    EXPECT_EQ(twice.error().front().code, "json_duplicate_key");
    EXPECT_EQ(twice.error().front().args.at("key"), "name");
    EXPECT_EQ(again(R"({"a":1,"\u0061":2})"), "json_duplicate_key") << "escapes do not hide it";
    EXPECT_EQ(again(R"({"":1,"":2})"), "json_duplicate_key");
    EXPECT_EQ(again(R"([{"a":1},{"a":{"a":1}}])"), R"([{"a":1},{"a":{"a":1}}])");
    std::string many = "{";
    for (int i = 0; i < 1000; ++i) many += "\"key" + std::to_string(i) + "\":0,";
    EXPECT_EQ(again(many + "\"z\":0}").size(), many.size() + 6);
    EXPECT_EQ(again(many + "\"key500\":0}"), "json_duplicate_key");
}

TEST("depth and size are limited")
{
    const auto nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
    EXPECT_EQ(again(nested(32)), nested(32));
    EXPECT_EQ(again(nested(33)), "json_too_deep");
    EXPECT_EQ(again(nested(100'000)), "json_too_deep");
    EXPECT_EQ(parse_json("[1,2,3]", {.bytes_max = 6}).error().front().code, "json_too_large");
    EXPECT_EQ(parse_json("[[1]]", {.depth_max = 1}).error().front().args.at("max"), "1");
}

TEST("strings are escaped where JSON asks for it and nowhere else")
{
    std::string out = "x";
    append_json_string(out, std::string_view("a\"b\\c\n\r\t\x01\0/张\x7F", 15));
    EXPECT_EQ(out, "x\"a\\\"b\\\\c\\n\\r\\t\\u0001\\u0000/张\x7F\"");
}

TEST("every byte is escaped, or left, alike at each place of a text")
{
    for (int byte = 0; byte < 256; ++byte) {
        std::string alone;
        append_json_string(alone, std::string(1, static_cast<char>(byte)));
        for (std::size_t place = 0; place < 20; ++place)
            for (const char around : {'a', '\x21', '\xe5', '\xff', '\n'}) {
                const std::string before(place, around), after(20 - place, around);
                std::string out, expected = "\"";
                append_json_string(out, before + static_cast<char>(byte) + after);
                const std::string neighbour = around == '\n' ? "\\n" : std::string(1, around);
                for (std::size_t i = 0; i < place; ++i) expected += neighbour;
                expected += alone.substr(1, alone.size() - 2);
                for (std::size_t i = place; i < 20; ++i) expected += neighbour;
                ASSERT_EQ(out, expected + "\"") << byte << " at " << place;
            }
    }
}

TEST("any text survives the journey")
{
    EXPECT_TRUE(rc::check([](const std::string& text) {
        if (!valid_utf8(text)) return;
        std::string out;
        append_json_string(out, text);
        RC_ASSERT(std::string(parse_json(out).value().get_string()) == text);
    }));
}

TEST("long keys and strings arrive whole")
{
    const std::string text = "{\"" + std::string(10'000, 'k') + "\":\"" + std::string(100'000, 'v') + "\"}";
    EXPECT_EQ(again(text), text);
}

}  // namespace shangdao
