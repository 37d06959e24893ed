// What people bring that cannot be imported: each is refused with a code and a place, and nothing has changed afterwards.
#include <fstream>

#include "base/testing.h"
#include "engine/import/refused_table.h"
#include "engine/testing_fleet.h"
#include "exchange/xlsx/package_testing.h"

namespace shangdao::engine {
namespace {

using testing_fleet::Fleet;
using namespace std::string_literals;

const std::string boat = "objects: [{file: a.csv, object: boat, columns: {Name: name}}]";

std::string boat_with(const std::string& column) { return "objects: [{file: a.csv, object: boat, columns: {Name: name, " + column + "}}]"; }

struct Bad {
    const char* what;
    std::string plan;
    std::string file;                        // a.csv
    const char* code;
    const char* place;                       // the problem's field, or "row column" of a refused row
    std::map<std::string, std::string> more = {};
};

std::string repeated(std::string_view text, std::size_t times)
{
    std::string out;
    for (std::size_t i = 0; i < times; ++i) out += text;
    return out;
}

using exchange::trial::workbook_of;
using exchange::trial::zipped;

std::string text_cell(std::string_view text) { return "<c t='inlineStr'><is><t>" + std::string{text} + "</t></is></c>"; }
std::string number_cell(std::string_view number, int style = 0) { return "<c s='" + std::to_string(style) + "'><v>" + std::string{number} + "</v></c>"; }
std::string row_of(const std::string& cells) { return "<row>" + cells + "</row>"; }

// A workbook of two columns, Name and `heading`; the second cell of its one row is `cell`. Style 1 is a date.
std::string workbook_with(std::string_view heading, const std::string& cell, const std::string& name = text_cell("甲"))
{
    return workbook_of(row_of(text_cell("Name") + text_cell(heading)) + row_of(name + cell),
                       {{"xl/styles.xml", "<styleSheet><cellXfs><xf numFmtId='0'/><xf numFmtId='14'/></cellXfs></styleSheet>"}});
}

// The container of old and of locked workbooks, with one stream of this name.
std::string compound_file(std::string_view stream)
{
    std::string bytes(2048, '\0');
    bytes.replace(0, 8, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
    bytes[30] = 9;
    bytes[48] = 1;
    std::string wide;
    for (const char letter : stream) wide += {letter, '\0'};
    bytes.replace(1024 + 128, wide.size(), wide);
    return bytes;
}

// The reader tells what it is by its content: all of these are called a.csv.
std::vector<Bad> bad_workbooks()
{
    const auto whole = workbook_with("P", number_cell("1"));
    const auto bomb = exchange::trial::workbook_around("<worksheet>" + std::string(20'000'000, ' ') + "</worksheet>");
    return {
        {"a workbook that inflates beyond measure", boat, zipped(bomb), "xlsx_too_large", "objects[0].file"},
        {"half a workbook", boat, whole.substr(0, whole.size() / 2), "file_damaged", "objects[0].file"},
        {"a zip that is no workbook", boat, zipped({{"a.txt", "Name"}}), "file_format_unknown", "objects[0].file"},
        {"an OpenDocument sheet", boat, zipped({{"content.xml", "x"}, {"mimetype", "application/vnd.oasis.opendocument.spreadsheet"}}), "ods_unsupported", "objects[0].file"},
        {"a workbook under a password", boat, compound_file("EncryptedPackage"), "xlsx_encrypted", "objects[0].file"},
        {"a workbook of 2003", boat, compound_file("Workbook"), "xls_old", "objects[0].file"},
        {"a workbook that names a file of the server", boat,
         zipped(exchange::trial::workbook_around("<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><worksheet><sheetData/></worksheet>")), "xlsx_doctype", "objects[0].file"},
        {"an empty sheet", boat, workbook_of(""), "file_empty", "objects[0].file"},
        {"a sheet of headings", boat, workbook_of(row_of(text_cell("Name"))), "file_without_rows", "a.csv"},
        {"a sheet that the workbook has not", "objects: [{file: a.csv, object: boat, sheet: 第二张, columns: {Name: name}}]", whole, "unknown_sheet", "objects[0].sheet"},
        {"a text that the workbook has not", boat, workbook_of(row_of(text_cell("Name")) + row_of("<c t='s'><v>7</v></c>")), "file_damaged", "a.csv"},
        {"a formula that found nothing", boat_with("P: price"), workbook_with("P", "<c t='e'><f>VLOOKUP(1,A:B,2)</f><v>#N/A</v></c>"), "cell_error", "2 P"},
        {"a formula that divided by nothing", boat_with("P: price"), workbook_with("P", "<c t='e'><f>1/0</f><v>#DIV/0!</v></c>"), "cell_error", "2 P"},
        {"a name that is a formula's error", boat_with("P: price"), workbook_with("P", number_cell("1"), "<c t='e'><v>#REF!</v></c>"), "cell_error", "2 Name"},
        {"a text where an amount belongs", boat_with("P: price"), workbook_with("P", text_cell("一百万左右")), "invalid_value", "2 P"},
        {"a number where a date belongs", boat_with("D: built_on"), workbook_with("D", number_cell("12.5")), "invalid_value", "2 D"},
        {"a date beyond the calendar", boat_with("D: built_on"), workbook_with("D", number_cell("99999999", 1)), "invalid_value", "2 D"},
        {"a yes where an amount belongs", boat_with("P: price"), workbook_with("P", "<c t='b'><v>1</v></c>"), "invalid_value", "2 P"},
        {"cells under a merged name", boat_with("P: price"),
         workbook_of(row_of(text_cell("Name") + text_cell("P")) + row_of("<c r='B2'><v>1</v></c>") + "</sheetData><mergeCells><mergeCell ref='A2:A3'/></mergeCells><sheetData>"), "required", "2 Name"},
    };
}

const std::vector<Bad>& bad_imports()
{
    static const std::vector<Bad> all{
        {"YAML that is none", "objects: [{file: a.csv", "Name\n甲\n", "plan_syntax", "plan"},
        {"an empty plan", "", "Name\n甲\n", "invalid_value", "plan"},
        {"a plan that is a list", "[1, 2]", "Name\n甲\n", "invalid_value", "plan"},
        {"a plan without objects", "name: x", "Name\n甲\n", "required", "plan.objects"},
        {"a plan in another encoding", "name: \xff\xfe", "Name\n甲\n", "invalid_utf8", "plan"},
        {"an unknown word", "objects: [{file: a.csv, object: boat, colums: {Name: name}}]", "Name\n甲\n", "unknown_word", "objects[0].colums"},
        {"an object without a file", "objects: [{object: boat, columns: {Name: name}}]", "Name\n甲\n", "required", "objects[0].file"},
        {"an object without columns", "objects: [{file: a.csv, object: boat}]", "Name\n甲\n", "required", "objects[0].columns"},
        {"an unknown policy", "objects: [{file: a.csv, object: boat, on_duplicate: overwrite, columns: {Name: name}}]", "Name\n甲\n", "invalid_value", "objects[0].on_duplicate"},
        {"a factor that is no number", boat_with("P: {field: price, times: many}"), "Name,P\n甲,1\n", "invalid_value", "objects[0].columns.P.times"},
        {"an unknown object", "objects: [{file: a.csv, object: boot, columns: {Name: name}}]", "Name\n甲\n", "unknown_object", "objects[0].object"},
        {"an internal object", "objects: [{file: a.csv, object: job, columns: {Name: kind}}]", "Name\n甲\n", "unknown_object", "objects[0].object"},
        {"an unknown field", boat_with("P: prize"), "Name,P\n甲,1\n", "unknown_field", "objects[0].columns.P"},
        {"an unknown heading", boat_with("Pirce: price"), "Name,Price\n甲,1\n", "unknown_column", "objects[0].columns.Pirce"},
        {"a heading that comes twice", boat_with("P: price"), "Name,P,P\n甲,1,2\n", "column_twice", "objects[0].columns.P"},
        {"a field that is read twice", boat_with("P: name"), "Name,P\n甲,1\n", "twice", "objects[0].columns.P"},
        {"a field of the system", boat_with("P: created_at"), "Name,P\n甲,1\n", "read_only_field", "objects[0].columns.P"},
        {"a key that no column is read into", "objects: [{file: a.csv, object: boat, key: [code], columns: {Name: name}}]", "Name\n甲\n", "key_not_read", "objects[0].key"},
        {"an unknown key", "objects: [{file: a.csv, object: boat, key: [cod], columns: {Name: name}}]", "Name\n甲\n", "unknown_field", "objects[0].key"},
        {"a constant of an unknown heading", "objects: [{file: a.csv, object: boat, columns: {Name: name}, set: {code: '{No}'}}]", "Name\n甲\n", "unknown_column", "objects[0].set.code"},
        {"a missing file", "objects: [{file: b.csv, object: boat, columns: {Name: name}}]", "Name\n甲\n", "unknown_file", "objects[0].file"},
        {"an unknown encoding", "objects: [{file: a.csv, object: boat, encoding: klingon, columns: {Name: name}}]", "Name\n甲\n", "unknown_encoding", "objects[0].file"},
        {"bytes of another encoding", "objects: [{file: a.csv, object: boat, encoding: UTF-8, columns: {Name: name}}]", "Name\n\xc9\xcf\xff\n", "invalid_bytes", "*"},
        {"an unknown sheet", "objects: [{file: a.csv, object: boat, sheet: Boats, columns: {Name: name}}]", "Name\n甲\n", "unknown_sheet", "objects[0].sheet"},
        {"an empty file", boat, "", "file_empty", "objects[0].file"},
        {"a file of blank lines", boat, "\n\n\n", "file_empty", "objects[0].file"},
        {"headings and nothing else", boat, "Name\n", "file_without_rows", "a.csv"},
        {"a quote that never ends", boat, "Name\n甲\n\"乙\n丙\n", "csv_unterminated_quote", "a.csv"},
        {"NUL bytes", boat, "Name\n甲\n乙\0丙\n"s, "file_format_unknown", "objects[0].file"},
        {"a NUL byte far behind", boat, "Name\n" + repeated("甲\n", 60'000) + "乙\0\n"s, "nul_byte", "a.csv"},
        {"too many columns", boat, "Name" + repeated(",x", 20'000) + "\n甲\n", "csv_too_many_columns", "objects[0].file"},
        {"a cell of four million characters", boat, "Name\n\"" + std::string(4'000'000, 'x') + "\"\n", "csv_field_too_long", "a.csv"},
        {"a web page", boat, "<!DOCTYPE html><html><table><tr><td>Name</td></tr></table></html>", "html_is_no_sheet", "objects[0].file"},
        {"a PDF", boat, "%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "pdf_is_no_sheet", "objects[0].file"},
        {"a workbook that is no zip", boat, "PK\x03\x04 this is not one", "file_damaged", "objects[0].file"},
        {"an old workbook", boat, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + std::string(600, '\0'), "*", "objects[0].file"},
        {"a row longer than the headings", boat, "Name\n甲,乙,丙\n", "row_too_long", "2 "},
        {"a name that is missing", boat_with("P: price"), "Name,P\n,5\n", "required", "2 Name"},
        {"a text that is too long", boat, "Name\n" + std::string(300, 'x') + "\n", "too_long", "2 Name"},
        {"no amount", boat_with("P: price"), "Name,P\n甲,much\n", "invalid_value", "2 P"},
        {"an amount beyond all numbers", boat_with("P: {field: price, times: 1000000}"), "Name,P\n甲,9000000000000000\n", "number_overflow", "2 P"},
        {"no date", boat_with("D: built_on"), "Name,D\n甲,someday\n", "invalid_value", "2 D"},
        {"a day that never was", boat_with("D: built_on"), "Name,D\n甲,2026-02-30\n", "invalid_value", "2 D"},
        {"an unknown choice", boat_with("S: state"), "Name,S\n甲,flying\n", "unknown_choice", "2 S"},
        {"a choice that no door lets in", boat_with("S: state"), "Name,S\n甲,sunk\n", "read_only_field", "2 S"},
        {"an unknown reference", boat_with("H: harbour"), "Name,H\n甲,青岛\n", "reference_not_found", "2 H"},
        {"a reference that two are called by", boat_with("H: harbour"), "Name,H\n甲,双港\n", "reference_ambiguous", "2 H"},
        {"an unknown owner", boat_with("O: owner"), "Name,O\n甲,无名氏\n", "reference_not_found", "2 O"},
        {"a key that finds two", "objects: [{file: a.csv, object: harbour, key: [name], on_duplicate: update, columns: {Name: name}}]", "Name\n双港\n", "key_ambiguous", "2 Name"},
        {"a unique key that is taken", boat_with("C: code"), "Name,C\n甲,T1\n", "duplicate_key", "2 C"},
        {"files that wait for each other", "objects: [{file: a.csv, object: visit, columns: {Boat: boat}}, {file: b.csv, object: boat, columns: {Name: name, H: harbour}}]", "Boat\n戊\n",
         "reference_not_found", "2 Boat", {{"b.csv", "Name,H\n戊,青岛\n"}}},
    };
    return all;
}

// Jobs and what is told of their end come and go; nothing else may.
struct Stand {
    std::map<std::string, std::int64_t> records;
    std::int64_t events = 0;
    bool operator==(const Stand&) const = default;
};

Stand stand_of(Fleet& fleet)
{
    const auto view = fleet.engine->store().read();
    Stand stand;
    for (const auto& object : view->catalogue().objects())
        if (object.name() != "job" && object.name() != "notification") stand.records[std::string{object.name()}] = view->count({.from = &object}, {});
    for (const auto& event : view->events_after(0, 100'000))
        if (event.object != "notification") ++stand.events;
    return stand;
}

std::string place_of(const Problems& problems) { return problems.front().field; }

TEST("what cannot be imported is refused with its place and changes nothing")
{
    Fleet fleet;
    ASSERT_TRUE(fleet.create(fleet.admiral, "harbour", R"({"name":"双港"})"));
    ASSERT_TRUE(fleet.create(fleet.admiral, "harbour", R"({"name":"双港"})"));
    ASSERT_TRUE(fleet.create(fleet.admiral, "boat", R"({"name":"旧","code":"T1"})"));
    const auto before = stand_of(fleet);
    int number = 0;
    auto all = bad_imports();
    const auto workbooks = bad_workbooks();
    all.insert(all.end(), workbooks.begin(), workbooks.end());
    for (const auto& bad : all) {
        SCOPED_TRACE(bad.what);
        ImportRequest request{.plan = bad.plan, .files = {}};
        auto files = bad.more;
        files["a.csv"] = bad.file;
        const auto home = fleet.directory / ("bad" + std::to_string(number++));
        std::filesystem::create_directories(home);
        for (const auto& [name, text] : files) {
            std::ofstream(home / name, std::ios::binary) << text;
            request.files[name] = home / name;
        }
        for (const auto mode : {ImportMode::dry_run, ImportMode::real}) {
            request.mode = mode;
            const auto import = run_import(*fleet.engine, Fleet::as(fleet.admiral), request);
            Problem first;
            std::string place;
            if (!import) {
                first = import.error().front();
                place = place_of(import.error());
            } else {
                ASSERT_FALSE(import->progress.problems.empty()) << "it was imported";
                const auto& row = import->progress.problems.front();
                first = row.problem;
                place = std::to_string(row.row) + " " + row.column;
            }
            if (bad.code != "*"s) EXPECT_EQ(first.code, bad.code) << place;
            if (bad.place != "*"s) EXPECT_EQ(place, bad.place) << first.code;
            EXPECT_EQ(stand_of(fleet), before);
        }
    }
    EXPECT_GE(number, 70);
}

TEST("the table of refused rows names the reason and cannot run a formula")
{
    Fleet fleet;
    std::ofstream(fleet.directory / "a.csv") << "Name,P\n=cmd|'/c calc'!A1,much\n+1,x\n好,1\n";
    const auto import = run_import(*fleet.engine, Fleet::as(fleet.admiral), {.plan = boat_with("P: price"), .files = {{"a.csv", fleet.directory / "a.csv"}}});
    ASSERT_TRUE(import);
    EXPECT_EQ(import->progress.counts(), (ImportCounts{.created = 1, .refused = 2}));
    ASSERT_TRUE(write_refused_table(*fleet.engine, *import, "csv", fleet.directory / "out.csv", Language::en, [](const Problem& problem) { return problem.code; }));
    std::ifstream in(fleet.directory / "out.csv");
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    EXPECT_NE(text.find("File,Row,Reason,Name,P"), std::string::npos) << text;
    EXPECT_NE(text.find("P: invalid_value"), std::string::npos) << text;
    EXPECT_EQ(text.find(",=cmd"), std::string::npos) << text;
    EXPECT_EQ(text.find(",+1"), std::string::npos) << text;
}

TEST("without the right nobody imports")
{
    Fleet fleet;
    std::ofstream(fleet.directory / "a.csv") << "Name\n甲\n";
    const auto import = run_import(*fleet.engine, Fleet::as(fleet.captain), {.plan = boat, .files = {{"a.csv", fleet.directory / "a.csv"}}});
    ASSERT_FALSE(import);
    EXPECT_EQ(import.error().front().code, "forbidden");
}

}  // namespace
}  // namespace shangdao::engine
