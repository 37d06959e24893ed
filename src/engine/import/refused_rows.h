// Refused rows – kept in a file beside the store as they were read, one JSON line each, so that the table people get can be
// made in their own language. The job's cursor knows the file's length: what a killed chunk had added is cut off again.
#pragma once

#include <filesystem>
#include <functional>
#include <span>

#include "engine/import/importer.h"

namespace shangdao::engine {

// Makes the file `length` bytes long and appends the rows; gives its new length.
std::int64_t append_refused(const std::filesystem::path& path, std::int64_t length, std::span<const RefusedRow> rows);

// In the order they were refused. A missing file holds none.
void each_refused(const std::filesystem::path& path, const std::function<void(const RefusedRow&)>& take);

}  // namespace shangdao::engine
