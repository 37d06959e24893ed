// Search index – FTS5 with external content over search_doc (D23). A document's number is the record's id, so a hit needs no
// further look-up before it is joined with its table; old tokens are handed to FTS5's delete command, so no ghosts stay.
//
// Written once per batch, after all savepoints: FTS5 writes a segment at every savepoint. Bulk writes queue their records in
// search_pending instead and are taken up chunk by chunk between batches: search lags behind them, nothing else does.
#pragma once

#include <span>
#include <string>
#include <unordered_map>

#include "store/sqlite/layout.h"

namespace shangdao::store::sqlite {

// Records whose words may have changed: id → number of the object, which outlives a change of definitions.
using Touched = std::unordered_map<Id, std::int64_t>;

// Reads each record as it now is and brings its document up to it; a record that is gone loses its document.
void index_now(Connection& connection, const Layout& layout, const Touched& touched);
void index_later(Connection& connection, const Touched& touched);
// Takes up to `limit` records from search_pending; gives how many. To be called in a transaction.
std::int64_t index_pending(Connection& connection, const Layout& layout, std::int64_t limit);
bool has_pending(Connection& connection);

// What the tokens of a record in the index should be now; nullopt when it has none.
std::optional<std::string> tokens_of(Connection& connection, const TableLayout& table, Id id);

// Names the tokenizer in schema fingerprints: another one means another index.
int search_tokenizer();

}  // namespace shangdao::store::sqlite
