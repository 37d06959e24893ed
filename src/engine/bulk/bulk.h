// Bulk – one change, removal or verb over many records, each judged as if it were done alone: what is refused stays as it
// was and is counted by its reason. The trial is the same code in units that are rolled back, with a memory of what earlier ones did.
#pragma once

#include <boost/json/value.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "engine/engine.h"

namespace shangdao::engine {

// One reason, said by the first record it met, and how many records it kept as they were.
struct BulkRefusal {
    Problem problem;
    std::int64_t count = 0;
};
struct BulkTally {
    std::int64_t matched = 0, changed = 0;
    std::vector<BulkRefusal> refused;         // by code and field, in the order they were met
    std::vector<std::pair<Id, Problems>> kept;   // of "each": which records, and everything that is wrong with them
};

// `body` is {"filter","q"} or {"ids":[…]}, and "change":{fields} or "verb":{"name","arguments"}; the verbs delete and restore
// are those of every record. Or "each":{"<id>":{fields}}, at most 1,000: every record its own change. Refusals: unknown_object, forbidden (bulk), unknown_field, required, invalid_value, formula_*,
// unknown_verb, too_many (ids over 10,000, a trial over 50,000 records) and those of the fields themselves.
Result<BulkTally> try_bulk(Engine& engine, const Caller& caller, std::string_view plural, const boost::json::value& body);
// Inside a unit: checks the body and queues the job; the runner wants a nudge after the commit. The job's result is
// {"matched":n,"changed":n,"refused":[{"code","field","args","count"}],"undo":bool}; the records meant are those of its first step.
Result<Id> begin_bulk(Work& work, std::string_view plural, const boost::json::value& body);
// Inside a unit: queues the job that puts back what a bulk job changed, where it was not changed since (undo/taking_back.h). Own jobs,
// an administrator anybody's. Refusals not_found, job_unended, already_undone, undo_expired, nothing_to_undo.
Result<Id> begin_bulk_undo(Work& work, Id bulk);

void add_bulk(Jobs& jobs);

}  // namespace shangdao::engine
