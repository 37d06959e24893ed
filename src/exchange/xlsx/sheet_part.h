// SheetPart – the cells of one worksheet, row by row, as the XML gives them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "exchange/sheet.h"
#include "exchange/xlsx/shared_strings.h"
#include "exchange/xlsx/workbook.h"
#include "exchange/xlsx/xml.h"

namespace shangdao::exchange::xlsx {

inline constexpr std::int64_t rows_max = 1'048'576;
inline constexpr std::uint32_t columns_max = 16'384;

// A filled cell. Its text lies in the part's row text, or, for shared strings, in theirs.
struct PlacedCell {
    std::uint32_t column;  // 0-based
    CellKind kind;
    bool shared;
    std::size_t begin;  // offset in row_text(), or the number of the shared string
    std::size_t length;
};

class SheetPart final : public XmlDocument {
public:
    // Rows up to `skip_rows` are passed over. Workbook and strings must outlive the part.
    SheetPart(ArchiveEntry entry, const Workbook& workbook, const SharedStrings& strings, std::int64_t skip_rows);

    // After advance() paused: the row's number, its filled cells in the order of the file, and their text.
    std::int64_t row() const { return row_; }
    const std::vector<PlacedCell>& cells() const { return cells_; }
    const std::string& row_text() const { return row_text_; }

private:
    enum class Type : std::uint8_t { number, shared, text, boolean, error, iso_date };

    void on_start(std::string_view name, const XmlAttributes& attributes) override;
    void on_end(std::string_view name) override;
    void on_text(std::string_view text) override;

    void start_row(const XmlAttributes& attributes);
    void start_cell(const XmlAttributes& attributes);
    void finish_cell();
    void finish_shared();
    void finish_number();
    void place(CellKind kind);
    void replace_text(std::string_view text);
    void damaged();

    const Workbook& workbook_;
    const SharedStrings& strings_;
    std::int64_t skip_rows_;
    std::int64_t row_ = 0;
    std::vector<PlacedCell> cells_;
    std::string row_text_;

    bool in_data_ = false;
    bool in_cell_ = false;
    bool phonetic_ = false;
    bool collecting_ = false;
    Type type_ = Type::number;
    std::uint32_t column_ = 0;  // of the current cell, 1-based; of the last one between cells
    std::uint32_t style_ = 0;
    std::size_t text_begin_ = 0;
};

}  // namespace shangdao::exchange::xlsx
