#include "exchange/csv/csv_reader.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <vector>

#include "base/require.h"
#include "exchange/csv/dialect.h"
#include "exchange/csv/record_parser.h"
#include "exchange/encoding.h"
#include "exchange/text_stream.h"

namespace shangdao::exchange::csv {

namespace {

class CsvReader final : public SheetReader {
public:
    CsvReader(SheetSource source, DetectedEncoding detected)
        : source_(std::move(source)), encoding_(*detected.encoding), stream_(source_, encoding_, detected.mark_bytes), buffer_(TextStream::room_needed + 1)
    {
        facts_ = {.format = "csv", .sheet = {}, .encoding = std::string(encoding_.name), .delimiter = 0};
    }

    Result<void> start(std::optional<char> wanted);

    Result<std::optional<RowView>> next() override;
    std::size_t columns() const override { return columns_; }
    SheetPosition position() const override;
    Result<void> seek(const SheetPosition& position) override;
    const SheetFacts& facts() const override { return facts_; }
    SheetProgress progress() const override { return {.done = std::min(position().byte, source_.size()), .total = source_.size()}; }

private:
    Result<void> refill();
    Result<void> skip_decoded(std::uint64_t bytes);
    Result<std::optional<RowView>> fail(Problems problems);
    std::optional<RowView> row_of(const Record& record);
    Problems refusal_of(ParseState state) const;
    std::int64_t line_at_buffer_end() const;

