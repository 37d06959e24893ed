// Locks – records that somebody locked by hand. Until one who may unlocks it, such a record is read by whoever sees it and changed by nobody,
// whoever he is and by whatever door. A lock is a row of the machinery's own: a write judges by the row (engine/guard.h), so that none slips in
// behind it. The ids are held in memory, too, kept by the writer's thread, for `id in locked()`.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>

#include "engine/behaviour.h"
#include "record/definition.h"
#include "record/owner_set.h"

namespace shangdao::engine {

class Records;

extern const record::ObjectDef lock_object;
// What is locked is a view of every object of the business that has owners.
inline constexpr record::ViewDef locked_view{.key = "locked", .label = {"已锁定", "Locked"}, .filter = "id in locked()"};
// The verbs of the ledger's events.
inline constexpr std::string_view locked_event = "locked", unlocked_event = "unlocked";

struct RecordLock {
    Id id{};              // of its row
    Id by{};              // 0: the system
    Instant since{};
    std::string reason;
};
std::optional<RecordLock> lock_of(store::View& view, Id record);
// record_locked of a record that is locked by hand: it names who locked it and why.
Problem locked_problem(store::View& view, const Object& object, Id record, const RecordLock& lock);

class Locks {
public:
    void load(store::View& view);
    void renew(store::View& view, std::span<const Id> records);     // whose lock began or ended
    std::shared_ptr<const record::OwnerSet> all() const;            // ids of records; never null

private:
    void keep(record::OwnerSet ids);

    mutable std::mutex mutex_;
    std::shared_ptr<const record::OwnerSet> ids_ = std::make_shared<const record::OwnerSet>();
};

// The verbs of every object with owners, by the right "lock" of a role, for whoever may edit the record by ownership and roles alone:
// lock {reason}, unlock {reason}.
const record::VerbDef& lock_verb();
const record::VerbDef& unlock_verb();
// What the verbs do with a record that may be locked, and is not, or unlocked: where it is no more, nothing happens.
Result<Record> lock_by_hand(Work& work, const Records& records, const Object& object, const Record& current, const std::string& reason);
Result<Record> unlock_by_hand(Work& work, const Object& object, const Record& current, const std::string& reason);

// {"lock":{"by","since","reason"}|null,"may":true}: for whoever sees the record; `may`: he may lock and unlock it. Refusal not_found.
Result<std::string> lock_answer(store::View& view, const Desk& desk, const Records& records, const Object& object, Id id);

}  // namespace shangdao::engine
