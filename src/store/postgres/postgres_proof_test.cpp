// What is PostgreSQL's own: writers of several processes, connections that are lost, and that Citus could take the schema.
#include "base/testing.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <set>
#include <thread>

#include "base/fault.h"
#include "store/postgres/cluster_testing.h"
#include "store/postgres/postgres_store.h"
#include "store/postgres/session.h"
#include "store/sql/ledger.h"

namespace shangdao::store::postgres {
namespace {

using namespace contract;

const SystemClock system_clock;

PostgresOptions options_in(const Directory& directory)
{
    return {.address = Cluster::running().address(), .schema = directory.path().filename(), .readers = 2, .clock = &system_clock, .chain_key = std::string(32, 'k')};
}

std::unique_ptr<Store> open(const Directory& directory)
{
    auto opened = open_postgres(options_in(directory), catalogue());
    require(opened.has_value(), "the store opens");
    return std::move(*opened);
}

Result<void> note(Store& store, std::string_view verb)
{
    return store.write([&](Unit& unit) -> Result<void> {
        unit.append(event_of("boat", Id{5}, verb));
        return {};
    });
}

// Seqs as a listener hears them; those of other processes negative.
class Heard {
public:
    explicit Heard(Store& store)
    {
        store.on_commit([this](std::span<const record::Event> events, Store::Author author) {
            const std::lock_guard lock(mutex_);
            for (const auto& event : events) seqs_.push_back(author == Store::Author::us ? event.seq : -event.seq);
            more_.notify_all();
        });
    }
    std::vector<std::int64_t> until(std::size_t count)
    {
        std::unique_lock lock(mutex_);
        more_.wait_for(lock, std::chrono::seconds{20}, [&] { return seqs_.size() >= count; });
        return seqs_;
    }

private:
    std::mutex mutex_;
    std::condition_variable more_;
    std::vector<std::int64_t> seqs_;
};

TEST("events of other processes are told too, in the order of the ledger and each once")
{
    const Directory directory;
    const auto one = open(directory), other = open(directory);
    Heard heard(*one);
    ASSERT_TRUE(note(*other, "first"));
    EXPECT_EQ(heard.until(1), (std::vector<std::int64_t>{-1}));    // nothing was written here: it looks around
    ASSERT_TRUE(note(*other, "second"));
    ASSERT_TRUE(note(*one, "third"));
    ASSERT_TRUE(note(*other, "fourth"));
    EXPECT_EQ(heard.until(4), (std::vector<std::int64_t>{-1, -2, 3, -4}));
}

TEST("writers of several processes take turns: no seq is missing, the chain is whole, and no reader misses one that is older")
{
    const Directory directory;
    constexpr int processes = 3, each = 60;
    std::vector<std::unique_ptr<Store>> stores;
    for (int i = 0; i < processes; ++i) stores.push_back(open(directory));
    std::atomic<int> working = processes;
    std::vector<std::jthread> threads;
    for (auto& store : stores)
        threads.emplace_back([&] {
            for (int i = 0; i < each; ++i) EXPECT_TRUE(note(*store, "noted"));
            --working;
        });
    std::int64_t seen = 0;
    while (working > 0 || seen < processes * each)
        for (const auto& event : stores.front()->read()->events_after(seen, 1000)) {
            ASSERT_EQ(event.seq, seen + 1);
            seen = event.seq;
        }
    threads.clear();
    const auto connection = connect(options_in(directory), Role::reader);
    const auto report = sql::check_chain(*connection, std::string(32, 'k'));
    EXPECT_EQ(report.findings, std::vector<std::string>{});
    EXPECT_EQ(report.events, processes * each);
}

TEST("processes that write one store give no id twice, one after the other and at once")
{
    const Directory directory;
    const auto one = open(directory), other = open(directory);
    std::vector<Id> of_one, of_other;
    {
        const std::jthread beside([&] { for (int i = 0; i < 20'000; ++i) of_other.push_back(other->ids().next()); });
        for (int i = 0; i < 20'000; ++i) of_one.push_back(one->ids().next());
    }
    const std::set<Id> all = [&] {
        std::set<Id> both(of_one.begin(), of_one.end());
        both.insert(of_other.begin(), of_other.end());
        return both;
    }();
    EXPECT_EQ(all.size(), 40'000u);
    EXPECT_TRUE(std::ranges::is_sorted(of_one));
    EXPECT_TRUE(std::ranges::is_sorted(of_other));
}

TEST("a schema is opened only under the key it was written with")
{
    const Directory directory;
    auto stranger = options_in(directory);
    stranger.chain_key = std::string(32, 's');
    ASSERT_TRUE(open_postgres(stranger, catalogue()));    // nothing was recorded: whoever comes next may have it
    const auto store = open(directory);
    ASSERT_TRUE(note(*store, "ours"));
    EXPECT_EQ(open_postgres(stranger, catalogue()).error().front().code, "database_of_another");
    EXPECT_EQ(open_postgres_read_only(stranger, catalogue()).error().front().code, "database_of_another");
    EXPECT_EQ((*open_postgres_read_only(options_in(directory), catalogue()))->read()->head(), 1);
}

TEST("nobody looks at a schema that is not there")
{
    const Directory directory;
    EXPECT_EQ(open_postgres_read_only(options_in(directory), catalogue()).error().front().code, "store_outdated");
}

TEST("a sound schema has no findings, and what was done behind its back shows")
{
    const Directory directory;
    const auto store = open(directory);
    const auto id = launch(*store, "长风");
    const auto report = [&] { return check_postgres(options_in(directory), *store->catalogue()); };
    EXPECT_EQ(report().findings, std::vector<std::string>{});
    EXPECT_EQ(report().records, 1);
    const struct {
        std::string sql;
        std::string finding;
    } cases[] = {
        {"UPDATE s_boat SET words = array_to_tsvector(ARRAY['x'])", "search: boat " + to_string(id) + " is not indexed as it is"},
        {"INSERT INTO s_boat (id, words) VALUES (7, array_to_tsvector(ARRAY['x']))", "search: words without their boat: record 7"},
        {"UPDATE o_boat SET version = 0", "boat without a version: record " + to_string(id)},
        {"UPDATE event SET verb = 'other' WHERE seq = 1", "ledger: event 1 is not what was recorded"},
    };
    for (const auto& one : cases) {
        connect(options_in(directory), Role::writer)->text(one.sql + " RETURNING 'done'");
        const auto findings = report().findings;
        EXPECT_NE(std::ranges::find(findings, one.finding), findings.end()) << one.sql;
    }
    EXPECT_EQ(verify_chain(options_in(directory)).first_bad, 1);
    EXPECT_NE(chain_hash_at(options_in(directory), 1), std::nullopt);
    EXPECT_EQ(chain_hash_at(options_in(directory), 99), std::nullopt);
}

TEST("the planner knows of a table that has grown before anybody else tells it")
{
    const Directory directory;
    const auto store = open(directory);
    ASSERT_TRUE(store->write([](Unit& unit) -> Result<void> {
        for (int i = 0; i < 600; ++i) CHECK_OK(unit.insert(unit.catalogue().at("boat"), new_boat(unit, "长风" + std::to_string(i))));
        return {};
    }));
    ASSERT_TRUE(note(*store, "after"));    // the look at its growth came before
    EXPECT_EQ(connect(options_in(directory), Role::reader)->integer("SELECT reltuples::bigint FROM pg_class WHERE oid = 'o_boat'::regclass"), 600);
}

TEST("a writer and its readers whose connections are cut go on")
{
    const Directory directory;
    const auto store = open(directory);
    const auto id = launch(*store, "before");
    const auto cut = [&] {
        const auto connection = connect(options_in(directory), Role::writer);
        auto query = connection->prepare("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND application_name = ?1");
        query.bind(1, directory.path().filename().string());
        while (query.step()) {}
    };
    EXPECT_TRUE(store->read()->find(store->catalogue()->at("boat"), id));
    cut();
    int runs = 0;
    EXPECT_TRUE(store->write([&](Unit& unit) -> Result<void> {
        if (++runs == 1) cut();    // in the middle of the unit: nothing was committed, so it runs once more
        unit.append(event_of("boat", id, "noted"));
        static_cast<void>(unit.head());
        return {};
    }));
    EXPECT_EQ(runs, 2);
    for (int i = 0; i < 3; ++i) {
        try {
            EXPECT_EQ(store->read()->head(), 2);
            return;
        } catch (const Fault& fault) {
            EXPECT_EQ(fault.kind(), FaultKind::network);    // of a reader that was lost; the next one is another
        }
    }
    ADD_FAILURE() << "no reader came back";
}

TEST("the schema is plain: no triggers, no procedural language, nothing that points out of it")
{
    const Directory directory;
    const auto store = open(directory);
    const auto connection = connect(options_in(directory), Role::reader);
    const auto name = directory.path().filename().string();
    const auto count = [&](const std::string& sql) {
        auto query = connection->prepare(sql);
        query.bind(1, name);
        return query.step() ? query.integer(0) : -1;
    };
    EXPECT_GT(count("SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = ?1"), 10);
    EXPECT_EQ(count("SELECT count(*) FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = ?1"), 0);
    EXPECT_EQ(count("SELECT count(*) FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace JOIN pg_language l ON l.oid = p.prolang WHERE n.nspname = ?1 AND l.lanname <> 'sql'"), 0);
    EXPECT_EQ(count("SELECT count(*) FROM pg_constraint c JOIN pg_namespace n ON n.oid = c.connamespace WHERE n.nspname = ?1 AND c.contype = 'f'"), 0);
    EXPECT_EQ(count("SELECT count(*) FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname = ?1 AND position(n.nspname in p.prosrc) > 0"), 0);
}

}  // namespace
}  // namespace shangdao::store::postgres
