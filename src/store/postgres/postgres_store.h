// The PostgreSQL engine: an organisation is one schema; one writer a process with group commit, readers on snapshots (D12, D14).
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "store/chain_report.h"
#include "store/store.h"

namespace shangdao::store {

struct PostgresOptions {
    std::string address;                                // postgres://user@host/database, or as libpq takes it
    std::string schema;                                 // made when it is missing
    int readers = 4;
    const Clock* clock = nullptr;                       // never null
    std::string chain_key;                              // HMAC key of the ledger's chain, 32 bytes
    int statement_seconds_max = 10;                     // a reader's statement that takes longer ends with Fault busy; 0: no limit
};

// Opens the schema and migrates it to `catalogue`, all in one transaction. Refusals: database_unreachable;
// database_of_another when the schema was made under another chain key: it holds the data of someone else.
Result<std::unique_ptr<Store>> open_postgres(const PostgresOptions& options, std::shared_ptr<const record::Catalogue> catalogue);

// Only reads and changes nothing. Refusals database_unreachable, store_outdated (the schema is not there, or was written by an older version), store_too_new,
// database_of_another.
Result<std::unique_ptr<Store>> open_postgres_read_only(const PostgresOptions& options, std::shared_ptr<const record::Catalogue> catalogue);

CheckReport check_postgres(const PostgresOptions& options, const record::Catalogue& catalogue);
ChainReport verify_chain(const PostgresOptions& options);
std::optional<std::string> chain_hash_at(const PostgresOptions& options, std::int64_t seq);

}  // namespace shangdao::store
