#include "store/sqlite/unit.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/require.h"
#include "store/sqlite/schema.h"

namespace shangdao::store::sqlite {

void Gathered::take(Gathered&& unit)
{
    touched.merge(unit.touched);
    totals.take(std::move(unit.totals));
    std::ranges::move(unit.events, std::back_inserter(events));
    renamed = renamed || unit.renamed;
    layout = std::move(unit.layout);
    if (unit.order != Order::as_it_was) order = unit.order;
}

SqliteUnit::SqliteUnit(Connection& connection, Ledger& ledger, IdSource& ids, const Clock& clock, const Gathered& batch, TakenBack taken_back)
    : Reading(connection, batch.layout), connection_(connection), ledger_(ledger), ids_(ids), clock_(clock), batch_(batch),
      taken_back_(taken_back), ledger_before_(ledger.place())
{
    gathered_.layout = batch.layout;
    snapshot_.wait_for(&batch.totals, &gathered_.totals);
}

void SqliteUnit::begin_write()
{
    if (!in_savepoint_ && taken_back_ == TakenBack::by_savepoint) {
        connection_.prepare("SAVEPOINT unit").run();
        in_savepoint_ = true;
    }
    if (attempt_ == Attempt::untouched) {
        connection_.prepare("SAVEPOINT attempt").run();
        attempt_ = Attempt::writes;
        wrote_ = true;
    }
}

Gathered SqliteUnit::keep()
{
    if (in_savepoint_) connection_.prepare("RELEASE unit").run();
    in_savepoint_ = false;
    return std::move(gathered_);
}

void SqliteUnit::take_back()
{
    ledger_.rewind(ledger_before_);
    if (!in_savepoint_ || !connection_.in_transaction()) return;    // a full disk has rolled back the whole transaction
    connection_.prepare("ROLLBACK TO unit").run();
    connection_.prepare("RELEASE unit").run();
    in_savepoint_ = false;
}

Result<void> SqliteUnit::attempt(const std::function<Result<void>()>& work)
{
    const auto place = ledger_.place();
    gathered_.totals.begin_attempt();
    const auto events = gathered_.events.size();
    attempt_ = Attempt::untouched;
    auto done = work();
    const bool wrote = std::exchange(attempt_, Attempt::none) == Attempt::writes;
    if (!done) {
        if (wrote) connection_.prepare("ROLLBACK TO attempt").run();
        ledger_.rewind(place);
        gathered_.events.resize(events);   // touched ids may stay: the index looks at what is there
    }
    gathered_.totals.end_attempt(done.has_value());
    if (wrote) connection_.prepare("RELEASE attempt").run();
    return done;
}

void SqliteUnit::touch(const TableLayout& table, Id id)
{
    gathered_.touched.emplace(id, table.number);
}

Result<void> SqliteUnit::insert(const Object& object, const Record& record)
{
    const auto& table = snapshot_.layout().of(object);
    require(bool{record.id()} && record.version() >= 1, "a new record has its id and version");
    begin_write();
    {
        auto query = connection_.prepare(table.insert_sql);
        int index = 1;
        for (std::size_t slot = 0; slot < table.slots.size(); ++slot) index = bind_slot(query, index, table.slots[slot], record.at(slot));
        if (!query.run_unless_taken()) return sql::taken_keys(snapshot_, table, record.id(), [&](std::size_t slot) { return &record.at(slot); });
    }
    wrote_ = true;
    gathered_.totals.add(table, std::nullopt, counted_of(record, table));
    if (!table.searched_slots.empty()) touch(table, record.id());
    return {};
}

Result<void> SqliteUnit::update(const Object& object, Id id, std::span<const record::Change> changes)
{
    const auto& table = snapshot_.layout().of(object);
    std::string sql = fmt::format("UPDATE {} SET version = version + 1", table.table);
    for (const auto& change : changes) {
        require(change.slot != record::slot_id && change.slot != record::slot_version, "id and version are the store's to write");
        for (const auto& column : table.slots[change.slot].columns) sql += fmt::format(", {} = ?", in_quotes(column));
    }
    sql += " WHERE id = ?";
    begin_write();
    const bool counts = std::ranges::any_of(changes, [&](const auto& change) { return counts_by(table, change.slot); });
    const auto before = counts ? read_counted(connection_, table, id) : std::nullopt;
    {
        auto query = connection_.prepare(sql);
        int index = 1;
        for (const auto& change : changes) index = bind_slot(query, index, table.slots[change.slot], change.value);
        query.bind(index, id.value);
        if (!query.run_unless_taken()) {
            const auto now = snapshot_.find(object, id);
            return sql::taken_keys(snapshot_, table, id, [&](std::size_t slot) -> const Value* {
                const auto change = std::ranges::find(changes, slot, &record::Change::slot);
                return change != changes.end() ? &change->value : now ? &now->at(slot) : nullptr;
            });
        }
        require(connection_.changes() == 1, "a record that is changed exists");
    }
    wrote_ = true;
    if (std::ranges::find(changes, object.name_slot(), &record::Change::slot) != changes.end()) gathered_.renamed = true;
    if (counts) gathered_.totals.add(table, before, read_counted(connection_, table, id));
    const auto indexed = [&](const auto& change) {
        return change.slot == record::slot_owner || std::ranges::find(table.searched_slots, change.slot) != table.searched_slots.end();
    };
    if (!table.searched_slots.empty() && std::ranges::any_of(changes, indexed)) touch(table, id);
    return {};
}

void SqliteUnit::erase(const Object& object, Id id)
{
    const auto& table = snapshot_.layout().of(object);
    begin_write();
    wrote_ = true;
    gathered_.renamed = true;
    gathered_.totals.add(table, read_counted(connection_, table, id), std::nullopt);
    connection_.prepare(table.erase_sql).bind(1, id.value).run();
    if (!table.searched_slots.empty()) touch(table, id);
}

std::int64_t SqliteUnit::append(Event event)
{
    begin_write();
    wrote_ = true;
    const auto seq = ledger_.append(snapshot_.layout(), event, clock_.now());
    gathered_.events.push_back(std::move(event));
    return seq;
}

void SqliteUnit::redact(std::int64_t seq, std::string_view left)
{
    begin_write();
    wrote_ = true;
    sql::redact_event(connection_, seq, left);
}

void SqliteUnit::set_setting(std::string_view key, std::optional<std::string_view> value)
{
    begin_write();
    wrote_ = true;
    sql::write_setting(connection_, key, value);
}

void SqliteUnit::set_order_aside(const Object& object)
{
    begin_write();
    wrote_ = true;
    sqlite::set_order_aside(connection_, snapshot_.layout().of(object));
    gathered_.order = Gathered::Order::aside;
}

Result<void> SqliteUnit::redefine(std::shared_ptr<const record::Catalogue> catalogue)
{
    begin_write();
    wrote_ = true;
    auto layout = layout_of(std::move(catalogue));
    TRY(const auto migration, migrate(connection_, *layout));
    // A recount has already seen the records whose totals still wait.
    for (const auto object : migration.recounted)
        for (const auto* waiting : {&batch_.totals, static_cast<const TotalChanges*>(&gathered_.totals)}) waiting->write_back(connection_, *layout->numbered(object));
    gathered_.renamed = true;
    gathered_.order = Gathered::Order::restored;
    gathered_.layout = layout;
    snapshot_.use(layout);
    return {};
}

}  // namespace shangdao::store::sqlite
