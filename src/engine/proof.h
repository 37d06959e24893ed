// Proof – whoever changes who comes in and who may do what has shown lately that it is he: a session that was left open, or stolen, gives
// nobody rights. ADR 0021.
#pragma once

#include <chrono>

#include "base/result.h"
#include "record/record.h"

namespace shangdao::engine {

enum class Proof : unsigned char {
    fresh,   // shown within proof_lasts; the system and its jobs are asked for none
    stale,   // was shown longer ago, and can be shown again
    never,   // comes by a token that does not administer
};

inline constexpr std::chrono::minutes proof_lasts{10};

// Refusals proof_required of a stale one, forbidden of one that cannot be given.
Result<void> check_proof(Proof proof);
// Of the write of one record, when it changes what rights or a sign-in go by. `before` nullptr: it is created.
Result<void> check_proof(Proof proof, const record::Object& object, const record::Record* before, const record::Record& next);
// Of a job that will write records of `object`, when it begins.
Result<void> check_proof_of_job(Proof proof, const record::Object& object);

}  // namespace shangdao::engine
