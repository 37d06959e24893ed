// What stands between a compiled Select and its rows: binding its values.
#pragma once

#include "store/sql/statement.h"
#include "store/sqlite/connection.h"
#include "store/store.h"

namespace shangdao::store::sqlite {

// A refusal of the compiler here is a bug: what may be asked was checked above (formula/check, engine/lists).
sql::Statement compiled(const record::Catalogue& catalogue, const Select& select, const formula::Moment& moment);
sql::Statement compiled_count(const record::Catalogue& catalogue, const Select& select, const formula::Moment& moment, std::int64_t at_most);

// `statement` must outlive the query.
Query prepared(Connection& connection, const sql::Statement& statement);

}  // namespace shangdao::store::sqlite
