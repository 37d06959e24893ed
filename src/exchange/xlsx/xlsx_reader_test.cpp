#include "exchange/xlsx/xlsx_reader.h"

#include "base/testing.h"
#include "exchange/xlsx/package_testing.h"

namespace shangdao::exchange {

using Rows = std::vector<std::string>;
using trial::Parts;
using trial::rest_of;
using trial::rows_of;
using trial::workbook_of;

namespace {

Parts strings(const std::string& items)
{
    return {{"xl/sharedStrings.xml", "<sst>" + items + "</sst>"}};
}

Parts styles(const std::string& number_formats, const std::string& cell_formats)
{
    return {{"xl/styles.xml", "<styleSheet><numFmts>" + number_formats + "</numFmts><cellStyleXfs><xf numFmtId='14'/></cellStyleXfs><cellXfs>" + cell_formats +
                                  "</cellXfs></styleSheet>"}};
}

}  // namespace

TEST("every kind of cell keeps its kind")
{
    const std::string rows =
        "<row r='1'><c r='A1' t='s'><v>0</v></c><c r='B1' t='s'><v>1</v></c><c r='C1' t='inlineStr'><is><t>虎</t><r><t>鲸</t></r><rPh sb='0'><t>huJing</t></rPh></is></c></row>"
        "<row r='2'><c r='A2'><v>12.50</v></c><c r='B2' t='b'><v>1</v></c><c r='C2' t='e'><v>#DIV/0!</v></c></row>"
        "<row r='3'><c r='A3' t='str'><f>A1&amp;\"x\"</f><v>a&lt;b</v></c><c r='B3'><f>1+1</f><v>2</v></c><c r='C3' t='d'><v>2026-03-20T08:30:00Z</v></c></row>"
        "<row r='4'><c r='A4' t='inlineStr'><is><t xml:space='preserve'> a_x000D_b_x005F_x0041_ </t></is></c></row>";
    const Rows expected = {"1: 船 & 港|two\nlines|虎鲸", "2: number(12.50)|boolean(true)|error(#DIV/0!)", "3: a<b|number(2)|date_time(2026-03-20T08:30:00)",
                           "4:  a\rb_x0041_ ||"};
    EXPECT_EQ(rows_of(workbook_of(rows, strings("<si><t>船 &amp; 港</t><phoneticPr/></si><si><r><rPr><b/></rPr><t>two\n</t></r><r><t>lines</t></r><rPh><t>no</t></rPh></si>"))),
              expected);
}

TEST("gaps, rows without numbers and empty cells lie where they belong")
{
    EXPECT_EQ(rows_of(workbook_of("<row><c><v>1</v></c><c><v>2</v></c></row><row r='5'><c r='B5'><v>3</v></c><c r='D5' s='1'/></row>"
                                  "<row r='6'><c r='A6' s='3'/></row><row><c r='D7'><v>4</v></c></row>")),
              (Rows{"1: number(1)|number(2)", "5: |number(3)", "7[long]: |||number(4)"}));
}

TEST("numbers are dates, times or shares by their format")
{
    const Parts formats = styles("<numFmt numFmtId='164' formatCode='yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;'/><numFmt numFmtId='165' formatCode='[h]:mm'/>"
                                 "<numFmt numFmtId='166' formatCode='#,##0.00 &quot;days&quot;'/>",
                                 "<xf numFmtId='0'/><xf numFmtId='14'/><xf numFmtId='22'/><xf numFmtId='20'/><xf numFmtId='9'/><xf numFmtId='164'/><xf numFmtId='165'/><xf numFmtId='166'/>");
    const auto cell = [](int style, std::string_view value) { return "<c s='" + std::to_string(style) + "'><v>" + std::string(value) + "</v></c>"; };
    const auto row = [](const std::string& cells) { return "<row>" + cells + "</row>"; };
    EXPECT_EQ(rows_of(workbook_of(row(cell(1, "46101") + cell(5, "46101.25")) + row(cell(2, "46101.354166666664") + cell(2, "46101")) + row(cell(3, "0.75") + cell(3, "1.5")) +
                                      row(cell(4, "0.4") + cell(4, "0.28999999999999998")) + row(cell(6, "1.5") + cell(7, "3")) + row(cell(0, "46101") + cell(99, "7")) +
                                      row(cell(1, "59") + cell(1, "60")) + row(cell(1, "61") + cell(1, "1")) + row(cell(1, "-3") + cell(1, "2958466")) +
                                      row(cell(1, "2958465") + cell(1, "1e400")),
                                  formats)),
              (Rows{"1: date(2026-03-20)|date_time(2026-03-20T06:00:00)", "2: date_time(2026-03-20T08:30:00)|date_time(2026-03-20T00:00:00)",
                    "3: time(18:00:00)|date_time(1900-01-01T12:00:00)", "4: share(0.4)|share(0.29)", "5: number(1.5)|number(3)", "6: number(46101)|number(7)",
                    "7: date(1900-02-28)|number(60)", "8: date(1900-03-01)|date(1900-01-01)", "9: number(-3)|number(2958466)", "10: date(9999-12-31)|1e400"}));
}

TEST("a workbook that counts from 1904 is understood")
{
    Parts parts = trial::workbook_around("<worksheet><sheetData><row><c s='0'><v>44639</v></c><c s='0'><v>0</v></c></row></sheetData></worksheet>");
    parts[1].second = "<workbook><workbookPr date1904='1'/><sheets><sheet name='a' r:id='s1'/></sheets></workbook>";
    for (auto& part : styles("", "<xf numFmtId='14'/>")) parts.push_back(part);
    EXPECT_EQ(rows_of(trial::zipped(parts)), (Rows{"1: date(2026-03-20)|date(1904-01-01)"}));
}

TEST("each sheet is opened by its place, charts are none")
{
    Parts parts = trial::workbook_around("<worksheet><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>");
    parts[1].second = "<x:workbook xmlns:x='y'><x:sheets><x:sheet name='chart' r:id='s9'/><x:sheet name='航行' r:id='s1'/><x:sheet name='b' state='hidden' r:id='s4'/></x:sheets></x:workbook>";
    parts[2].second = "<Relationships><Relationship Id='s1' Type='t/worksheet' Target='worksheets/one.xml'/><Relationship Id='s4' Type='t/worksheet' Target='../xl/./two.xml'/>"
                      "<Relationship Id='s9' Type='t/chartsheet' Target='chart.xml'/></Relationships>";
    parts[2].second.replace(parts[2].second.find("./two"), 5, "two");
    parts.push_back({"xl/two.xml", "<x:worksheet xmlns:x='y'><x:sheetData><x:row><x:c><x:v>2</x:v></x:c></x:row></x:sheetData></x:worksheet>"});
    const SheetSource source = SheetSource::bytes(trial::zipped(parts));
    const auto names = sheet_list(source).value();
    ASSERT_EQ(names.size(), 2u);
    EXPECT_EQ(names[0].name, "航行");
    EXPECT_FALSE(names[0].hidden);
    EXPECT_TRUE(names[1].hidden);
    EXPECT_EQ(rows_of(source), Rows{"1: number(1)"});
    EXPECT_EQ(rows_of(source, {.sheet = 1}), Rows{"1: number(2)"});
    EXPECT_EQ(rows_of(source, {.sheet = 2}), Rows{"refused unknown_sheet sheet=2"});
}

TEST("a reading of a workbook resumes at any row")
{
    std::string xml;
    for (int i = 1; i <= 3000; ++i) xml += "<row r='" + std::to_string(2 * i) + "'><c><v>" + std::to_string(i) + "</v></c><c t='inlineStr'><is><t>Orca</t></is></c></row>";
    const SheetSource source = SheetSource::bytes(workbook_of(xml));
    const Rows all = rows_of(source);
    ASSERT_EQ(all.size(), 3000u);
    const auto reader = open_sheet(source).value();
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (i % 701 == 0) {
            const auto resumed = open_sheet(source).value();
            ASSERT_TRUE(resumed->seek(reader->position()).has_value());
            EXPECT_EQ(rest_of(*resumed), Rows(all.begin() + static_cast<std::ptrdiff_t>(i), all.end()));
        }
        ASSERT_EQ(trial::shown(**reader->next()), all[i]);
    }
    EXPECT_FALSE(reader->next().value().has_value());
    EXPECT_FALSE(reader->next().value().has_value());
    EXPECT_EQ(reader->seek({.row = 2'000'000}).error().front().code, "bad_position");
}

