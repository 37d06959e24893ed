// Rates – what an amount is worth in the organisation's base currency (D4).
#pragma once

#include "engine/behaviour.h"

namespace shangdao::engine {

// Sets money.base_minor by the rate of the field's rate date (its day, or today). Rates live in the setting "rates":
// {"USD":[["2026-01-01","7.10"],…]}, one unit of the currency in base units, valid from its day. No rate is the refusal no_rate.
Result<void> in_base(Work& work, const Object& object, const record::FieldDef& field, const Record& record, Money& money);

}  // namespace shangdao::engine
