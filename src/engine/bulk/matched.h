// Matched – the records a bulk change is about, fixed when its job begins: a file of ids beside the store, so that neither the change
// itself nor anybody else's moves a record in or out while the job runs, and a killed job goes on with the same ones.
#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <vector>

#include "base/id.h"

namespace shangdao::engine {

// Replaces what is there; also drops files that jobs of long ago left. Throws Fault.
void write_matched(const std::filesystem::path& file, std::span<const Id> ids);
// At most `most` ids behind the first `from`; nullopt when there is no such file.
std::optional<std::vector<Id>> read_matched(const std::filesystem::path& file, std::int64_t from, std::int64_t most);

}  // namespace shangdao::engine
