#include "exchange/csv/formula_guard.h"

#include <algorithm>
#include <array>

namespace shangdao::exchange::csv {

namespace {

constexpr std::array<std::string_view, 11> dangerous = {"=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"};

// -digits or -digits.digits
bool plain_negative(std::string_view text)
{
    if (text.size() < 2 || text[0] != '-') return false;
    text.remove_prefix(1);
    const std::size_t point = std::min(text.find('.'), text.size());
    const auto digits = [](std::string_view part) { return !part.empty() && std::ranges::all_of(part, [](char c) { return c >= '0' && c <= '9'; }); };
    return digits(text.substr(0, point)) && (point == text.size() || digits(text.substr(point + 1)));
}

}  // namespace

bool needs_guard(std::string_view text)
{
    return std::ranges::any_of(dangerous, [&](std::string_view start) { return text.starts_with(start); }) && !plain_negative(text);
}

std::string_view without_guard(std::string_view text)
{
    return text.starts_with('\'') && needs_guard(text.substr(1)) ? text.substr(1) : text;
}

}  // namespace shangdao::exchange::csv
