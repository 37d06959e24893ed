// Reveal – the whole of a value that a member reads masked: so many a day, each told in the ledger.
#pragma once

#include <string>
#include <string_view>

#include "engine/behaviour.h"

namespace shangdao::engine {

class Records;

extern const record::ObjectDef reveal_object;

// {"field","value","left"}: the value as whoever reads it whole has it, and how many more the member may ask for today, by the budget of his roles. Asking takes the right
// "reveal"; a field that is read whole anyway is answered without it, and costs nothing. Refusals not_found, unknown_field, forbidden,
// reveals_spent (limit).
Result<std::string> reveal(Work& work, const Records& records, const Object& object, Id id, std::string_view field);

}  // namespace shangdao::engine
