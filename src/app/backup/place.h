// Place – the directory B that backups of one organisation lie in.
//
//   B/place                sealed: whose backups these are      B/lock       flocked while a backup is made
//   B/backups/<moment>/    manifest, data.sqlite, server.json   B/files/     attachments by hash, one for all backups
//   B/log/                 what was committed since (wal_log.h)
//   B/erased.jsonl         who was erased meanwhile, and is erased again in whatever is restored
//
// A backup gets its name when all of it is safe, so what has a name is whole. A new place lies beside, as B.partial, and is given its own name with its
// first backup, or when a server begins to ship to it.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/backup/manifest.h"
#include "app/backup/wal_log.h"
#include "app/data_directory.h"
#include "engine/persons/erased_list.h"

namespace shangdao::app {

class Place {
public:
    // A place that is there. Refusals backup_not_found, backup_damaged, backup_too_new.
    static Result<Place> find(const std::filesystem::path& path);
    // That, or a new one for the organisation of `directory`. Refusals of find, backup_of_another, directory_not_empty.
    static Result<Place> find_or_make(const std::filesystem::path& path, const DataDirectory& directory);

    // Where it lies now, and where it will once it has a backup.
    const std::filesystem::path& root() const { return root_; }
    std::filesystem::path backups() const { return root_ / "backups"; }
    std::filesystem::path backup(const std::string& name) const { return backups() / name; }
    std::filesystem::path files() const { return root_ / "files"; }
    // Who was erased from the organisation's records since any of its backups (engine/persons/erased_list.h).
    std::filesystem::path erased() const { return engine::erased_list(root_); }
    WalLog log() const { return WalLog(root_ / "log"); }
    const std::string& organisation() const { return organisation_; }

    // Takes over who was erased in `directory`. Throws Fault.
    void keep_erased(const DataDirectory& directory) const;

    // Of the whole backups, oldest first.
    std::vector<std::string> names() const;
    // Refusals backup_damaged, backup_too_new, backup_of_another.
    Result<Manifest> manifest(const std::string& name) const;
    // Gives a new place its name.
    void settle();
    // Refusal backup_in_progress.
    Result<FileLock> lock() const;

private:
    std::filesystem::path root_, wanted_;
    std::string organisation_;
};

// "20261130T120000.5Z": names sort as their moments do.
std::string backup_name(Instant at);
// The organisation's mark: what its keys hash to, which betrays nothing of them.
std::string organisation_mark(const DataDirectory& directory);

}  // namespace shangdao::app
