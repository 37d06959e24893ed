// Records – the writes that are the same for every object. All run inside a unit; rights, version and rules are checked on
// the writer's snapshot (D12). After a refusal the unit is rolled back, so nothing has changed.
#pragma once

#include <boost/json/value.hpp>
#include <optional>
#include <span>
#include <string>

#include "engine/behaviour.h"
#include "engine/conditions.h"

namespace shangdao::engine {

// What a client sent for a record, read outside the unit: changes in slot order. Unknown and invisible fields get the same
// answer (unknown_field with the nearest word); written_by verb/system is refused as read_only_field naming the verb.
Result<record::Changes> read_changes(const Desk& desk, const Object& object, const boost::json::value& body);
// The same for a record that is not there yet: it may also name what only verbs write later, where its rules judge that (Behaviour::born_with).
Result<record::Changes> read_creation(const Desk& desk, const Behaviours& behaviours, const Object& object, const boost::json::value& body);
Result<Arguments> read_arguments(const Desk& desk, const Object& object, const record::VerbDef& verb, const boost::json::value& body);

class Records {
public:
    explicit Records(const Behaviours& behaviours) : behaviours_(behaviours) {}

    // Rights, required fields (by condition too), references that exist and are visible, unique keys, rules; then the record and its event.
    // Without an owner among `values` the actor owns it. Null values in `values` are absent values.
    Result<Record> create(Work& work, const Object& object, const record::Changes& values, const Occasion& occasion = {.verb = "created"}) const;
    // expected: version the caller has seen; nullopt: whatever is there (imports, verbs). version_stale carries the current one.
    Result<Record> change(Work& work, const Object& object, Id id, std::optional<std::int64_t> expected, const record::Changes& changes,
                          const Occasion& occasion = {}) const;
    Result<void> remove(Work& work, const Object& object, Id id, std::optional<std::int64_t> expected) const;   // on_delete keep|cascade|refuse
    Result<Record> restore(Work& work, const Object& object, Id id) const;
    Result<Record> perform(Work& work, const Object& object, Id id, std::optional<std::int64_t> expected, const record::VerbDef& verb,
                           const Arguments& arguments) const;
    // Gives the record to another owner (verb hand_over of every owned object). Needs edit on it and a target who is active.
    Result<Record> hand_over(Work& work, const Object& object, const Record& current, Id owner, const std::string& reason) const;

    // For verbs and rules: writes slots that plain change refuses. Rules and event run as always; rights were checked before.
    Result<Record> put(Work& work, const Object& object, const Record& before, const record::Changes& changes, const Occasion& occasion) const;
    // For rooms' own bookkeeping records (passages): no rights, no rules, no event.
    Record insert_quietly(Work& work, const Object& object, const record::Changes& values) const;
    void update_quietly(Work& work, const Object& object, Id id, const record::Changes& changes) const;

    // The record if the desk's member may see it; else not_found.
    Result<Record> visible(store::View& view, const Desk& desk, const Object& object, Id id) const;

    const Behaviours& behaviours() const { return behaviours_; }

private:
    Result<void> complete(Work& work, const Object& object, const Record* before, Record& next) const;
    Result<void> run_rules(Work& work, const Object& object, const Record* before, Record& next, const Occasion& occasion) const;
    Result<void> run_aftermaths(Work& work, const Object& object, const Record* before, const Record& now, const Occasion& occasion) const;

    const Behaviours& behaviours_;
    Conditions conditions_;
};

const record::VerbDef& hand_over_verb();
// Of every object with owners, beside its own: hand_over {owner, reason}, lock and unlock (engine/sharing/locks.h). Ownership and roles alone
// must let one edit the record: what is only shared with somebody he neither gives away nor locks.
std::span<const record::VerbDef* const> verbs_of_owners();
// One of the verbs of an object; nullptr when there is none.
const record::VerbDef* verb_of(const Object& object, std::string_view name);

// Appends the event of a write; `before` nullptr for a creation. Gives its seq, 0 when nothing differed.
std::int64_t append_event(Work& work, const Object& object, const Record* before, const Record& now, const Occasion& occasion);

// Appends the event of something done with a record that changed nothing of it: a look, an invitation. `changes` as an event has them.
void append_deed(Work& work, std::string_view object, Id id, std::string_view verb, std::string changes = "{}", std::string reason = {});

}  // namespace shangdao::engine
