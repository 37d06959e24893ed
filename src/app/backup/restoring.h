// Restoring – a data directory made of a backup. It is proved before it gets its name, so whatever has the name is whole.
#pragma once

#include "app/backup/backup.h"

namespace shangdao::app {

struct Restored {
    std::string name;              // of the backup it came from
    Instant at;                    // it is as it was at this moment
    std::int64_t seq = 0;          // and its ledger ends with this event
    std::int64_t files = 0;
};

// `to` must not be there, or be an empty directory. Refusals: directory_not_empty, backup_not_found, backup_damaged, backup_too_new,
// backup_of_another, data_directory_in_use (another process is restoring to it). Throws Fault; then `to` is as it was.
Result<Restored> restore_backup(const std::filesystem::path& from, const std::filesystem::path& to, const Progress& progress = {});

}  // namespace shangdao::app
