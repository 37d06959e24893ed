// Moving the records between the store file of a data directory and a database, either way. Files, keys and everything else stay where they are.
#include <iostream>

#include "app/actions.h"
#include "app/durable.h"
#include "base/fault.h"
#include "sales/rooms.h"
#include "store/moving.h"

namespace shangdao::app {

namespace {

bool names_database(std::string_view place) { return place.starts_with("postgres://") || place.starts_with("postgresql://"); }

// Brought up to date by this program and closed, so that nothing waits to be written and both ends stand under the same definitions.
Result<void> settle(const DataDirectory& directory, const Clock& clock)
{
    TRY(const auto opened, open_for_writing(directory, clock, 1));
    return {};
}

Result<void> carry(const store::StoreOptions& from, const store::StoreOptions& to, Terminal& terminal)
{
    TRY(const auto store, engine::Engine::look(from, sales::all_rooms()));
    std::int64_t rows = 0;
    TRY(const auto moved, store::move_store(from, to, store->catalogue(), [&](const store::MovedTable& table) {
        rows += table.rows;
        if (table.rows > 0) terminal.out << table.hash.substr(0, 16) << "  " << table.name << "  " << table.rows << '\n' << std::flush;
    }));
    terminal.out << moved.size() << " tables, " << rows << " rows, each table read back and equal\nthe text index is made anew once the server runs: until then a search finds only some\n";
    return {};
}

Result<void> move_to_database(DataDirectory directory, const Database& database, const Clock& clock, Terminal& terminal)
{
    if (directory.database().is_used()) return refuse("records_in_database", "from", {{"path", directory.path().string()}});
    CHECK_OK(settle(directory, clock));
    const auto lock = directory.lock();
    if (!lock) return refuse("data_directory_in_use", directory.path().string(), {{"path", directory.path().string()}, {"pid", directory.lock_holder()}});
    const auto from = looking_at(directory, clock);
    auto there = directory;
    there.set_database(database);
    CHECK_OK(carry(from, looking_at(there, clock), terminal));
    there.keep();
    const auto aside = directory.store_file().string() + ".moved";
    for (const auto* part : {"-wal", "-shm"}) std::filesystem::remove(directory.store_file().string() + part);
    name_durably(directory.store_file(), aside);
    terminal.out << "the records are in the database now; the file is kept as " << aside << " until you delete it\n";
    return {};
}

Result<void> move_to_file(DataDirectory directory, const Database& database, const Clock& clock, Terminal& terminal)
{
    if (std::filesystem::exists(directory.store_file())) return refuse("move_target_in_use", "to");
    if (!directory.database().is_used()) directory.set_database(database);
    if (directory.database() != database) return refuse("records_in_database", "from", {{"path", directory.path().string()}});
    CHECK_OK(settle(directory, clock));
    const auto lock = directory.lock();
    if (!lock) return refuse("data_directory_in_use", directory.path().string(), {{"path", directory.path().string()}, {"pid", directory.lock_holder()}});
    const auto begun = directory.store_file().string() + ".new";
    const auto clear = [&] { for (const auto* part : {"", "-wal", "-shm"}) std::filesystem::remove(begun + part); };
    clear();
    const auto carried = carry(looking_at(directory, clock), looking_at(begun, directory.keys(), clock), terminal);
    if (!carried) {
        clear();
        return carried;
    }
    for (const auto* part : {"-wal", "-shm"}) std::filesystem::remove(begun + part);
    sync_file(begun);
    name_durably(begun, directory.store_file());
    directory.set_database({});
    directory.keep();
    terminal.out << "the records are in " << directory.store_file().string() << " now; what is in the database stays there until you drop its schema\n";
    return {};
}

}  // namespace

int move_records(const MoveOrder& order, const Clock& clock, Terminal& terminal)
{
    const bool from_database = names_database(order.from);
    const auto moved = [&]() -> Result<void> {
        if (from_database == names_database(order.to)) return refuse("move_needs_both", "to");
        TRY(auto directory, DataDirectory::find(terminal.directory / (from_database ? order.to : order.from)));
        try {
            const Database database{.address = from_database ? order.from : order.to, .schema = order.schema};
            return from_database ? move_to_file(std::move(directory), database, clock, terminal) : move_to_database(std::move(directory), database, clock, terminal);
        } catch (const Fault& fault) {
            return refuse("move_failed", {}, {{"what", fault.what()}});
        } catch (const std::filesystem::filesystem_error& error) {
            return refuse("move_failed", {}, {{"what", error.what()}});
        }
    }();
    return moved ? 0 : say_problems(terminal, moved.error());
}

}  // namespace shangdao::app
