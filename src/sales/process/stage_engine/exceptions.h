// Exceptions – a move that a gate blocks, let pass by a second person: the leaders of the record's owner who hold the right to it, nearest first; where
// none does, the administrators. What is missing is kept as gate debt, as history keeps it (D30).
#pragma once

#include <array>

#include "engine/behaviour.h"
#include "sales/process/stage_engine/process_library.h"
#include "sales/process/stage_engine/staged.h"

namespace shangdao::process {

inline constexpr std::string_view exception_kind = "exception";
inline constexpr std::string_view exception_right = "grant_exceptions";
// A conversion is none: it makes other records, whose gates are their own.
inline constexpr std::array<std::string_view, 2> exception_verbs{"advance", "win"};

// Who may let `asker` pass the gate, as the process allows it. Each sees the record. Refusal exceptions_forbidden.
Result<engine::Judged> judge_exception(store::View& view, const engine::Desk& desk, const Object& object, const Record& record, const ProcessPlan& plan, Id asker);
// As it is asked for by the name of its record.
engine::Matter exception_matter(std::shared_ptr<ProcessLibrary> library);

}  // namespace shangdao::process
