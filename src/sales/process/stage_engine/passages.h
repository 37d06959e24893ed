// Writing passages: the stays of a record in its stages, in the unit that moves it (D15). Nobody else writes them.
#pragma once

#include "engine/records.h"
#include "sales/process/stage_engine/gate.h"
#include "sales/process/stage_engine/process_library.h"
#include "sales/process/stage_engine/staged.h"

namespace shangdao::process {

// A stay as history tells it.
struct KnownStay {
    std::string stage;
    std::optional<Instant> entered_at, left_at;
};

class Passages {
public:
    Passages(Work& work, const engine::Records& records, const Object& object, const Record& record, const ProcessPlan& plan);

    // A new record stands in stages[at]; earlier stages are inferred. `at_known`: the moment it entered, when known.
    void begin(std::size_t at, std::string_view how, std::optional<Instant> entered_at);
    // Leaves the stay it is in. `went_on` marks the first visit of the stage as passed.
    enum class WentOn : unsigned char { no, yes };
    void leave(std::string_view by, std::optional<Instant> at, WentOn went_on, const Misses& missed = {});
    void enter(std::size_t stage, std::string_view how, std::optional<Instant> at);
    // Stages (from, to] that a good end skips: concluded, without times.
    void conclude(std::size_t from, std::size_t to);
    // Takes back what the last good end concluded: those stages were never stood in, and a funnel must not count them.
    void reconsider(std::string_view good_end);
    // Takes back what came after the last stay in `stage`, and the leaving of it: the record is there still.
    void return_to(std::string_view stage);
    // Takes back what came after the stay that ended so; it stays ended.
    void return_to_end(std::string_view end);
    // Replaces times of stays by what history knows; stages it does not name stay as they are.
    void tell(std::span<const KnownStay> stays);

private:
    std::vector<Record>& stays();       // read once, kept in step with what is written
    Record* open_stay();                // the one not left yet; nullptr when there is none
    Record* first_visit(std::string_view stage);
    void drop_after(const Record& stay, std::string_view how = {});   // how: only such stays
    void reckon_passed();               // a stage stays passed when a later stay stood further on
    void write(Record& stay, record::Changes changes);
    void insert(std::size_t stage, std::string_view how, std::optional<Instant> entered_at, record::Changes further);

    Work& work_;
    const engine::Records& records_;
    const Object& object_;
    const Record& record_;
    const ProcessPlan& plan_;
    const Object& passage_;
    std::size_t reference_;             // passage.deal or passage.lead
    bool loaded_ = false;
    std::vector<Record> stays_;
};

}  // namespace shangdao::process
