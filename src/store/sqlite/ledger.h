// Ledger – the events in their table, each sealed into the chain as it is written (D10, D11). One writer gives every seq, so
// nothing has to be sealed later: what is committed is sealed.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "record/event.h"
#include "store/sqlite/chain.h"
#include "store/sqlite/layout.h"
#include "store/sqlite/sqlite_store.h"

namespace shangdao::store::sqlite {

using record::Event;

// The writer's end of the ledger.
class Ledger {
public:
    // Takes up where the file's chain ends.
    Ledger(Connection& connection, std::string_view key);

    // Writes the event and gives its seq. `event` gets seq, and `now` where it has no times.
    std::int64_t append(const Layout& layout, Event& event, Instant now);

    // Where the ledger stands; rewind() takes back what a rolled-back savepoint or transaction had appended.
    struct Place {
        std::int64_t seq = 0;
        Hash hash{};
    };
    const Place& place() const { return place_; }
    void rewind(const Place& place) { place_ = place; }

    // Signs the head; once a transaction, before COMMIT.
    void seal();

private:
    Connection& connection_;
    Chain chain_;
    Place place_;
    std::string salts_;    // random bytes in stock
};

std::optional<Event> read_event(Connection& connection, std::int64_t seq);
std::vector<Event> read_events_after(Connection& connection, std::int64_t seq, std::int64_t limit);
// Events of any of these records, newest first, seq < before.
std::vector<Event> read_history(Connection& connection, std::span<const Id> ids, std::int64_t before, std::int64_t limit);
std::int64_t read_head(Connection& connection);

// Follows the chain from its first event; what cannot be read is a finding too.
ChainReport check_chain(Connection& connection, std::string_view key);

}  // namespace shangdao::store::sqlite