    SheetSource source_;
    const Encoding& encoding_;
    TextStream stream_;
    RecordParser parser_{','};
    std::vector<char> buffer_;         // [begin_, end_) is decoded and unread; buffer_[end_] is NUL, the parser's sentinel
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
    std::uint64_t buffer_start_ = 0;   // decoded offset of buffer_[0]
    bool at_end_ = false;
    std::int64_t row_ = 0;
    std::int64_t line_ = 0;
    std::size_t columns_ = 0;
    SheetFacts facts_;
    Problems failure_;
};

Result<void> CsvReader::start(std::optional<char> wanted)
{
    if (wanted && std::ranges::find(delimiters, *wanted) == delimiters.end())
        return refuse("unknown_delimiter", {}, {{"delimiter", std::string(1, *wanted)}});
    CHECK_OK(refill());
    const std::string_view head(buffer_.data(), end_);
    const char declared = declared_delimiter(head);
    facts_.delimiter = wanted ? *wanted : declared != 0 ? declared : sniff_delimiter(head.substr(0, 64 * 1024));
    parser_ = RecordParser(facts_.delimiter);
    if (declared != 0) {
        begin_ = head.substr(5).starts_with("\r\n") ? 7 : 6;
        row_ = line_ = 1;
    }
    return {};
}

Result<void> CsvReader::refill()
{
    std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
    buffer_start_ += begin_;
    end_ -= begin_;
    begin_ = 0;
    stream_.forget_before(buffer_start_);
    // At least as much again as is waiting, so that parsing a long record anew stays linear.
    const std::size_t before = end_;
    do {
        if (buffer_.size() - end_ < TextStream::room_needed + 1) buffer_.resize(2 * buffer_.size());
        const Result<std::size_t> count = stream_.read(std::span(buffer_).subspan(end_, buffer_.size() - end_ - 1));
        if (!count && end_ > before) return {};  // first what was decoded; the stream refuses again
        if (!count) return refuse(count.error());
        end_ += *count;
        buffer_[end_] = '\0';
        at_end_ = *count == 0;
    } while (end_ < 2 * before && !at_end_);
    return {};
}

Result<std::optional<RowView>> CsvReader::next()
{
    if (!failure_.empty()) return refuse(failure_);
    while (begin_ < end_ || !at_end_) {
        const ParseState state = parser_.parse(buffer_.data() + begin_, buffer_.data() + end_, at_end_);
        if (state == ParseState::record) {
            const Record& record = parser_.record();
            begin_ += record.bytes;
            if (auto row = row_of(record)) return row;
        } else if (state == ParseState::need_more) {
            if (end_ - begin_ > row_bytes_max) return fail(refusal_of(ParseState::row_too_long));
            if (auto more = refill(); !more) {
                Problems problems = std::move(more).error();
                problems.front().args["line"] = std::to_string(line_at_buffer_end());
                return fail(std::move(problems));
            }
        } else {
            return fail(refusal_of(state));
        }
    }
    return std::nullopt;
}

// Moves past the record; nullopt when all its cells are empty.
std::optional<RowView> CsvReader::row_of(const Record& record)
{
    ++row_;
    RowView view{.row = row_, .line = line_ + 1, .cells = {}, .flaw = record.stray_quote ? RowFlaw::stray_quote : RowFlaw::none};
    line_ += record.lines;

    std::size_t filled = record.cells.size();
    while (filled > 0 && record.cells[filled - 1].kind == CellKind::empty) --filled;
    if (filled == 0) return std::nullopt;
    if (columns_ == 0) columns_ = filled;
    if (view.flaw == RowFlaw::none && filled > columns_) view.flaw = RowFlaw::long_row;
    if (view.flaw == RowFlaw::none && record.cells.size() < columns_) view.flaw = RowFlaw::short_row;
    view.cells = parser_.padded_cells(std::max(columns_, filled));
    return view;
}

Result<std::optional<RowView>> CsvReader::fail(Problems problems)
{
    failure_ = std::move(problems);
    return refuse(failure_);
}

Problems CsvReader::refusal_of(ParseState state) const
{
    const std::string line = std::to_string(line_ + 1 + parser_.record().lines);
    switch (state) {
    case ParseState::unterminated_quote: return {{"csv_unterminated_quote", {}, {{"line", line}}}};
    case ParseState::field_too_long: return {{"csv_field_too_long", {}, {{"line", line}, {"limit", std::to_string(field_bytes_max)}}}};
    case ParseState::too_many_columns: return {{"csv_too_many_columns", {}, {{"line", line}, {"limit", std::to_string(columns_max)}}}};
    default: return {{"csv_row_too_long", {}, {{"line", std::to_string(line_ + 1)}, {"limit", std::to_string(row_bytes_max)}}}};
    }
}

std::int64_t CsvReader::line_at_buffer_end() const
{
    return line_ + 1 + line_breaks(std::string_view(buffer_.data() + begin_, end_ - begin_));
}

SheetPosition CsvReader::position() const
{
    const TextStream::Restart restart = stream_.restart_at(buffer_start_ + begin_);
    return {.byte = restart.source, .skip = restart.skip, .row = row_, .line = line_};
}

Result<void> CsvReader::seek(const SheetPosition& position)
{
    if (columns_ == 0) {
        const auto first = next();
        if (!first) return refuse(first.error());
    }
    if (position.byte > source_.size() || position.skip > TextStream::room_needed || position.row < 0 || position.line < 0) return refuse("bad_position");
    stream_ = TextStream(source_, encoding_, position.byte);
    begin_ = end_ = 0;
    buffer_start_ = 0;
    buffer_[0] = '\0';
    at_end_ = false;
    row_ = position.row;
    line_ = position.line;
    failure_.clear();
    return skip_decoded(position.skip);
}

Result<void> CsvReader::skip_decoded(std::uint64_t bytes)
{
    while (bytes > 0 && !at_end_) {
        if (begin_ == end_) CHECK_OK(refill());
        const std::size_t step = std::min<std::uint64_t>(bytes, end_ - begin_);
        begin_ += step;
        bytes -= step;
    }
    return bytes == 0 ? Result<void>{} : refuse("bad_position");
}

}  // namespace

Result<std::unique_ptr<SheetReader>> open(const SheetSource& source, const ReadOptions& options)
{
    TRY(const DetectedEncoding detected, detect_encoding(source, options.encoding));
    auto reader = std::make_unique<CsvReader>(source, detected);
    if (auto started = reader->start(options.delimiter); !started) {
        Problems problems = std::move(started).error();
        if (problems.front().code == "nul_byte" || problems.front().code == "invalid_bytes") problems.front().args["line"] = "1";
        return refuse(std::move(problems));
    }
    return reader;
}

}  // namespace shangdao::exchange::csv
