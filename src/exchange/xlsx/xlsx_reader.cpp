#include "exchange/xlsx/xlsx_reader.h"

#include <algorithm>

#include "exchange/xlsx/archive.h"
#include "exchange/xlsx/shared_strings.h"
#include "exchange/xlsx/sheet_part.h"
#include "exchange/xlsx/workbook.h"

namespace shangdao::exchange::xlsx {

namespace {

// Empty cells that may be laid out in all; a sheet whose rows each fill only the last column is not worth more.
constexpr std::uint64_t padding_max = 1'000'000'000;

class XlsxReader final : public SheetReader {
public:
    XlsxReader(Archive archive, Workbook workbook, SharedStrings strings, std::size_t sheet)
        : archive_(std::move(archive)), workbook_(std::move(workbook)), strings_(std::move(strings)), sheet_(sheet)
    {
        facts_ = {.format = "xlsx", .sheet = workbook_.sheets[sheet].name.name, .encoding = {}, .delimiter = 0};
    }

    Result<void> start(std::int64_t skip_rows);

    Result<std::optional<RowView>> next() override;
    std::size_t columns() const override { return columns_; }
    SheetPosition position() const override { return {.byte = 0, .skip = 0, .row = row_, .line = row_}; }
    Result<void> seek(const SheetPosition& position) override;
    const SheetFacts& facts() const override { return facts_; }
    SheetProgress progress() const override;

private:
    Result<std::optional<RowView>> fail(Problems problems);
    bool lay_out();

    Archive archive_;
    Workbook workbook_;
    SharedStrings strings_;
    std::size_t sheet_;
    std::unique_ptr<SheetPart> part_;  // reads from archive_
    std::vector<Cell> cells_;
    std::int64_t row_ = 0;
    std::size_t columns_ = 0;
    std::uint64_t padding_ = 0;
    SheetFacts facts_;
    Problems failure_;
};

Result<void> XlsxReader::start(std::int64_t skip_rows)
{
    TRY(ArchiveEntry entry, archive_.entry(workbook_.sheets[sheet_].part));
    part_ = std::make_unique<SheetPart>(std::move(entry), workbook_, strings_, skip_rows);
    row_ = skip_rows;
    return {};
}

Result<std::optional<RowView>> XlsxReader::next()
{
    if (!failure_.empty()) return refuse(failure_);
    auto state = part_->advance();
    if (!state) return fail(std::move(state).error());
    if (*state == XmlDocument::State::finished) return std::nullopt;
    row_ = part_->row();
    if (!lay_out()) return fail({{"xlsx_too_large", {}, {{"row", std::to_string(row_)}}}});
    const std::size_t filled = cells_.size();
    if (columns_ == 0) columns_ = filled;
    cells_.resize(std::max(columns_, filled));
    return RowView{.row = row_, .line = row_, .cells = cells_, .flaw = filled > columns_ ? RowFlaw::long_row : RowFlaw::none};
}

// Puts the part's cells into their columns; the last one is filled. False when the padding is used up.
bool XlsxReader::lay_out()
{
    std::uint32_t width = 0;
    for (const PlacedCell& placed : part_->cells()) width = std::max(width, placed.column + 1);
    padding_ += std::max<std::size_t>(width, columns_) - std::min<std::size_t>(width, part_->cells().size());
    if (padding_ > padding_max) return false;
    cells_.assign(width, Cell{});
    const std::string_view text = part_->row_text();
    for (const PlacedCell& placed : part_->cells())
        cells_[placed.column] = {placed.shared ? strings_[placed.begin] : text.substr(placed.begin, placed.length), placed.kind};
    return true;
}

Result<std::optional<RowView>> XlsxReader::fail(Problems problems)
{
    failure_ = std::move(problems);
    return refuse(failure_);
}

Result<void> XlsxReader::seek(const SheetPosition& position)
{
    if (columns_ == 0) {
        const auto first = next();
        if (!first) return refuse(first.error());
    }
    if (position.row < 0 || position.row > rows_max || position.byte != 0 || position.skip != 0) return refuse("bad_position");
    failure_.clear();
    return start(position.row);
}

SheetProgress XlsxReader::progress() const
{
    const std::uint64_t total = part_->entry().size();
    return {.done = std::min(part_->entry().bytes_read(), total), .total = total};
}

std::string utf16(std::string_view ascii)
{
    std::string wide;
    for (const char c : ascii) wide += {c, '\0'};
    return wide;
}

}  // namespace

bool sniff(const SheetSource&, std::string_view head)
{
    return head.starts_with("PK\x03\x04") || head.starts_with("PK\x05\x06");
}

Result<std::vector<SheetName>> list(const SheetSource& source)
{
    TRY(const Archive archive, Archive::open(source));
    TRY(const Workbook workbook, read_workbook(archive));
    std::vector<SheetName> names;
    for (const WorkbookSheet& sheet : workbook.sheets) names.push_back(sheet.name);
    return names;
}

Result<std::unique_ptr<SheetReader>> open(const SheetSource& source, const ReadOptions& options)
{
    TRY(Archive archive, Archive::open(source));
    TRY(Workbook workbook, read_workbook(archive));
    if (options.sheet >= workbook.sheets.size()) return refuse("unknown_sheet", {}, {{"sheet", std::to_string(options.sheet)}});
    SharedStrings strings;
    if (!workbook.strings_part.empty()) {
        TRY(ArchiveEntry entry, archive.entry(workbook.strings_part));
        TRY(strings, SharedStrings::read(std::move(entry)));
    }
    auto reader = std::make_unique<XlsxReader>(std::move(archive), std::move(workbook), std::move(strings), options.sheet);
    CHECK_OK(reader->start(0));
    return reader;
}

bool is_compound_file(std::string_view head)
{
    return head.starts_with("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
}

std::string_view compound_file_code(const SheetSource& source)
{
    // [MS-CFB] 2.2: sector shift at 30, first sector of the directory at 48. The names we look for are among its first.
    const std::string header = source.head(512);
    if (header.size() < 512) return "file_format_unknown";
    const auto byte = [&](std::size_t at) { return static_cast<std::uint64_t>(static_cast<unsigned char>(header[at])); };
    const std::uint64_t shift = byte(30);
    if (shift != 9 && shift != 12) return "file_format_unknown";
    const std::uint64_t sector = byte(48) | byte(49) << 8 | byte(50) << 16 | byte(51) << 24;
    std::string directory(16 * 1024, '\0');
    directory.resize(source.read((sector + 1) << shift, directory));
    if (directory.find(utf16("EncryptedPackage")) != std::string::npos) return "xlsx_encrypted";
    const bool old = directory.find(utf16("Workbook")) != std::string::npos || directory.find(utf16("Book")) != std::string::npos;
    return old ? "xls_old" : "file_format_unknown";
}

}  // namespace shangdao::exchange::xlsx
