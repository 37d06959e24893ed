// Row values – the cells of one row as values of the fields they go to.
#pragma once

#include <map>
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

// What was read of words before, refusals too: a choice's labels and synonyms are many, a file's words for it few. Kept by slot, for
// one step of a plan.
class KnownWords {
public:
    const Result<record::Value>* find(std::size_t slot, std::string_view text) const;
    void add(std::size_t slot, std::string_view text, const Result<record::Value>& value);

private:
    std::map<std::size_t, std::map<std::string, Result<record::Value>, std::less<>>> words_;
};

// What a cell of the column says: the plan's own word for it, trimmed; empty where it says nothing.
std::string_view column_text(const CompiledStep& step, const ImportColumn& column, std::string_view cell);

// References are looked up as the desk's member sees them. Refusals of record::from_text, reference_not_found,
// reference_ambiguous, number_overflow.
RowValues row_values(Work& work, Lookup& lookup, KnownWords& known, const Object& object, const CompiledStep& step,
                     std::span<const exchange::Cell> cells);

}  // namespace shangdao::engine
