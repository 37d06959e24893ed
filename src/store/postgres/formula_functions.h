// The SQL functions that compiled expressions call (store/sql/expression_sql), of the same names and meaning as SQLite's
// (sqlite/formula_functions.h). Plain SQL of one expression each: the server writes most of them into the query, and Citus takes them to
// its nodes. What a server cannot know – zones, work calendars – comes as arrays (sql/postgres_sql.cpp).
#pragma once

#include <string>
#include <vector>

namespace shangdao::store::postgres {

// CREATE OR REPLACE FUNCTION statements, each before those that call it.
std::vector<std::string> formula_functions();

}  // namespace shangdao::store::postgres
