// The engines behind the port, each chosen by its options.
#pragma once

#include <variant>

#include "store/postgres/postgres_store.h"
#include "store/sqlite/sqlite_store.h"

namespace shangdao::store {

using StoreOptions = std::variant<SqliteOptions, PostgresOptions>;

Result<std::unique_ptr<Store>> open_store(const StoreOptions& options, std::shared_ptr<const record::Catalogue> catalogue);
Result<std::unique_ptr<Store>> open_store_read_only(const StoreOptions& options, std::shared_ptr<const record::Catalogue> catalogue);

CheckReport check_store(const StoreOptions& options, const record::Catalogue& catalogue);
ChainReport verify_chain(const StoreOptions& options);
// The hash that the ledger keeps with one event, hexadecimal; nullopt without that event.
std::optional<std::string> chain_hash_at(const StoreOptions& options, std::int64_t seq);

}  // namespace shangdao::store
