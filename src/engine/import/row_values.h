// Row values – the cells of one row as values of the fields they go to: read without the store, which any thread may do, then with the
// references found.
#pragma once

#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "engine/import/compiled.h"
#include "engine/import/lookup.h"

namespace shangdao::engine {

// What a cell, or a constant of the plan, says; those that say nothing have none. `heading` and `as` are the plan's.
struct CellValue {
    std::size_t slot = 0;
    std::string_view heading;
    const ImportField* as = nullptr;    // nullptr: a constant
    Result<record::Value> value;        // of a reference: null
    std::string reference;              // its text
};

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

// Refusals of record::from_text, number_overflow, cell_error.
std::vector<CellValue> cell_values(const Organisation& organisation, KnownWords& known, const Object& object, const CompiledStep& step,
                                   std::span<const exchange::Cell> cells);

// References are looked up as the desk's member sees them. Refusals reference_not_found, reference_ambiguous.
RowValues row_values(Work& work, Lookup& lookup, const Object& object, std::vector<CellValue>& cells);

}  // namespace shangdao::engine
