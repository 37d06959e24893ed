// Erasing a person – what the organisation knows of somebody goes for good; that there was a record, and what hangs on it in numbers, stays.
// ADR 0022. What goes with a person is said by the definitions: FieldDef::on_erase of the references to him.
//
// A job in steps of a hundred records: first the person's own records, so that nobody writes them any more; then what the machinery remembers of
// them – kept answers, ended jobs –; then what belongs to them; then files; at last what the disk still holds.
#pragma once

#include <boost/json/value.hpp>

#include "engine/engine.h"

namespace shangdao::engine {

inline constexpr std::string_view erase_job_kind = "erase";

// Inside a unit: checks {"reason":text} and queues the job; the runner wants a nudge after the commit. Its result is {"records":n,"files":n,"clean":true}; clean is
// false when somebody read all the while, a backup say, so that the store's log on the disk still held it at the end: it goes with its next beginning.
// Needs the right "erase", sight of the person's records and a fresh proof. Refusals no_person, not_found, forbidden, required, proof_required.
Result<Id> begin_erasing(Work& work, const Records& records, const Object& object, Id id, const boost::json::value& body);

// Whoever stands in the list of the erased and is here still – a backup was restored – is erased before this returns. Gives how many.
std::int64_t erase_again(Engine& engine);

void add_erasing(Jobs& jobs);

}  // namespace shangdao::engine
