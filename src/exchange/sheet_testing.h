// What the tests of this floor share: a sheet written out as text, so that an expectation can be read.
#pragma once

#include <unicode/ucnv.h>

#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "exchange/formats.h"

namespace shangdao::exchange::trial {

// "row[flaw]: a|b|c"; kinds other than text and empty are marked, as in "number(3)".
inline std::string shown(const RowView& row)
{
    static constexpr std::string_view kinds[] = {"", "", "number", "share", "date", "date_time", "time", "boolean", "error"};
    static constexpr std::string_view flaws[] = {"", "[short]", "[long]", "[stray]"};
    std::string text = std::to_string(row.row) + std::string(flaws[static_cast<std::size_t>(row.flaw)]) + ": ";
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
        const Cell& cell = row.cells[i];
        if (i > 0) text += '|';
        const std::string_view kind = kinds[static_cast<std::size_t>(cell.kind)];
        text += kind.empty() ? std::string(cell.text) : std::string(kind) + "(" + std::string(cell.text) + ")";
    }
    return text;
}

inline std::string shown(const Problems& problems)
{
    std::string text = "refused " + problems.front().code;
    for (const auto& [name, value] : problems.front().args) text += " " + name + "=" + value;
    return text;
}

// All rows that are left, the refusal last if there is one.
inline std::vector<std::string> rest_of(SheetReader& reader)
{
    std::vector<std::string> rows;
    while (true) {
        const auto row = reader.next();
        if (!row) {
            rows.push_back(shown(row.error()));
            return rows;
        }
        if (!*row) return rows;
        rows.push_back(shown(**row));
    }
}

inline std::vector<std::string> rows_of(const SheetSource& source, const ReadOptions& options = {})
{
    const auto reader = open_sheet(source, options);
    return reader ? rest_of(**reader) : std::vector{shown(reader.error())};
}

inline std::vector<std::string> rows_of(std::string bytes, const ReadOptions& options = {})
{
    return rows_of(SheetSource::bytes(std::move(bytes)), options);
}

// UTF-8 text in another encoding, by ICU.
inline std::string encoded(std::string_view text, std::string_view encoding)
{
    UErrorCode error = U_ZERO_ERROR;
    std::string bytes(4 * text.size() + 8, '\0');
    const std::int32_t count = ucnv_convert(std::string(encoding).c_str(), "UTF-8", bytes.data(), static_cast<std::int32_t>(bytes.size()), text.data(),
                                            static_cast<std::int32_t>(text.size()), &error);
    bytes.resize(static_cast<std::size_t>(count));
    return bytes;
}

// A directory of its own for one test, gone afterwards.
class TemporaryDirectory {
public:
    TemporaryDirectory()
    {
        std::string pattern = (std::filesystem::temp_directory_path() / "exchange-XXXXXX").string();
        path_ = ::mkdtemp(pattern.data());
    }
    TemporaryDirectory(const TemporaryDirectory&) = delete;
    TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
    ~TemporaryDirectory() { std::filesystem::remove_all(path_); }
    std::filesystem::path operator/(std::string_view name) const { return path_ / name; }
    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

}  // namespace shangdao::exchange::trial
