// Row values – the cells of one row as values of the fields they go to.
#pragma once

#include <span>
#include <string>
#include <utility>
#include <vector>

#include "engine/import/compiled.h"
#include "engine/import/lookup.h"

namespace shangdao::engine {

struct RowValues {
    record::Changes values;                                     // nulls are left out
    std::vector<std::pair<std::string, Problem>> problems;      // by heading
};

// References are looked up as the desk's member sees them. Refusals of record::from_text, reference_not_found,
// reference_ambiguous, number_overflow.
RowValues row_values(Work& work, Lookup& lookup, const Object& object, const CompiledStep& step, std::span<const exchange::Cell> cells);

}  // namespace shangdao::engine
