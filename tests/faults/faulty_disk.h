// A disk that can lose its power, be full, or fail – as an SQLite VFS over the usual one, for tests.
//
// It remembers per file what an fsync has made sure of and what was only written since. A power cut keeps the first and of the
// second whatever it likes: each write whole, not at all, or torn into sectors of 512 bytes, in any order.
#pragma once

#include <atomic>
#include <filesystem>
#include <map>
#include <mutex>
#include <random>
#include <string>
#include <vector>

namespace shangdao::store::contract {

class FaultyDisk {
public:
    // Connections opened from now on use this disk, until it is destroyed; then those that were opened must be closed.
    FaultyDisk();
    ~FaultyDisk();
    FaultyDisk(const FaultyDisk&) = delete;
    FaultyDisk& operator=(const FaultyDisk&) = delete;

    // New connections use the real disk again; those already open stay on this one.
    void stand_aside();

    // Writes the files as a power cut at this moment might leave them into `directory`.
    void cut_power(const std::filesystem::path& directory, std::mt19937& random);

    std::atomic<bool> full = false;          // every write that makes a file longer fails with ENOSPC
    // fsync gives EIO, and as Linux does it forgets what it could not save: a later fsync says yes without it.
    std::atomic<bool> syncs_fail = false;
    std::atomic<bool> file_syncs_fail = false;    // of the database alone, which is synced by checkpoints
    std::atomic<bool> syncs_lie = false;     // fsync says yes and does nothing: what a sabotaged store would look like

    struct Write {
        std::size_t offset;
        std::string bytes;    // of a truncation: empty, and `offset` is the new size
        bool truncates;
    };
    struct File {
        std::string sure;
        std::size_t size = 0;
        std::vector<Write> pending;
    };
    // For the VFS; by path.
    void written(const std::string& path, Write write);
    void synced(const std::string& path);
    void dropped(const std::string& path);
    void removed(const std::string& path);
    bool grows(const std::string& path, std::size_t end);

private:
    std::mutex mutex_;
    std::map<std::string, File> files_;
};

}  // namespace shangdao::store::contract
