// Words – the text index: for each object a table of its records' tokens as tsvector under a GIN index (D23), the tokens of every
// engine. Written with the record; what a change of definitions leaves behind waits in search_pending.
#pragma once

#include "store/postgres/layout.h"

namespace shangdao::store::postgres {

// Reads the record as it now is and brings its words up to it; a record that is gone loses them.
void index_words(Connection& connection, const TableLayout& table, Id id);
void add_words(Connection& connection, const TableLayout& table, const Record& record);    // of a new one

// Takes up to `limit` records from search_pending; gives how many. To be called in a transaction.
std::int64_t index_pending(Connection& connection, const Layout& layout, std::int64_t limit);
bool has_pending(Connection& connection);

}  // namespace shangdao::store::postgres
