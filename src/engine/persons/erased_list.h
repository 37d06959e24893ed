// Erased list – the persons that were erased, in a file beside the store: as long as there are backups that know them still, whoever restores
// one erases them again. A line {"object","id","at"} each, no word of theirs; a person may stand in it twice.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "base/id.h"
#include "base/time.h"

namespace shangdao::engine {

struct ErasedPerson {
    std::string object;
    Id id;
    Instant at;
    bool operator==(const ErasedPerson&) const = default;
};

// In the directory of an organisation.
std::filesystem::path erased_list(const std::filesystem::path& directory);

// A file that is not there holds none; a line that was cut short by a crash is none.
std::vector<ErasedPerson> read_erased(const std::filesystem::path& list);
// Adds those that the list lacks; safe on the disk when it returns. Throws Fault.
void add_erased(const std::filesystem::path& list, std::span<const ErasedPerson> persons);

}  // namespace shangdao::engine
