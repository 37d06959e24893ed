#include "base/time.h"

#include <fmt/format.h>

#include "base/require.h"

namespace shangdao {
namespace {

using std::chrono::day;
using std::chrono::month;
using std::chrono::year;
using std::chrono::year_month_day;

constexpr std::int64_t us_per_second = 1'000'000;
constexpr std::int64_t us_per_day = 86'400 * us_per_second;

// Reads exactly `count` digits off the front of `text`; nullopt leaves the text in an unsaid state.
std::optional<int> take_digits(std::string_view& text, std::size_t count)
{
    if (text.size() < count) return std::nullopt;
    int value = 0;
    for (const char c : text.substr(0, count)) {
        if (c < '0' || c > '9') return std::nullopt;
        value = value * 10 + (c - '0');
    }
    text.remove_prefix(count);
    return value;
}

bool take(std::string_view& text, char expected)
{
    if (text.empty() || text.front() != expected) return false;
    text.remove_prefix(1);
    return true;
}

std::optional<Date> take_date(std::string_view& text)
{
    const auto y = take_digits(text, 4);
    if (!y || *y == 0 || !take(text, '-')) return std::nullopt;
    const auto m = take_digits(text, 2);
    if (!m || !take(text, '-')) return std::nullopt;
    const auto d = take_digits(text, 2);
    if (!d) return std::nullopt;
    const year_month_day civil{year{*y}, month{static_cast<unsigned>(*m)}, day{static_cast<unsigned>(*d)}};
    if (!civil.ok()) return std::nullopt;
    return Date{static_cast<std::int32_t>(std::chrono::sys_days{civil}.time_since_epoch().count())};
}

// hh:mm:ss[.ffffff] as microseconds of the day.
std::optional<std::int64_t> take_time_of_day(std::string_view& text)
{
    const auto hours = take_digits(text, 2);
    if (!hours || *hours > 23 || !take(text, ':')) return std::nullopt;
    const auto minutes = take_digits(text, 2);
    if (!minutes || *minutes > 59 || !take(text, ':')) return std::nullopt;
    const auto seconds = take_digits(text, 2);
    if (!seconds || *seconds > 59) return std::nullopt;
    std::int64_t us = (*hours * 3600 + *minutes * 60 + *seconds) * us_per_second;
    if (take(text, '.')) {
        std::int64_t unit = us_per_second / 10;
        std::size_t digits = 0;
        while (const auto digit = take_digits(text, 1)) {
            if (++digits > 6) return std::nullopt;
            us += *digit * unit;
            unit /= 10;
        }
        if (digits == 0) return std::nullopt;
    }
    return us;
}

// Z or ±hh:mm, as seconds east of UTC.
std::optional<std::int64_t> take_offset(std::string_view& text)
{
    if (take(text, 'Z') || take(text, 'z')) return 0;
    const bool west = !text.empty() && text.front() == '-';
    if (!take(text, west ? '-' : '+')) return std::nullopt;
    const auto hours = take_digits(text, 2);
    if (!hours || *hours > 23 || !take(text, ':')) return std::nullopt;
    const auto minutes = take_digits(text, 2);
    if (!minutes || *minutes > 59) return std::nullopt;
    const std::int64_t seconds = *hours * 3600 + *minutes * 60;
    return west ? -seconds : seconds;
}

// Writes `count` digits over what stands at `at`. Days and moments are most of what an answer holds; fmt takes five times as long.
void put_digits(std::string& text, std::size_t at, std::size_t count, std::int64_t value)
{
    for (std::size_t i = at + count; i-- > at; value /= 10) text[i] = static_cast<char>('0' + value % 10);
}

std::string_view suffix(Duration::Unit unit)
{
    switch (unit) {
    case Duration::Unit::minutes: return "m";
    case Duration::Unit::hours: return "h";
    case Duration::Unit::days: return "d";
    case Duration::Unit::working_days: return "wd";
    }
    report_bug("a duration has one of four units", std::source_location::current());
}

}  // namespace

Date Date::of(int y, unsigned m, unsigned d)
{
    const year_month_day civil{year{y}, month{m}, day{d}};
    require(y >= 1 && y <= 9999 && civil.ok(), "the day exists");
    return Date{static_cast<std::int32_t>(std::chrono::sys_days{civil}.time_since_epoch().count())};
}

std::string to_string(Date date)
{
    const auto civil = date.civil();
    const int y = static_cast<int>(civil.year());
    const auto m = static_cast<unsigned>(civil.month()), d = static_cast<unsigned>(civil.day());
    if (y < 0 || y > 9999) return fmt::format("{:04}-{:02}-{:02}", y, m, d);
    std::string text = "0000-00-00";
    put_digits(text, 0, 4, y);
    put_digits(text, 5, 2, m);
    put_digits(text, 8, 2, d);
    return text;
}

std::string to_string(Instant instant)
{
    std::int64_t days = instant.us / us_per_day;
    std::int64_t rest = instant.us % us_per_day;
    if (rest < 0) {
        rest += us_per_day;
        --days;
    }
    const std::int64_t seconds = rest / us_per_second;
    const std::int64_t fraction = rest % us_per_second;
    std::string text = to_string(Date{static_cast<std::int32_t>(days)});
    const auto day_end = text.size();
    text += "T00:00:00";
    put_digits(text, day_end + 1, 2, seconds / 3600);
    put_digits(text, day_end + 4, 2, seconds / 60 % 60);
    put_digits(text, day_end + 7, 2, seconds % 60);
    if (fraction != 0) {
        text += ".000000";
        put_digits(text, day_end + 10, 6, fraction);
        text.erase(text.find_last_not_of('0') + 1);
    }
    text += 'Z';
    return text;
}

std::string to_string(Duration duration)
{
    return fmt::format("{}{}", duration.amount, suffix(duration.unit));
}

std::optional<Date> parse_date(std::string_view iso)
{
    const auto date = take_date(iso);
    return iso.empty() ? date : std::nullopt;
}

std::optional<Instant> parse_instant(std::string_view iso)
{
    const auto date = take_date(iso);
    if (!date || (!take(iso, 'T') && !take(iso, 't') && !take(iso, ' '))) return std::nullopt;
    const auto us = take_time_of_day(iso);
    if (!us) return std::nullopt;
    const auto offset = take_offset(iso);
    if (!offset || !iso.empty()) return std::nullopt;
    return Instant{date->days * us_per_day + *us - *offset * us_per_second};
}

std::optional<Duration> parse_duration(std::string_view text)
{
    const auto digits = text.find_first_not_of("0123456789");
    if (digits == 0 || digits == std::string_view::npos || digits > 9) return std::nullopt;
    const auto amount = take_digits(text, digits);
    for (const auto unit :
         {Duration::Unit::minutes, Duration::Unit::hours, Duration::Unit::days, Duration::Unit::working_days})
        if (text == suffix(unit)) return Duration{*amount, unit};
    return std::nullopt;
}

Instant SystemClock::now() const
{
    const auto since_epoch = std::chrono::system_clock::now().time_since_epoch();
    return Instant{std::chrono::duration_cast<std::chrono::microseconds>(since_epoch).count()};
}

}  // namespace shangdao
