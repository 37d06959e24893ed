#include "store/engines.h"

namespace shangdao::store {

namespace {

template <typename... F> struct Each : F... {
    using F::operator()...;
};

}  // namespace

Result<std::unique_ptr<Store>> open_store(const StoreOptions& options, std::shared_ptr<const record::Catalogue> catalogue)
{
    return std::visit(Each{[&](const SqliteOptions& sqlite) { return open_sqlite(sqlite, std::move(catalogue)); },
                           [&](const PostgresOptions& postgres) { return open_postgres(postgres, std::move(catalogue)); }},
                      options);
}

Result<std::unique_ptr<Store>> open_store_read_only(const StoreOptions& options, std::shared_ptr<const record::Catalogue> catalogue)
{
    return std::visit(Each{[&](const SqliteOptions& sqlite) { return open_sqlite_read_only(sqlite, std::move(catalogue)); },
                           [&](const PostgresOptions& postgres) { return open_postgres_read_only(postgres, std::move(catalogue)); }},
                      options);
}

CheckReport check_store(const StoreOptions& options, const record::Catalogue& catalogue)
{
    return std::visit(Each{[&](const SqliteOptions& sqlite) { return check_sqlite(sqlite, catalogue); },
                           [&](const PostgresOptions& postgres) { return check_postgres(postgres, catalogue); }},
                      options);
}

ChainReport verify_chain(const StoreOptions& options)
{
    return std::visit([](const auto& one) { return verify_chain(one); }, options);
}

std::optional<std::string> chain_hash_at(const StoreOptions& options, std::int64_t seq)
{
    return std::visit([&](const auto& one) { return chain_hash_at(one, seq); }, options);
}

}  // namespace shangdao::store
