// Sheet – the one neutral shape between a file's bytes and the rest of the house.
//
// Whatever the format, a sheet is a stream of rows of cells, pulled one at a time, so that memory stays flat whatever
// the size of the file. A cell is text plus a kind: a workbook knows that a cell is a date or a number, a CSV file knows
// only text, and neither is guessed here – what a text means is decided by who knows the field.
// Nothing here trusts the file: every reader keeps the limits of its format and refuses with the line or row named.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace shangdao::exchange {

enum class CellKind : std::uint8_t {
    empty,      // text is empty
    text,       // as written in the file, UTF-8
    number,     // decimal text without exponent or separators, at most 15 significant digits when the file held a double
    share,      // a number that the file shows as a percentage; text is the fraction: 40 % is "0.4"
    date,       // YYYY-MM-DD
    date_time,  // YYYY-MM-DDTHH:MM:SS[.mmm], civil time without zone
    time,       // HH:MM:SS[.mmm]
    boolean,    // "true" or "false"
    error,      // the spreadsheet's own error, such as #N/A
};

struct Cell {
    std::string_view text;
    CellKind kind = CellKind::empty;

    bool operator==(const Cell&) const = default;
};

// What is odd about a row; the row is still given, the caller decides.
enum class RowFlaw : std::uint8_t {
    none,
    short_row,    // fewer cells than the first row; padded with empty cells
    long_row,     // filled cells beyond the first row's width; they are kept
    stray_quote,  // text after a closing quote; taken literally as spreadsheets do
};

// Valid until the next call to the reader. `cells` is never shorter than the reader's columns().
struct RowView {
    std::int64_t row = 0;   // 1-based, as a spreadsheet numbers it (blank lines count)
    std::int64_t line = 0;  // 1-based line of the file where the row begins; equals `row` in workbooks
    std::span<const Cell> cells;
    RowFlaw flaw = RowFlaw::none;
};

// Where a reader stands between two rows; opaque but for its text form, which a job may store as its cursor.
struct SheetPosition {
    std::uint64_t byte = 0;  // offset in the file at which decoding restarts
    std::uint64_t skip = 0;  // UTF-8 bytes to drop after that; less than one chunk
    std::int64_t row = 0;    // rows and lines already behind
    std::int64_t line = 0;

    bool operator==(const SheetPosition&) const = default;
};

std::string to_string(const SheetPosition& position);
std::optional<SheetPosition> parse_sheet_position(std::string_view text);

// What was recognised, for the preview a person confirms.
struct SheetFacts {
    std::string format;    // name in formats()
    std::string sheet;     // name of the sheet, empty for CSV
    std::string encoding;  // name of the encoding, empty for workbooks
    char delimiter = 0;    // 0 for workbooks
};

struct SheetProgress {
    std::uint64_t done = 0;  // bytes, of an unspecified layer of the file; done ≤ total
    std::uint64_t total = 0;
};

// Pulls rows. Not thread-safe; several readers of one source may run at once.
class SheetReader {
public:
    virtual ~SheetReader() = default;

    // The next row that holds anything, or nullopt at the end. Rows of empty cells alone are passed over. After a
    // refusal the reader is done: every further call refuses alike.
    virtual Result<std::optional<RowView>> next() = 0;

    // Width of the first row without its trailing empty cells; 0 before the first next().
    virtual std::size_t columns() const = 0;

    // Where next() will go on. Giving it to seek() of another reader on the same file and options continues there.
    virtual SheetPosition position() const = 0;

    // Continues at `position`; columns() is learnt from the first row if it was not yet read. A position beyond the
    // file is refused: bad_position.
    virtual Result<void> seek(const SheetPosition& position) = 0;

    virtual const SheetFacts& facts() const = 0;
    virtual SheetProgress progress() const = 0;
};

// How to open. What is absent is recognised from the content.
struct ReadOptions {
    std::size_t sheet = 0;                  // index in sheet_list()
    std::optional<std::string> encoding{};  // a name of encodings(), or an alias
    std::optional<char> delimiter{};        // , ; tab |
};

}  // namespace shangdao::exchange
