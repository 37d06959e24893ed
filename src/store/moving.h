// Moving – all of a store into an empty one of another engine, row by row as it lies: ids, versions, times, the bin, settings, and the ledger
// with the hashes of its chain. What an engine derives from its rows – totals, text index – it makes itself.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "store/engines.h"

namespace shangdao::store {

struct MovedTable {
    std::string name;
    std::int64_t rows = 0;
    std::string hash;          // SHA-256 of the rows in the order of their keys, hexadecimal; alike in every engine

    bool operator==(const MovedTable&) const = default;
};

// The tables of the ledger, of settings and of every object of `catalogue`, under which both stores stand. Nobody may write `from` meanwhile.
// Everything is written in one transaction, then both are read and compared. Refusals: move_target_in_use; moved_wrong with the table that
// differs, and then nobody should use the target; those of opening. Throws Fault.
Result<std::vector<MovedTable>> move_store(const StoreOptions& from, const StoreOptions& to, const std::shared_ptr<const record::Catalogue>& catalogue,
                                           const std::function<void(const MovedTable&)>& told = {});

}  // namespace shangdao::store
