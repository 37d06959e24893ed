// StageEngine – the one way records move through a process (D15, D18): every door – screen, REST, import, bulk, automation –
// comes through here, so a gate holds on every path. Generic over objects with stages.
//
// A gate belongs to the move out of a stage: exit checks of the stage left, entry checks of the stage entered. A check of
// strength block refuses the move with every miss named at once; warnings and hints are kept on the passage (`missed`).
// History (Occasion::History::history) is never refused: what it misses is kept as gate debt, and the record's first live
// move must satisfy the debt's blocking checks (D30). What an exception let pass (exceptions.h) is kept in the same way. What a record no longer
// lacks is debt no more.
#pragma once

#include "engine/records.h"
#include "sales/process/stage_engine/passages.h"
#include "sales/process/stage_engine/process_library.h"
#include "sales/process/stage_engine/staged.h"

namespace shangdao::process {

class StageEngine {
public:
    StageEngine(const engine::Records& records, std::shared_ptr<ProcessLibrary> library) : records_(records), library_(std::move(library)) {}

    // Rule of every staged object. Places a new record; refuses a stage or outcome changed outside the verbs.
    // A new record may name a later stage (conversion, import): then it must meet every gate before it.
    Result<void> keep(Work& work, const Object& object, const Record* before, Record& next, const Occasion& occasion) const;
    // Aftermath: the passages of a new record.
    Result<void> record_beginning(Work& work, const Object& object, const Record* before, const Record& now, const Occasion& occasion) const;

    // To the next stage, or to the one named. Refusals: record_closed, stage_unknown, stage_not_ahead, stage_skip, stage_last, gate_unmet.
    Result<Record> advance(Work& work, const Object& object, const Record& current, const std::string* to) const;
    // To the stage before, or to an earlier one named. Refusals: record_closed, stage_unknown, stage_not_behind, stage_first,
    // stage_back_forbidden, required (reason).
    Result<Record> step_back(Work& work, const Object& object, const Record& current, const std::string* to, const std::string* reason) const;
    // The good end: won, converted. `changes` are written with it and count for the gate of the current stage. Stages not reached are concluded.
    Result<Record> end_well(Work& work, const Object& object, const Record& current, record::Changes changes) const;
    // The bad end: lost, disqualified. Needs a reason, given in `changes` or on the record.
    Result<Record> end_badly(Work& work, const Object& object, const Record& current, record::Changes changes) const;
    Result<Record> reopen(Work& work, const Object& object, const Record& current, const std::string& reason) const;

    // Into another version of its process (D15). `map` is JSON, {"old":"new"}, for stages the version no longer has. Refusals:
    // record_closed, invalid_value (version), stage_unmapped, stage_unknown.
    Result<Record> adopt_version(Work& work, const Object& object, const Record& current, Id version, const std::string* map) const;

    // Doors for import and bulk (D18): the same moves, asked for by value.
    Result<Record> stage_door(Work& work, const Object& object, const Record& current, const record::Value& wanted) const;
    Result<Record> outcome_door(Work& work, const Object& object, const Record& current, const record::Value& wanted) const;

    // Takes a move or an end back: the record stands where it stood, and its stays are as if it had never left (D21). Refusal
    // record_closed where it would have to end again otherwise than it just did.
    Result<Record> take_back(Work& work, const Object& object, const Record& current, const record::Changes& old) const;

    // Tells the times history knows of stays in stages (imports of stage histories, demo data).
    Result<void> tell_stays(Work& work, const Object& object, const Record& record, std::span<const KnownStay> stays) const;

    const std::shared_ptr<ProcessLibrary>& library() const { return library_; }

private:
    using Plan = std::shared_ptr<const ProcessPlan>;
    Result<Plan> plan_of(Work& work, const Object& object, const Record& record) const;
    Result<void> place_new(Work& work, const Object& object, Record& next, const Occasion& occasion) const;
    Result<void> judge_new(Work& work, const Object& object, const ProcessPlan& plan, std::size_t stage, Record& next, const Occasion& occasion) const;
    Result<void> keep_place(const Object& object, const Record& before, const Record& next, const Occasion& occasion) const;
    Result<Misses> settle(Work& work, const Object& object, const ProcessPlan& plan, std::string_view verb, Misses misses, const Record& judged, const Scene& scene) const;
    Result<void> pay_debt(Work& work, const Object& object, const Record& before, Record& next, const Occasion& occasion) const;

    const engine::Records& records_;
    std::shared_ptr<ProcessLibrary> library_;
};

// The first day beyond the stage's limit when entered at that moment; nullopt without a limit.
std::optional<Date> stalled_since(const Stage& stage, Instant entered_at, const formula::Moment& moment);

}  // namespace shangdao::process
