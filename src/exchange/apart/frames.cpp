#include "exchange/apart/frames.h"

#include <sys/socket.h>

#include <algorithm>
#include <cerrno>

#include "base/text.h"

namespace shangdao::exchange::apart {

namespace {

constexpr std::size_t text_least = 8;                     // its length
constexpr std::size_t cell_least = 1 + text_least;

std::string checked_text(FrameReader& frame)
{
    const auto text = frame.text();
    if (!valid_utf8(text)) throw Malformed("a text is no UTF-8");
    return std::string{text};
}

template <typename Word> Word checked_word(std::uint8_t value, Word last)
{
    if (value > static_cast<std::uint8_t>(last)) throw Malformed("a word is none of ours");
    return static_cast<Word>(value);
}

bool receive(int socket, char* into, std::size_t count)
{
    while (count > 0) {
        const auto got = ::recv(socket, into, count, 0);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return false;
        into += got;
        count -= static_cast<std::size_t>(got);
    }
    return true;
}

}  // namespace

void FrameWriter::problems(const Problems& value)
{
    number(value.size());
    for (const auto& problem : value) {
        text(problem.code);
        text(problem.field);
        number(problem.args.size());
        for (const auto& [name, arg] : problem.args) {
            text(name);
            text(arg);
        }
    }
}

Problems FrameReader::problems()
{
    Problems value;
    for (auto left = count(3 * text_least); left > 0; --left) {
        auto& problem = value.emplace_back();
        problem.code = checked_text(*this);
        problem.field = checked_text(*this);
        for (auto args = count(2 * text_least); args > 0; --args) {
            auto name = checked_text(*this);
            problem.args[std::move(name)] = checked_text(*this);
        }
    }
    if (value.empty()) throw Malformed("a refusal without a problem");
    return value;
}

void write_row(FrameWriter& frame, const RowView& row, const SheetPosition& behind)
{
    frame.byte(1);
    frame.number(static_cast<std::uint64_t>(row.row));
    frame.number(static_cast<std::uint64_t>(row.line));
    frame.byte(static_cast<std::uint8_t>(row.flaw));
    frame.position(behind);
    frame.number(row.cells.size());
    for (const auto& cell : row.cells) {
        frame.byte(static_cast<std::uint8_t>(cell.kind));
        frame.text(cell.text);
    }
}

RowBatch read_rows(std::string bytes)
{
    RowBatch batch{.bytes = std::move(bytes), .rows = {}, .cells = {}, .progress = {}, .problems = {}};
    FrameReader frame(batch.bytes);
    while (frame.byte() == 1) {
        RowBatch::Row row;
        row.row = static_cast<std::int64_t>(frame.number());
        row.line = static_cast<std::int64_t>(frame.number());
        row.flaw = checked_word(frame.byte(), RowFlaw::stray_quote);
        row.position = frame.position();
        row.first = batch.cells.size();
        row.cells = frame.count(cell_least);
        for (auto left = row.cells; left > 0; --left) {
            const auto kind = checked_word(frame.byte(), CellKind::error);
            const auto text = frame.text();
            if (!valid_utf8(text)) throw Malformed("a cell is no UTF-8");
            batch.cells.push_back({text, kind});
        }
        batch.rows.push_back(row);
    }
    batch.columns = static_cast<std::size_t>(frame.number());
    batch.progress = {.done = frame.number(), .total = frame.number()};
    batch.ending = checked_word(frame.byte(), RowBatch::Ending::refusal);
    if (batch.ending == RowBatch::Ending::refusal) batch.problems = frame.problems();
    if (!frame.at_end()) throw Malformed("more than a frame of rows");
    for (const auto& row : batch.rows)
        if (row.cells < batch.columns) throw Malformed("a row is narrower than its sheet");
    return batch;
}

bool send_frame(int socket, FrameWriter& frame)
{
    auto left = frame.finished();
    while (!left.empty()) {
        const auto sent = ::send(socket, left.data(), left.size(), MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) continue;
        if (sent <= 0) return false;
        left.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

std::optional<std::pair<FrameKind, std::string>> receive_frame(int socket)
{
    std::uint32_t length = 0;
    if (!receive(socket, reinterpret_cast<char*>(&length), sizeof length)) return std::nullopt;
    if (length == 0 || length > frame_max) throw Malformed("a frame of no such length");
    char kind = 0;
    if (!receive(socket, &kind, 1)) return std::nullopt;
    std::string content(length - 1, '\0');
    if (!receive(socket, content.data(), content.size())) return std::nullopt;
    return std::pair{static_cast<FrameKind>(kind), std::move(content)};
}

}  // namespace shangdao::exchange::apart
