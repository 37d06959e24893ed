// bench store – the store alone, durable: units per second under 16 submitters, look-ups, a page of 50, searches, a bulk load.
//
//     ./dev bench store [records]      default 200,000
//
// What stands above it (rights, rules, HTTP) is measured by bench/api; these are its ceilings.
#include <fmt/format.h>

#include <atomic>
#include <chrono>
#include <random>
#include <semaphore>
#include <thread>

#include "base/text.h"
#include "store/sqlite/sqlite_store.h"
#include "store/store_testing.h"

namespace {

using namespace shangdao;
using namespace shangdao::store;
using namespace shangdao::store::contract;
using Steady = std::chrono::steady_clock;

const SystemClock system_clock;
constexpr int owners = 500;

double seconds_since(Steady::time_point began)
{
    return std::chrono::duration<double>(Steady::now() - began).count();
}

void print(std::string_view what, double figure, std::string_view unit)
{
    fmt::print("{:<58} {:>12.1f} {}\n", what, figure, unit);
    std::fflush(stdout);
}

std::string name_of(std::mt19937& random)
{
    constexpr std::string_view words[] = {"华兴", "长风", "远航", "北辰", "金桥", "宏达", "锦程", "明珠", "东方", "海蓝", "卓越", "天宇"};
    constexpr std::string_view kinds[] = {"机械", "电子", "渔业", "物流", "化工", "软件", "医药", "能源"};
    return fmt::format("{}{}{}号", words[random() % 12], kinds[random() % 8], random() % 100'000);
}

Record some_boat(Unit& unit, std::mt19937& random)
{
    constexpr const char* keys[] = {"afloat", "docked", "sunk"};
    auto record = new_boat(unit, name_of(random), Id{1 + static_cast<std::int64_t>(random() % owners)});
    const auto minor = static_cast<std::int64_t>(random() % 100'000'000);
    record.set(boat_price, Money{minor, Currency{"CNY"}, minor});
    record.set(boat_state, record::ChoiceKey{keys[random() % 3]});
    record.set(boat_length, Number{static_cast<std::int64_t>(random() % 10'000), 2});
    record.set(boat_number, fmt::format("N{}", record.id().value));
    record.set(boat_built_on, Date{static_cast<std::int32_t>(random() % 20'000)});
    return record;
}

const std::string changes_json(600, 'j');

// `submitters` units in flight until `seconds` have passed; gives units a second.
double units_per_second(Store& store, int submitters, double seconds, const std::function<Result<void>(Unit&)>& work)
{
    std::atomic<std::int64_t> done = 0;
    std::counting_semaphore<> free(submitters);
    const auto began = Steady::now();
    while (seconds_since(began) < seconds) {
        free.acquire();
        store.submit(work, [&](Store::Outcome outcome) {
            if (outcome.result && !outcome.failure) ++done;
            free.release();
        });
    }
    for (int i = 0; i < submitters; ++i) free.acquire();
    return static_cast<double>(done) / seconds_since(began);
}

template <typename F> double calls_per_second(double seconds, F&& call)
{
    std::int64_t n = 0;
    const auto began = Steady::now();
    while (seconds_since(began) < seconds)
        for (int i = 0; i < 20; ++i, ++n) call();
    return static_cast<double>(n) / seconds_since(began);
}

std::vector<Id> load(Store& store, int records)
{
    std::mt19937 random(1);
    std::vector<Id> ids;
    const auto began = Steady::now();
    while (std::ssize(ids) < records) {
        const auto written = store.write(
            [&](Unit& unit) -> Result<void> {
                auto event = event_of("boat", {}, "imported");
                event.changes.clear();
                for (int i = 0; i < 1000; ++i) {
                    const auto record = some_boat(unit, random);
                    CHECK_OK(unit.insert(unit.catalogue().at("boat"), record));
                    event.ids.push_back(record.id());
                    event.changes += fmt::format(R"({{"id":"{}","name":"{}","price":{{"amount":"{}","currency":"CNY"}},"state":"afloat"}},)",
                                                 record.id().value, *record.get(boat_name), record.get(boat_price)->minor);
                }
                ids.insert(ids.end(), event.ids.begin(), event.ids.end());
                unit.append(std::move(event));
                return {};
            },
            Urgency::background);
        require(written.has_value(), "a chunk is loaded");
    }
    print("bulk load, chunks of 1,000 with an event each", static_cast<double>(ids.size()) / seconds_since(began), "rows/s");
    return ids;
}

void measure_writes(Store& store, const std::vector<Id>& ids)
{
    std::mt19937 random(2);
    const auto create = [&](Unit& unit) -> Result<void> {
        const auto record = some_boat(unit, random);
        CHECK_OK(unit.insert(unit.catalogue().at("boat"), record));
        unit.append(event_of("boat", record.id(), "created", changes_json));
        return {};
    };
    const auto move = [&](Unit& unit) -> Result<void> {
        constexpr const char* keys[] = {"afloat", "docked", "sunk"};
        const auto id = ids[random() % ids.size()];
        const auto& object = unit.catalogue().at("boat");
        const auto before = unit.find(object, id);
        require(before.has_value(), "a loaded boat is there");
        const record::Change changes[] = {{boat_state.slot, record::ChoiceKey{keys[random() % 3]}}, {record::slot_updated_at, Instant{static_cast<std::int64_t>(random())}}};
        CHECK_OK(unit.update(object, id, changes));
        unit.append(event_of("boat", id, "moved", R"({"state":["afloat","docked"]})"));
        return {};
    };
    for (const int submitters : {1, 16, 64}) {
        print(fmt::format("create with event and search, durable, {} in flight", submitters), units_per_second(store, submitters, 3, create), "units/s");
        print(fmt::format("find and change a choice with event, {} in flight", submitters), units_per_second(store, submitters, 3, move), "units/s");
    }
}

void measure_reads(Store& store, const std::vector<Id>& ids)
{
    std::mt19937 random(3);
    const auto& object = store.catalogue()->at("boat");
    print("snapshot and find by id", calls_per_second(2, [&] { require(store.read()->find(object, ids[random() % ids.size()]).has_value(), "there"); }), "calls/s");
    const auto view = store.read();
    print("find by id in one snapshot", calls_per_second(2, [&] { require(view->find(object, ids[random() % ids.size()]).has_value(), "there"); }), "calls/s");
    std::vector<Id> fifty;
    for (int i = 0; i < 50; ++i) fifty.push_back(ids[random() % ids.size()]);
    std::size_t bytes = 0;
    print("50 names", calls_per_second(2, [&] { view->names(object, fifty, [&](Id, std::string_view name) { bytes += name.size(); }); }), "calls/s");
}

}  // namespace

int main(int count, char** words)
{
    const int records = count > 1 ? std::atoi(words[1]) : 200'000;
    const Directory directory;
    auto opened = open_sqlite({.file = directory.path() / "store.db", .readers = 4, .clock = &system_clock, .chain_key = std::string(32, 'k')}, catalogue());
    require(opened.has_value(), "the store opens");
    auto& store = **opened;
    fmt::print("store of {} boats, synchronous={}, {}\n", records, store.synchronous(), directory.path().string());
    const auto ids = load(store, records);
    measure_reads(store, ids);
    measure_writes(store, ids);
    opened->reset();
    const auto began = Steady::now();
    opened = open_sqlite({.file = directory.path() / "store.db", .readers = 4, .clock = &system_clock, .chain_key = std::string(32, 'k')}, catalogue());
    print("opened again after", seconds_since(began) * 1000, "ms");
}
