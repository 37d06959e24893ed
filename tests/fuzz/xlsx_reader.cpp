// Any bytes as a workbook. An even first byte: the rest is the package itself. An odd one: the rest is the XML of sheet,
// strings, styles and workbook, cut at bytes 0xFF and packed here, since no mutation gets a checksum right.
#include <array>
#include <cstdint>

#include "exchange/formats.h"
#include "sheet_laws.h"

using namespace shangdao;
using namespace shangdao::exchange;

namespace {

std::uint32_t checksum(std::string_view text)
{
    std::uint32_t crc = ~0U;
    for (const char c : text) {
        crc ^= static_cast<unsigned char>(c);
        for (int bit = 0; bit < 8; ++bit) crc = crc >> 1 ^ (0xEDB88320U & (0U - (crc & 1)));
    }
    return ~crc;
}

void append(std::string& out, std::uint64_t value, int width)
{
    for (int i = 0; i < width; ++i) out += static_cast<char>(value >> (8 * i));
}

// A zip of stored entries; APPNOTE.TXT 4.3.
class Package {
public:
    void add(std::string_view name, std::string_view content)
    {
        std::string common;
        append(common, 20, 2);
        append(common, 0, 2 + 2 + 4);
        append(common, checksum(content), 4);
        append(common, content.size(), 4);
        append(common, content.size(), 4);
        append(common, name.size(), 2);
        append(common, 0, 2);
        directory_ += "PK\x01\x02";
        append(directory_, 20, 2);
        directory_ += common;
        append(directory_, 0, 2 + 2 + 2);
        append(directory_, 0, 4);
        append(directory_, bytes_.size(), 4);
        directory_ += name;
        bytes_ += "PK\x03\x04" + common;
        bytes_ += name;
        bytes_ += content;
        ++entries_;
    }

    std::string finish()
    {
        std::string end = "PK\x05\x06";
        append(end, 0, 4);
        append(end, entries_, 2);
        append(end, entries_, 2);
        append(end, directory_.size(), 4);
        append(end, bytes_.size(), 4);
        append(end, 0, 2);
        return bytes_ + directory_ + end;
    }

private:
    std::string bytes_;
    std::string directory_;
    std::uint64_t entries_ = 0;
};

std::string packed(std::string_view input)
{
    std::array<std::string_view, 4> parts = {"", "<sst/>", "<styleSheet/>", "<workbook><sheets><sheet name='a' id='s'/></sheets></workbook>"};
    for (std::string_view& part : parts) {
        const std::size_t cut = std::min(input.find('\xFF'), input.size());
        if (cut > 0) part = input.substr(0, cut);
        input.remove_prefix(std::min(cut + 1, input.size()));
    }
    Package package;
    package.add("_rels/.rels", "<R><Relationship Id='r' Type='x/officeDocument' Target='w.xml'/></R>");
    package.add("_rels/w.xml.rels", "<R><Relationship Id='s' Type='x/worksheet' Target='s.xml'/><Relationship Id='t' Type='x/sharedStrings' Target='t.xml'/>"
                                    "<Relationship Id='y' Type='x/styles' Target='y.xml'/></R>");
    package.add("s.xml", parts[0]);
    package.add("t.xml", parts[1]);
    package.add("y.xml", parts[2]);
    package.add("w.xml", parts[3]);
    return package.finish();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size == 0) return 0;
    const std::string_view rest(reinterpret_cast<const char*>(data) + 1, size - 1);
    const SheetSource source = SheetSource::bytes(data[0] % 2 == 0 ? std::string(rest) : packed(rest));
    const auto reader = open_sheet(source);
    if (!reader || (*reader)->facts().format != "xlsx") return 0;
    fuzz::check_resume(source, {}, fuzz::read_lawfully(**reader));
    return 0;
}
