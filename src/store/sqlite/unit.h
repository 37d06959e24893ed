// One unit of work on the writer's connection: its savepoint, its writes, and what they leave to the end of the batch.
#pragma once

#include <vector>

#include "store/sqlite/search_index.h"
#include "store/sqlite/snapshot.h"

namespace shangdao::store::sqlite {

// What units of one transaction gather; written at its end, thrown away with it.
struct Gathered {
    Touched touched;
    TotalChanges totals;
    std::vector<Event> events;
    std::shared_ptr<const Layout> layout;    // as the units before have redefined it

    void take(Gathered&& unit);
};

// A unit that shares its transaction has a savepoint to go back to. One that has the transaction for itself has none: it goes back
// with the transaction, and its attempts need not carry what an outer savepoint would keep of every page (SQLite walks that
// whole list at each release, so a chunk of rows would cost the square of its pages).
enum class Transaction : unsigned char { shared, own };

class SqliteUnit final : public Reading<Unit> {
public:
    SqliteUnit(Connection& connection, Ledger& ledger, IdSource& ids, const Clock& clock, const Gathered& batch, Transaction transaction);

    Id next_id() override { return ids_.next(); }
    Result<void> insert(const Object& object, const Record& record) override;
    Result<void> update(const Object& object, Id id, std::span<const record::Change> changes) override;
    Result<void> attempt(const std::function<Result<void>()>& work) override;
    void erase(const Object& object, Id id) override;
    std::int64_t append(Event event) override;
    void set_setting(std::string_view key, std::optional<std::string_view> value) override;
    Result<void> redefine(std::shared_ptr<const record::Catalogue> catalogue) override;

    // Ends the savepoint, if there is one: keeps the writes and hands over what they gathered, or takes them back. With a
    // transaction of its own, taking back is the caller's ROLLBACK.
    Gathered keep();
    void take_back();

private:
    void begin_write();
    std::unexpected<Problems> taken(const TableLayout& table, Id id, const std::function<const Value*(std::size_t)>& value_of);
    void touch(const TableLayout& table, Id id);

    Connection& connection_;
    Ledger& ledger_;
    IdSource& ids_;
    const Clock& clock_;
    const Gathered& batch_;
    Gathered gathered_;
    const Transaction transaction_;
    Ledger::Place ledger_before_;
    bool writing_ = false;
};

}  // namespace shangdao::store::sqlite