TEST("a workbook that breaks the rules is refused")
{
    struct Case {
        std::string_view rows;
        std::string_view answer;
    };
    const Case cases[] = {
        {"<row r='1048577'><c><v>1</v></c></row>", "refused xlsx_too_many_rows limit=1048576"},
        {"<row r='1000000000000000000000'/>", "refused xlsx_too_many_rows limit=1048576"},
        {"<row r='1048576'/><row/>", "refused xlsx_too_many_rows limit=1048576"},
        {"<row r='2'/><row r='2'/>", "refused file_damaged row=2"},
        {"<row><c r='XFE1'><v>1</v></c></row>", "refused xlsx_too_many_columns limit=16384 row=1"},
        {"<row><c r='ZZZZZZZZZZZZ1'><v>1</v></c></row>", "refused xlsx_too_many_columns limit=16384 row=1"},
        {"<row><c t='s'><v>0</v></c></row>", "refused file_damaged row=1"},
        {"<row><c t='s'><v>-1</v></c></row>", "refused file_damaged row=1"},
        {"<row><c><v>1</v></row>", "refused file_damaged line=1"},
        {"<row><c t='inlineStr'><is><t>\xFF</t></is></c></row>", "refused file_damaged line=1"},
        {"<row><c><v>&lol;</v></c></row>", "refused file_damaged line=1"},
    };
    for (const Case& c : cases) EXPECT_EQ(rows_of(workbook_of(std::string(c.rows))).back(), c.answer) << c.rows;
    std::string deep;
    for (int i = 0; i < 200; ++i) deep += "<a>";
    EXPECT_EQ(rows_of(workbook_of(deep)).back(), "refused file_damaged");
    EXPECT_EQ(rows_of(workbook_of("<row><c><v>" + std::string(2'000'000, '1') + "</v></c></row>")).back(), "refused xlsx_text_too_long limit=1048576 row=1");
    EXPECT_EQ(rows_of(workbook_of("<row a='" + std::string(9'000'000, 'x') + "'/>")).back(), "refused file_damaged");
}

