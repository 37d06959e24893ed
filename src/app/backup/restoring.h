// Restoring – a data directory made of a backup. It is proved before it gets its name, so whatever has the name is whole.
#pragma once

#include "app/backup/backup.h"

namespace shangdao::app {

struct Restored {
    std::string name;              // of the backup it came from
    Instant at;                    // it is as it was at this moment
    std::int64_t seq = 0;          // and its ledger ends with this event
    std::int64_t files = 0;
    std::vector<std::string> missing;    // files that its records know and the place has not, by hash
};

struct RestoreCall {
    std::filesystem::path from, to;
    std::optional<Instant> until = {};    // as it was then: the last commit at or before it; without, as late as the place tells
    Progress progress = {};
};

// `to` must not be there, or be an empty directory. Refusals: directory_not_empty, backup_not_found, backup_damaged, backup_too_new,
// backup_of_another, backup_begins_later (than `until`), data_directory_in_use (another process is restoring to it). Throws Fault; then `to` is as it was.
Result<Restored> restore_backup(const RestoreCall& call);

}  // namespace shangdao::app
