// The PostgreSQL engine under the contract of every store.
#include "store/postgres/cluster_testing.h"
#include "store/postgres/postgres_store.h"

namespace shangdao::store::contract {
namespace {

const SystemClock system_clock;

// A directory stands for a schema of its name.
PostgresOptions options_in(const Directory& directory)
{
    return {.address = Cluster::running().address(), .schema = directory.path().filename(), .readers = 2, .clock = &system_clock, .chain_key = std::string(32, 'k')};
}

std::unique_ptr<Store> open_engine(const Directory& directory, std::shared_ptr<const record::Catalogue> definitions)
{
    auto opened = open_postgres(options_in(directory), std::move(definitions));
    require(opened.has_value(), "the store opens");
    return std::move(*opened);
}

}  // namespace
}  // namespace shangdao::store::contract

#include "store/store_contract.h"
#include "store/store_contract_reading.h"