TEST("a document type is refused in every part and every disguise, and nothing is fetched")
{
    const trial::TemporaryDirectory directory;
    const std::string canary = (directory / "canary").string();
    std::ofstream(canary) << "secret";
    const std::string type = "<!DOCTYPE worksheet [<!ENTITY x SYSTEM 'file://" + canary + "'>]>";
    const std::string body = "<worksheet><sheetData><row><c t='inlineStr'><is><t>&x;</t></is></c></row></sheetData></worksheet>";
    EXPECT_EQ(rows_of(trial::zipped(trial::workbook_around(type + body))), Rows{"refused xlsx_doctype"});
    EXPECT_EQ(rows_of(trial::zipped(trial::workbook_around(trial::encoded(type + body, "UTF-16")))), Rows{"refused xlsx_doctype"});
    for (const std::string_view name : {"UTF-7", "ISO-8859-1", "US-ASCII", "windows-1252", "UTF-32"})
        EXPECT_EQ(rows_of(trial::zipped(trial::workbook_around("<?xml version='1.0' encoding='" + std::string(name) + "'?>" + body))).back().substr(0, 20), "refused file_damaged") << name;
    for (std::size_t part = 0; part < 3; ++part) {
        Parts parts = trial::workbook_around(body);
        parts[part].second.insert(0, "<!DOCTYPE a>");
        EXPECT_EQ(rows_of(trial::zipped(parts)), Rows{"refused xlsx_doctype"}) << part;
    }
    EXPECT_EQ(rows_of(workbook_of("", {{"xl/sharedStrings.xml", type + "<sst/>"}})), Rows{"refused xlsx_doctype"});
    EXPECT_EQ(rows_of(workbook_of("", {{"xl/styles.xml", type + "<s/>"}})), Rows{"refused xlsx_doctype"});
}

TEST("a sheet in UTF-16 is read")
{
    EXPECT_EQ(rows_of(trial::zipped(trial::workbook_around(trial::encoded("<worksheet><sheetData><row><c t='inlineStr'><is><t>虎鲸</t></is></c></row></sheetData></worksheet>", "UTF-16")))),
              Rows{"1: 虎鲸"});
}

TEST("what is a package but no workbook is named")
{
    EXPECT_EQ(rows_of(trial::zipped({{"a.txt", "x"}})), Rows{"refused file_format_unknown"});
    EXPECT_EQ(rows_of(trial::zipped({{"content.xml", "x"}, {"mimetype", "application/vnd.oasis.opendocument.spreadsheet"}})), Rows{"refused ods_unsupported"});
    EXPECT_EQ(rows_of(trial::zipped({{"_rels/.rels", "<Relationships><Relationship Id='r1' Type='t/officeDocument' Target='xl/workbook.bin'/></Relationships>"}})),
              Rows{"refused xlsb_unsupported"});
    Parts parts = trial::workbook_around("");
    parts.pop_back();
    EXPECT_EQ(rows_of(trial::zipped(parts)), Rows{"refused file_damaged part=xl/worksheets/one.xml"});
    const std::string whole = workbook_of("<row><c><v>1</v></c></row>");
    EXPECT_EQ(rows_of(whole.substr(0, whole.size() / 2)), Rows{"refused file_damaged"});
    EXPECT_EQ(rows_of("PK\x03\x04 and then nothing"), Rows{"refused file_damaged"});
}

TEST("old and locked workbooks are told apart")
{
    const auto compound = [](std::string_view stream) {
        std::string bytes(2048, '\0');
        bytes.replace(0, 8, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
        bytes[30] = 9;
        bytes[48] = 1;
        std::string wide;
        for (const char c : stream) wide += {c, '\0'};
        bytes.replace(1024 + 128, wide.size(), wide);
        return bytes;
    };
    EXPECT_EQ(rows_of(compound("Workbook")), Rows{"refused xls_old"});
    EXPECT_EQ(rows_of(compound("Book")), Rows{"refused xls_old"});
    EXPECT_EQ(rows_of(compound("EncryptedPackage")), Rows{"refused xlsx_encrypted"});
    EXPECT_EQ(rows_of(compound("WordDocument")), Rows{"refused file_format_unknown"});
    EXPECT_EQ(rows_of("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), Rows{"refused file_format_unknown"});
}

}  // namespace shangdao::exchange
