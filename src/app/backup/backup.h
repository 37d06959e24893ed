// Backup – the whole organisation, proved, in a place of its own; beside a running server as well as without one.
//
// Database: one snapshot, copied by a reader (store/sqlite/copying.h). Files: those that are there before the snapshot, then those that came in
// meanwhile; a file goes a day after its last row at the earliest, so none that the snapshot knows is gone by then. What is already in the place is
// not copied again. Keys go with it: who holds a backup holds the data.
#pragma once

#include <functional>
#include <optional>

#include "app/backup/place.h"

namespace shangdao::app {

// Told what is done, and how much of it: bytes, or 0 of 0 where that is not known. On the thread that works, often.
using Progress = std::function<void(std::string_view what, std::int64_t done, std::int64_t total)>;

struct BackupCall {
    const DataDirectory& directory;
    std::filesystem::path to;
    const Clock& clock;
    std::optional<int> keep = {};    // so many backups stay, the newest ones; all of them without
    Progress progress = {};
};

struct Made {
    std::string name;
    Manifest manifest;
    std::int64_t files_copied = 0;
};

// Refusals of Place, store_outdated, store_too_new. A backup in which something is missing or that the check finds fault with is kept, and says so.
// Throws Fault; then nothing has got a name.
Result<Made> make_backup(const BackupCall& call);

}  // namespace shangdao::app
