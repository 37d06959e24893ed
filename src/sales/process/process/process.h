// Process – a named way through stages for one kind of record – and its versions (D15).
//
// A version is a JSON document (stage_engine/process_document.h) and never changes; a record keeps the version it began under.
#pragma once

#include "record/record.h"

namespace shangdao::process {

struct Process {
    static const record::ObjectDef def;

    static const record::Field<Process, std::string> name;
    static const record::Field<Process, std::string> name_en;
    static const record::Field<Process, std::string> key;
    static const record::Field<Process, record::ChoiceKey> runs_on;    // deal, lead
    static const record::Field<Process, Id> active_version;
    static const record::Field<Process, bool> is_default;              // one per runs_on: new records without a choice take it
    static const record::Field<Process, bool> active;
};

struct ProcessVersion {
    static const record::ObjectDef def;

    static const record::Field<ProcessVersion, std::string> name;
    static const record::Field<ProcessVersion, Id> process;
    static const record::Field<ProcessVersion, Number> number;
    static const record::Field<ProcessVersion, std::string> document;
};

}  // namespace shangdao::process
