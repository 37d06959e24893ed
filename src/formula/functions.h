// The table of functions: name, what they take and give, in words and examples. What is not here cannot be called.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "base/label.h"
#include "formula/evaluate.h"

namespace shangdao::formula {

enum class Function : unsigned char {
    today, now, me, my_team,
    days_since, days_until, working_days_between, date_of,
    start_of_week, start_of_month, start_of_quarter, start_of_year, end_of_week, end_of_month, end_of_quarter, end_of_year,
    year, lower, length, coalesce, condition, absolute, round, least, greatest, has
};

struct FunctionRow {
    Function function;
    std::string_view name;
    std::string_view takes;       // for people: "date", "number, number"
    std::string_view example;
    Label help;
    enum class BackEnds : unsigned char { every, record } back_ends = BackEnds::every;
};

std::span<const FunctionRow> function_table();                           // indexed by Function
const FunctionRow* function_named(std::string_view name);

// Days: weeks begin on Monday.
Date start_of(Function period, Date date);      // start_of_* and end_of_*

// The value of a call whose arguments are values; null in, null out unless the function says otherwise.
Result<Value> call(Function function, std::span<const Value> arguments, const ExprType& result, const Moment& moment);

}  // namespace shangdao::formula
