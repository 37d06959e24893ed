#include "store/sqlite/sqlite_store.h"

#include <fmt/format.h>

#include <algorithm>
#include <condition_variable>
#include <mutex>

#include "base/require.h"
#include "store/read_only_store.h"
#include "store/sqlite/schema.h"
#include "store/sqlite/writer.h"

namespace shangdao::store {
namespace sqlite {
namespace {


// Connections that only read, each lent to one View at a time; the one used last goes out first, since its cache is warm.
class Readers {
public:
    Readers(const SqliteOptions& options) : statement_seconds_max_(options.statement_seconds_max)
    {
        for (int i = 0; i < std::max(options.readers, 1); ++i)
            all_.push_back(std::make_unique<Connection>(options.file, role_of(options), options.cache_mib_per_reader));
        for (const auto& connection : all_) free_.push_back(connection.get());
    }

    Connection& lend()
    {
        std::unique_lock lock(mutex_);
        returned_.wait(lock, [this] { return !free_.empty(); });
        auto* connection = free_.back();
        free_.pop_back();
        lock.unlock();
        connection->set_deadline(std::chrono::steady_clock::now() + std::chrono::seconds(statement_seconds_max_));
        return *connection;
    }

    void give_back(Connection& connection)
    {
        {
            const std::lock_guard lock(mutex_);
            free_.push_back(&connection);
        }
        returned_.notify_one();
    }

private:
    int statement_seconds_max_;
    std::vector<std::unique_ptr<Connection>> all_;
    std::mutex mutex_;
    std::condition_variable returned_;
    std::vector<Connection*> free_;
};

class SqliteView final : public Reading<View> {
public:
    // The layout was asked for before the snapshot begins, so it is not newer than the tables; older ones still fit.
    SqliteView(Readers& readers, Connection& connection, std::shared_ptr<const Layout> layout, NameCache* names)
        : Reading(connection, std::move(layout)), readers_(readers)
    {
        if (names != nullptr) snapshot_.use_names(*names, names->epoch());
        try {
            connection.prepare("BEGIN").run();
        } catch (...) {
            readers_.give_back(connection);
            throw;
        }
    }

    ~SqliteView() override
    {
        auto& connection = snapshot_.connection();
        try {
            if (connection.in_transaction()) connection.prepare("COMMIT").run();
        } catch (const std::exception&) {
            // The snapshot ends with the connection's next transaction at the latest; a destructor has nobody to tell.
        }
        readers_.give_back(connection);
    }

private:
    Readers& readers_;
};

class SqliteStore final : public WrittenStore<Writer> {
public:
    SqliteStore(const SqliteOptions& options, std::unique_ptr<Connection> connection, std::shared_ptr<const Layout> layout, Id last_id)
        : WrittenStore(std::move(connection), options, std::move(layout), last_id), readers_(options)
    {
    }

    ~SqliteStore() override { writer_.stop(); }

    std::unique_ptr<View> read() override
    {
        require(!writer_.inside_unit(), "a unit reads through itself only");
        auto layout = writer_.layout();
        return std::make_unique<SqliteView>(readers_, readers_.lend(), std::move(layout), &writer_.names());
    }

    bool is_shared() override { return false; }

    bool scrub() override
    {
        Scrubbing scrubbing;
        while (scrubbing.part != Scrubbing::Part::done) (void)done({.kind = Task::Kind::upkeep, .upkeep = [&] { writer_.scrub(scrubbing); }, .reply = {}});
        return scrubbing.clean;
    }

private:
    Readers readers_;
};

class SqliteReading final : public ReadOnlyStore {
public:
    SqliteReading(const SqliteOptions& options, std::shared_ptr<const Layout> layout) : layout_(std::move(layout)), readers_(options) {}

    std::shared_ptr<const record::Catalogue> catalogue() const override { return layout_->catalogue; }
    std::unique_ptr<View> read() override { return std::make_unique<SqliteView>(readers_, readers_.lend(), layout_, nullptr); }

private:
    std::shared_ptr<const Layout> layout_;
    Readers readers_;
};

// The largest id any record or event ever had, so that none is given twice, even when the clock was set back meanwhile.
Id last_id(Connection& connection, const Layout& layout)
{
    std::int64_t last = std::max(connection.integer("SELECT max(id) FROM event WHERE id <> 0"), connection.integer("SELECT max(id) FROM event_record"));
    for (const auto& table : layout.tables) last = std::max(last, connection.integer(fmt::format("SELECT max(id) FROM {}", table.table)));
    return Id{last};
}

Result<void> bring_up(Connection& connection, Layout& layout)
{
    connection.prepare("BEGIN IMMEDIATE").run();
    const auto migrated = migrate(connection, layout);
    connection.prepare(migrated ? "COMMIT" : "ROLLBACK").run();
    if (!migrated) return std::unexpected(migrated.error());
    return {};
}

}  // namespace
}  // namespace sqlite

Result<std::unique_ptr<Store>> open_sqlite(const SqliteOptions& options, std::shared_ptr<const record::Catalogue> catalogue)
{
    require(options.clock != nullptr, "a store needs a clock");
    auto connection = std::make_unique<sqlite::Connection>(options.file, sqlite::Role::writer, sqlite::writer_cache_mib);
    auto layout = sqlite::layout_of(std::move(catalogue));
    CHECK_OK(sqlite::bring_up(*connection, *layout));
    const auto last = sqlite::last_id(*connection, *layout);
    return std::make_unique<sqlite::SqliteStore>(options, std::move(connection), std::move(layout), last);
}

Result<std::unique_ptr<Store>> open_sqlite_read_only(const SqliteOptions& options, std::shared_ptr<const record::Catalogue> catalogue)
{
    require(options.clock != nullptr, "a store needs a clock");
    auto layout = sqlite::layout_of(std::move(catalogue));
    {
        sqlite::Connection connection(options.file, sqlite::role_of(options), 2);
        CHECK_OK(sqlite::recognise(connection, *layout));
    }
    return std::make_unique<sqlite::SqliteReading>(options, std::move(layout));
}

}  // namespace shangdao::store
