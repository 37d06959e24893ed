// Outbox – letters that wait to be sent: who is written to and why. Nothing that must be kept secret rests here: the link of a letter is made
// when it is taken out (Access::take_letter), and whom a forgotten password belongs to is asked then, so that to post takes the same time
// for every address. Internal: no route, no describe, no query ever names it.
#pragma once

#include "engine/access/access.h"
#include "record/definition.h"

namespace shangdao::engine {

extern const record::ObjectDef letter_object;

inline constexpr int letter_days = 3;     // then it is given up

// Inside a unit. A letter of the same kind that waits for the member is replaced.
void post_invitation(Work& work, const Records& records, Id member);
// For whoever may have forgotten his password; `address` as it was typed, valid UTF-8 of at most reset_address_max bytes.
inline constexpr std::size_t reset_address_max = 254;
void post_reset(Work& work, const Records& records, std::string_view address);
void drop_letters(Work& work, Id member);

}  // namespace shangdao::engine
