// New choices – the words of a file that a plan lets become choices (`missing: add`): gathered before the first row is written, so
// that the definitions change once and in one event.
#pragma once

#include <string>
#include <vector>

#include "engine/engine.h"
#include "engine/import/compiled.h"

namespace shangdao::engine {

// The words that no choice of the field is called by, in the order of the file, each once.
struct NewChoices {
    std::string object, field;
    std::vector<std::string> words;
    bool operator==(const NewChoices&) const = default;
};

inline constexpr std::size_t new_choices_max = 200;  // of a field: a column of names is no choice

// Reads the files of the steps that may add. Refusals of the formats; too_many (limit) at the plan's place.
Result<std::vector<NewChoices>> new_choices(const Desk& desk, const std::vector<CompiledStep>& steps);

// Inside a unit: the words are choices from now on. Needs "admin".
Result<void> add_choices(Work& work, Engine& engine, const std::vector<NewChoices>& added);

}  // namespace shangdao::engine
