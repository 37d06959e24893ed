// Search index – an FTS5 table without content for each object, and search_doc, which keeps what each document was made from (D23).
// Documents are numbered as they come and lie where sql::text_row says; the tokens of the old document are handed to FTS5's delete
// command, so no ghosts stay. An index for each object, because one for all would walk the common words of other objects' millions.
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

// Each commit adds a segment to the text indexes it writes. FTS5 would merge them inside those very commits, where it took half of
// their time; left to the writer's free moments, nobody waits for it. So many may lie side by side before it is worth it …
constexpr int segments_merged_from = 4;
// … and while people write, so many: merged rarely, a word is written again less often. Fewer wait for a pause …
constexpr int segments_merged_while_written = 32;
// … and this is a step of it, some milliseconds, in a transaction. False: there was nothing to merge.
bool merge_segments(Connection& connection, const TableLayout& table);

// Merges all segments into one, which holds no word that no document has. Each call is a step like the above; false: there was nothing to do.
enum class Unite : unsigned char { begin, on };
bool unite_segments(Connection& connection, const TableLayout& table, Unite unite);

// What a record should be found by, and whose it is.
struct Document {
    std::string text;
    Id owner;
    bool operator==(const Document&) const = default;
};
// As the record is now; nullopt when it has no words.
std::optional<Document> document_of(Connection& connection, const TableLayout& table, Id id);

// Drops everything when the index was made with another tokenizer than this program's, whose name becomes `made_with`: every record is
// to be queued then.
void renew_index(Connection& connection, std::string& made_with);
// The text index of an object, where it is missing.
void create_index(Connection& connection, const TableLayout& table);
// Names this program's tokens.
std::string search_tokenizer();

}  // namespace shangdao::store::sqlite
