// Staged – where an object that runs in a process keeps its place, and the words of its ends. The stage engine works with
// any such object; what differs between deals and leads is a row of the table behind of_trade().
#pragma once

#include <optional>
#include <string_view>

#include "engine/behaviour.h"

namespace shangdao::process {

using engine::Object;
using engine::Occasion;
using engine::Record;
using engine::Work;

// How records of one object end.
struct Trade {
    std::string_view object;          // deal
    std::string_view good_end;        // outcome won; event verb won
    std::string_view good_verb;       // win: named when the last stage is reached
    std::string_view bad_end;         // outcome lost; event verb lost
    std::string_view reason_field;    // loss_reason: a bad end needs it
    std::string_view passage_field;   // the passage's reference to the record
};
const Trade& trade_of(const Object& object);   // a bug for objects that run in no process

inline constexpr std::string_view outcome_open = "open";
inline constexpr std::string_view reason_unknown = "unknown_imported";

// Every staged object has it; what it does is StageEngine::adopt_version.
inline constexpr record::FieldDef adopt_version_arguments[] = {
    {.name = "to_version", .type = record::Type::reference, .label = {"流程版本", "Process version"}, .need = record::Need::required, .target = "process_version"},
    {.name = "map", .type = record::Type::text, .label = {"阶段对应", "Stage map"}, .help = {"JSON：{\"旧阶段\":\"新阶段\"}", "JSON: {\"old\":\"new\"}"},
     .text_kind = record::TextKind::long_text, .max_length = 4'000},
};
inline constexpr record::VerbDef adopt_version_verb{.name = "adopt_version", .label = {"改用流程版本", "Adopt a process version"}, .arguments = adopt_version_arguments,
                                                    .right = "adopt_version", .offered = record::VerbDef::Offered::elsewhere};

// Slots by name; every staged object has them, those behind optional only some.
struct StagedSlots {
    explicit StagedSlots(const Object& object);

    std::size_t stage, outcome, process, process_version, stage_entered_at, stalled_since, gate_debt, opened_on, closed_on, reason;
    std::optional<std::size_t> win_share, amount, cycle_days;
};

// A record's place, read once.
struct Place {
    Place(const Object& object, const Record& record);

    std::string stage;        // key; empty on a record that was never placed
    std::string outcome;      // open, won, …
    Id process{}, version{};
    bool open() const { return outcome == outcome_open; }
};

template <typename T>
T value_or(const Record& record, std::optional<std::size_t> slot, T otherwise)
{
    const auto* value = slot ? std::get_if<T>(&record.at(*slot)) : nullptr;
    return value == nullptr ? otherwise : *value;
}

}  // namespace shangdao::process
