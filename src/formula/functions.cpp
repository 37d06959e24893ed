// The functions themselves. SQL calls the same code, so both back ends agree by construction.
#include "formula/functions.h"

#include <algorithm>
#include <array>

#include "base/require.h"
#include "base/text.h"
#include "formula/arithmetic.h"

namespace shangdao::formula {

namespace {

using record::is_null;
using record::Null;
using enum Function;

constexpr FunctionRow table[] = {
    {today, "today", "", "date", "closes_on < today()", {"今天", "Today"}},
    {now, "now", "", "instant", "created_at > now() - 36h", {"现在", "Now"}},
    {me, "me", "", "member", "owner = me()", {"当前用户", "The member who asks"}},
    {my_team, "my_team", "", "members", "owner in my_team()", {"我和我的下属", "Me and everyone below me"}},
    {followed, "followed", "", "records", "id in followed()", {"我关注的记录", "The records that I follow"}},
    {locked, "locked", "", "records", "id in locked()", {"被人锁定、只能查看的记录", "The records that somebody locked"}},
    {this_week, "this_week", "", "days", "closes_on in this_week()", {"本周，周一至周日", "This week, Monday to Sunday"}},
    {this_month, "this_month", "", "days", "closes_on in this_month()", {"本月", "This month"}},
    {this_quarter, "this_quarter", "", "days", "closes_on in this_quarter()", {"本季度", "This quarter"}},
    {this_year, "this_year", "", "days", "closes_on in this_year()", {"今年", "This year"}},
    {last_week, "last_week", "", "days", "created_at in last_week()", {"上周", "Last week"}},
    {last_month, "last_month", "", "days", "created_at in last_month()", {"上月", "Last month"}},
    {last_quarter, "last_quarter", "", "days", "created_at in last_quarter()", {"上季度", "Last quarter"}},
    {last_year, "last_year", "", "days", "created_at in last_year()", {"去年", "Last year"}},
    {next_week, "next_week", "", "days", "closes_on in next_week()", {"下周", "Next week"}},
    {next_month, "next_month", "", "days", "closes_on in next_month()", {"下月", "Next month"}},
    {next_quarter, "next_quarter", "", "days", "closes_on in next_quarter()", {"下季度", "Next quarter"}},
    {next_year, "next_year", "", "days", "closes_on in next_year()", {"明年", "Next year"}},
    {last_days, "last_days", "number", "days", "created_at in last_days(7)", {"截至今天的若干天", "So many days that end today"}},
    {next_days, "next_days", "number", "days", "closes_on in next_days(7)", {"从明天起的若干天", "So many days that begin tomorrow"}},
    {days_since, "days_since", "date or instant", "number", "days_since(created_at) > 30", {"距今已过天数", "Days since then"}},
    {days_until, "days_until", "date or instant", "number", "days_until(closes_on) <= 7", {"距今还有天数", "Days until then"}},
    {working_days_between, "working_days_between", "date, date", "number", "working_days_between(started_on, today()) > 10",
     {"两日之间的工作日数", "Working days between two days"}},
    {add_days, "add_days", "date, number", "date", "add_days(started_on, term) < today()", {"若干天之后的日期", "The day so many days later"}},
    {date_of, "date_of", "instant", "date", "date_of(created_at) = today()", {"时刻所在的日期", "The day of an instant, in the organisation's zone"}},
    {start_of_week, "start_of_week", "date", "date", "closes_on >= start_of_week(today())", {"所在周的周一", "Monday of that week"}},
    {start_of_month, "start_of_month", "date", "date", "start_of_month(closes_on)", {"当月第一天", "First day of that month"}},
    {start_of_quarter, "start_of_quarter", "date", "date", "start_of_quarter(closes_on)", {"当季第一天", "First day of that quarter"}},
    {start_of_year, "start_of_year", "date", "date", "start_of_year(closes_on)", {"当年第一天", "First day of that year"}},
    {end_of_week, "end_of_week", "date", "date", "closes_on <= end_of_week(today())", {"所在周的周日", "Sunday of that week"}},
    {end_of_month, "end_of_month", "date", "date", "closes_on <= end_of_month(today())", {"当月最后一天", "Last day of that month"}},
    {end_of_quarter, "end_of_quarter", "date", "date", "end_of_quarter(today())", {"当季最后一天", "Last day of that quarter"}},
    {end_of_year, "end_of_year", "date", "date", "end_of_year(today())", {"当年最后一天", "Last day of that year"}},
    {year, "year", "date", "number", "year(closes_on) = 2026", {"年份", "The year as a number"}},
    {lower, "lower", "text", "text", "lower(name) = \"abc\"", {"转为小写", "In lower case, widths and spaces evened out"}},
    {length, "length", "text", "number", "length(name) > 20", {"字符数", "Number of characters"}},
    {coalesce, "coalesce", "a, b, …", "as a", "coalesce(budget, price)", {"第一个非空值", "The first that is not null"}},
    {condition, "if", "condition, a, b", "as a", "if(price > 100, \"big\", \"small\")", {"条件取值", "a when the condition holds, else b"}},
    {absolute, "abs", "number or money", "the same", "abs(difference) > 5", {"绝对值", "Absolute value"}},
    {Function::round, "round", "number, digits", "number", "round(length, 1)", {"四舍五入", "Rounded half away from zero"}},
    {least, "least", "a, b", "as a", "least(price, budget)", {"较小者", "The smaller of two"}},
    {greatest, "greatest", "a, b", "as a", "greatest(price, budget)", {"较大者", "The larger of two"}},
    {has, "has", "choices, key", "boolean", "has(interests, \"golf\")", {"多选中包含", "True when the choices hold the key"}},
    {original, "original", "money", "number", "original(price) > 1000", {"录入的原币金额", "The amount as entered, in its own currency"}},
    {currency, "currency", "money", "text", "currency(price) = \"USD\"", {"币种", "The currency an amount was entered in"}},
    {country, "country", "address", "text", "country(place) = \"CN\"", {"国家", "The country of an address"}},
    {region, "region", "address", "text", "region(place) starts_with \"31\"", {"行政区划代码", "The region code of an address"}},
    {detail, "detail", "address", "text", "detail(place) contains \"1\"", {"详细地址", "Street and number of an address"}},
};
static_assert(std::size(table) == static_cast<std::size_t>(detail) + 1);
static_assert([] {
    for (std::size_t i = 0; i < std::size(table); ++i)
        if (table[i].function != static_cast<Function>(i)) return false;
    return true;
}());

constexpr std::int32_t last_day = 2'932'896;   // 9999-12-31

std::optional<Date> day_of(const Value& value, const Moment& moment)
{
    if (const auto* date = std::get_if<Date>(&value)) return *date;
    if (const auto* instant = std::get_if<Instant>(&value)) return moment.zone.date_of(*instant);
    return std::nullopt;
}

Value whole(std::int64_t count) { return Number{count, 0}; }

Result<Value> or_overflow(std::optional<std::int64_t> units, const ExprType& type, const Moment& moment)
{
    if (!units) return refuse("number_overflow");
    return value_of(type, *units, moment.base);
}

Value text_or_null(const std::string& text) { return text.empty() ? Value{Null{}} : Value{text}; }

// First day of the month `months` after the one that holds `date`.
Date month_after(Date date, int months)
{
    const auto civil = date.civil();
    const auto month = civil.year() / civil.month() + std::chrono::months{months};
    return {static_cast<std::int32_t>(std::chrono::sys_days{month / 1}.time_since_epoch().count())};
}

Date quarter_of(Date date) { return month_after(date, -static_cast<int>((static_cast<unsigned>(date.civil().month()) - 1) % 3)); }
Date year_of(Date date) { return month_after(date, 1 - static_cast<int>(static_cast<unsigned>(date.civil().month()))); }
// 1970-01-01 was a Thursday; Monday is 0.
Date monday_of(Date date) { return date + -(((date.days + 3) % 7 + 7) % 7); }

}  // namespace

std::span<const FunctionRow> function_table() { return table; }

const FunctionRow* function_named(std::string_view name)
{
    if (name == "month") name = "start_of_month";         // what a report groups by
    if (name == "quarter") name = "start_of_quarter";
    if (name == "week") name = "start_of_week";
    const auto found = std::ranges::find(table, name, &FunctionRow::name);
    return found == std::end(table) ? nullptr : &*found;
}

bool is_period(Function function) { return function >= this_week && function <= next_days; }

Days days_of(Function period, Date today, std::int64_t count)
{
    const auto n = static_cast<int>(count);
    const auto span = [](Date first, Date next) { return Days{first, next + -1}; };
    const auto monday = monday_of(today), month = month_after(today, 0), quarter = quarter_of(today), year = year_of(today);
    switch (period) {
    case this_week: return span(monday, monday + 7);
    case last_week: return span(monday + -7, monday);
    case next_week: return span(monday + 7, monday + 14);
    case this_month: return span(month, month_after(month, 1));
    case last_month: return span(month_after(month, -1), month);
    case next_month: return span(month_after(month, 1), month_after(month, 2));
    case this_quarter: return span(quarter, month_after(quarter, 3));
    case last_quarter: return span(month_after(quarter, -3), quarter);
    case next_quarter: return span(month_after(quarter, 3), month_after(quarter, 6));
    case this_year: return span(year, month_after(year, 12));
    case last_year: return span(month_after(year, -12), year);
    case next_year: return span(month_after(year, 12), month_after(year, 24));
    case last_days: return {today + (1 - n), today};
    case next_days: return {today + 1, today + n};
    default: break;
    }
    require(false, "not a period");
    return {};
}

Date edge_of(Function edge, Date date)
{
    const auto before = [](Date next) { return Date{std::min(next.days - 1, last_day)}; };
    switch (edge) {
    case start_of_week: return monday_of(date);
    case end_of_week: return before(monday_of(date) + 7);
    case start_of_month: return month_after(date, 0);
    case end_of_month: return before(month_after(date, 1));
    case start_of_quarter: return quarter_of(date);
    case end_of_quarter: return before(month_after(quarter_of(date), 3));
    case start_of_year: return year_of(date);
    case end_of_year: return before(month_after(year_of(date), 12));
    default: break;
    }
    require(false, "not an edge of a period");
    return date;
}

std::optional<std::int64_t> original_units(std::int64_t minor, Currency currency) { return rescale(minor, minor_digits(currency), original_scale); }

Result<Value> call(Function function, std::span<const Value> arguments, const ExprType& result, const Moment& moment)
{
    switch (function) {
    case today: return Value{moment.today};
    case now: return Value{moment.now};
    case me: return moment.me ? Value{moment.me} : Value{Null{}};
    case has: {
        const auto* keys = std::get_if<record::ChoiceKeys>(&arguments[0]);
        const auto* key = std::get_if<record::ChoiceKey>(&arguments[1]);
        return Value{keys != nullptr && key != nullptr && std::ranges::find(keys->keys, key->key) != keys->keys.end()};
    }
    default: break;
    }
    if (std::ranges::any_of(arguments, is_null)) return Value{Null{}};
    switch (function) {
    case days_since: return whole(moment.today - *day_of(arguments[0], moment));
    case days_until: return whole(*day_of(arguments[0], moment) - moment.today);
    case working_days_between:
        if (!moment.calendar) return Value{Null{}};
        return whole(moment.calendar->ordinal(std::get<Date>(arguments[1])) - moment.calendar->ordinal(std::get<Date>(arguments[0])));
    case add_days: return or_overflow(moved_day(units_of(arguments[0]), units_of(arguments[1])), result, moment);
    case date_of: return Value{*day_of(arguments[0], moment)};
    case year: return whole(static_cast<int>(std::get<Date>(arguments[0]).civil().year()));
    case lower: return text_or_null(match_key(std::get<std::string>(arguments[0])));
    case length: return whole(static_cast<std::int64_t>(code_point_count(std::get<std::string>(arguments[0]))));
    case absolute: {
        const auto units = units_of(arguments[0]);
        return or_overflow(units < 0 ? subtract(0, units) : units, result, moment);
    }
    case Function::round: {
        const auto& number = std::get<Number>(arguments[0]);
        return or_overflow(rescale(number.units, number.scale, result.scale), result, moment);
    }
    case least: return compare(arguments[0], arguments[1]) <= 0 ? arguments[0] : arguments[1];
    case greatest: return compare(arguments[0], arguments[1]) >= 0 ? arguments[0] : arguments[1];
    case original: {
        const auto& money = std::get<Money>(arguments[0]);
        return or_overflow(original_units(money.minor, money.currency), result, moment);
    }
    case currency: return Value{std::string{std::get<Money>(arguments[0]).currency.text()}};
    case country: return text_or_null(std::get<record::Address>(arguments[0]).country);
    case region: return text_or_null(std::get<record::Address>(arguments[0]).region);
    case detail: return text_or_null(std::get<record::Address>(arguments[0]).detail);
    default: return Value{edge_of(function, std::get<Date>(arguments[0]))};
    }
}

}  // namespace shangdao::formula
