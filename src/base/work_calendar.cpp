// WorkCalendar – weekends by arithmetic, exceptions by two sorted lists.
#include <algorithm>
#include <array>

#include "base/require.h"
#include "base/zone.h"

namespace shangdao {
namespace {

constexpr std::int32_t first_day = -719162;  // 0001-01-01
constexpr std::int32_t last_day = 2932896;   // 9999-12-31

bool is_weekend(Date date)
{
    const std::chrono::weekday day{std::chrono::sys_days{std::chrono::days{date.days}}};
    return day == std::chrono::Saturday || day == std::chrono::Sunday;
}

// Mondays to Fridays in [1970-01-01, date]; 1970-01-01 was a Thursday.
std::int64_t weekdays_through(Date date)
{
    const std::int64_t since_monday = std::int64_t{date.days} + 3;  // days since Monday 1969-12-29
    const std::int64_t weeks = since_monday / 7 - (since_monday % 7 < 0 ? 1 : 0);
    return weeks * 5 + std::min<std::int64_t>(since_monday - weeks * 7 + 1, 5) - 3;
}

// How many of the sorted dates lie in [1970-01-01, date], negative for those after `date` and before 1970.
std::int64_t count_through(const std::vector<Date>& dates, Date date)
{
    return std::ranges::upper_bound(dates, date) - std::ranges::lower_bound(dates, Date{0});
}

struct Stretch {
    int year;
    std::array<unsigned, 2> first;  // month, day
    std::array<unsigned, 2> last;
};

// General Office of the State Council, notices on public holidays: 国办发明电〔2023〕7号 (for 2024), 〔2024〕12号 (for 2025),
// 〔2025〕7号 (for 2026). In order: New Year, Spring Festival, Qingming, Labour Day, Dragon Boat, Mid-Autumn, National Day.
constexpr Stretch china_holidays[] = {
    {2024, {1, 1}, {1, 1}},   {2024, {2, 10}, {2, 17}}, {2024, {4, 4}, {4, 6}},   {2024, {5, 1}, {5, 5}},
    {2024, {6, 10}, {6, 10}}, {2024, {9, 15}, {9, 17}}, {2024, {10, 1}, {10, 7}}, {2025, {1, 1}, {1, 1}},
    {2025, {1, 28}, {2, 4}},  {2025, {4, 4}, {4, 6}},   {2025, {5, 1}, {5, 5}},   {2025, {5, 31}, {6, 2}},
    {2025, {10, 1}, {10, 8}}, {2026, {1, 1}, {1, 3}},   {2026, {2, 15}, {2, 23}}, {2026, {4, 4}, {4, 6}},
    {2026, {5, 1}, {5, 5}},   {2026, {6, 19}, {6, 21}}, {2026, {9, 25}, {9, 27}}, {2026, {10, 1}, {10, 7}},
};

constexpr std::array<int, 3> china_make_up_days[] = {
    {2024, 2, 4},   {2024, 2, 18}, {2024, 4, 7}, {2024, 4, 28}, {2024, 5, 11},  {2024, 9, 14},  {2024, 9, 29},
    {2024, 10, 12}, {2025, 1, 26}, {2025, 2, 8}, {2025, 4, 27}, {2025, 9, 28},  {2025, 10, 11}, {2026, 1, 4},
    {2026, 2, 14},  {2026, 2, 28}, {2026, 5, 9}, {2026, 9, 20}, {2026, 10, 10},
};

}  // namespace

WorkCalendar::WorkCalendar(const std::set<Date>& holidays, const std::set<Date>& make_up_days)
{
    std::ranges::copy_if(holidays, std::back_inserter(holidays_),
                         [&](Date date) { return !is_weekend(date) && !make_up_days.contains(date); });
    std::ranges::copy_if(make_up_days, std::back_inserter(make_up_days_), is_weekend);
}

WorkCalendar WorkCalendar::china()
{
    std::set<Date> holidays;
    for (const auto& [year, first, last] : china_holidays)
        for (Date date = Date::of(year, first[0], first[1]); date <= Date::of(year, last[0], last[1]); date = date + 1)
            holidays.insert(date);
    std::set<Date> make_up_days;
    for (const auto& [year, month, day] : china_make_up_days)
        make_up_days.insert(Date::of(year, static_cast<unsigned>(month), static_cast<unsigned>(day)));
    return {holidays, make_up_days};
}

bool WorkCalendar::works(Date date) const
{
    return is_weekend(date) ? std::ranges::binary_search(make_up_days_, date)
                            : !std::ranges::binary_search(holidays_, date);
}

std::int64_t WorkCalendar::ordinal(Date date) const
{
    return weekdays_through(date) - count_through(holidays_, date) + count_through(make_up_days_, date);
}

// A working day is the first day on which the ordinal reaches its number.
Date WorkCalendar::add_working_days(Date date, std::int64_t count) const
{
    if (count == 0) return date;
    constexpr std::int64_t more_than_all_days = last_day - first_day + 1;
    count = std::clamp(count, -more_than_all_days, more_than_all_days);
    const std::int64_t wanted = count > 0 ? ordinal(date) + count : ordinal(date + -1) + count + 1;
    std::int32_t before = first_day - 1;
    std::int32_t reached = last_day;
    while (reached - before > 1) {
        const std::int32_t middle = before + (reached - before) / 2;
        (ordinal(Date{middle}) >= wanted ? reached : before) = middle;
    }
    return Date{reached};
}

std::vector<Date> WorkCalendar::exceptions() const
{
    std::vector<Date> days;
    std::ranges::merge(holidays_, make_up_days_, std::back_inserter(days));
    return days;
}

}  // namespace shangdao
