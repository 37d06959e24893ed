// Sharing – what members see and may beyond ownership and the reporting tree: rules of the organisation, and single records that
// somebody shared. Nothing here judges: People makes of it what one member's guard knows.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/behaviour.h"
#include "engine/sharing/given.h"

namespace shangdao::engine {

class Records;

// ---- rules

// A rule as its record says it ("sharing_rule": object, basis, from_group, criteria, audience, to_group, to_role, to_team, level, active).
struct SharingRule {
    std::string name;
    std::size_t object = 0;    // catalogue index
    // What it does to the records it is about: they are opened, to read or to edit; only they are seen, whatever else opens others; they are
    // locked, so only read.
    enum class Effect : unsigned char { read, edit, only, lock } effect = Effect::read;
    // by_parent: what is seen through a record (record::ObjectDef::seen_through), by whoever may do as much with that record by itself.
    enum class Basis : unsigned char { all, owners, criteria, by_parent } basis = Basis::criteria;
    formula::Expression when;  // of criteria
    Id from{};                 // of owners: a group
    enum class Audience : unsigned char { everyone, group, role, role_and_below, team } audience = Audience::group;
    Id to{};                   // a group or team
    std::string role;          // a key
    bool shares() const { return effect <= Effect::edit; }
    Grant grant() const { return effect == Effect::edit ? Grant::edit : Grant::read; }
};

// The condition of a rule over one record's own fields, the same at any time for everybody. Refusals of check_condition,
// not_for_sharing (name) where it reads another record, the moment or the reader.
Result<formula::Expression> sharing_condition(const record::Catalogue& catalogue, const Object& object, std::string_view text, Currency base);
// Of the record of a rule; nullopt: it is not in use, or no longer reads – then it shares nothing.
std::optional<SharingRule> sharing_rule_of(const record::Catalogue& catalogue, const Record& record, Currency base);

// Fields of an object that say in which territory a record lies.
bool names_territory(const Object& object, std::size_t slot);
std::vector<std::size_t> territory_slots(const Object& object);

// ---- single records

extern const record::ObjectDef share_object;

struct RecordShare {
    Id id{};                        // of its row
    std::size_t object = 0;         // catalogue index: objects are never taken out of a catalogue, and new ones come last
    Id record{}, grantee{};         // a member, or a group
    Grant grant = Grant::read;
    std::optional<Instant> until;   // from then on it gives nothing
};

// All of them, in memory; kept by the writer's thread. Thread-safe.
class Shares {
public:
    void load(store::View& view);
    void renew(store::View& view, Id share);     // a row that began, changed or ended
    std::vector<RecordShare> with(Id grantee) const;
    std::vector<RecordShare> all() const;
    std::uint64_t epoch() const;                 // rises with every change

private:
    void forget(Id share);
    void keep(const record::Catalogue& catalogue, const Record& row);

    mutable std::mutex mutex_;
    std::unordered_map<Id, std::unordered_map<Id, RecordShare>> by_grantee_;   // then by id
    std::unordered_map<Id, Id> grantees_;                                // of each row
    std::uint64_t epoch_ = 0;
};

struct ShareRequest {
    Id grantee{};
    Grant grant = Grant::read;
    std::optional<Instant> until;
};
// Shares a record with a member or a group, or changes how it is shared with them. Who shares must be able to delete it, as its owner or
// those above him can, and gives no more than he may. Refusals not_found, forbidden, unknown_reference (grantee), invalid_value, too_many.
Result<void> share(Work& work, const Records& records, const Object& object, Id id, const ShareRequest& request);
// The machinery's own sharing of a record with whom it is not shared yet: no right is asked, nobody is told.
void give(Work& work, const Records& records, const Object& object, Id id, const ShareRequest& request);
// Ends it; where there is none, nothing happens.
Result<void> unshare(Work& work, const Records& records, const Object& object, Id id, Id grantee);

// Why the desk's member sees a record, clause by clause, the strongest level first: {"level","reasons":[{"code","level","say"}]}, said in
// his language. Codes why_owner, why_team, why_all, why_shared, why_shared_group, why_shared_team, why_rule, why_territory, why_audience, why_parent,
// why_locked, why_locked_by. The record is one that he sees.
std::string why_answer(store::View& view, const Desk& desk, const Object& object, const Record& record);

// {"data":[{"grantee":{"object","id","name"},"level","until","by","since"}],"may":true}: with whom a record is shared, for whoever sees it.
Result<std::string> shares_answer(store::View& view, const Desk& desk, const Records& records, const Object& object, Id id);

}  // namespace shangdao::engine
