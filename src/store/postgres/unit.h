// One unit of work on the writer's connection: its savepoint, its writes, and what they leave to the end of the batch.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "store/postgres/snapshot.h"

namespace shangdao::store::postgres {

using record::Event;
using Ledger = sql::Ledger<Connection>;

// What units of one transaction gather; thrown away with it.
struct Gathered {
    std::vector<Event> events;
    std::shared_ptr<const Layout> layout;    // as the units before have redefined it
    std::map<std::string, std::int64_t> inserted = {};    // rows, by table; those of refused attempts too

    void take(Gathered&& unit);
};

// What takes the writes of a unit back: its own savepoint, or all of its transaction.
enum class TakenBack : unsigned char { by_savepoint, with_transaction };

class PostgresUnit final : public Reading<Unit> {
public:
    PostgresUnit(Connection& connection, Ledger& ledger, IdSource& ids, const Clock& clock, const Gathered& batch, TakenBack taken_back);

    Id next_id() override { return ids_.next(); }
    Result<void> insert(const Object& object, const Record& record) override;
    Result<void> update(const Object& object, Id id, std::span<const record::Change> changes) override;
    Result<void> attempt(const std::function<Result<void>()>& work) override;
    void erase(const Object& object, Id id) override;
    std::int64_t append(Event event) override;
    void redact(std::int64_t seq, std::string_view left) override;
    void set_setting(std::string_view key, std::optional<std::string_view> value) override;
    void set_order_aside(const Object&) override {}    // others may be at work
    Result<void> redefine(std::shared_ptr<const record::Catalogue> catalogue) override;

    // Ends the savepoint, if there is one: keeps the writes and hands over what they gathered, or takes them back. Without one,
    // what the unit wrote is taken back by the caller's ROLLBACK.
    Gathered keep();
    void take_back();
    bool wrote() const { return wrote_; }

private:
    void begin_write();
    Result<void> check_unique(const TableLayout& table, Id id, std::span<const record::Change> changes);

    Connection& connection_;
    Ledger& ledger_;
    IdSource& ids_;
    const Clock& clock_;
    Gathered gathered_;
    const TakenBack taken_back_;
    Ledger::Place ledger_before_;
    bool in_savepoint_ = false, wrote_ = false;
};

}  // namespace shangdao::store::postgres
