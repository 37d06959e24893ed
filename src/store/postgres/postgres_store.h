// The PostgreSQL engine: an organisation is one schema; one writer a process with group commit, readers on snapshots (D12, D14).
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "store/store.h"

namespace shangdao::store {

struct PostgresOptions {
    std::string address;                                // postgres://user@host/database, or as libpq takes it
    std::string schema;                                 // made when it is missing
    int readers = 4;
    const Clock* clock = nullptr;                       // never null
    std::string chain_key;                              // HMAC key of the ledger's chain, 32 bytes
    int statement_seconds_max = 10;                     // a reader's statement that takes longer ends with Fault busy
};

// Opens the schema and migrates it to `catalogue`, all in one transaction. Fault network when there is no server.
Result<std::unique_ptr<Store>> open_postgres(const PostgresOptions& options, std::shared_ptr<const record::Catalogue> catalogue);

}  // namespace shangdao::store
