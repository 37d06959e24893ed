// Any bytes as a text table. The first byte chooses encoding and delimiter; then the same table is read once more behind
// a filler that puts the border of a decoded piece into its middle: the rows may not differ.
#include <cstdint>

#include "exchange/text_stream.h"
#include "sheet_laws.h"

using namespace shangdao::exchange;

namespace {

ReadOptions options_of(std::uint8_t choice)
{
    static constexpr std::string_view names[] = {"", "UTF-8", "GB18030", "UTF-16LE", "Big5", "Shift_JIS", "windows-1252", "UTF-16BE"};
    static constexpr char delimiters[] = {0, ',', ';', '\t'};
    ReadOptions options;
    if (const std::string_view name = names[choice & 7]; !name.empty()) options.encoding = name;
    if (const char delimiter = delimiters[choice >> 3 & 3]; delimiter != 0) options.delimiter = delimiter;
    return options;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size == 0) return 0;
    const std::string bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
    const ReadOptions options = options_of(data[0]);
    const SheetSource source = SheetSource::bytes(bytes);
    const auto reader = open_sheet(source, options);
    if (!reader) return 0;
    const fuzz::ReadSheet sheet = fuzz::read_lawfully(**reader);
    fuzz::check_resume(source, options, sheet);

    // Blank lines move the table to the border and add nothing but row numbers.
    if ((data[0] & 0x20) == 0 || !options.delimiter || options.encoding != "UTF-8" || bytes.starts_with("\xEF\xBB\xBF") || bytes.starts_with("sep=")) return 0;
    const std::size_t filler = TextStream::piece_bytes - bytes.size() / 2;
    const auto moved = open_sheet(SheetSource::bytes(std::string(filler, '\n') + bytes), options);
    fuzz::law(moved.has_value());
    fuzz::ReadSheet again = fuzz::read_lawfully(**moved);
    for (auto& row : again.rows) row.row -= static_cast<std::int64_t>(filler);
    fuzz::law(again == sheet);
    return 0;
}
