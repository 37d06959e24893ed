#include "store/postgres/postgres_store.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/fault.h"
#include "base/require.h"
#include "store/postgres/schema.h"
#include "store/postgres/writer.h"
#include "store/read_only_store.h"

namespace shangdao::store {
namespace postgres {
namespace {

class PostgresView final : public Reading<View> {
public:
    // The layout was asked for before the snapshot begins, so it is not newer than the tables; older ones still fit. The snapshot begins with
    // the first question.
    PostgresView(Readers& readers, std::unique_ptr<Connection> connection, std::shared_ptr<const Layout> layout)
        : Reading(*connection, std::move(layout)), readers_(readers), connection_(std::move(connection))
    {
        connection_->execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    }

    ~PostgresView() override
    {
        try {
            connection_->execute("ROLLBACK");
            connection_->flush();
        } catch (const std::exception&) {
            connection_.reset();    // lost; the next reader makes another
        }
        readers_.give_back(std::move(connection_));
    }

private:
    Readers& readers_;
    std::unique_ptr<Connection> connection_;
};

class PostgresStore final : public WrittenStore<Writer> {
public:
    PostgresStore(const PostgresOptions& options, std::unique_ptr<Connection> connection, std::shared_ptr<const Layout> layout, Id last_id)
        : WrittenStore(std::move(connection), options, std::move(layout), last_id), options_(options), readers_(options)
    {
    }

    ~PostgresStore() override { writer_.stop(); }

    std::unique_ptr<View> read() override
    {
        require(!writer_.inside_unit(), "a unit reads through itself only");
        auto layout = writer_.layout();
        return std::make_unique<PostgresView>(readers_, readers_.lend(), std::move(layout));
    }

    bool is_shared() override { return true; }

    // Old versions of rows go, words and long texts with them. The pages are the server's to overwrite, and so is its own log.
    bool scrub() override
    {
        const auto connection = connect(options_, Role::writer);
        std::vector<std::string> tables;
        {
            auto query = connection->prepare("SELECT tablename::text FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1");
            while (query.step()) tables.emplace_back(query.text(0));
        }
        for (const auto& table : tables) {
            connection->execute(fmt::format("VACUUM {}", in_quotes(table)));
            connection->settle();    // each by itself: it runs in no transaction
        }
        return true;
    }

private:
    const PostgresOptions options_;
    Readers readers_;
};

class PostgresReading final : public ReadOnlyStore {
public:
    PostgresReading(const PostgresOptions& options, std::shared_ptr<const Layout> layout) : layout_(std::move(layout)), readers_(options) {}

    std::shared_ptr<const record::Catalogue> catalogue() const override { return layout_->catalogue; }
    std::unique_ptr<View> read() override { return std::make_unique<PostgresView>(readers_, readers_.lend(), layout_); }

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

Result<std::unique_ptr<Connection>> reach(const PostgresOptions& options, Role role)
{
    try {
        return connect(options, role);
    } catch (const Fault& fault) {
        if (fault.kind() != FaultKind::network) throw;
        return refuse("database_unreachable", "db", {{"what", fault.what()}});
    }
}

Result<void> bring_up(Connection& connection, Layout& layout, std::string_view chain_key)
{
    connection.execute("BEGIN");
    auto migrated = migrate(connection, layout);
    if (migrated) migrated = check_owner(connection, chain_key, Claim::yes);
    if (migrated) connection.commit();
    else connection.execute("ROLLBACK");
    return migrated;
}

}  // namespace
}  // namespace postgres

Result<std::unique_ptr<Store>> open_postgres(const PostgresOptions& options, std::shared_ptr<const record::Catalogue> catalogue)
{
    require(options.clock != nullptr, "a store needs a clock");
    TRY(auto connection, postgres::reach(options, postgres::Role::writer));
    auto layout = postgres::layout_of(std::move(catalogue));
    CHECK_OK(postgres::bring_up(*connection, *layout, options.chain_key));
    const auto last = postgres::last_id(*connection, *layout);
    return std::make_unique<postgres::PostgresStore>(options, std::move(connection), std::move(layout), last);
}

Result<std::unique_ptr<Store>> open_postgres_read_only(const PostgresOptions& options, std::shared_ptr<const record::Catalogue> catalogue)
{
    require(options.clock != nullptr, "a store needs a clock");
    auto layout = postgres::layout_of(std::move(catalogue));
    TRY(const auto connection, postgres::reach(options, postgres::Role::reader));
    CHECK_OK(postgres::recognise(*connection, *layout));
    CHECK_OK(postgres::check_owner(*connection, options.chain_key, postgres::Claim::no));
    return std::make_unique<postgres::PostgresReading>(options, std::move(layout));
}

}  // namespace shangdao::store
