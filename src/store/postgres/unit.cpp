#include "store/postgres/unit.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/require.h"
#include "store/postgres/schema.h"
#include "store/postgres/words.h"

namespace shangdao::store::postgres {

void Gathered::take(Gathered&& unit)
{
    std::ranges::move(unit.events, std::back_inserter(events));
    layout = std::move(unit.layout);
    for (const auto& [table, rows] : unit.inserted) inserted[table] += rows;
}

PostgresUnit::PostgresUnit(Connection& connection, Ledger& ledger, IdSource& ids, const Clock& clock, const Gathered& batch, TakenBack taken_back)
    : Reading(connection, batch.layout), connection_(connection), ledger_(ledger), ids_(ids), clock_(clock), taken_back_(taken_back),
      ledger_before_(ledger.place())
{
    gathered_.layout = batch.layout;
}

void PostgresUnit::begin_write()
{
    wrote_ = true;
    if (in_savepoint_ || taken_back_ == TakenBack::with_transaction) return;
    connection_.execute("SAVEPOINT unit");
    in_savepoint_ = true;
}

Gathered PostgresUnit::keep()
{
    if (in_savepoint_) connection_.execute("RELEASE SAVEPOINT unit");
    in_savepoint_ = false;
    return std::move(gathered_);
}

void PostgresUnit::take_back()
{
    ledger_.rewind(ledger_before_);
    if (!in_savepoint_ || connection_.is_lost()) return;
    connection_.execute("ROLLBACK TO SAVEPOINT unit");
    connection_.execute("RELEASE SAVEPOINT unit");
    in_savepoint_ = false;
}

Result<void> PostgresUnit::attempt(const std::function<Result<void>()>& work)
{
    begin_write();
    const auto place = ledger_.place();
    const auto events = gathered_.events.size();
    connection_.execute("SAVEPOINT attempt");
    auto done = work();
    if (!done) {
        connection_.execute("ROLLBACK TO SAVEPOINT attempt");
        ledger_.rewind(place);
        gathered_.events.resize(events);
    }
    connection_.execute("RELEASE SAVEPOINT attempt");
    return done;
}

Result<void> PostgresUnit::insert(const Object& object, const Record& record)
{
    const auto& table = snapshot_.layout().of(object);
    require(bool{record.id()} && record.version() >= 1, "a new record has its id and version");
    auto query = connection_.prepare(table.insert_sql + " ON CONFLICT DO NOTHING");
    int index = 1;
    for (std::size_t slot = 0; slot < table.slots.size(); ++slot) index = sql::bind_slot(query, index, table.slots[slot], record.at(slot));
    ++gathered_.inserted[table.table];
    const bool before = wrote_;
    begin_write();
    if (query.run_and_count() == 0) {
        wrote_ = before;
        return sql::taken_keys(snapshot_, table, record.id(), [&](std::size_t slot) { return &record.at(slot); });
    }
    if (!table.searched_slots.empty()) add_words(connection_, table, record);
    return {};
}

// A constraint that refuses would end the transaction. Nobody else writes meanwhile, so what is asked before holds.
Result<void> PostgresUnit::check_unique(const TableLayout& table, Id id, std::span<const record::Change> changes)
{
    const auto changed = [&](std::size_t slot) {
        const auto change = std::ranges::find(changes, slot, &record::Change::slot);
        return change != changes.end() ? &change->value : nullptr;
    };
    const auto* deleted = changed(record::slot_deleted_at);
    const bool restored = deleted != nullptr && record::is_null(*deleted);
    if (!restored && std::ranges::none_of(table.unique_slots, [&](std::size_t slot) { return changed(slot) != nullptr; })) return {};
    const auto now = snapshot_.find(*table.object, id);
    require(now.has_value(), "a record that is changed exists");
    if (deleted != nullptr ? !restored : now->deleted()) return {};
    bool taken = false;
    const auto value_of = [&](std::size_t slot) { return changed(slot) != nullptr ? changed(slot) : &now->at(slot); };
    for (const auto slot : table.unique_slots) {
        const auto other = snapshot_.find_unique(*table.object, slot, *value_of(slot));
        taken = taken || (other && *other != id);
    }
    if (taken) return sql::taken_keys(snapshot_, table, id, value_of);
    return {};
}

Result<void> PostgresUnit::update(const Object& object, Id id, std::span<const record::Change> changes)
{
    const auto& table = snapshot_.layout().of(object);
    std::string sql = fmt::format("UPDATE {} SET version = version + 1", table.table);
    for (const auto& change : changes) {
        require(change.slot != record::slot_id && change.slot != record::slot_version, "id and version are the store's to write");
        for (const auto& column : table.slots[change.slot].columns) sql += fmt::format(", {} = ?", in_quotes(column));
    }
    CHECK_OK(check_unique(table, id, changes));
    begin_write();
    auto query = connection_.prepare(sql + " WHERE id = ?");
    int index = 1;
    for (const auto& change : changes) index = sql::bind_slot(query, index, table.slots[change.slot], change.value);
    query.bind(index, id.value).run_one();
    const auto searched = [&](const auto& change) { return std::ranges::find(table.searched_slots, change.slot) != table.searched_slots.end(); };
    if (std::ranges::any_of(changes, searched)) index_words(connection_, table, id);
    return {};
}

void PostgresUnit::erase(const Object& object, Id id)
{
    const auto& table = snapshot_.layout().of(object);
    begin_write();
    auto query = connection_.prepare(table.erase_sql);
    query.bind(1, id.value).run();
    index_words(connection_, table, id);
}

std::int64_t PostgresUnit::append(Event event)
{
    begin_write();
    const auto seq = ledger_.append(snapshot_.layout(), event, clock_.now());
    gathered_.events.push_back(std::move(event));
    return seq;
}

void PostgresUnit::redact(std::int64_t seq, std::string_view left)
{
    begin_write();
    sql::redact_event(connection_, seq, left);
}

void PostgresUnit::set_setting(std::string_view key, std::optional<std::string_view> value)
{
    begin_write();
    sql::write_setting(connection_, key, value);
}

Result<void> PostgresUnit::redefine(std::shared_ptr<const record::Catalogue> catalogue)
{
    begin_write();
    auto layout = layout_of(std::move(catalogue));
    CHECK_OK(migrate(connection_, *layout));
    gathered_.layout = layout;
    snapshot_.use(layout);
    return {};
}

}  // namespace shangdao::store::postgres
