// Which arguments of a verb a member knows: one that bears the name of a field of the object stands for that field, and is hidden
// with it.
#pragma once

#include "engine/guard.h"

namespace shangdao::engine {

inline bool knows_argument(const Guard& guard, const Object& object, const record::FieldDef& argument)
{
    const auto slot = object.slot(argument.name);
    return !slot || guard.field(object, *slot) != record::FieldLevel::hidden;
}

}  // namespace shangdao::engine
