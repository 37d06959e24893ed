#include "exchange/csv/csv_writer.h"

#include <fmt/format.h>

#include "base/require.h"
#include "exchange/csv/formula_guard.h"

namespace shangdao::exchange::csv {

namespace {

constexpr std::size_t piece_bytes = 64 * 1024;

class CsvWriter final : public SheetWriter {
public:
    CsvWriter(ByteSink sink, std::vector<Column> columns, const WriteOptions& options) : sink_(std::move(sink)), columns_(std::move(columns)), options_(options)
    {
        require(!columns_.empty(), "a sheet has columns");
        if (people()) buffer_ = "\xEF\xBB\xBF";
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            if (i > 0) buffer_ += ',';
            append_text(columns_[i].title);
        }
        buffer_ += "\r\n";
    }

    void write(std::span<const WriteCell> cells) override
    {
        require(cells.size() == columns_.size(), "a row has one cell per column");
        for (std::size_t i = 0; i < cells.size(); ++i) {
            if (i > 0) buffer_ += ',';
            require(cells[i].index() == 0 || cells[i].index() == static_cast<std::size_t>(columns_[i].kind) + 1, "a cell is of its column's kind");
            std::visit([this](const auto& value) { append(value); }, cells[i]);
        }
        buffer_ += "\r\n";
        ++rows_;
        if (buffer_.size() >= piece_bytes) flush();
    }

    WriteReport finish() override
    {
        flush();
        return {.rows = rows_};
    }

private:
    bool people() const { return options_.text_style == TextStyle::people; }

    void flush()
    {
        sink_(buffer_);
        buffer_.clear();
    }

    void append(std::monostate) {}
    void append(std::string_view text) { append_text(text); }
    void append(Number number) { buffer_ += format_decimal(number.units, number.scale); }
    void append(const Money& money) { buffer_ += format_decimal(money.minor, minor_digits(money.currency)); }
    void append(Share share)
    {
        std::string text = format_decimal(share.ppm, people() ? 4 : 6);
        text.erase(text.find_last_not_of('0') + 1);
        if (text.ends_with('.')) text.pop_back();
        buffer_ += people() ? text + "%" : text;
    }
    void append(Date date) { buffer_ += to_string(date); }
    void append(Instant instant)
    {
        if (!people()) {
            buffer_ += to_string(instant);
            return;
        }
        const std::string civil = to_string(instant + std::chrono::seconds(options_.zone.offset_seconds(instant)));
        buffer_ += civil.substr(0, 10) + " " + civil.substr(11, 8);
    }
    void append(bool value) { buffer_ += value ? "true" : "false"; }

    void append_text(std::string_view text)
    {
        const bool guarded = people() && needs_guard(text);
        const bool quoted = text.find_first_of(",;\t|\"\r\n") != std::string_view::npos || (rows_ == 0 && text.starts_with("sep="));
        if (!quoted) {
            if (guarded) buffer_ += '\'';
            buffer_ += text;
            return;
        }
        buffer_ += guarded ? "\"'" : "\"";
        for (const char c : text) {
            if (c == '"') buffer_ += '"';
            buffer_ += c;
        }
        buffer_ += '"';
    }

    ByteSink sink_;
    std::vector<Column> columns_;
    WriteOptions options_;
    std::string buffer_;
    std::int64_t rows_ = 0;
};

}  // namespace

std::unique_ptr<SheetWriter> write_to(ByteSink sink, std::vector<Column> columns, const WriteOptions& options)
{
    return std::make_unique<CsvWriter>(std::move(sink), std::move(columns), options);
}

}  // namespace shangdao::exchange::csv
