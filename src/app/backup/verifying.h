// Verifying – proves that every backup of a place is what was put there, and that the newest one is a sound organisation.
#pragma once

#include "app/backup/backup.h"

namespace shangdao::app {

struct Verified {
    std::vector<std::string> names;        // of the backups, oldest first; each is as it was made
    Manifest newest;
    std::int64_t records = 0, events = 0;  // of the newest
    std::vector<std::string> findings;     // of the check of the newest; none: sound
    std::int64_t segments = 0;             // of the log, each as it was written …
    std::optional<Instant> log_to;         // … and the last commit they tell of
};

// Every byte of every backup and of the log is read and compared by hash; of the newest, every table too, and store, references and chain are proved as `check` does.
// Refusals: all that is damaged at once – backup_not_found, backup_damaged, backup_too_new, backup_of_another.
Result<Verified> verify_place(const std::filesystem::path& path, const Clock& clock, const Progress& progress = {});

// Proves a copy of the database against what was written down of it: tables, rows and chain. Refusal backup_damaged.
Result<void> prove_copy(const std::filesystem::path& still, const store::StoreProof& wanted, const Progress& progress);

}  // namespace shangdao::app
