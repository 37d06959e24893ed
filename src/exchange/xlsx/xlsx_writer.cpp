#include "exchange/xlsx/xlsx_writer.h"

#include <fmt/format.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <map>

#include "base/fault.h"
#include "base/require.h"
#include "exchange/encoding.h"

namespace shangdao::exchange::xlsx {

namespace {

constexpr std::int64_t exact_units_max = 999'999'999'999'999;  // 15 digits
constexpr std::int32_t days_min = -25'508;                     // 1900-03-01, serial 61
constexpr double serial_of_1970 = 25'569;
constexpr std::int64_t us_per_day = 86'400'000'000;
constexpr std::size_t cell_units_max = 32'767;
constexpr std::uint32_t rows_per_sheet = 1'048'576;
constexpr double width_max = 60;
constexpr std::int64_t rows_measured = 200;

// Characters as a spreadsheet counts them: UTF-16 units.
std::size_t units_of(std::string_view text)
{
    std::size_t units = 0;
    for (const char c : text) units += (static_cast<unsigned char>(c) & 0xC0) != 0x80 ? 1 + (static_cast<unsigned char>(c) >= 0xF0) : 0;
    return units;
}

// The longest prefix of whole characters within `units`.
std::string_view prefix_of_units(std::string_view text, std::size_t units)
{
    std::size_t end = 0;
    while (end < text.size()) {
        std::size_t next = end + 1;
        while (next < text.size() && (static_cast<unsigned char>(text[next]) & 0xC0) == 0x80) ++next;
        const std::size_t size = next - end == 4 ? 2 : 1;
        if (size > units) break;
        units -= size;
        end = next;
    }
    return text.substr(0, end);
}

// What reads as _xHHHH_, the stand-in for a character XML cannot carry, is written so that it stays what it is.
void escape_escapes(std::string& text)
{
    for (std::size_t at = text.find("_x"); at != std::string::npos; at = text.find("_x", at + 2)) {
        const bool hex = at + 7 <= text.size() && text[at + 6] == '_' && text.find_first_not_of("0123456789abcdefABCDEF", at + 2) == at + 6;
        if (hex) text.insert(at, "_x005F");
        if (hex) at += 6;
    }
}

// Width on the screen in digits: a Chinese character takes two.
double width_of(std::string_view text)
{
    double width = 0;
    for (const char c : text.substr(0, 400)) width += static_cast<unsigned char>(c) < 0x80 ? 1 : (static_cast<unsigned char>(c) & 0xC0) == 0xC0 ? 2 : 0;
    return width;
}

double width_of(ColumnKind kind)
{
    switch (kind) {
    case ColumnKind::money: return 16;
    case ColumnKind::instant: return 19;
    case ColumnKind::date: return 11;
    default: return 9;
    }
}

class XlsxWriter final : public SheetWriter {
public:
    XlsxWriter(const std::filesystem::path& path, std::vector<Column> columns, const WriteOptions& options);
    ~XlsxWriter() override { lxw_workbook_free(workbook_); }  // takes null
    XlsxWriter(const XlsxWriter&) = delete;
    XlsxWriter& operator=(const XlsxWriter&) = delete;

    void write(std::span<const WriteCell> cells) override;
    WriteReport finish() override;

private:
    void start_sheet();
    void finish_sheet();
    lxw_format* format_of(const std::string& code);
    lxw_format* format_of(int scale, const Currency* currency);

    void put(std::uint16_t, std::monostate) {}
    void put(std::uint16_t column, std::string_view text) { put_text(column, text, nullptr); }
    void put(std::uint16_t column, Number number) { put_scaled(column, number.units, number.scale, nullptr); }
    void put(std::uint16_t column, const Money& money) { put_scaled(column, money.minor, minor_digits(money.currency), &money.currency); }
    void put(std::uint16_t column, Share share);
    void put(std::uint16_t column, Date date);
    void put(std::uint16_t column, Instant instant);
    void put(std::uint16_t column, bool value) { worksheet_write_boolean(sheet_, row_, column, value, nullptr); }
    void put_scaled(std::uint16_t column, std::int64_t units, int scale, const Currency* currency);
    void put_text(std::uint16_t column, std::string_view text, lxw_format* format);

