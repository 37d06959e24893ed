#include "exchange/encoding.h"

#include "base/testing.h"
#include "exchange/sheet_testing.h"

namespace shangdao::exchange {

using Rows = std::vector<std::string>;
using trial::encoded;
using trial::rows_of;

namespace {

std::string detected(std::string bytes)
{
    const auto found = detect_encoding(SheetSource::bytes(std::move(bytes)));
    return found ? std::string(found->encoding->name) + " +" + std::to_string(found->mark_bytes) : trial::shown(found.error());
}

}  // namespace

TEST("the encoding of a file is recognised from its bytes")
{
    const std::string text = "船名,母港\n虎鲸,青岛\n海鸥,厦门\n";
    EXPECT_EQ(detected("boat,length\n"), "UTF-8 +0");
    EXPECT_EQ(detected(text), "UTF-8 +0");
    EXPECT_EQ(detected("\xEF\xBB\xBF" + text), "UTF-8 +3");
    EXPECT_EQ(detected(encoded(text, "GB18030")), "GB18030 +0");
    EXPECT_EQ(detected("\xFF\xFE" + encoded(text, "UTF-16LE")), "UTF-16LE +2");
    EXPECT_EQ(detected("\xFE\xFF" + encoded(text, "UTF-16BE")), "UTF-16BE +2");
    EXPECT_EQ(detected(encoded("name,remark\nRené,œuvre à l'été – très bien\nZoë,“façade”\n", "windows-1252")), "windows-1252 +0");
}

TEST("a foreign byte late in a long file still decides")
{
    const std::string filler(3'000'000, 'x');
    EXPECT_EQ(detected("a\n" + filler + "\n" + encoded("虎鲸\n", "GB18030")), "GB18030 +0");
}

TEST("all encodings give the same cells")
{
    const Rows rows = {"1: 船名|母港", "2: 虎鲸|青島", "3: 海鷗|廈門"};
    const std::string text = "船名,母港\n虎鲸,青島\n海鷗,廈門\n";
    for (const std::string_view name : {"UTF-8", "GB18030", "UTF-16LE", "UTF-16BE"}) EXPECT_EQ(rows_of(encoded(text, name), {.encoding = std::string(name)}), rows) << name;
    EXPECT_EQ(rows_of("\xFF\xFE" + encoded("船名\t母港\r\n虎鲸\t青岛\r\n", "UTF-16LE")), (Rows{"1: 船名|母港", "2: 虎鲸|青岛"}));
    EXPECT_EQ(rows_of(encoded("船,港\n海,廈門\n", "Big5"), {.encoding = "big5"}), (Rows{"1: 船|港", "2: 海|廈門"}));
    EXPECT_EQ(rows_of(encoded("𠮷,㐀\n", "GB18030"), {.encoding = "gbk"}), (Rows{"1: 𠮷|㐀"}));
}

TEST("a long file in another encoding is read across its pieces")
{
    std::string text = "船名,母港\n";
    Rows rows = {"1: 船名|母港"};
    for (int i = 2; i < 40'000; ++i) {
        text += "虎鲸" + std::to_string(i) + ",青岛港\n";
        rows.push_back(std::to_string(i) + ": 虎鲸" + std::to_string(i) + "|青岛港");
    }
    EXPECT_EQ(rows_of(encoded(text, "GB18030")), rows);
    EXPECT_EQ(rows_of("\xFF\xFE" + encoded(text, "UTF-16LE")), rows);
}

TEST("bytes that are not in the encoding are refused with their line")
{
    EXPECT_EQ(rows_of("a,b\n1,2\n3,\xC3(\n", {.encoding = "utf8"}).back(), "refused invalid_bytes line=3");
    EXPECT_EQ(rows_of(encoded("a,b\n船,港\n", "GB18030") + "x,\xFF\n", {.encoding = "gb18030"}).back(), "refused invalid_bytes line=3");
    EXPECT_EQ(rows_of("a,b\n船,\xE6\xB8", {.encoding = "utf8"}).back(), "refused invalid_bytes line=2");
    EXPECT_EQ(rows_of(std::string("a\0,\0\n\0x\0\x00\xD8", 10), {.encoding = "UTF-16LE"}).back(), "refused invalid_bytes line=2");
    EXPECT_EQ(rows_of("a\n", {.encoding = "klingon"}).back(), "refused unknown_encoding encoding=klingon");
}

TEST("the UTF-8 check knows the edges of the standard")
{
    for (const std::string_view bad : {"\x80", "\xC0\x80", "\xC1\xBF", "\xE0\x9F\xBF", "\xED\xA0\x80", "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xE4\xBD", "\xFF"})
        EXPECT_EQ(valid_utf8_prefix(std::string(40, 'x') + std::string(bad) + "y"), 40u);
    for (const std::string_view good : {"\x7F", "\xC2\x80", "\xE0\xA0\x80", "\xED\x9F\xBF", "\xEE\x80\x80", "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF"}) {
        EXPECT_EQ(valid_utf8_prefix(good), good.size());
        for (std::size_t cut = 1; cut < good.size(); ++cut) EXPECT_TRUE(begins_utf8_character(good.substr(0, cut)));
    }
    for (const std::string_view bad : {"\x80", "\xC0", "\xE0\x80", "\xED\xA0", "\xF0\x80", "\xF4\x90", "\xF5", "xx"}) EXPECT_FALSE(begins_utf8_character(bad));
}

}  // namespace shangdao::exchange
