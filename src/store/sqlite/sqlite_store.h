// The SQLite engine: one file, one writer with group commit, N readers on WAL snapshots (D12, D13).
#pragma once

#include <filesystem>
#include <functional>
#include <memory>

#include "store/chain_report.h"
#include "store/store.h"

namespace shangdao::store {

// Follows the WAL of a store that is written, on the writer's thread; what it does must be quick.
class WalFollower {
public:
    virtual ~WalFollower() = default;
    // After a COMMIT that has written something and is safe: the WAL has `frames` frames now, the ledger ends with `seq`. `at` was read before the COMMIT.
    virtual void committed(std::int64_t frames, Instant at, std::int64_t seq) = 0;
    // Whether it has all it was told of, so that the WAL may begin anew. While it says no, the WAL grows, up to 2 GiB.
    virtual bool has_all() = 0;
    // The WAL begins anew with frames that it does not have.
    virtual void left_behind() = 0;
    // The last commit is done and the WAL goes when this returns. May take its time.
    virtual void ends() = 0;
};

struct SqliteOptions {
    std::filesystem::path file;
    // Who writes the file: this store or another process (`written`), or nobody any more (`still`: a backup; it is only read).
    enum class Standing : unsigned char { written, still } standing = Standing::written;
    int readers = 4;
    int cache_mib_per_reader = 64;
    const Clock* clock = nullptr;                       // never null
    std::string chain_key;                              // HMAC key of the ledger's chain, 32 bytes
    int statement_seconds_max = 10;                     // a reader's statement that takes longer ends with Fault busy
    // An fsync has failed: the store writes no more and the process should exit (D29). Called once, on the writer's thread,
    // before the batch is answered outcome_unknown.
    std::function<void(const std::string& reason)> on_fail_stop = {};
    WalFollower* follower = nullptr;                    // outlives the store
};

// Creates the file when missing, migrates its schema to `catalogue` (a kill at any point leaves old or new), opens it.
Result<std::unique_ptr<Store>> open_sqlite(const SqliteOptions& options, std::shared_ptr<const record::Catalogue> catalogue);

// Query-only, no checkpoint, beside a running server: for `check` and `export`.
Result<std::unique_ptr<Store>> open_sqlite_read_only(const SqliteOptions& options, std::shared_ptr<const record::Catalogue> catalogue);

CheckReport check_sqlite(const SqliteOptions& options, const record::Catalogue& catalogue);

// The ledger's chain alone, from its first event to the last that is sealed; beside a running server too.
ChainReport verify_chain(const SqliteOptions& options);
// The hash that the ledger keeps with one event, hexadecimal; nullopt without that event.
std::optional<std::string> chain_hash_at(const SqliteOptions& options, std::int64_t seq);

}  // namespace shangdao::store
