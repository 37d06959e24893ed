// Ids come from the store's own source, so they are never reused and cannot be mistaken for a record's.
#include "engine/import/upload.h"

#include <boost/json.hpp>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <map>

#include "base/fault.h"
#include "base/json.h"
#include "base/text.h"

namespace shangdao::engine {

namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

constexpr std::int64_t kept_us = 7LL * 24 * 3600 * 1'000'000;
constexpr std::size_t name_max = 200;

fs::path home(const Engine& engine)
{
    return engine.directory() / "files" / "imports";
}

// An id begins with its milliseconds since 2024 (base/id.h), so a file's age is in its name.
bool is_old(Id id, Instant now)
{
    constexpr std::int64_t epoch_ms = 1'704'067'200'000;
    return (id.value >> 21) + epoch_ms < (now.us - kept_us) / 1'000;
}

void forget_old(const Engine& engine)
{
    std::error_code error;
    std::vector<fs::path> old;
    for (const auto& entry : fs::directory_iterator(home(engine), error)) {
        const auto id = parse_id(entry.path().stem().string());
        if (id && entry.path().extension() != ".refused" && is_old(*id, engine.clock().now()))
            old.push_back(entry.path());
    }
    for (const auto& path : old) fs::remove(path, error);
}

Result<SheetFacts> look_at_sheet(const exchange::SheetSource& source, const exchange::ReadOptions& options,
                                 std::size_t sample_rows, Rows rows, UploadFacts& facts)
{
    TRY(const auto reader, exchange::open_sheet(source, options));
    SheetFacts sheet;
    TRY(const auto head, reader->next());
    if (head)
        for (const auto& cell : head->cells) sheet.headings.emplace_back(trimmed(cell.text));
    facts.format = reader->facts().format;
    facts.encoding = reader->facts().encoding;
    facts.delimiter = reader->facts().delimiter;
    while (head) {
        TRY(const auto row, reader->next());
        if (!row) break;
        ++sheet.rows;
        if (sheet.sample.size() < sample_rows) {
            auto& cells = sheet.sample.emplace_back();
            for (const auto& cell : row->cells) cells.emplace_back(cell.text);
        } else if (rows == Rows::sample) {
            sheet.rows = -1;
            break;
        }
    }
    return sheet;
}

}  // namespace

Result<UploadFacts> look_at(const fs::path& path, std::size_t sample_rows, Rows rows)
{
    TRY(const auto source, exchange::SheetSource::file(path));
    TRY(const auto names, exchange::sheet_list(source));
    UploadFacts facts;
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (names[i].hidden) continue;
        TRY(auto sheet, look_at_sheet(source, {.sheet = i}, sample_rows, rows, facts));
        if (sheet.headings.empty()) continue;
        sheet.name = names[i].name;
        facts.sheets.push_back(std::move(sheet));
    }
    if (facts.sheets.empty()) return refuse("file_empty", path.filename().string(), {});
    return facts;
}

Result<ColumnWords> column_words(const fs::path& path, std::string_view sheet, exchange::ReadOptions options,
                                 std::string_view heading, std::size_t most)
{
    TRY(const auto source, exchange::SheetSource::file(path));
    TRY(const auto names, exchange::sheet_list(source));
    if (!sheet.empty()) {
        const auto named = std::ranges::find(names, sheet, &exchange::SheetName::name);
        if (named == names.end()) return refuse("unknown_sheet", "sheet", {{"name", std::string{sheet}}});
        options.sheet = static_cast<std::size_t>(named - names.begin());
    }
    TRY(const auto reader, exchange::open_sheet(source, options));
    TRY(const auto head, reader->next());
    std::optional<std::size_t> column;
    for (std::size_t i = 0; head && i < head->cells.size(); ++i)
        if (match_key(head->cells[i].text) == match_key(heading)) column = i;
    if (!column) return refuse("unknown_column", "column", {{"name", std::string{heading}}});
    ColumnWords found;
    std::map<std::string, std::int64_t, std::less<>> rows;
    while (true) {
        TRY(const auto row, reader->next());
        if (!row) break;
        const auto text = *column < row->cells.size() ? trimmed(row->cells[*column].text) : std::string_view{};
        if (text.empty())
            ++found.empty;
        else if (const auto known = rows.find(text); known != rows.end())
            ++known->second;
        else if (rows.size() < most)
            rows.emplace(text, 1);
        else
            found.more = true;
    }
    found.words.assign(rows.begin(), rows.end());
    std::ranges::sort(found.words, {},
                      [](const auto& word) { return std::pair{-word.second, std::string_view{word.first}}; });
    return found;
}

Result<Upload> keep_upload(Engine& engine, const Desk& desk, const fs::path& from, std::string_view name)
{
    if (!desk.guard->general("import")) return refuse("forbidden", "import", {{"action", "import"}});
    Upload upload{.id = engine.store().ids().next(), .name = std::string{trimmed(name)}, .path = {}};
    if (upload.name.empty()) return refuse("required", "name", {{"name", "name"}});
    if (upload.name.size() > name_max || !valid_utf8(upload.name) || control_character(upload.name) ||
        upload.name.find_first_of("/\\") != std::string::npos)
        return refuse("invalid_value", "name", {{"expected", "name"}});
    std::error_code error;
    fs::create_directories(home(engine), error);
    forget_old(engine);
    upload.path = home(engine) / (to_string(upload.id) + ".upload");
    std::ofstream about(home(engine) / (to_string(upload.id) + ".json"), std::ios::binary);
    about << json::serialize(json::object{{"by", to_string(desk.member)}, {"name", upload.name}});
    about.close();
    fs::rename(from, upload.path, error);
    if (error || !about) throw Fault(FaultKind::storage, "an uploaded file cannot be kept: " + error.message());
    return upload;
}

Result<Upload> find_upload(const Engine& engine, const Desk& desk, Id id)
{
    const auto unknown = [&] { return refuse("unknown_file", "files", {{"name", to_string(id)}}); };
    std::ifstream in(home(engine) / (to_string(id) + ".json"), std::ios::binary);
    if (!in) return unknown();
    const auto about = json::parse(std::string{std::istreambuf_iterator<char>(in), {}});
    if (std::string_view{about.at("by").as_string()} != to_string(desk.member)) return unknown();
    return Upload{.id = id,
                  .name = std::string{about.at("name").as_string()},
                  .path = home(engine) / (to_string(id) + ".upload")};
}

std::string upload_answer(const Upload& upload, const UploadFacts& facts)
{
    json::array sheets;
    for (const auto& sheet : facts.sheets) {
        json::array sample;
        for (const auto& row : sheet.sample) sample.emplace_back(json::array(row.begin(), row.end()));
        sheets.emplace_back(json::object{{"name", sheet.name},
                                         {"rows", sheet.rows},
                                         {"columns", json::array(sheet.headings.begin(), sheet.headings.end())},
                                         {"sample", std::move(sample)}});
    }
    const auto or_null = [](const std::string& text) {
        return text.empty() ? json::value(nullptr) : json::value(text);
    };
    return json::serialize(json::object{
        {"file", to_string(upload.id)},
        {"name", upload.name},
        {"kind", facts.format},
        {"encoding", or_null(facts.encoding)},
        {"delimiter", facts.delimiter == 0 ? json::value(nullptr) : json::value(std::string(1, facts.delimiter))},
        {"sheets", std::move(sheets)}});
}

}  // namespace shangdao::engine
