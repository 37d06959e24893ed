// Person records – which records are about one person, and what of each belongs to him.
#pragma once

#include <functional>
#include <vector>

#include "engine/records.h"

namespace shangdao::engine {

struct RecordOf {
    const Object* object;
    Id id;
    bool operator==(const RecordOf&) const = default;
};

// The record and those that are the same person's, since one refers to the other (what somebody became); at most 100. `object` is
// about persons.
std::vector<RecordOf> records_of_person(store::View& view, const record::Catalogue& catalogue, const Object& object, Id id);

// Whether the desk's member may ask for what needs this right of the person. Refusals not_found (of any of his records), no_person, forbidden.
Result<void> check_person(Work& work, const Records& records, const Object& object, Id id, std::string_view right);

// A page of what refers to the parent by one field, live or from the bin, in the order of ids.
std::vector<Record> page_of_children(store::View& view, const Object& child, std::size_t slot, Id parent, store::Select::Deleted which, Id after, std::int64_t limit);

// Calls `take` for each record that erasing the person takes something from, beyond the records of records_of_person; each snapshot is short.
void each_belonging(store::Store& store, const record::Catalogue& catalogue, const std::vector<RecordOf>& persons, const std::function<void(const Object&, const Record&)>& take);

// What is emptied of a record; the name and what is required says that it was erased.
record::Changes emptied(const Object& object, const Record& record, record::OnErase what, Instant now);

}  // namespace shangdao::engine
