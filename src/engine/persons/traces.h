// Traces – what the machinery remembers of records beside the ledger: answers kept for idempotency keys, jobs that have ended with what they
// were asked and what they told, approvals with their reasons.
#pragma once

#include <boost/json/array.hpp>
#include <string>
#include <unordered_set>
#include <vector>

#include "engine/persons/person_records.h"

namespace shangdao::engine {

// By what a trace is known: ids of records, and words that stood in them.
struct Sought {
    std::unordered_set<std::int64_t> ids;
    std::vector<std::string> words;
};
bool holds_any(const Sought& sought, std::string_view text);

// At most `limit` rows that hold any of it, but no job that has not ended; each snapshot is short.
std::vector<RecordOf> find_traces(store::Store& store, const record::Catalogue& catalogue, const Sought& sought, std::size_t limit);

// The personal texts of a record and what the ledger says they were before.
void add_words(store::View& view, const Object& object, const Record& record, std::vector<std::string>& words);

// What events say of these records goes, for good; what they say of others stays, and that somebody did something which changed no value.
void redact_events(store::Unit& unit, std::span<const RecordOf> records);

}  // namespace shangdao::engine
