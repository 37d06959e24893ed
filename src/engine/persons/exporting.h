// Exporting a person – what the organisation knows of somebody, as he may ask for it: one zip with the records that are about him and all that
// belongs to them, in the bin or not, each with its history and who looked at it, as JSON and as tables; his files beside them. ADR 0022.
#pragma once

#include "engine/engine.h"

namespace shangdao::engine {

inline constexpr std::string_view person_export_job_kind = "person_export";

// Inside a unit: queues the job; the runner wants a nudge after the commit. Its result is {"records":n,"files":n,"name","format":"zip"}, its file that of
// any export (export_job.h). It holds all, whatever its owner may see elsewhere: that takes the right "person_export", sight of the person's
// records and a fresh proof, and counts as an export. Refusals no_person, not_found, forbidden, proof_required, export_budget_spent.
Result<Id> begin_person_export(Work& work, const Records& records, const Object& object, Id id);

void add_person_export(Jobs& jobs);

}  // namespace shangdao::engine
