// Killed at any moment, a store has every acknowledged unit once and whole, its chain is whole, and it is ready again at once.
#include "base/testing.h"

#include <sqlite3.h>

#include <chrono>
#include <cstdlib>
#include <random>

#include "kill_writer.h"
#include "store/store_testing.h"

namespace shangdao::store::contract {
namespace {

constexpr int kills = 200;
constexpr int kills_per_store = 10;
constexpr int writers = 32;

unsigned seed()
{
    const char* given = std::getenv("SHANGDAO_SEED");
    const auto seed = given != nullptr ? static_cast<unsigned>(std::strtoul(given, nullptr, 10)) : std::random_device{}();
    printf("seed: SHANGDAO_SEED=%u\n", seed);
    return seed;
}

// Opens the store a killed process left and proves it. Gives the seconds until it was ready.
double prove(const std::filesystem::path& file, const std::vector<Pair>& acknowledged)
{
    const auto began = std::chrono::steady_clock::now();
    auto store = open_sqlite(fault_options(file), catalogue());
    const std::chrono::duration<double> ready = std::chrono::steady_clock::now() - began;
    require(store.has_value(), "a killed store opens");
    const auto view = (*store)->read();
    const auto& object = (*store)->catalogue()->at("boat");
    for (const auto& pair : acknowledged) {
        const auto first = view->find(object, pair.first), second = view->find(object, pair.second);
        EXPECT_TRUE(first && second) << "lost: " << to_string(pair.first);
        if (first) EXPECT_EQ(first->version(), 2);
        const std::pair<const Object*, Id> of_first[] = {{&object, pair.first}};
        const auto events = view->history(of_first, INT64_MAX, 10);
        EXPECT_EQ(events.size(), 1u);
        if (!events.empty()) EXPECT_EQ(events.front().ids, (std::vector<Id>{pair.first, pair.second}));
    }
    const auto report = check_sqlite(fault_options(file), *(*store)->catalogue());
    for (const auto& finding : report.findings) ADD_FAILURE() << finding;
    EXPECT_EQ(report.records, report.events * 2) << "half a pair";
    EXPECT_GE(report.events, std::ssize(acknowledged));
    return ready.count();
}

TEST("200 kills under 32 writers lose no acknowledged unit")
{
    std::mt19937 random(seed());
    const auto self = std::filesystem::read_symlink("/proc/self/exe").string();
    double slowest = 0;
    std::size_t acknowledged = 0;
    for (int store = 0; store < kills / kills_per_store; ++store) {
        const Directory directory;
        const auto file = directory.path() / "store.db";
        std::vector<Pair> all;
        for (int i = 0; i < kills_per_store; ++i) {
            const auto after = static_cast<int>(random() % 120);
            const auto killed = run_and_kill({self, "--writer", file.string(), std::to_string(writers)}, after);
            all.insert(all.end(), killed.acknowledged.begin(), killed.acknowledged.end());
            acknowledged += killed.acknowledged.size();
            slowest = std::max(slowest, prove(file, all));
        }
        if (::testing::Test::HasFailure()) return;
    }
    EXPECT_LT(slowest, 1.0);
    EXPECT_GT(acknowledged, std::size_t{kills});
    printf("%d kills, %zu units acknowledged, none lost, ready again in at most %.0f ms\n", kills, acknowledged, slowest * 1000);
}

// The n-th fdatasync or fsync of the process is its death: what was answered before must not have needed it.
TEST("a kill at the fsync finds no answer sent for what it would have saved")
{
    if (std::system("strace -V > /dev/null 2>&1") != 0) GTEST_FAIL() << "strace is not installed: ./dev setup, or apt-get install strace";
    const auto self = std::filesystem::read_symlink("/proc/self/exe").string();
    std::size_t acknowledged = 0;
    for (int nth = 1; nth <= 24; ++nth) {
        const Directory directory;
        const auto file = directory.path() / "store.db";
        const auto killed = run_and_kill({"strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=fdatasync,fsync", "-e",
                                          "inject=fdatasync,fsync:signal=SIGKILL:when=" + std::to_string(nth), self, "--writer", file.string(), "8"},
                                         -1);
        acknowledged += killed.acknowledged.size();
        prove(file, killed.acknowledged);
        if (::testing::Test::HasFailure()) return;
    }
    EXPECT_GT(acknowledged, 0u);
    printf("24 deaths at an fsync, %zu units acknowledged before, none lost\n", acknowledged);
}

// The text of every table and index.
std::string schema_of(const std::filesystem::path& file)
{
    sqlite3* database = nullptr;
    std::string schema;
    EXPECT_EQ(sqlite3_open(file.c_str(), &database), SQLITE_OK);
    const auto add = [](void* into, int, char** values, char**) { *static_cast<std::string*>(into) += values[0] == nullptr ? "" : values[0]; return 0; };
    EXPECT_EQ(sqlite3_exec(database, "SELECT sql FROM sqlite_master ORDER BY name", add, &schema, nullptr), SQLITE_OK);
    sqlite3_close(database);
    return schema;
}

TEST("a migration killed at any write leaves the old schema or the new one")
{
    if (std::system("strace -V > /dev/null 2>&1") != 0) GTEST_FAIL() << "strace is not installed: ./dev setup, or apt-get install strace";
    const auto self = std::filesystem::read_symlink("/proc/self/exe").string();
    int old_ones = 0, new_ones = 0;
    for (int nth = 1; new_ones < 3 && nth < 400; nth += nth < 8 ? 1 : 5) {
        const Directory directory;
        const auto file = directory.path() / "store.db";
        {
            const auto store = open_sqlite(fault_options(file), catalogue());
            for (int i = 0; i < 5; ++i) launch(**store, "旧");
        }
        const auto before = schema_of(file);
        run_and_kill({"strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=pwrite64,fdatasync,fsync,unlink", "-e",
                      "inject=pwrite64,fdatasync,fsync,unlink:signal=SIGKILL:when=" + std::to_string(nth), self, "--migrate", file.string()},
                     -1);
        const auto found = schema_of(file);
        const bool is_new = open_sqlite_read_only(fault_options(file), wider_catalogue()).has_value();
        EXPECT_TRUE(open_sqlite_read_only(fault_options(file), catalogue())) << "killed at write " << nth;
        ++(is_new ? new_ones : old_ones);
        const auto store = open_sqlite(fault_options(file), wider_catalogue());
        ASSERT_TRUE(store);
        EXPECT_EQ(found, is_new ? schema_of(file) : before) << "killed at write " << nth;
        EXPECT_EQ((*store)->read()->head(), 5);
        for (const auto& finding : check_sqlite(fault_options(file), *(*store)->catalogue()).findings) ADD_FAILURE() << finding;
    }
    EXPECT_GT(old_ones, 0);
    EXPECT_EQ(new_ones, 3);
    printf("killed %d times before and %d times after the moment of the new schema\n", old_ones, new_ones);
}

}  // namespace
}  // namespace shangdao::store::contract
