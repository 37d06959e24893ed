// Small expressions made by the machinery itself, for conditions it needs (children of a record, equality of a key).
#pragma once

#include "formula/expression.h"

namespace shangdao::engine {

formula::Expression field_expression(const record::Object& object, std::size_t slot);
formula::Expression literal_expression(const record::FieldDef& field, record::Value value);
formula::Expression field_is(const record::Object& object, std::size_t slot, record::Value value);
formula::Expression field_before(const record::Object& object, std::size_t slot, Instant moment);
formula::Expression both(formula::Expression a, formula::Expression b);      // either may be nullptr
formula::Expression either(std::vector<formula::Expression> any);            // one of them; empty: nullptr

}  // namespace shangdao::engine
