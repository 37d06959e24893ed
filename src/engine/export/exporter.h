// Export – a list as a file for people: what the viewer sees, in the viewer's language, formula-injection guarded by the
// writers. Pages are read by key, each in a snapshot of its own, so no reader holds the log.
#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "engine/engine.h"

namespace shangdao::engine {

struct ExportRequest {
    std::string plural;
    ListRequest list;            // filter, sort, fields; limit and place are the exporter's
    std::string format = "xlsx"; // a format that can be written
};

// Writes the file; gives the number of rows. Refusals: unknown_object, forbidden (export), formula_*, unknown_field,
// file_format_unknown. `progress` may stop it by returning false: refusal cancelled.
Result<std::int64_t> export_list(Engine& engine, const Caller& caller, const ExportRequest& request, const std::filesystem::path& path,
                                 const std::function<bool(std::int64_t)>& progress = {});

}  // namespace shangdao::engine
