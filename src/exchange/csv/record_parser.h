// RecordParser – cuts one record out of a buffer; the inner loop of CSV reading.
//
// It looks at each byte once through a table of the few bytes that mean something, and gives views into the buffer; only
// a cell with doubled quotes is rewritten, in place, once its record is whole. A record that the buffer does not hold
// completely is parsed again when there is more: buffers double, so that stays linear.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "exchange/sheet.h"

namespace shangdao::exchange::csv {

enum class ParseState : std::uint8_t { record, need_more, unterminated_quote, field_too_long, too_many_columns, row_too_long };

struct Record {
    std::vector<Cell> cells;
    std::size_t bytes = 0;   // of the buffer, line end included
    std::int64_t lines = 0;  // line ends passed; when parsing stopped early, those before the cell that stopped it
    bool stray_quote = false;
};

class RecordParser {
public:
    explicit RecordParser(char delimiter);

    // Parses from `begin`; `*end` must be NUL and no byte before it. `last` says that nothing follows `end`.
    ParseState parse(char* begin, char* end, bool last);

    const Record& record() const { return record_; }

    // The record's cells, made exactly `count` by padding with empty ones or dropping the last.
    std::span<const Cell> padded_cells(std::size_t count);

private:
    struct Cut {
        ParseState state;  // record: a cell was cut
        char* next;        // at the delimiter, line end or sentinel after it
    };
    Cut cut_quoted(char* open, char* end, bool last);
    Cut cut_plain(char* start, char* end, bool last);
    void unescape();

    struct Escaped {
        std::size_t cell;
        char* begin;  // the opening quote
        char* end;
    };

    char delimiter_;
    std::array<bool, 256> stops_plain_{};
    Record record_;
    std::vector<Escaped> escaped_;
};

// Line ends in `text`: LF, CRLF and lone CR.
std::int64_t line_breaks(std::string_view text);

}  // namespace shangdao::exchange::csv
