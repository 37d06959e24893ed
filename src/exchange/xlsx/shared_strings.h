// SharedStrings – the strings a workbook keeps once and names by number.
//
// All of them lie in one piece of memory with an array of ends: about 4 bytes a string beyond its text. Their sum is
// bounded, since it is what a reader of a workbook must hold at once.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "exchange/xlsx/archive.h"

namespace shangdao::exchange::xlsx {

inline constexpr std::size_t strings_bytes_max = 128 * 1024 * 1024;
inline constexpr std::size_t strings_max = 8 * 1024 * 1024;
inline constexpr std::size_t cell_bytes_max = 1024 * 1024;

class SharedStrings {
public:
    SharedStrings() = default;

    // Runs of rich text are joined, phonetic guides left out. Refuses xlsx_too_many_strings, file_damaged.
    static Result<SharedStrings> read(ArchiveEntry entry);

    std::size_t size() const { return ends_.size(); }

    // index < size(). Valid as long as this object stays where it is.
    std::string_view operator[](std::size_t index) const;

private:
    std::string text_;
    std::vector<std::uint32_t> ends_;
};

// Undoes _xHHHH_, which stands for a character that XML cannot carry, in text[from …]; shortens the text.
void undo_escapes(std::string& text, std::size_t from);

}  // namespace shangdao::exchange::xlsx
