// Approvals – a write that waits for a second person. Somebody asks for a verb that something stands in the way of (Matter in engine/behaviour.h); who
// may decide grants it, and it is performed in the same unit, or refuses it with a reason.
//
// It is performed by the rights of both: the asker's guard judges the write as it would judge his own, the decider must be one of those whom the
// matter names, or an administrator. The event names who granted as its actor and who asked as the one it was done for. A record that went on since
// is refused, and the approval stays open. Nobody decides what he asked himself.
//
// The asker owns his approval; who may decide it is shared it. ADR 0023.
#pragma once

#include <boost/json/value.hpp>
#include <chrono>

#include "engine/records.h"

namespace shangdao::engine {

extern const record::ObjectDef approval_object;

inline constexpr std::chrono::days approval_stands{7};

struct ApprovalRequest {
    std::string verb;
    boost::json::value arguments;                // as the verb takes them
    boost::json::value reason;                   // a text
    std::optional<std::int64_t> expected = {};   // version the asker has seen
};

// Asks for a verb on a record. Refusals: those of the verb, where they are no matter of an approval; not_found, unknown_verb, required (reason),
// not_approvable (no approval is there for this verb), approval_needless (nothing stands in its way), approval_waits, nobody_decides and those of the matter.
Result<Record> ask_approval(Work& work, const Records& records, const Object& object, Id id, const ApprovalRequest& request);

// The rules and verbs of approvals: grant, refuse, withdraw. Nothing else writes one.
void add_approvals(Behaviours& behaviours, const Records& records);

// Ends what has stood for too long, and tells who asked; at most `limit` a call. Gives how many.
std::int64_t lapse_approvals(Work& work, const Records& records, std::int64_t limit);

// The approval that waits for a record: {"id","verb","asked_by":{id,name},"asked_of":{id,name},"until"}, or null. For whoever sees the record; the id is null for
// who does not see the approval.
std::string waiting_approval(store::View& view, const Desk& desk, const Object& object, Id record);

}  // namespace shangdao::engine
