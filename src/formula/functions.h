// The table of functions: name, what they take and give, in words and examples. What is not here cannot be called.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "base/label.h"
#include "formula/evaluate.h"

namespace shangdao::formula {

enum class Function : unsigned char {
    today, now, me, my_team, followed, locked,
    this_week, this_month, this_quarter, this_year, last_week, last_month, last_quarter, last_year, next_week, next_month, next_quarter, next_year,
    last_days, next_days,
    days_since, days_until, working_days_between, add_days, date_of,
    start_of_week, start_of_month, start_of_quarter, start_of_year, end_of_week, end_of_month, end_of_quarter, end_of_year, year,
    lower, length, coalesce, condition, absolute, round, least, greatest, has, original, currency, country, region, detail
};

struct FunctionRow {
    Function function;
    std::string_view name;
    std::string_view takes;       // for people: "date", "number, number"
    std::string_view gives;
    std::string_view example;
    Label help;
    enum class BackEnds : unsigned char { every, record } back_ends = BackEnds::every;
};

std::span<const FunctionRow> function_table();                           // indexed by Function
const FunctionRow* function_named(std::string_view name);                // month, quarter and week are short for start_of_…

// this_week() … next_days(n): a span of days, only right of `in`.
bool is_period(Function function);
struct Days {
    Date first, last;
};
Days days_of(Function period, Date today, std::int64_t count);

// Weeks begin on Monday. start_of_*, end_of_*; the calendar ends with the year 9999.
Date edge_of(Function edge, Date date);
// The entered amount in major units with three digits (D4); nullopt: overflow.
std::optional<std::int64_t> original_units(std::int64_t minor, Currency currency);
inline constexpr int original_scale = 3;

// The value of a call whose arguments are values; null in, null out unless the function says otherwise. `if` and `coalesce`
// are the evaluator's, since they do not read every argument.
Result<Value> call(Function function, std::span<const Value> arguments, const ExprType& result, const Moment& moment);

}  // namespace shangdao::formula
