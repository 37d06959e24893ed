// Export budget – how many rows a member may take out in a day of the organisation, over all exports; each is told in the ledger. A stolen session or
// token carries off no more than that.
#pragma once

#include "engine/behaviour.h"

namespace shangdao::engine {

class Records;

extern const record::ObjectDef export_use_object;

struct Allowance {
    std::int64_t limit = 0, left = 0;
    Instant renews_at{};
};
// The system takes out what it wants: its limit is budget_max.
Allowance export_allowance(store::View& view, const Desk& desk);

// The refusal export_budget_spent (limit, left, until).
std::unexpected<Problems> budget_spent(const Desk& desk, const Allowance& allowance);

// Keeps so many of today's rows for `job`, with an event; a job that fails or is cancelled gives them back.
void keep_from_allowance(Work& work, const Records& records, const Object& object, std::int64_t rows, Id job);
// How many the job took in truth. Refusal export_budget_spent: more than it was kept and there is left.
Result<void> settle_allowance(Work& work, const Records& records, Id job, std::int64_t rows);

}  // namespace shangdao::engine
