// The laws every reader keeps, whatever the bytes; a broken one stops the fuzzer.
#pragma once

#include <string>
#include <vector>

#include "exchange/encoding.h"
#include "exchange/formats.h"
#include "laws.h"

namespace shangdao::fuzz {

struct ReadRow {
    std::int64_t row;
    exchange::RowFlaw flaw;
    std::vector<std::pair<exchange::CellKind, std::string>> cells;
    bool operator==(const ReadRow&) const = default;
};

struct ReadSheet {
    std::vector<ReadRow> rows;
    std::string refusal;  // code of what ended the reading early
    bool operator==(const ReadSheet&) const = default;
};

inline constexpr std::size_t rows_read = 2'000;

inline ReadSheet read_lawfully(exchange::SheetReader& reader)
{
    ReadSheet sheet;
    std::int64_t before = -1;
    while (sheet.rows.size() < rows_read) {
        const auto next = reader.next();
        if (!next) {
            law(!next.error().empty() && !reader.next().has_value());
            sheet.refusal = next.error().front().code;
            break;
        }
        if (!*next) break;
        const exchange::RowView& view = **next;
        law(view.row > before && view.line > 0 && view.cells.size() >= reader.columns() && reader.columns() > 0);
        before = view.row;
        ReadRow row{view.row, view.flaw, {}};
        for (const exchange::Cell& cell : view.cells) {
            law((cell.kind == exchange::CellKind::empty) == cell.text.empty());
            law(exchange::valid_utf8_prefix(cell.text) == cell.text.size());
            law(cell.text.find('\0') == std::string_view::npos);
            row.cells.emplace_back(cell.kind, std::string(cell.text));
        }
        sheet.rows.push_back(std::move(row));
        law(reader.progress().done <= reader.progress().total);
    }
    return sheet;
}

// Reading on from the middle gives what reading through gave.
inline void check_resume(const exchange::SheetSource& source, const exchange::ReadOptions& options, const ReadSheet& whole)
{
    if (whole.rows.size() < 2 || whole.rows.size() == rows_read) return;
    const auto reader = exchange::open_sheet(source, options).value();
    const std::size_t middle = whole.rows.size() / 2;
    for (std::size_t i = 0; i < middle; ++i) reader->next().value();
    const auto position = exchange::parse_sheet_position(to_string(reader->position()));
    const auto resumed = exchange::open_sheet(source, options).value();
    law(position && resumed->seek(*position).has_value());
    const ReadSheet rest = read_lawfully(*resumed);
    law(rest.refusal == whole.refusal && rest.rows == std::vector(whole.rows.begin() + static_cast<std::ptrdiff_t>(middle), whole.rows.end()));
}

}  // namespace shangdao::fuzz
