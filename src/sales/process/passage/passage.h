// Passage – one stay of a record in one stage: the only source of funnel, velocity and time in stage (D15).
//
// Written by the stage engine in the unit that moves the record, and by nobody else. `how` says whether the stay was seen
// (moved), concluded because a later stage was named (inferred; no times) or told by an import (imported). A record that went
// back has a second passage of the same stage with `first_visit` false, so counting first visits counts each record once.
// A passage is owned by nobody: who sees the deal or lead sees its passages.
#pragma once

#include "record/record.h"

namespace shangdao::process {

struct Passage {
    static const record::ObjectDef def;

    static const record::Field<Passage, std::string> name;
    static const record::Field<Passage, Id> deal;
    static const record::Field<Passage, Id> lead;
    static const record::Field<Passage, Id> process;
    static const record::Field<Passage, Id> process_version;
    static const record::Field<Passage, record::ChoiceKey> stage;
    static const record::Field<Passage, Number> position;            // of the stage in its version, from 1
    static const record::Field<Passage, record::ChoiceKey> how;
    static const record::Field<Passage, Instant> entered_at;
    static const record::Field<Passage, Instant> left_at;
    static const record::Field<Passage, record::ChoiceKey> left_by;  // forward, back, won, lost, converted, disqualified
    static const record::Field<Passage, bool> first_visit;
    static const record::Field<Passage, bool> passed;                // the record ever went on from this stage; on first visits only
    static const record::Field<Passage, Number> stage_days;          // calendar days of the stay, two digits; null while unknown
    static const record::Field<Passage, Id> member;                  // owner of the record when it entered
    static const record::Field<Passage, Money> amount;               // of the record when it entered
    static const record::Field<Passage, std::string> missed;         // JSON: checks below block that were not met when it left
};

}  // namespace shangdao::process
