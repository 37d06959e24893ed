// Copying – a store's file as it is at one moment, into a file of its own, and the proof of what is in it.
//
// A reader copies the pages that its snapshot sees, from the WAL and the file alike: nobody waits for it, and it neither writes nor
// checkpoints, so it may run in any process beside the one that writes (connection.h). The WAL cannot begin anew meanwhile; it
// grows by what is written. VACUUM INTO was rejected: it makes other pages, which the WAL's frames would not fit.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "store/sqlite/sqlite_store.h"

namespace shangdao::store {

// Bytes done and bytes in all; called every few MiB, on the caller's thread.
using CopyProgress = std::function<void(std::int64_t done, std::int64_t total)>;

// Makes `to`, which must not exist. `snapshot_taken` is called once the moment is fixed of which the copy will tell. `to` is whole when this returns,
// but not synced. Throws Fault.
void copy_sqlite(const std::filesystem::path& from, const std::filesystem::path& to, const std::function<void()>& snapshot_taken, const CopyProgress& progress);

// The rows of one table, its hash being BLAKE2b-256 over all values in the order of its key.
struct TableProof {
    std::string name, hash;
    std::int64_t rows = 0;

    bool operator==(const TableProof&) const = default;
};

// What a store holds: two stores with equal proofs hold the same, wherever their pages lie.
struct StoreProof {
    std::vector<TableProof> tables;          // the schema first, then by name
    std::int64_t seq = 0, sealed_seq = 0;    // of the newest event, and of the last one whose end of the chain is signed …
    std::string chain_hash;                  // … and where the chain stands at the newest, hexadecimal

    bool operator==(const StoreProof&) const = default;
};

// Of a file that nobody writes. `beat` is called now and then, on the caller's thread. Throws Fault when the file is none of ours or damaged.
StoreProof prove_sqlite(const std::filesystem::path& still, const std::function<void()>& beat = {});

}  // namespace shangdao::store
