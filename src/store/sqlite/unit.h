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
    bool renamed = false;                    // a name that was there is another now, or gone
    std::shared_ptr<const Layout> layout;    // as the units before have redefined it
    enum class Order : unsigned char { as_it_was, aside, restored } order = Order::as_it_was;    // of lists, set_order_aside

    void take(Gathered&& unit);
};

// What takes the writes of a unit back. Its own savepoint keeps what a unit before it has written, but SQLite then carries a copy of
// every page that the unit touches, and walks the whole list of them at each release; so units mostly go without and are taken
// back with all of their transaction.
enum class TakenBack : unsigned char { by_savepoint, with_transaction };

class SqliteUnit final : public Reading<Unit> {
public:
    SqliteUnit(Connection& connection, Ledger& ledger, IdSource& ids, const Clock& clock, const Gathered& batch, TakenBack taken_back);

    Id next_id() override { return ids_.next(); }
    Result<void> insert(const Object& object, const Record& record) override;
    Result<void> update(const Object& object, Id id, std::span<const record::Change> changes) override;
    Result<void> attempt(const std::function<Result<void>()>& work) override;
    void erase(const Object& object, Id id) override;
    std::int64_t append(Event event) override;
    void redact(std::int64_t seq, std::string_view left) override;
    void set_setting(std::string_view key, std::optional<std::string_view> value) override;
    void set_order_aside(const Object& object) override;
    Result<void> redefine(std::shared_ptr<const record::Catalogue> catalogue) override;

    // Ends the savepoint, if there is one: keeps the writes and hands over what they gathered, or takes them back. Without one,
    // what the unit wrote is taken back by the caller's ROLLBACK.
    Gathered keep();
    void take_back();
    bool wrote() const { return wrote_; }

private:
    void begin_write();
    void touch(const TableLayout& table, Id id);

    Connection& connection_;
    Ledger& ledger_;
    IdSource& ids_;
    const Clock& clock_;
    const Gathered& batch_;
    Gathered gathered_;
    const TakenBack taken_back_;
    Ledger::Place ledger_before_;
    bool in_savepoint_ = false, wrote_ = false;
    enum class Attempt : unsigned char { none, untouched, writes } attempt_ = Attempt::none;    // its savepoint, too, begins with its first write
};

}  // namespace shangdao::store::sqlite
