// ProcessLibrary – process versions read and compiled once. Versions never change, so what was compiled stays right as long as
// the definitions it was compiled against. Thread-safe.
#pragma once

#include <map>
#include <memory>
#include <mutex>

#include "engine/desk.h"
#include "sales/process/stage_engine/process_document.h"

namespace shangdao::process {

struct ProcessPlan {
    Id process{}, version{};
    std::int64_t number = 0;
    ProcessDocument document;
};

class ProcessLibrary {
public:
    // Refusal process_missing when there is no such version, or its formulas no longer compile against today's definitions.
    Result<std::shared_ptr<const ProcessPlan>> plan(store::View& view, const record::Catalogue& catalogue, Currency base, Id version);
    // The active version of `process`, or of the object's default process when `process` is 0.
    Result<std::shared_ptr<const ProcessPlan>> plan_for_new(store::View& view, const record::Catalogue& catalogue, Currency base, std::string_view object, Id process);

private:
    std::optional<engine::Record> default_process(store::View& view, const record::Catalogue& catalogue, std::string_view object);

    std::mutex mutex_;
    std::uint64_t epoch_ = 0;                            // of the catalogue the shelves belong to
    std::map<std::int64_t, std::shared_ptr<const ProcessPlan>> shelves_;   // by version id; ids are never reused, not even of a unit rolled back
    std::map<std::string, Id, std::less<>> defaults_;    // by object; verified at every use
};

}  // namespace shangdao::process