    std::string directory_;
    std::vector<Column> columns_;
    WriteOptions options_;
    std::string sheet_name_;
    lxw_workbook* workbook_ = nullptr;
    lxw_worksheet* sheet_ = nullptr;
    lxw_format* bold_ = nullptr;
    std::map<std::string, lxw_format*> formats_;
    std::map<std::pair<int, std::string>, lxw_format*> number_formats_;
    std::vector<double> widths_;
    std::uint32_t row_ = 0;
    WriteReport report_{.sheets = 0};
    std::string scratch_;
};

XlsxWriter::XlsxWriter(const std::filesystem::path& path, std::vector<Column> columns, const WriteOptions& options)
    : directory_(path.has_parent_path() ? path.parent_path().string() : "."), columns_(std::move(columns)), options_(options),
      sheet_name_(valid_sheet_name(options.sheet_name))
{
    require(!columns_.empty() && columns_.size() <= 16'384, "a sheet has 1 to 16,384 columns");
    lxw_workbook_options settings{};
    settings.constant_memory = LXW_TRUE;
    settings.tmpdir = directory_.data();
    workbook_ = workbook_new_opt(path.c_str(), &settings);
    if (workbook_ == nullptr) throw std::bad_alloc{};
    bold_ = workbook_add_format(workbook_);
    format_set_bold(bold_);
    for (const Column& column : columns_) widths_.push_back(std::max(width_of(column.kind), width_of(column.title) + 3));
    start_sheet();
}

void XlsxWriter::start_sheet()
{
    ++report_.sheets;
    const std::string suffix = report_.sheets == 1 ? "" : fmt::format(" ({})", report_.sheets);
    const std::string name = std::string(prefix_of_units(sheet_name_, 31 - suffix.size())) + suffix;
    sheet_ = workbook_add_worksheet(workbook_, name.c_str());
    if (sheet_ == nullptr) throw Fault(FaultKind::storage, "writing a sheet: no room for its temporary file");
    worksheet_freeze_panes(sheet_, 1, 0);
    row_ = 0;
    for (std::size_t i = 0; i < columns_.size(); ++i) put_text(static_cast<std::uint16_t>(i), columns_[i].title, bold_);
    row_ = 1;
}

void XlsxWriter::finish_sheet()
{
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        const auto column = static_cast<std::uint16_t>(i);
        worksheet_set_column(sheet_, column, column, std::min(widths_[i], width_max), nullptr);
    }
    worksheet_autofilter(sheet_, 0, 0, row_ - 1, static_cast<std::uint16_t>(columns_.size() - 1));
    // libxlsxwriter does not look at its temporary file again.
    if (sheet_->optimize_tmpfile != nullptr && (std::fflush(sheet_->optimize_tmpfile) != 0 || std::ferror(sheet_->optimize_tmpfile) != 0))
        throw Fault(FaultKind::disk_full, "writing a sheet: its temporary file could not be written");
}

void XlsxWriter::write(std::span<const WriteCell> cells)
{
    require(cells.size() == columns_.size(), "a row has one cell per column");
    if (row_ == rows_per_sheet) {
        finish_sheet();
        start_sheet();
    }
    for (std::size_t i = 0; i < cells.size(); ++i) {
        require(cells[i].index() == 0 || cells[i].index() == static_cast<std::size_t>(columns_[i].kind) + 1, "a cell is of its column's kind");
        std::visit([&](const auto& value) { put(static_cast<std::uint16_t>(i), value); }, cells[i]);
    }
    ++row_;
    ++report_.rows;
}

WriteReport XlsxWriter::finish()
{
    require(workbook_ != nullptr, "a sheet is finished once");
    finish_sheet();
    errno = 0;
    const lxw_error error = workbook_close(workbook_);
    workbook_ = nullptr;
    if (error != LXW_NO_ERROR)
        throw Fault(errno == ENOSPC ? FaultKind::disk_full : FaultKind::storage, std::string("writing a workbook: ") + lxw_strerror(error));
    return report_;
}

lxw_format* XlsxWriter::format_of(const std::string& code)
{
    lxw_format*& format = formats_[code];
    if (format == nullptr) {
        format = workbook_add_format(workbook_);
        format_set_num_format(format, code.c_str());
    }
    return format;
}

lxw_format* XlsxWriter::format_of(int scale, const Currency* currency)
{
    lxw_format*& format = number_formats_[{scale, currency == nullptr ? "" : std::string(currency->text())}];
    if (format == nullptr) {
        std::string code = currency == nullptr ? "0" : "#,##0";
        if (scale > 0) code += "." + std::string(static_cast<std::size_t>(scale), '0');
        if (currency != nullptr) code += fmt::format(" \"{}\"", currency->text());
        format = format_of(code);
    }
    return format;
}

void XlsxWriter::put_scaled(std::uint16_t column, std::int64_t units, int scale, const Currency* currency)
{
    if (units > exact_units_max || units < -exact_units_max) return put_text(column, format_decimal(units, scale), nullptr);
    static constexpr double powers[] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6};
    require(scale >= 0 && scale <= 6, "a scale is 0 to 6");
    // Both are exact doubles, so the quotient is the double nearest to the decimal.
    worksheet_write_number(sheet_, row_, column, static_cast<double>(units) / powers[scale], format_of(scale, currency));
}

void XlsxWriter::put(std::uint16_t column, Share share)
{
    const bool whole = share.ppm % 10'000 == 0;
    worksheet_write_number(sheet_, row_, column, static_cast<double>(share.ppm) / 1e6, format_of(whole ? "0%" : "0.00##%"));
}

void XlsxWriter::put(std::uint16_t column, Date date)
{
    if (date.days < days_min) return put_text(column, to_string(date), nullptr);
    worksheet_write_number(sheet_, row_, column, date.days + serial_of_1970, format_of("yyyy-mm-dd"));
}

void XlsxWriter::put(std::uint16_t column, Instant instant)
{
    const Instant civil = instant + std::chrono::seconds(options_.zone.offset_seconds(instant));
    if (civil.us < days_min * us_per_day) return put_text(column, to_string(instant), nullptr);
    // Whole seconds: finer ones would drown in the double and in the format.
    const std::int64_t seconds = (civil.us - ((civil.us % 1'000'000) + 1'000'000) % 1'000'000) / 1'000'000;
    worksheet_write_number(sheet_, row_, column, static_cast<double>(seconds) / 86'400.0 + serial_of_1970, format_of("yyyy-mm-dd hh:mm:ss"));
}

void XlsxWriter::put_text(std::uint16_t column, std::string_view text, lxw_format* format)
{
    require(valid_utf8_prefix(text) == text.size(), "text is valid UTF-8");
    scratch_.assign(text);
    escape_escapes(scratch_);
    if (scratch_.size() > cell_units_max && units_of(scratch_) > cell_units_max) {
        scratch_.resize(prefix_of_units(scratch_, cell_units_max - 1).size());
        scratch_ += "…";
        ++report_.shortened_cells;
    }
    // U+FFFE and U+FFFF may not stand in XML.
    for (std::size_t at = scratch_.find("\xEF\xBF"); at != std::string::npos; at = scratch_.find("\xEF\xBF", at + 3))
        if (scratch_[at + 2] == '\xBE' || scratch_[at + 2] == '\xBF') scratch_[at + 2] = '\xBD';
    std::erase(scratch_, '\0');
    const lxw_error error = worksheet_write_string(sheet_, row_, column, scratch_.c_str(), format);
    require(error == LXW_NO_ERROR, "libxlsxwriter took the text");
    if (report_.rows < rows_measured) widths_[column] = std::max(widths_[column], width_of(scratch_) + 1);
}

}  // namespace

std::string valid_sheet_name(std::string_view wanted)
{
    std::string name;
    for (const char c : wanted) name += std::string_view("[]:*?/\\").find(c) != std::string_view::npos || static_cast<unsigned char>(c) < 0x20 ? '_' : c;
    name = std::string(prefix_of_units(name, 31));
    while (name.starts_with('\'')) name.erase(0, 1);
    while (name.ends_with('\'')) name.pop_back();
    if (name.find_first_not_of(' ') == std::string::npos) return "Sheet1";
    std::string lower = name;
    std::ranges::transform(lower, lower.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    if (lower == "history") name += '_';  // spreadsheets keep this name for themselves
    return name;
}

std::unique_ptr<SheetWriter> write_to(const std::filesystem::path& path, std::vector<Column> columns, const WriteOptions& options)
{
    return std::make_unique<XlsxWriter>(path, std::move(columns), options);
}

}  // namespace shangdao::exchange::xlsx
