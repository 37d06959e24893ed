// Which arguments of a verb a member knows: one that bears the name of a field of the object, or is a copy of another's, stands for
// that field, and is hidden with it.
#pragma once

#include "engine/guard.h"

namespace shangdao::engine {

inline bool knows_argument(const Guard& guard, const Object& object, const record::FieldDef& argument)
{
    if (!argument.copy_of.empty()) {
        const auto original = guard.catalogue()->field(argument.copy_of);
        return !original || guard.field(*original->first, original->second) != record::FieldLevel::hidden;
    }
    const auto slot = object.slot(argument.name);
    return !slot || guard.field(object, *slot) != record::FieldLevel::hidden;
}

}  // namespace shangdao::engine
