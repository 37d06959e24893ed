#include "exchange/sheet.h"

#include <fmt/format.h>

#include <array>
#include <charconv>

namespace shangdao::exchange {

std::string to_string(const SheetPosition& position)
{
    return fmt::format("{}:{}:{}:{}", position.byte, position.skip, position.row, position.line);
}

std::optional<SheetPosition> parse_sheet_position(std::string_view text)
{
    std::array<std::int64_t, 4> parts{};
    const char* at = text.data();
    const char* const end = text.data() + text.size();
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (i > 0) {
            if (at == end || *at != ':') return std::nullopt;
            ++at;
        }
        const auto [rest, error] = std::from_chars(at, end, parts[i]);
        if (error != std::errc{} || parts[i] < 0) return std::nullopt;
        at = rest;
    }
    if (at != end) return std::nullopt;
    return SheetPosition{.byte = static_cast<std::uint64_t>(parts[0]), .skip = static_cast<std::uint64_t>(parts[1]), .row = parts[2], .line = parts[3]};
}

}  // namespace shangdao::exchange
