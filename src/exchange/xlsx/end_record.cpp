#include "exchange/xlsx/end_record.h"

#include <algorithm>
#include <string>

namespace shangdao::exchange::xlsx {

namespace {

// Layouts: APPNOTE.TXT 4.3.14–4.3.16; all numbers are little-endian.
constexpr std::size_t end_bytes = 22;
constexpr std::size_t locator_bytes = 20;
constexpr std::size_t end64_bytes = 56;
constexpr std::size_t comment_bytes_max = 65'535;

std::uint64_t number_at(std::string_view bytes, std::size_t offset, std::size_t width)
{
    std::uint64_t value = 0;
    for (std::size_t i = width; i-- > 0;) value = value << 8 | static_cast<unsigned char>(bytes[offset + i]);
    return value;
}

struct Declared {
    std::uint64_t entries;
    std::uint64_t directory_bytes;
};

// What the record at `at` declares; the 64-bit record's word where there is one.
Declared declared_at(const SheetSource& source, std::string_view tail, std::size_t at)
{
    Declared declared{number_at(tail, at + 10, 2), number_at(tail, at + 12, 4)};
    if (at < locator_bytes || !tail.substr(at - locator_bytes).starts_with("PK\x06\x07")) return declared;
    std::string end64(end64_bytes, '\0');
    end64.resize(source.read(number_at(tail, at - locator_bytes + 8, 8), end64));
    if (end64.size() < end64_bytes || !end64.starts_with("PK\x06\x06")) return declared;
    declared.entries = std::max(declared.entries, number_at(end64, 32, 8));
    if (number_at(tail, at + 12, 4) == 0xFFFF'FFFF) declared.directory_bytes = number_at(end64, 40, 8);
    return declared;
}

}  // namespace

Result<void> check_end_record(const SheetSource& source, std::uint64_t entries_max, std::uint64_t directory_bytes_max)
{
    const std::uint64_t tail_bytes = std::min<std::uint64_t>(source.size(), end_bytes + comment_bytes_max + locator_bytes);
    std::string bytes(tail_bytes, '\0');
    bytes.resize(source.read(source.size() - tail_bytes, bytes));
    const std::string_view tail = bytes;
    bool found = false;
    for (std::size_t at = tail.find("PK\x05\x06"); at != std::string_view::npos && at + end_bytes <= tail.size(); at = tail.find("PK\x05\x06", at + 1)) {
        found = true;
        const Declared declared = declared_at(source, tail, at);
        if (declared.entries > entries_max || declared.directory_bytes > directory_bytes_max)
            return refuse("xlsx_too_many_entries", {}, {{"limit", std::to_string(entries_max)}});
    }
    return found ? Result<void>{} : refuse("file_damaged");
}

}  // namespace shangdao::exchange::xlsx
