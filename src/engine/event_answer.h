// Events of the ledger as a viewer may read them: what timeline, history and comparison of versions have in common.
#pragma once

#include <boost/json/value.hpp>

#include <span>
#include <string>
#include <vector>

#include "engine/answer.h"

namespace shangdao::engine {

// What one event made of one field; a creation has no value before.
struct FieldChange {
    std::size_t slot = 0;
    boost::json::value before, now;
};

// An event, as far as it concerns one record and this viewer reads the fields.
struct ToldEvent {
    std::vector<FieldChange> changes;
    bool withheld = false;                   // it did change something, and all of that is hidden
    bool erased = false;                     // what it changed was erased
};
ToldEvent told_event(const Desk& desk, const Object& object, const record::Event& event, Id id);

// Actors of events, and for whom they acted, by name.
Names actors_of(store::View& view, const Desk& desk, std::span<const record::Event> events);
// `"seq":…,"happened_at":…,"recorded_at":…,"actor":{id,name}|null,"on_behalf":{id,name}|null,"via":…,"verb":…,"reason":…|null`
void append_event_head(std::string& out, const Desk& desk, const record::Event& event, const Names& actors);

// Names of records that fields once referred to: none of what the viewer may not see or what is in the bin.
class PastNames {
public:
    PastNames(store::View& view, const Desk& desk) : view_(view), desk_(desk) {}
    void want(const Object& object, const ToldEvent& told);
    void fetch();
    // A value of the ledger; a reference as {"id","name"}, its name null where it may not be told.
    void append(std::string& out, const Object& object, std::size_t slot, const boost::json::value& value) const;

private:
    store::View& view_;
    const Desk& desk_;
    std::map<std::size_t, std::vector<Id>> wanted_;
    std::map<std::size_t, std::unordered_map<Id, std::string>> names_;
};

// `,"changes":[{field,old,new}]`, and `,"erased":true` where they were erased
void append_changes(std::string& out, const Object& object, const ToldEvent& told, const PastNames& names);

}  // namespace shangdao::engine
