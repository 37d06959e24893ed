// bench store – the store alone, durable: units per second under 16 submitters, look-ups, a page of 50, searches, a bulk load.
//
//     ./dev bench store [records [reads|lists|writes]]      default 200,000, all
//
// What stands above it (rights, rules, HTTP) is measured by bench/api; these are its ceilings.
#include <fmt/format.h>
#include <sys/resource.h>

#include <atomic>
#include <chrono>
#include <random>
#include <semaphore>
#include <thread>

#include "base/text.h"
#include "formula/check.h"
#include "store/sqlite/sqlite_store.h"
#include "store/store_testing.h"

namespace {

using namespace shangdao;
using namespace shangdao::store;
using namespace shangdao::store::contract;
using Steady = std::chrono::steady_clock;

const SystemClock system_clock;
constexpr int owner_count = 500;

// CPU seconds of the whole process: the figure to trust on a machine that others use too.
double cpu_seconds()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto of = [](const timeval& time) { return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6; };
    return of(usage.ru_utime) + of(usage.ru_stime);
}

double seconds_since(Steady::time_point began)
{
    return std::chrono::duration<double>(Steady::now() - began).count();
}

struct Rate {
    double per_second = 0, cpu_us = 0;    // calls a second; CPU microseconds a call
};

void print(std::string_view what, Rate rate)
{
    fmt::print("{:<58} {:>10.0f} /s {:>9.1f} CPU µs each\n", what, rate.per_second, rate.cpu_us);
    std::fflush(stdout);
}

std::string name_of(std::mt19937& random)
{
    constexpr std::string_view characters[] = {"华", "兴", "长", "风", "远", "航", "北", "辰", "金", "桥", "宏", "达", "锦", "程", "明", "珠", "东", "方", "海", "蓝",
                                               "卓", "越", "天", "宇", "瑞", "丰", "盛", "源", "泰", "和", "永", "康", "德", "立", "信", "成", "广", "博", "嘉", "诚"};
    constexpr std::string_view kinds[] = {"机械", "电子", "渔业", "物流", "化工", "软件", "医药", "能源"};
    std::string name;
    for (int i = 0; i < 3; ++i) name += characters[random() % std::size(characters)];
    return fmt::format("{}{}{}号", name, kinds[random() % std::size(kinds)], random() % 1000);
}

