// The SQL functions that compiled expressions call (store/sql/expression_sql): the same code as the single-record back end.
#pragma once

#include <sqlite3.h>

namespace shangdao::store::sqlite {

// Null in, null out; overflow is the error number_overflow.
//   sd_sum (signs, a, b, …)                              '+0-2': +a − b·10²; exact, narrowed once
//   sd_subtract (a, b)
//   sd_multiply, sd_divide (a, scale, b, scale, scale)   through double, rounded once; division by zero is null
//   sd_scale (a, from, to)                               rounded half away from zero
//   sd_compare (a, scale, b, scale)                      −1, 0, 1
//   sd_same (a, scale, b, scale)                         1 or 0, null being a value
//   sd_date_of (instant, zone)  sd_day (function, date)  days of the calendar
//   sd_moved_day (date, days)  sd_moved_instant (instant, µs)
//   sd_working_ordinal (calendar, date)  sd_moved_working_day (calendar, date, days)   calendar: a bound pointer
//   sd_original (minor, currency)                        the entered amount
//   sd_total (a)  sd_avg (a, digits)  sd_percentile (a, ppm, digits)   aggregates
void add_formula_functions(sqlite3* handle);

// What a calendar is bound as: sqlite3_bind_pointer(…, work_calendar_pointer_type, …) of a const WorkCalendar.
inline constexpr const char* work_calendar_pointer_type = "shangdao_work_calendar";

}  // namespace shangdao::store::sqlite
