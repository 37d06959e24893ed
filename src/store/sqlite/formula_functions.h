// The SQL functions that compiled expressions call (store/sql/expression_sql): the same code as the single-record back end.
#pragma once

#include <sqlite3.h>

namespace shangdao::store::sqlite {

//   sd_add, sd_subtract (a, b)                       checked; null in, null out; overflow is the error number_overflow
//   sd_multiply, sd_divide (a, scale, b, scale, scale)   through double, rounded once; division by zero is null
//   sd_scale (a, from, to)  sd_round (a, scale, digits)
//   sd_date_of (instant, zone)  sd_day (function, date)   days of the calendar
//   sd_avg (a, digits)  sd_percentile (a, share, digits)  aggregates
void add_formula_functions(sqlite3* handle);

}  // namespace shangdao::store::sqlite
