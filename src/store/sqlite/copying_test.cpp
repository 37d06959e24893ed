// A copy is the store as it was at one moment, made beside its writer; and who follows the WAL misses nothing of it.
#include "base/testing.h"

#include <condition_variable>
#include <mutex>
#include <thread>

#include "store/sqlite/copying.h"
#include "store/sqlite/layout.h"
#include "store/store_testing.h"

namespace shangdao::store::sqlite {
namespace {

using namespace contract;

const ManualClock standing_clock{Instant{1'700'000'000'000'000}};

SqliteOptions options_for(const std::filesystem::path& file)
{
    return {.file = file, .readers = 2, .cache_mib_per_reader = 4, .clock = &standing_clock, .chain_key = std::string(32, 'k')};
}

SqliteOptions still_options(const std::filesystem::path& file)
{
    auto options = options_for(file);
    options.standing = SqliteOptions::Standing::still;
    return options;
}

TEST("a copy made while others write is one moment: whole, sound, and equal to the store in every table")
{
    const Directory directory;
    const auto file = directory.path() / "store.db", copy = directory.path() / "a copy?of 100%#.db";
    auto store = *open_sqlite(options_for(file), catalogue());
    for (int i = 0; i < 50; ++i) launch(*store, "起初");
    std::atomic<bool> enough = false;
    std::thread writer;
    std::atomic<std::int64_t> written = 50;
    copy_sqlite(file, copy, [&] {
        writer = std::thread([&] {
            while (!enough) launch(*store, "其间"), ++written;
        });
        while (written < 60) std::this_thread::yield();    // they are committed, and not in the snapshot
    }, {});
    enough = true;
    writer.join();
    const auto proof = prove_sqlite(copy);
    EXPECT_EQ(proof.seq, 50);
    EXPECT_EQ(proof.sealed_seq, 50);
    EXPECT_EQ(proof.chain_hash, *chain_hash_at(options_for(file), 50));
    EXPECT_TRUE(check_sqlite(still_options(copy), *store->catalogue()).findings.empty());
    EXPECT_EQ((*open_sqlite_read_only(still_options(copy), catalogue()))->read()->head(), 50);
    EXPECT_FALSE(std::filesystem::exists(copy.string() + "-wal"));

    store.reset();    // while it is open it merges its text indexes whenever there is time
    const auto later = directory.path() / "later.db", again = directory.path() / "again.db";
    copy_sqlite(file, later, {}, {});
    EXPECT_EQ(prove_sqlite(later).seq, written);
    copy_sqlite(file, again, {}, {});
    EXPECT_EQ(prove_sqlite(again), prove_sqlite(later));
    EXPECT_NE(prove_sqlite(again), proof);
}

TEST("a proof tells of every value that differs, and in which table")
{
    const Directory directory;
    const auto file = directory.path() / "store.db";
    launch(**open_sqlite(options_for(file), catalogue()), "长风");
    const auto proof = prove_sqlite(file);
    for (const std::string sql : {"UPDATE event SET reason = ''", "UPDATE total SET n = n + 1", "INSERT INTO setting VALUES ('a', 'b')", "CREATE TABLE other (a)",
                                  "UPDATE o_boat SET name = CAST(name AS BLOB)"}) {
        const auto other = directory.path() / "other.db";
        std::filesystem::copy_file(file, other, std::filesystem::copy_options::overwrite_existing);
        Connection(other, Role::writer, 1).execute(sql);
        const auto found = prove_sqlite(other);
        EXPECT_NE(found, proof) << sql;
        std::vector<std::string> differ;
        for (const auto& table : found.tables)
            if (std::ranges::find(proof.tables, table) == proof.tables.end()) differ.push_back(table.name);
        EXPECT_LE(differ.size(), 2u) << sql;
    }
}

class Following final : public WalFollower {
public:
    void committed(std::int64_t frames, Instant at, std::int64_t seq) override
    {
        EXPECT_EQ(at, standing_clock.now());
        frames_ = frames;
        seq_ = seq;
    }
    bool has_all() override
    {
        const std::lock_guard lock(mutex_);
        ++asked_;
        asking_.notify_all();
        return has_all_;
    }
    void left_behind() override { ADD_FAILURE() << "it is not that far behind"; }
    void ends() override { wal_at_end_ = std::filesystem::file_size(wal_); }

    // Answers so from now on, and waits until it was asked so often.
    void answer(bool has_all, int times)
    {
        std::unique_lock lock(mutex_);
        has_all_ = has_all;
        const auto wanted = asked_ + times;
        asking_.wait(lock, [&] { return asked_ >= wanted; });
    }

    std::filesystem::path wal_;
    std::atomic<std::int64_t> frames_ = 0, seq_ = 0;
    std::uintmax_t wal_at_end_ = 0;

private:
    std::mutex mutex_;
    std::condition_variable asking_;
    bool has_all_ = false;
    int asked_ = 0;
};

TEST("the WAL begins anew only when its follower has all of it, and goes only after it was told of the end")
{
    const Directory directory;
    auto options = options_for(directory.path() / "store.db");
    Following follower;
    follower.wal_ = directory.path() / "store.db-wal";
    options.follower = &follower;
    auto store = *open_sqlite(options, catalogue());
    const auto write_much = [&](char what) {
        ASSERT_TRUE(store->write([&](Unit& unit) -> Result<void> {
            for (int i = 0; i < 25; ++i) unit.set_setting("key" + std::to_string(i), std::string(200'000, what));
            return {};
        }));
    };
    write_much('x');
    const auto before = follower.frames_.load();
    EXPECT_GT(before, 1000);
    follower.answer(false, 2);
    write_much('y');
    EXPECT_GT(follower.frames_, before);    // it went on in the same WAL
    follower.answer(true, 1);
    launch(*store, "新");
    EXPECT_LT(follower.frames_, 1000);
    EXPECT_EQ(follower.seq_, 1);
    store.reset();
    EXPECT_GT(follower.wal_at_end_, 0u);
    EXPECT_FALSE(std::filesystem::exists(follower.wal_));
}

}  // namespace
}  // namespace shangdao::store::sqlite
