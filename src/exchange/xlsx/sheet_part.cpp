#include "exchange/xlsx/sheet_part.h"

#include <charconv>

namespace shangdao::exchange::xlsx {

namespace {

constexpr std::size_t row_bytes_max = 16 * 1024 * 1024;

// The whole text as a number; nullopt otherwise.
std::optional<std::uint64_t> whole_number(std::string_view text)
{
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

// "AB12" → 28; 0 when it is no reference within the columns a sheet may have.
std::uint32_t column_of(std::string_view reference)
{
    std::uint32_t column = 0;
    for (const char c : reference) {
        if (c >= '0' && c <= '9') break;
        if (c < 'A' || c > 'Z') return 0;
        column = column * 26 + static_cast<std::uint32_t>(c - 'A' + 1);
        if (column > columns_max) return 0;
    }
    return column;
}

std::string_view without_space(std::string_view text)
{
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

}  // namespace

SheetPart::SheetPart(ArchiveEntry entry, const Workbook& workbook, const SharedStrings& strings, std::int64_t skip_rows)
    : XmlDocument(std::move(entry)), workbook_(workbook), strings_(strings), skip_rows_(skip_rows)
{
}

void SheetPart::damaged()
{
    stop({"file_damaged", {}, {{"row", std::to_string(row_)}}});
}

void SheetPart::on_start(std::string_view name, const XmlAttributes& attributes)
{
    if (!in_data_) {
        in_data_ = name == "sheetData";
    } else if (name == "row") {
        start_row(attributes);
    } else if (row_ <= skip_rows_) {
        return;
    } else if (name == "c") {
        start_cell(attributes);
    } else if (in_cell_) {
        if (name == "rPh") phonetic_ = true;
        collecting_ = name == "v" || (name == "t" && !phonetic_);
    }
}

void SheetPart::start_row(const XmlAttributes& attributes)
{
    std::int64_t number = row_ + 1;
    if (const auto written = attributes.find("r")) {
        const auto value = whole_number(*written);
        if (!value || *value > static_cast<std::uint64_t>(rows_max)) return stop({"xlsx_too_many_rows", {}, {{"limit", std::to_string(rows_max)}}});
        number = static_cast<std::int64_t>(*value);
    }
    if (number <= row_) return damaged();  // rows that go back would make a position meaningless
    if (number > rows_max) return stop({"xlsx_too_many_rows", {}, {{"limit", std::to_string(rows_max)}}});
    row_ = number;
    column_ = 0;
    cells_.clear();
    row_text_.clear();
}

void SheetPart::start_cell(const XmlAttributes& attributes)
{
    in_cell_ = true;
    phonetic_ = collecting_ = false;
    type_ = Type::number;
    style_ = 0;
    text_begin_ = row_text_.size();
    std::uint32_t column = column_ + 1;
    attributes.each([&](std::string_view name, std::string_view value) {
        if (name == "r") {
            column = column_of(value);
        } else if (name == "s") {
            style_ = static_cast<std::uint32_t>(whole_number(value).value_or(0));
        } else if (name == "t") {
            type_ = value == "s" ? Type::shared : value == "str" || value == "inlineStr" ? Type::text : value == "b" ? Type::boolean
                  : value == "e" ? Type::error : value == "d" ? Type::iso_date : Type::number;
        }
    });
    if (column == 0 || column > columns_max) return stop({"xlsx_too_many_columns", {}, {{"row", std::to_string(row_)}, {"limit", std::to_string(columns_max)}}});
    column_ = column;
    if (cells_.size() >= columns_max) damaged();
}

void SheetPart::on_text(std::string_view text)
{
    if (!collecting_) return;
    if (row_text_.size() - text_begin_ + text.size() > cell_bytes_max || row_text_.size() > row_bytes_max)
        return stop({"xlsx_text_too_long", {}, {{"row", std::to_string(row_)}, {"limit", std::to_string(cell_bytes_max)}}});
    row_text_ += text;
}

void SheetPart::on_end(std::string_view name)
{
    collecting_ = false;
    if (!in_data_) return;
    if (name == "c" && in_cell_) {
        in_cell_ = false;
        finish_cell();
    } else if (name == "rPh") {
        phonetic_ = false;
    } else if (name == "row") {
        if (row_ > skip_rows_ && !cells_.empty()) pause();
    } else if (name == "sheetData") {
        in_data_ = false;
    }
}

void SheetPart::finish_cell()
{
    if (row_text_.size() == text_begin_) return;
    switch (type_) {
    case Type::shared: return finish_shared();
    case Type::number: return finish_number();
    case Type::error: return place(CellKind::error);
    case Type::boolean: {
        const std::string_view value = without_space(std::string_view(row_text_).substr(text_begin_));
        replace_text(value == "1" || value == "true" ? "true" : "false");
        return place(CellKind::boolean);
    }
    case Type::iso_date: {
        const Moment moment = moment_of_iso(without_space(std::string_view(row_text_).substr(text_begin_)));
        replace_text(moment.text);
        return place(moment.kind);
    }
    case Type::text: undo_escapes(row_text_, text_begin_); return place(CellKind::text);
    }
}

void SheetPart::finish_shared()
{
    const auto index = whole_number(without_space(std::string_view(row_text_).substr(text_begin_)));
    row_text_.resize(text_begin_);
    if (!index || *index >= strings_.size()) return damaged();
    const std::string_view text = strings_[*index];
    if (!text.empty()) cells_.push_back({column_ - 1, CellKind::text, true, *index, text.size()});
}

void SheetPart::finish_number()
{
    const std::string_view written = without_space(std::string_view(row_text_).substr(text_begin_));
    const NumberMeaning meaning = style_ < workbook_.meanings.size() ? workbook_.meanings[style_] : NumberMeaning::number;
    if (meaning != NumberMeaning::number && meaning != NumberMeaning::share) {
        const Moment moment = moment_of(written, meaning, workbook_.dates);
        if (!moment.text.empty()) {
            replace_text(moment.text);
            return place(moment.kind);
        }
    }
    const std::string text = number_text(written);
    if (text.empty()) return place(CellKind::text);  // what is no number is left as it stands
    replace_text(text);
    place(meaning == NumberMeaning::share ? CellKind::share : CellKind::number);
}

void SheetPart::replace_text(std::string_view text)
{
    row_text_.replace(text_begin_, std::string::npos, text);
}

void SheetPart::place(CellKind kind)
{
    const std::size_t length = row_text_.size() - text_begin_;
    if (length > 0) cells_.push_back({column_ - 1, kind, false, text_begin_, length});
}

}  // namespace shangdao::exchange::xlsx
