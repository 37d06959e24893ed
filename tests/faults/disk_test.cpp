// Power cuts, a full disk, a disk that fails: what was acknowledged stays, what was not is said to be not.
#include "base/testing.h"

#include <fmt/format.h>

#include <cstdlib>
#include <condition_variable>
#include <random>
#include <semaphore>
#include <thread>

#include "base/fault.h"
#include "faulty_disk.h"
#include "kill_writer.h"
#include "store/store_testing.h"

namespace shangdao::store::contract {
namespace {

constexpr std::size_t cuts_per_store = 25;
constexpr int boats_per_cut = 40;

FaultKind kind_of(const std::function<void()>& call)
{
    try {
        call();
    } catch (const Fault& fault) {
        return fault.kind();
    }
    require(false, "a fault was expected");
    return {};
}

// Writers on one disk, their power cut again and again; gives how many acknowledged boats were gone or findings made.
std::size_t lost_in_cuts(unsigned seed, bool syncs_lie)
{
    const auto report = [&](const std::string& what) {
        if (!syncs_lie) printf("seed %u: %s\n", seed, what.c_str());
    };
    std::mt19937 random(seed);
    const Directory directory;
    FaultyDisk disk;
    disk.syncs_lie = syncs_lie;
    auto store = *open_sqlite(fault_options(directory.path() / "store.db"), catalogue());
    disk.stand_aside();
    std::mutex mutex;
    std::condition_variable more;
    std::vector<Id> acknowledged;
    std::counting_semaphore<> allowed(0);
    std::atomic<bool> enough = false;
    std::vector<std::thread> writers;
    for (int i = 0; i < 4; ++i)
        writers.emplace_back([&] {
            for (;;) {
                allowed.acquire();
                if (enough) return;
                const auto id = launch(*store, "断电");
                const std::lock_guard lock(mutex);
                acknowledged.push_back(id);
                more.notify_one();
            }
        });
    std::size_t lost = 0;
    for (std::size_t cut = 0; cut < cuts_per_store; ++cut) {
        allowed.release(boats_per_cut);
        const auto when = cut * boats_per_cut + random() % boats_per_cut;    // while others are on their way
        std::vector<Id> promised;
        {
            std::unique_lock lock(mutex);
            more.wait(lock, [&] { return acknowledged.size() >= when; });
            promised = acknowledged;
        }
        const Directory after;
        disk.cut_power(after.path(), random);
        const auto file = after.path() / "store.db";
        try {
            const auto reopened = open_sqlite(fault_options(file), catalogue());
            const auto there = (*reopened)->read()->find_all((*reopened)->catalogue()->at("boat"), promised);
            lost += promised.size() - there.size();
            if (there.size() != promised.size()) report(fmt::format("{} of {} acknowledged boats are gone", promised.size() - there.size(), promised.size()));
            for (const auto& finding : check_sqlite(fault_options(file), *(*reopened)->catalogue()).findings) {
                ++lost;
                report(finding);
            }
        } catch (const Fault& fault) {
            ++lost;
            report(fault.what());
        }
    }
    enough = true;
    allowed.release(static_cast<std::ptrdiff_t>(writers.size()) + boats_per_cut);
    for (auto& writer : writers) writer.join();
    return lost;
}

TEST("a power cut that drops, tears and reorders what was not synced loses nothing acknowledged")
{
    const char* given = std::getenv("SHANGDAO_SEED");
    const auto seed = given != nullptr ? static_cast<unsigned>(std::strtoul(given, nullptr, 10)) : std::random_device{}();
    printf("seed: SHANGDAO_SEED=%u\n", seed);
    for (unsigned store = 0; store < 8; ++store) EXPECT_EQ(lost_in_cuts(seed + store, false), 0u) << "store " << store;
}

TEST("the same test catches a disk whose fsync does nothing")
{
    EXPECT_GT(lost_in_cuts(7, true), 0u);
}

TEST("a full disk refuses the write with its own fault, keeps reading, and recovers by itself")
{
    const Directory directory;
    FaultyDisk disk;
    auto store = *open_sqlite(fault_options(directory.path() / "store.db"), catalogue());
    const auto before = launch(*store, "before");
    disk.full = true;
    const std::string large(200'000, 'x');
    EXPECT_EQ(kind_of([&] {
                  static_cast<void>(store->write([&](Unit& unit) -> Result<void> {
                      unit.append(event_of("boat", before, "changed", "\"" + large + "\""));
                      CHECK_OK(unit.insert(unit.catalogue().at("boat"), new_boat(unit, "half")));
                      for (int i = 0; i < 400; ++i) unit.set_setting("key" + std::to_string(i), large);
                      return {};
                  }));
              }),
              FaultKind::disk_full);
    EXPECT_EQ(store->read()->head(), 1);
    EXPECT_TRUE(store->read()->find(store->catalogue()->at("boat"), before));
    disk.full = false;
    launch(*store, "after");
    EXPECT_EQ(store->read()->head(), 2);
    EXPECT_EQ(store->read()->count({.from = &store->catalogue()->at("boat")}, {}), 2);
    EXPECT_TRUE(check_sqlite(fault_options(directory.path() / "store.db"), *store->catalogue()).findings.empty());
}

TEST("a failed fsync is answered as unknown, stops the writer for good and leaves reading")
{
    const Directory directory;
    FaultyDisk disk;
    auto options = fault_options(directory.path() / "store.db");
    std::string reason;
    options.on_fail_stop = [&](const std::string& why) { reason = why; };
    auto store = *open_sqlite(options, catalogue());
    const auto before = launch(*store, "before");
    disk.syncs_fail = true;
    EXPECT_EQ(kind_of([&] { launch(*store, "unknown"); }), FaultKind::outcome_unknown);
    EXPECT_FALSE(reason.empty());
    disk.syncs_fail = false;
    EXPECT_EQ(kind_of([&] { launch(*store, "too late"); }), FaultKind::storage);
    EXPECT_TRUE(store->read()->find(store->catalogue()->at("boat"), before));
}

TEST("nothing acknowledged is lost when the disk fails, in a commit or in a checkpoint, the store is closed, and then the power goes")
{
    for (const auto fails : {&FaultyDisk::syncs_fail, &FaultyDisk::file_syncs_fail}) {
        const Directory directory;
        FaultyDisk disk;
        auto options = fault_options(directory.path() / "store.db");
        std::atomic<bool> stopped = false;
        options.on_fail_stop = [&](const std::string&) { stopped = true; };
        auto store = *open_sqlite(options, catalogue());
        std::vector<Id> acknowledged{launch(*store, "before")};
        disk.*fails = true;
        while (!stopped) {
            try {
                acknowledged.push_back(launch(*store, std::string(3000, 'x')));
            } catch (const Fault&) {
                // The one that met the failure: nobody knows.
            }
        }
        disk.*fails = false;
        store.reset();
        disk.stand_aside();
        std::mt19937 random(3);
        const Directory after;
        disk.cut_power(after.path(), random);
        const auto file = after.path() / "store.db";
        const auto reopened = open_sqlite(fault_options(file), catalogue());
        const auto there = (*reopened)->read()->find_all((*reopened)->catalogue()->at("boat"), acknowledged);
        EXPECT_EQ(there.size(), acknowledged.size());
        for (const auto& finding : check_sqlite(fault_options(file), *(*reopened)->catalogue()).findings) ADD_FAILURE() << finding;
    }
}

}  // namespace
}  // namespace shangdao::store::contract
