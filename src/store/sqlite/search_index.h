// Search index – FTS5 without content beside search_doc, which keeps the text that each document was made from (D23). A document's
// number is the record's id, so a hit needs no further look-up before it is joined with its table; the tokens of the old text are
// handed to FTS5's delete command, so no ghosts stay.
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

// The text under whose words a record should be found now; nullopt when it has none.
std::optional<std::string> searched_text(Connection& connection, const TableLayout& table, Id id);

// The tokens of a document.
std::string document_of(const Object& object, std::string_view text);

// Makes the index anew and empty when the tokenizer is another one than it was made with; true then: every record is to be queued.
bool renew_index(Connection& connection, std::string_view made_with);
// Names the tokenizer of this program.
std::string search_tokenizer();

}  // namespace shangdao::store::sqlite
