// The SQLite engine: one file, one writer with group commit, N readers on WAL snapshots (D12, D13).
#pragma once

#include <filesystem>
#include <functional>
#include <memory>

#include "store/store.h"

namespace shangdao::store {

struct SqliteOptions {
    std::filesystem::path file;
    int readers = 4;
    int cache_mib_per_reader = 64;
    const Clock* clock = nullptr;                       // never null
    std::string chain_key;                              // HMAC key of the ledger's chain, 32 bytes
    int statement_seconds_max = 10;                     // a reader's statement that takes longer ends with Fault busy
    // An fsync has failed: the store writes no more and the process should exit (D29). Called once, on the writer's thread,
    // before the batch is answered outcome_unknown.
    std::function<void(const std::string& reason)> on_fail_stop = {};
};

// Creates the file when missing, migrates its schema to `catalogue` (a kill at any point leaves old or new), opens it.
Result<std::unique_ptr<Store>> open_sqlite(const SqliteOptions& options, std::shared_ptr<const record::Catalogue> catalogue);

// Query-only, no checkpoint, beside a running server: for `check` and `export`.
Result<std::unique_ptr<Store>> open_sqlite_read_only(const SqliteOptions& options, std::shared_ptr<const record::Catalogue> catalogue);

CheckReport check_sqlite(const SqliteOptions& options, const record::Catalogue& catalogue);

}  // namespace shangdao::store