Record some_boat(Unit& unit, std::mt19937& random)
{
    constexpr const char* keys[] = {"afloat", "docked", "sunk"};
    auto record = new_boat(unit, name_of(random), Id{1 + static_cast<std::int64_t>(random() % owner_count)});
    const auto minor = static_cast<std::int64_t>(random() % 100'000'000);
    record.set(boat_price, Money{minor, Currency{"CNY"}, minor});
    record.set(boat_state, record::ChoiceKey{keys[random() % 3]});
    record.set(boat_length, Number{static_cast<std::int64_t>(random() % 10'000), 2});
    record.set(boat_number, fmt::format("N{}", record.id().value));
    record.set(boat_built_on, Date{static_cast<std::int32_t>(random() % 20'000)});
    return record;
}

const std::string changes_json(600, 'j');

class Measuring {
public:
    Rate of(std::int64_t n) const
    {
        return {static_cast<double>(n) / seconds_since(began_), (cpu_seconds() - cpu_) * 1e6 / static_cast<double>(n)};
    }
    bool until(double seconds) const { return seconds_since(began_) < seconds; }

private:
    Steady::time_point began_ = Steady::now();
    double cpu_ = cpu_seconds();
};

// `submitters` units in flight until `seconds` have passed.
Rate write_rate(Store& store, int submitters, double seconds, const std::function<Result<void>(Unit&)>& work)
{
    std::atomic<std::int64_t> done = 0;
    std::counting_semaphore<> free(submitters);
    const Measuring measuring;
    while (measuring.until(seconds)) {
        free.acquire();
        store.submit(
            work,
            [&](Store::Outcome outcome) {
                if (outcome.result && !outcome.failure) ++done;
                free.release();
            },
            Urgency::interactive);
    }
    for (int i = 0; i < submitters; ++i) free.acquire();
    return measuring.of(done);
}

template <typename F> Rate read_rate(double seconds, F&& call)
{
    std::int64_t n = 0;
    const Measuring measuring;
    while (measuring.until(seconds))
        for (int i = 0; i < 5; ++i, ++n) call();
    return measuring.of(n);
}

std::vector<Id> load(Store& store, int records)
{
    std::mt19937 random(1);
    std::vector<Id> ids;
    const Measuring measuring;
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
    print("bulk load, chunks of 1,000 with an event each", measuring.of(std::ssize(ids)));
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
        print(fmt::format("create with event and search, durable, {} in flight", submitters), write_rate(store, submitters, 3, create));
        print(fmt::format("find and change a choice with event, {} in flight", submitters), write_rate(store, submitters, 3, move));
    }
}

class OwnersSight final : public record::Sight {
public:
    OwnersSight(record::OwnerSet owners, bool mostly)
        : rows_{.kind = record::RowSight::Kind::owners, .owners = std::make_shared<const record::OwnerSet>(std::move(owners)), .mostly = mostly}
    {
    }
    record::FieldLevel field(const Object&, std::size_t) const override { return record::FieldLevel::edit; }
    const record::RowSight& rows(const Object&) const override { return rows_; }

private:
    record::RowSight rows_;
};

void measure_reads(Store& store, const std::vector<Id>& ids)
{
    std::mt19937 random(3);
    const auto& object = store.catalogue()->at("boat");
    const auto some = [&] { return ids[random() % ids.size()]; };
    print("snapshot and find by id", read_rate(2, [&] { require(store.read()->find(object, some()).has_value(), "there"); }));
    const auto view = store.read();
    print("find by id in one snapshot", read_rate(2, [&] { require(view->find(object, some()).has_value(), "there"); }));
    std::vector<Id> fifty;
    for (int i = 0; i < 50; ++i) fifty.push_back(some());
    std::size_t bytes = 0;
    print("50 names", read_rate(2, [&] { view->names(object, fifty, [&](Id, std::string_view name) { bytes += name.size(); }); }));
}

void measure_lists(Store& store)
{
    std::mt19937 random(4);
    const auto& object = store.catalogue()->at("boat");
    const formula::Scope scope{.catalogue = *store.catalogue(), .object = object, .base = Currency{"CNY"}};
    const auto by_price = *formula::check_value("price", scope);
    const auto mine = *formula::check_condition("owner = me() and state = \"afloat\"", scope);
    const auto afloat = *formula::check_condition("state = \"afloat\"", scope);
    record::OwnerSet twenty, half;
    for (int i = 1; i <= 20; ++i) twenty.insert(Id{i});
    for (int i = 1; i <= owner_count / 2; ++i) half.insert(Id{i});
    const OwnersSight manager(twenty, true), head(half, true);
    const auto list = [&](std::string_view what, const formula::Expression& where, const record::Sight* sight) {
        print(what, read_rate(2, [&] {
                  const formula::Moment moment{.me = Id{1 + static_cast<std::int64_t>(random() % owner_count)}, .base = Currency{"CNY"}};
                  const auto view = store.read();
                  const Select select{.from = &object, .where = where, .order = {{by_price, true}}, .limit = 50, .sight = sight};
                  require(view->records(select, moment).size() <= 50 && view->count(select, moment) >= 0, "a page and its total");
              }));
    };
    list("page of 50 by price, with total: all", nullptr, nullptr);
    list("  owner = me() and state = afloat", mine, nullptr);
    list("  owner = me() and state = afloat, manager of 20 of 500", mine, &manager);
    list("  manager of 20 of 500", nullptr, &manager);
    list("  state = afloat, manager of 20 of 500", afloat, &manager);
    list("  state = afloat, head of half", afloat, &head);
    const auto search = [&](std::string_view what, std::string_view words, const record::Sight* sight) {
        const Object* objects[] = {&object};
        const auto tokens = search_query(words);
        print(what, read_rate(2, [&] { store.read()->search(tokens, objects, sight, 50); }));
    };
    search("search 长风, 50 hits", "长风", nullptr);
    search("search changfeng", "changfeng", nullptr);
    search("search cfj", "cfj", nullptr);
    search("search 长, manager of 20 of 500", "长", &manager);
    search("search of what is nowhere", "甲乙丙丁", nullptr);
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
    const std::string_view part = count > 2 ? words[2] : "all";
    if (part == "all" || part == "reads") measure_reads(store, ids);
    if (part == "all" || part == "lists") measure_lists(store);
    if (part == "all" || part == "writes") measure_writes(store, ids);
    opened->reset();
    const auto began = Steady::now();
    opened = open_sqlite({.file = directory.path() / "store.db", .readers = 4, .clock = &system_clock, .chain_key = std::string(32, 'k')}, catalogue());
    fmt::print("opened again after {:.1f} ms\n", seconds_since(began) * 1000);
}
