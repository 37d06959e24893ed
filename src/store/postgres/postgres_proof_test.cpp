// What is PostgreSQL's own: writers of several processes, connections that are lost, and that Citus could take the schema.
#include "base/testing.h"

#include <atomic>
#include <condition_variable>
#include <mutex>
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

// Seqs as a listener hears them.
class Heard {
public:
    explicit Heard(Store& store)
    {
        store.on_commit([this](std::span<const record::Event> events) {
            const std::lock_guard lock(mutex_);
            for (const auto& event : events) seqs_.push_back(event.seq);
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
    EXPECT_EQ(heard.until(1), (std::vector<std::int64_t>{1}));    // nothing was written here: it looks around
    ASSERT_TRUE(note(*other, "second"));
    ASSERT_TRUE(note(*one, "third"));
    ASSERT_TRUE(note(*other, "fourth"));
    EXPECT_EQ(heard.until(4), (std::vector<std::int64_t>{1, 2, 3, 4}));
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
