// What a credential says of a second factor. Used by Access alone, inside its units.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/secret.h"
#include "engine/records.h"

namespace shangdao::engine {

struct Factor {
    Id credential{};
    bool on = false;
    std::string key;                      // of the codes; empty: none was begun
    std::int64_t used = 0;                // the step of the last code that was taken
    std::vector<std::string> recovery;    // hashes of codes that are left
    std::int64_t misses = 0;              // wrong codes in a row
    Instant waits_until{};                // no code is looked at before

    // Takes a code, of the app or a recovery code, and remembers that it was. False: it is none, or was taken before.
    bool takes(const Hash& seal, std::string_view code, Instant now);
    // Gives ten new recovery codes and keeps their hashes; those before are void.
    std::vector<std::string> renew_recovery(const Hash& seal);
};

// nullopt: the member has no credential. A key that another seal closed is none.
std::optional<Factor> factor_of(store::View& view, const record::Catalogue& catalogue, Id member, const Hash& seal);
void keep_factor(Work& work, const Records& records, const Factor& factor, const Hash& seal);
// Lets in by a code, inside a unit: nothing is wrong when none is asked for, or it was right. A wrong one is counted in the unit, which must end
// well for it; what is wrong is its answer: code_required, code_refused, code_locked (seconds).
Problems take_code(Work& work, const Records& records, Id member, const Hash& seal, std::string_view code);
// From now on the password is enough.
void drop_factor(Work& work, const Records& records, Id member, const Hash& seal);

}  // namespace shangdao::engine
