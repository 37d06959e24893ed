#include "exchange/xlsx/number_format.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>
#include <optional>

#include "base/time.h"

namespace shangdao::exchange::xlsx {

namespace {

constexpr std::int64_t ms_per_day = 86'400'000;
constexpr double serial_max = 2'958'466;  // 10000-01-01 in the 1900 system
constexpr std::size_t digits_max = 15;

constexpr bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

std::optional<double> parsed(std::string_view text)
{
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
    return value;
}

// -?digits[.digits] with at most 15 significant digits and no needless zeros in front.
bool plain(std::string_view text)
{
    if (text.starts_with('-')) text.remove_prefix(1);
    const std::size_t point = std::min(text.find('.'), text.size());
    const std::string_view whole = text.substr(0, point);
    const std::string_view fraction = point < text.size() ? text.substr(point + 1) : std::string_view{};
    if (whole.empty() || (point < text.size() && fraction.empty()) || (whole.size() > 1 && whole[0] == '0')) return false;
    if (!std::ranges::all_of(whole, is_digit) || !std::ranges::all_of(fraction, is_digit)) return false;
    if (whole != "0") return whole.size() + fraction.size() <= digits_max;
    const std::size_t zeros = std::min(fraction.find_first_not_of('0'), fraction.size());
    return fraction.size() - zeros <= digits_max;
}

}  // namespace

NumberMeaning meaning_of_builtin(std::uint32_t format)
{
    const auto among = [format](std::uint32_t low, std::uint32_t high) { return format >= low && format <= high; };
    if (among(9, 10)) return NumberMeaning::share;
    if (among(14, 17) || among(27, 31) || format == 36 || among(50, 54) || among(57, 58)) return NumberMeaning::date;
    if (among(18, 21) || among(32, 35) || among(55, 56) || format == 45 || format == 47) return NumberMeaning::time;
    if (format == 22) return NumberMeaning::date_time;
    return NumberMeaning::number;
}

NumberMeaning meaning_of_code(std::string_view code)
{
    bool day = false;
    bool hour = false;
    bool month_or_minute = false;
    bool share = false;
    for (std::size_t i = 0; i < code.size() && code[i] != ';'; ++i) {
        const char c = code[i];
        if (c == '"') {
            i = std::min(code.find('"', i + 1), code.size());
        } else if (c == '\\' || c == '_' || c == '*') {
            ++i;
        } else if (c == '[') {
            const std::size_t close = std::min(code.find(']', i), code.size());
            const std::string_view inside = code.substr(i + 1, close - i - 1);
            if (!inside.empty() && inside.find_first_not_of("hHmMsS") == std::string_view::npos) return NumberMeaning::number;
            i = close;
        } else if (code.substr(i).starts_with("General")) {
            i += 6;
        } else {
            day |= c == 'y' || c == 'Y' || c == 'd' || c == 'D';
            hour |= c == 'h' || c == 'H' || c == 's' || c == 'S';
            month_or_minute |= c == 'm' || c == 'M';
            share |= c == '%';
        }
    }
    if (hour) return day ? NumberMeaning::date_time : NumberMeaning::time;
    if (day || month_or_minute) return NumberMeaning::date;
    return share ? NumberMeaning::share : NumberMeaning::number;
}

std::string number_text(std::string_view written)
{
    if (plain(written)) return written == "-0" ? "0" : std::string(written);
    const std::optional<double> value = parsed(written);
    if (!value) return {};
    if (*value == 0) return "0";
    // d.dddddddddddddde±x, then the point is moved.
    const std::string scientific = fmt::format("{:.14e}", std::abs(*value));
    const int exponent = std::stoi(scientific.substr(scientific.find('e') + 1));
    std::string digits = scientific.substr(0, 1) + scientific.substr(2, digits_max - 1);
    digits.erase(digits.find_last_not_of('0') + 1);
    std::string text = *value < 0 ? "-" : "";
    if (exponent < 0) return text + "0." + std::string(static_cast<std::size_t>(-exponent - 1), '0') + digits;
    const auto whole = static_cast<std::size_t>(exponent) + 1;
    if (digits.size() <= whole) return text + digits + std::string(whole - digits.size(), '0');
    return text + digits.substr(0, whole) + "." + digits.substr(whole);
}

namespace {

std::string time_text(std::int64_t ms)
{
    std::string text = fmt::format("{:02}:{:02}:{:02}", ms / 3'600'000, ms / 60'000 % 60, ms / 1000 % 60);
    if (ms % 1000 != 0) text += fmt::format(".{:03}", ms % 1000);
    return text;
}

// Days since 1970-01-01 of a whole serial; nullopt for the day that never was and for serial 0.
std::optional<std::int64_t> days_of(std::int64_t serial, DateSystem system)
{
    constexpr std::int64_t first_1904 = -24'107;  // 1904-01-01
    constexpr std::int64_t before_1900 = -25'568;  // 1899-12-31
    if (system == DateSystem::from_1904) return first_1904 + serial;
    if (serial <= 0 || serial == 60) return std::nullopt;
    return before_1900 + (serial < 60 ? serial : serial - 1);
}

}  // namespace

Moment moment_of(std::string_view written, NumberMeaning meaning, DateSystem system)
{
    const std::optional<double> serial = parsed(written);
    if (!serial || *serial < 0 || *serial >= serial_max) return {number_text(written), CellKind::number};
    const auto total_ms = static_cast<std::int64_t>(std::llround(*serial * static_cast<double>(ms_per_day)));
    const std::int64_t day = total_ms / ms_per_day;
    const std::int64_t ms = total_ms % ms_per_day;
    if (meaning == NumberMeaning::time && day == 0) return {time_text(ms), CellKind::time};
    const std::optional<std::int64_t> days = days_of(day, system);
    // A bound of Date itself; the last days of the 1904 system lie beyond.
    if (!days || *days > 2'932'896) return {number_text(written), CellKind::number};
    const std::string date = to_string(Date{static_cast<std::int32_t>(*days)});
    // A time of day behind a format that shows only the date is still said: dropping it is the reader's choice.
    if (meaning == NumberMeaning::date && ms == 0) return {date, CellKind::date};
    return {date + "T" + time_text(ms), CellKind::date_time};
}

Moment moment_of_iso(std::string_view written)
{
    if (written.ends_with('Z')) written.remove_suffix(1);
    const auto shaped = [](std::string_view text, std::string_view shape) {
        return text.size() == shape.size() && std::ranges::equal(text, shape, [](char c, char s) { return s == '0' ? is_digit(c) : c == s; });
    };
    constexpr std::string_view date_shape = "0000-00-00";
    constexpr std::string_view time_shape = "00:00:00";
    const auto timed = [&](std::string_view text) {
        const bool fraction = text.size() > 9 && text[8] == '.' && std::ranges::all_of(text.substr(9), is_digit);
        return shaped(text.substr(0, 8), time_shape) && (text.size() == 8 || fraction);
    };
    if (shaped(written, date_shape)) return {std::string(written), CellKind::date};
    if (timed(written)) return {std::string(written.substr(0, 12)), CellKind::time};
    if (written.size() > 11 && shaped(written.substr(0, 10), date_shape) && written[10] == 'T' && timed(written.substr(11)))
        return {std::string(written.substr(0, 23)), CellKind::date_time};
    return {std::string(written), CellKind::text};
}

}  // namespace shangdao::exchange::xlsx
