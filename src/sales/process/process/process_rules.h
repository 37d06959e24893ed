// What always holds for processes and versions: documents are checked before they are kept and never change afterwards.
#pragma once

#include "engine/records.h"

namespace shangdao::process {

using engine::Object;
using engine::Occasion;
using engine::Record;
using engine::Work;

// Rules and the verb publish of `process` and `process_version`.
void add_process_behaviours(engine::Behaviours& behaviours, engine::Records& records);

// A process keeps its key and object; a new one is active. Refusal immutable_field.
Result<void> check_process(Work& work, const Object& object, const Record* before, Record& next, const Occasion& occasion);
// A version's document reads, compiles against the object of its process, and never changes. Refusals of process_document.h, immutable_field.
Result<void> check_version(Work& work, const Object& object, const Record* before, Record& next, const Occasion& occasion);

// Verb publish {document}: the next version, active from now on; records keep theirs. Returns the process.
Result<Record> perform_publish(Work& work, const engine::Records& records, const Object& object, const Record& current, const std::string& document);

}  // namespace shangdao::process
