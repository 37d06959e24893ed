// The functions themselves. SQL calls the same code, so both back ends agree by construction.
#include "formula/functions.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "formula/arithmetic.h"

namespace shangdao::formula {

namespace {

using record::Null;
using record::is_null;

constexpr std::array<FunctionRow, 26> table{{
    {Function::today, "today", "", "closes_on < today()", {"今天", "Today"}},
    {Function::now, "now", "", "created_at > now() - 36h", {"现在", "Now"}},
    {Function::me, "me", "", "owner = me()", {"当前用户", "The member who asks"}},
    {Function::my_team, "my_team", "", "owner in my_team()", {"我和我的下属", "Me and everyone below me"}},
    {Function::days_since, "days_since", "date or instant", "days_since(created_at) > 30", {"距今已过天数", "Days since then"}},
    {Function::days_until, "days_until", "date or instant", "days_until(closes_on) <= 7", {"距今还有天数", "Days until then"}},
    {Function::working_days_between, "working_days_between", "date, date", "working_days_between(started_on, today()) > 10", {"两日之间的工作日数", "Working days between two days"}, FunctionRow::BackEnds::record},
    {Function::date_of, "date_of", "instant", "date_of(created_at) = today()", {"时刻所在的日期", "The day of an instant, in the organisation's zone"}},
    {Function::start_of_week, "start_of_week", "date", "closes_on >= start_of_week(today())", {"本周一", "Monday of that week"}},
    {Function::start_of_month, "start_of_month", "date", "start_of_month(closes_on)", {"当月第一天", "First day of that month"}},
    {Function::start_of_quarter, "start_of_quarter", "date", "start_of_quarter(closes_on)", {"当季第一天", "First day of that quarter"}},
    {Function::start_of_year, "start_of_year", "date", "start_of_year(closes_on)", {"当年第一天", "First day of that year"}},
    {Function::end_of_week, "end_of_week", "date", "closes_on <= end_of_week(today())", {"本周日", "Sunday of that week"}},
    {Function::end_of_month, "end_of_month", "date", "closes_on <= end_of_month(today())", {"当月最后一天", "Last day of that month"}},
    {Function::end_of_quarter, "end_of_quarter", "date", "end_of_quarter(today())", {"当季最后一天", "Last day of that quarter"}},
    {Function::end_of_year, "end_of_year", "date", "end_of_year(today())", {"当年最后一天", "Last day of that year"}},
    {Function::year, "year", "date", "year(closes_on) = 2026", {"年份", "The year as a number"}},
    {Function::lower, "lower", "text", "lower(name) = \"abc\"", {"转为小写", "In lower case, widths and spaces evened out"}},
    {Function::length, "length", "text", "length(name) > 20", {"字符数", "Number of characters"}},
    {Function::coalesce, "coalesce", "a, b, …", "coalesce(budget, price)", {"第一个非空值", "The first that is not null"}},
    {Function::condition, "if", "condition, a, b", "if(price > 100, \"big\", \"small\")", {"条件取值", "a when the condition holds, else b"}},
    {Function::absolute, "abs", "number or money", "abs(difference) > 5", {"绝对值", "Absolute value"}},
    {Function::round, "round", "number, digits", "round(length, 1)", {"四舍五入", "Rounded half away from zero"}},
    {Function::least, "least", "a, b", "least(price, budget)", {"较小者", "The smaller of two"}},
    {Function::greatest, "greatest", "a, b", "greatest(price, budget)", {"较大者", "The larger of two"}},
    {Function::has, "has", "choices, key", "has(interests, \"golf\")", {"多选中包含", "True when the choices hold the key"}},
}};

std::optional<Date> day_of(const Value& value, const Moment& moment)
{
    if (const auto* date = std::get_if<Date>(&value)) return *date;
    if (const auto* instant = std::get_if<Instant>(&value)) return moment.zone.date_of(*instant);
    return std::nullopt;
}

Value days(std::int64_t count) { return Number{count, 0}; }

}  // namespace

std::span<const FunctionRow> function_table() { return table; }

const FunctionRow* function_named(std::string_view name)
{
    if (name == "month") name = "start_of_month";         // what a report groups by
    if (name == "quarter") name = "start_of_quarter";
    if (name == "week") name = "start_of_week";
    const auto found = std::ranges::find(table, name, &FunctionRow::name);
    return found == table.end() ? nullptr : &*found;
}

Date start_of(Function period, Date date)
{
    const auto civil = date.civil();
    const int year = static_cast<int>(civil.year());
    const unsigned month = static_cast<unsigned>(civil.month());
    const unsigned quarter_month = (month - 1) / 3 * 3 + 1;
    const int weekday = ((date.days + 3) % 7 + 7) % 7;   // 1970-01-01 was a Thursday; Monday is 0
    const auto next_month = [](int y, unsigned m) { return m > 12 ? Date::of(y + 1, m - 12, 1) : Date::of(y, m, 1); };
    switch (period) {
    case Function::start_of_week: return date + -weekday;
    case Function::end_of_week: return date + (6 - weekday);
    case Function::start_of_month: return Date::of(year, month, 1);
    case Function::end_of_month: return next_month(year, month + 1) + -1;
    case Function::start_of_quarter: return Date::of(year, quarter_month, 1);
    case Function::end_of_quarter: return next_month(year, quarter_month + 3) + -1;
    case Function::start_of_year: return Date::of(year, 1, 1);
    case Function::end_of_year: return Date::of(year, 12, 31);
    default: break;
    }
    require(false, "not a period");
    return date;
}

Result<Value> call(Function function, std::span<const Value> arguments, const ExprType& result, const Moment& moment)
{
    switch (function) {
    case Function::today: return Value{moment.today};
    case Function::now: return Value{moment.now};
    case Function::me: return moment.me ? Value{moment.me} : Value{Null{}};
    case Function::my_team: return Value{Null{}};   // only right of `in`, where the set itself is asked
    case Function::coalesce:
        for (const auto& value : arguments)
            if (!is_null(value)) return value;
        return Value{Null{}};
    case Function::condition: {
        const auto* holds = std::get_if<bool>(&arguments[0]);
        return holds != nullptr && *holds ? arguments[1] : arguments[2];
    }
    case Function::has: {
        const auto* keys = std::get_if<record::ChoiceKeys>(&arguments[0]);
        const auto* key = std::get_if<record::ChoiceKey>(&arguments[1]);
        return Value{keys != nullptr && key != nullptr && std::ranges::find(keys->keys, key->key) != keys->keys.end()};
    }
    default: break;
    }
    for (const auto& value : arguments)
        if (is_null(value)) return Value{Null{}};
    switch (function) {
    case Function::days_since: return days(moment.today - *day_of(arguments[0], moment));
    case Function::days_until: return days(*day_of(arguments[0], moment) - moment.today);
    case Function::working_days_between:
        if (!moment.calendar) return Value{Null{}};
        return days(moment.calendar->ordinal(std::get<Date>(arguments[1])) - moment.calendar->ordinal(std::get<Date>(arguments[0])));
    case Function::date_of: return Value{*day_of(arguments[0], moment)};
    case Function::year: return days(static_cast<int>(std::get<Date>(arguments[0]).civil().year()));
    case Function::lower: return Value{match_key(std::get<std::string>(arguments[0]))};
    case Function::length: return days(static_cast<std::int64_t>(code_point_count(std::get<std::string>(arguments[0]))));
    case Function::absolute: {
        const auto units = units_of(arguments[0]);
        if (units == INT64_MIN) return refuse("number_overflow");
        return value_of(result, units < 0 ? -units : units, moment.base);
    }
    case Function::round: {
        const auto units = shifted(units_of(arguments[0]), std::get<Number>(arguments[0]).scale, static_cast<int>(std::get<Number>(arguments[1]).units));
        const auto back = units ? rescale(*units, static_cast<int>(std::get<Number>(arguments[1]).units), result.scale) : std::nullopt;
        if (!back) return refuse("number_overflow");
        return value_of(result, *back, moment.base);
    }
    case Function::least: return compare(arguments[0], arguments[1], nullptr) <= 0 ? arguments[0] : arguments[1];
    case Function::greatest: return compare(arguments[0], arguments[1], nullptr) >= 0 ? arguments[0] : arguments[1];
    default: return Value{start_of(function, std::get<Date>(arguments[0]))};
    }
}

}  // namespace shangdao::formula
