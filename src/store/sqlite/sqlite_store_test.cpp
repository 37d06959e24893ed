// The SQLite engine under the contract of every store.
#include "store/sqlite/sqlite_store.h"
#include "store/store_testing.h"

namespace shangdao::store::contract {
namespace {

const SystemClock system_clock;

SqliteOptions options_in(const Directory& directory)
{
    return {.file = directory.path() / "store.db", .readers = 2, .cache_mib_per_reader = 4, .clock = &system_clock, .chain_key = std::string(32, 'k')};
}

std::unique_ptr<Store> open_engine(const Directory& directory, std::shared_ptr<const record::Catalogue> definitions)
{
    auto opened = open_sqlite(options_in(directory), std::move(definitions));
    require(opened.has_value(), "the store opens");
    return std::move(*opened);
}

}  // namespace
}  // namespace shangdao::store::contract

#include "store/store_contract.h"
#include "store/store_contract_reading.h"
