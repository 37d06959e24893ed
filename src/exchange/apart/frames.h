// Frames between a process and its reader of files: a length of four bytes, a kind, then numbers of eight bytes and texts with their length, in the
// order of this machine – both ends are one program on one machine.
#pragma once

#include <cstring>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "exchange/sheet.h"

namespace shangdao::exchange::apart {

constexpr std::size_t frame_max = std::size_t{64} << 20;

enum class FrameKind : char {
    list = 'L', open = 'O', seek = 'S', more = 'M',              // of the parent
    names = 'N', facts = 'F', done = 'D', rows = 'R', refusal = 'P', fault = 'X',   // of the worker
};

struct Malformed : std::runtime_error {
    using std::runtime_error::runtime_error;
};

class FrameWriter {
public:
    explicit FrameWriter(FrameKind kind) : bytes_(4, '\0') { bytes_ += static_cast<char>(kind); }

    void number(std::uint64_t value) { bytes_.append(reinterpret_cast<const char*>(&value), sizeof value); }
    void byte(std::uint8_t value) { bytes_ += static_cast<char>(value); }
    void text(std::string_view value)
    {
        number(value.size());
        bytes_ += value;
    }
    void position(const SheetPosition& value)
    {
        number(value.byte);
        number(value.skip);
        number(static_cast<std::uint64_t>(value.row));
        number(static_cast<std::uint64_t>(value.line));
    }
    void problems(const Problems& value);

    std::size_t size() const { return bytes_.size(); }
    // The whole frame with its length.
    std::string_view finished()
    {
        const auto length = static_cast<std::uint32_t>(bytes_.size() - 4);
        std::memcpy(bytes_.data(), &length, sizeof length);
        return bytes_;
    }

private:
    std::string bytes_;
};

// Reads what a FrameWriter wrote, behind its kind; throws Malformed where that is not so. Texts are views of `bytes`.
class FrameReader {
public:
    explicit FrameReader(std::string_view bytes) : bytes_(bytes) {}

    std::uint64_t number()
    {
        std::uint64_t value = 0;
        std::memcpy(&value, take(sizeof value).data(), sizeof value);
        return value;
    }
    std::uint8_t byte() { return static_cast<std::uint8_t>(take(1).front()); }
    std::string_view text() { return take(number()); }
    // A number of things of at least `least` bytes each, which must still be there.
    std::size_t count(std::size_t least)
    {
        const auto value = number();
        if (value > bytes_.size() / least) throw Malformed("more than the frame holds");
        return static_cast<std::size_t>(value);
    }
    SheetPosition position()
    {
        SheetPosition value;
        value.byte = number();
        value.skip = number();
        value.row = static_cast<std::int64_t>(number());
        value.line = static_cast<std::int64_t>(number());
        return value;
    }
    Problems problems();
    bool at_end() const { return bytes_.empty(); }

private:
    std::string_view take(std::uint64_t count)
    {
        if (count > bytes_.size()) throw Malformed("the frame is too short");
        const auto taken = bytes_.substr(0, count);
        bytes_.remove_prefix(count);
        return taken;
    }
    std::string_view bytes_;
};

// Rows with what a reader knows behind them, as one frame of the kind `rows`.
struct RowBatch {
    struct Row {
        std::int64_t row = 0, line = 0;
        RowFlaw flaw = RowFlaw::none;
        std::size_t first = 0, cells = 0;    // in `cells`
        SheetPosition position;              // behind it
    };
    std::string bytes;                       // of the frame, which the cells are views of
    std::vector<Row> rows;
    std::vector<Cell> cells;
    std::size_t columns = 0;
    SheetProgress progress;
    enum class Ending : std::uint8_t { more, end, refusal } ending = Ending::more;
    Problems problems;                       // of a refusal
};
void write_row(FrameWriter& frame, const RowView& row, const SheetPosition& behind);
// Throws Malformed, also where a text is no UTF-8 or a kind none of ours.
RowBatch read_rows(std::string bytes);

// The socket between the two. False, or nullopt: the other end is gone, or said nothing for as long as the socket waits.
bool send_frame(int socket, FrameWriter& frame);
// Kind and content; throws Malformed when it is longer than frame_max.
std::optional<std::pair<FrameKind, std::string>> receive_frame(int socket);

}  // namespace shangdao::exchange::apart
