// Any text as cells of a table that is written and read back, as CSV and as a workbook, or as what stands around cells: a number as a workbook
// writes it, the code of its format, an ISO moment, the name of a sheet, a reader's place, the beginning of a text table. What is written raw comes
// back as it was; what is written for people holds nothing that a spreadsheet would run; what is said to be a day is one, and a number
// keeps its worth. The first byte chooses which.
#include <charconv>
#include <cmath>

#include "base/text.h"
#include "base/time.h"
#include "exchange/csv/csv_writer.h"
#include "exchange/csv/dialect.h"
#include "exchange/csv/formula_guard.h"
#include "exchange/xlsx/number_format.h"
#include "exchange/xlsx/xlsx_writer.h"
#include "sheet_laws.h"

using namespace shangdao;
using namespace shangdao::exchange;
using fuzz::law;

namespace {

const std::vector<Column> columns{{"text", ColumnKind::text}, {"further", ColumnKind::text}, {"length", ColumnKind::number}, {"built", ColumnKind::date}, {"seen", ColumnKind::instant}};

struct Row {
    std::string text, further;
    Number length;
    Date built;
    Instant seen;

    std::vector<WriteCell> cells() const { return {text, further, length, built, seen}; }
};

Row next_row(std::string_view& input)
{
    Row row{.text = std::string{fuzz::take_part(input)}, .further = std::string{fuzz::take_part(input)}, .length = {}, .built = Date::of(1900, 3, 1), .seen = {}};
    std::uint64_t number = 0;
    for (int i = 0; i < 7; ++i) number = number << 8 | fuzz::take_byte(input);
    row.length = {static_cast<std::int64_t>(number) - (std::int64_t{1} << 55), 2};
    row.built = row.built + static_cast<int>(number % 2'900'000);
    row.seen = {static_cast<std::int64_t>(number)};
    return row;
}

// As the writers want it: UTF-8 without NUL.
std::vector<Row> rows_of(std::string_view input)
{
    std::vector<Row> rows;
    while (!input.empty() && rows.size() < 50) {
        auto row = next_row(input);
        if (valid_utf8(row.text) && valid_utf8(row.further) && !row.text.contains('\0') && !row.further.contains('\0')) rows.push_back(std::move(row));
    }
    return rows;
}

std::string csv_of(const std::vector<Row>& rows, TextStyle style)
{
    std::string bytes;
    const auto writer = csv::write_to([&](std::string_view piece) { bytes += piece; }, columns, {.text_style = style});
    for (const auto& row : rows) writer->write(row.cells());
    law(writer->finish().rows == std::ssize(rows));
    return bytes;
}

fuzz::ReadSheet read(const SheetSource& source, std::size_t rows)
{
    const auto reader = open_sheet(source, {.encoding = {}, .delimiter = ','});
    law(reader.has_value());
    auto sheet = fuzz::read_lawfully(**reader);
    law(sheet.refusal.empty() && sheet.rows.size() == rows + 1);
    return sheet;
}

void raw(const std::vector<Row>& rows)
{
    const auto sheet = read(SheetSource::bytes(csv_of(rows, TextStyle::raw)), rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto& cells = sheet.rows[i + 1].cells;
        law(cells[0].second == rows[i].text && cells[1].second == rows[i].further);
        law(parse_decimal(cells[2].second, 2) == rows[i].length.units);
        law(parse_date(cells[3].second) == rows[i].built && parse_instant(cells[4].second) == rows[i].seen);
    }
}

void for_people(const std::vector<Row>& rows)
{
    const auto sheet = read(SheetSource::bytes(csv_of(rows, TextStyle::people)), rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i)
        for (std::size_t column = 0; column < 2; ++column) {
            const auto& cell = sheet.rows[i + 1].cells[column].second;
            law(!csv::needs_guard(cell));
            const auto& text = column == 0 ? rows[i].text : rows[i].further;
            law(csv::without_guard(cell) == text || text.starts_with('\''));    // an apostrophe that was typed cannot be told from a guard
        }
}

void workbook(const std::vector<Row>& rows)
{
    static const fuzz::Directory directory;
    const auto path = directory / "table.xlsx";
    const auto writer = open_writer("xlsx", path, columns).value();
    for (const auto& row : rows) writer->write(row.cells());
    const auto report = writer->finish();
    law(report.rows == std::ssize(rows));
    const auto source = SheetSource::file(path).value();
    const auto sheet = read(source, rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto& cells = sheet.rows[i + 1].cells;
        if (report.shortened_cells == 0 && !control_character(rows[i].text)) law(cells[0].second == rows[i].text);    // no record's text holds one
        law(cells[0].first == CellKind::text || cells[0].first == CellKind::empty);
        law(parse_date(cells[3].second) == rows[i].built);
    }
}

double worth(std::string_view text)
{
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    law(error == std::errc{} && end == text.data() + text.size());
    return value;
}

void number(std::string_view written)
{
    const auto text = xlsx::number_text(written);
    if (text.empty() || std::abs(worth(written)) > 1e300) return;    // to 15 digits the greatest doubles are no doubles any more
    law(text.find_first_not_of("-.0123456789") == std::string::npos && xlsx::number_text(text) == text);
    law(std::abs(worth(text) - worth(written)) <= std::abs(worth(written)) * 1e-14);
}

void moment(const xlsx::Moment& moment, std::string_view written)
{
    switch (moment.kind) {
    case CellKind::date: law(parse_date(moment.text).has_value()); break;
    case CellKind::date_time: law(parse_instant(moment.text + "Z").has_value()); break;
    case CellKind::time: law(parse_instant("2000-01-01T" + moment.text + "Z").has_value()); break;
    case CellKind::number: law(moment.text == xlsx::number_text(written)); break;
    default: law(false);
    }
}

void moments(std::string_view written)
{
    for (const auto meaning : {xlsx::NumberMeaning::date, xlsx::NumberMeaning::time, xlsx::NumberMeaning::date_time})
        for (const auto system : {xlsx::DateSystem::from_1900, xlsx::DateSystem::from_1904}) moment(xlsx::moment_of(written, meaning, system), written);
    const auto iso = xlsx::moment_of_iso(written);
    law(written.starts_with(iso.text));
}

// The meaning of a code is that of its first section, whatever is quoted in it.
void format(std::string_view code)
{
    const auto meaning = xlsx::meaning_of_code(code);
    law(xlsx::meaning_of_code(std::string{code} + ";yyyy") == meaning || std::ranges::count(code, '"') % 2 == 1 || code.find_first_of("\\_*[\"") != std::string_view::npos);
    law(xlsx::meaning_of_code("\"y\"" + std::string{code}) == meaning);
}

void names(std::string_view text)
{
    if (const auto position = parse_sheet_position(text)) law(parse_sheet_position(to_string(*position)) == position);
    if (!valid_utf8(text)) return;
    const auto name = xlsx::valid_sheet_name(text);
    law(!name.empty() && code_point_count(name) <= 31 && name.find_first_of("[]:*?/\\") == std::string::npos && xlsx::valid_sheet_name(name) == name);
    const auto guarded = csv::needs_guard(text) ? "'" + std::string{text} : std::string{text};
    law(!csv::needs_guard(guarded) && (csv::without_guard(guarded) == text || text.starts_with('\'')));
}

void beginning(std::string_view text)
{
    law(std::ranges::find(csv::delimiters, csv::sniff_delimiter(text)) != csv::delimiters.end());
    const auto declared = csv::declared_delimiter(text);
    law(declared == 0 || text.starts_with("sep=") || text.starts_with("\xEF\xBB\xBFsep="));
    const auto prefix = valid_utf8_prefix(text);
    law(prefix <= text.size() && (prefix == text.size()) == valid_utf8(text));
    const auto source = SheetSource::bytes(std::string{text});
    if (const auto detected = detect_encoding(source)) {
        law(detected->mark_bytes <= text.size() && find_encoding(detected->encoding->name) == detected->encoding);
        law(detect_encoding(source, detected->encoding->name)->encoding == detected->encoding);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    auto input = fuzz::text_of(data, size);
    const auto choice = fuzz::take_byte(input);
    if (choice % 2 == 0) {
        for (const auto look : {number, moments, format, names, beginning}) look(input);
        return 0;
    }
    const auto rows = rows_of(input);
    if (rows.empty()) return 0;
    switch (choice / 2 % 4) {
    case 0: workbook(rows); break;
    case 1: raw(rows); break;
    default: for_people(rows); break;
    }
    return 0;
}
