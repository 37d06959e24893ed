// SheetWriter – typed rows out into a file; memory stays flat whatever their number.
//
// Text leaves as text, always: what a person typed is never a formula in the file, whatever it begins with.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/money.h"
#include "base/result.h"
#include "base/time.h"
#include "base/zone.h"

namespace shangdao::exchange {

enum class ColumnKind : std::uint8_t { text, number, money, share, date, instant, boolean };

struct Column {
    std::string title;
    ColumnKind kind = ColumnKind::text;
};

// monostate is an empty cell. Otherwise the alternative belongs to the column's kind, in the order of ColumnKind.
using WriteCell = std::variant<std::monostate, std::string_view, Number, Money, Share, Date, Instant, bool>;

// For whom a text table is written.
enum class TextStyle : std::uint8_t {
    people,  // for spreadsheets: byte order mark, guarded against formulas, civil time, 40%
    raw,     // for migration: no mark, no guard, instants in UTC, 0.4; reading it back gives the very same cells
};

struct WriteOptions {
    std::string sheet_name = "Sheet1";  // made valid as needed
    Zone zone = Zone::utc();            // in which instants are shown
    TextStyle text_style = TextStyle::people;
};

struct WriteReport {
    std::int64_t rows = 0;             // without headers
    std::int64_t sheets = 1;           // a workbook goes on in a further sheet after 1,048,575 rows
    std::int64_t shortened_cells = 0;  // texts over a workbook's 32,767 characters; they end in "…"
};

// Not thread-safe. A writer destroyed before finish() leaves an incomplete file or none.
class SheetWriter {
public:
    virtual ~SheetWriter() = default;

    // One cell per column, valid UTF-8. A failing disk is a Fault, here or at the latest in finish().
    virtual void write(std::span<const WriteCell> cells) = 0;

    // Completes the file; called once, nothing is written afterwards.
    virtual WriteReport finish() = 0;
};

// Takes what is to be written, in pieces of some 64 KiB.
using ByteSink = std::function<void(std::string_view)>;

// A sink that makes or replaces the file; throws Fault when the disk fails.
ByteSink file_sink(const std::filesystem::path& path);

}  // namespace shangdao::exchange
