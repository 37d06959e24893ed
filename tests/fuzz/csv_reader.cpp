// Any bytes as a text table. The first byte chooses encoding and delimiter; then the same table is read behind a
// first row that puts the border of a decoded piece into its middle: the rows may not differ.
#include <cstdint>

#include "exchange/text_stream.h"
#include "sheet_laws.h"

using namespace shangdao;
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

    // A first row of one cell, short or long, moves the table to the border and changes nothing else.
    if ((data[0] & 0x20) == 0 || bytes.find('\0') != std::string::npos || !options.delimiter || options.encoding != "UTF-8") return 0;
    const auto behind = [&](std::size_t filler) {
        const auto moved = open_sheet(SheetSource::bytes(std::string(filler - 1, 'x') + "\n" + bytes), options);
        fuzz::law(moved.has_value());
        fuzz::ReadSheet read = fuzz::read_lawfully(**moved);
        if (!read.rows.empty()) read.rows.erase(read.rows.begin());
        return read;
    };
    const std::size_t border = TextStream::piece_bytes - bytes.size() / 2;
    fuzz::law(behind(2) == behind(border));
    return 0;
}
