// Uploads – files that people brought to be imported, beside the store until they are a week old. Each belongs to the member
// who brought it; nobody else can read or import it.
#pragma once

#include <filesystem>
#include <string>

#include "engine/engine.h"
#include "exchange/formats.h"

namespace shangdao::engine {

struct Upload {
    Id id{};
    std::string name;  // as its owner calls it
    std::filesystem::path path;
};

// Moves the file at `from` in. What no reader can read is refused with the format's own problem, and not kept. Old uploads
// are removed on the way.
Result<Upload> keep_upload(Engine& engine, const Desk& desk, const std::filesystem::path& from, std::string_view name);
Result<Upload> find_upload(const Engine& engine, const Desk& desk, Id id);  // refusal unknown_file

// One sheet with headings and its first rows.
struct SheetFacts {
    std::string name;  // empty for CSV
    std::int64_t rows = 0;  // without headings; -1 when not counted
    std::vector<std::string> headings;
    std::vector<std::vector<std::string>> sample;
};
struct UploadFacts {
    std::string format, encoding;
    char delimiter = 0;
    std::vector<SheetFacts> sheets;  // hidden and empty ones are left out
};
enum class Rows : unsigned char { all, sample };
// Rows::all reads the file to its end: every row can be read then.
Result<UploadFacts> look_at(const std::filesystem::path& path, std::size_t sample_rows, Rows rows);

// What stands in one column of a sheet: its words, the most usual first, as the file has them.
struct ColumnWords {
    std::vector<std::pair<std::string, std::int64_t>> words;  // and their rows
    std::int64_t empty = 0;
    bool more = false;  // there are others beyond `most`
};
// Refusals of the formats, unknown_sheet, unknown_column.
Result<ColumnWords> column_words(const std::filesystem::path& path, std::string_view sheet,
                                 exchange::ReadOptions options, std::string_view heading, std::size_t most);

// {"file","name","kind","encoding","delimiter","sheets":[{"name","rows","columns","sample"}]}
std::string upload_answer(const Upload& upload, const UploadFacts& facts);

}  // namespace shangdao::engine
