// The contract every store engine keeps. The including test file says first how its engine is opened:
//
//     std::unique_ptr<Store> open_engine(const Directory& directory, std::shared_ptr<const record::Catalogue> catalogue);
//
// A directory opened again holds what was there.
#pragma once

#include "base/testing.h"

#include <atomic>
#include <barrier>
#include <condition_variable>
#include <latch>
#include <mutex>
#include <set>
#include <thread>

#include "base/fault.h"
#include "store/engines.h"
#include "store/store_testing.h"

namespace shangdao::store::contract {
namespace {

TEST("every type of value comes back as it was written")
{
    const Directory directory;
    auto store = open_engine(directory, catalogue());
    Record written;
    const auto result = store->write([&](Unit& unit) -> Result<void> {
        written = new_boat(unit, "长风号");
        written.set(boat_number, std::string{"N-1"});
        written.set(boat_price, Money{123'45, Currency{"USD"}, 888'00});
        written.set(boat_state, record::ChoiceKey{"afloat"});
        written.set(boat_length, Number{-1250, 2});
        written.set(boat_load, Share{400'000});
        written.set(boat_harbour, Id{77});
        written.set(boat_built_on, Date::of(1969, 12, 31));
        written.set(boat_seen_at, Instant{-5});
        written.set(boat_patience, Duration{10, Duration::Unit::working_days});
        written.set(boat_insured, false);
        written.set(boat_flags, record::ChoiceKeys{{"afloat", "sunk"}});
        return unit.insert(unit.catalogue().at("boat"), written);
    });
    ASSERT_TRUE(result);
    for (int round = 0; round < 2; ++round) {
        const auto& object = store->catalogue()->at("boat");
        const auto read = store->read()->find(object, written.id());
        ASSERT_TRUE(read);
        for (std::size_t slot = 0; slot < object.slot_count(); ++slot) EXPECT_EQ(read->at(slot), written.at(slot)) << object.field(slot).name;
        store.reset();
        store = open_engine(directory, catalogue());
    }
}

TEST("an address keeps its parts and empty text is null")
{
    const Directory directory;
    auto store = open_engine(directory, catalogue());
    Id whole, bare;
    ASSERT_TRUE(store->write([&](Unit& unit) -> Result<void> {
        const auto& object = unit.catalogue().at("harbour");
        auto record = new_record(unit, "harbour");
        whole = record.id();
        record.set(*object.slot("place"), record::Address{"CN", "310115", "浦东南路 1 号"});
        CHECK_OK(unit.insert(object, record));
        record = new_record(unit, "harbour");
        bare = record.id();
        record.set(object.name_slot(), std::string{});
        record.set(*object.slot("place"), record::Address{"CN", "", ""});
        return unit.insert(object, record);
    }));
    const auto& object = store->catalogue()->at("harbour");
    const auto view = store->read();
    EXPECT_EQ(std::get<record::Address>(view->find(object, whole)->at(*object.slot("place"))).region, "310115");
    EXPECT_EQ(std::get<record::Address>(view->find(object, bare)->at(*object.slot("place"))), (record::Address{"CN", "", ""}));
    EXPECT_TRUE(record::is_null(view->find(object, bare)->at(object.name_slot())));
}

TEST("an update writes its slots, raises the version and leaves the others")
{
    const Directory directory;
    auto store = open_engine(directory, catalogue());
    const auto id = launch(*store, "远航", zhang, [](Record& record) { record.set(boat_insured, true); });
    ASSERT_TRUE(store->write([&](Unit& unit) -> Result<void> {
        const record::Change changes[] = {{boat_price.slot, Money{5, Currency{"CNY"}, 5}}, {boat_name.slot, std::string{"远望"}}};
        return unit.update(unit.catalogue().at("boat"), id, changes);
    }));
    const auto read = store->read()->find(store->catalogue()->at("boat"), id);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->version(), 2);
    EXPECT_EQ(*read->get(boat_name), "远望");
    EXPECT_EQ(read->get(boat_price)->minor, 5);
    EXPECT_TRUE(*read->get(boat_insured));
}

// Units that are one batch, since the writer is held until all are queued; gives how each went, in their order.
std::vector<Store::Outcome> run_as_batch(Store& store, const std::vector<std::function<Result<void>(Unit&)>>& units)
{
    std::latch queued{1}, answered{std::ssize(units)};
    std::vector<Store::Outcome> outcomes(units.size());
    store.submit([&](Unit&) -> Result<void> { return queued.wait(), Result<void>{}; }, [](auto) {});
    for (std::size_t i = 0; i < units.size(); ++i)
        store.submit(units[i], [&, i](Store::Outcome outcome) {
            outcomes[i] = std::move(outcome);
            answered.count_down();
        });
    queued.count_down();
    answered.wait();
    return outcomes;
}

TEST("a refusal takes back its own unit and no other of the batch")
{
    const Directory directory;
    auto store = open_engine(directory, catalogue());
    Id ids[6];
    std::vector<std::function<Result<void>(Unit&)>> units;
    for (std::size_t i = 0; i < 6; ++i)
        units.emplace_back([&, i](Unit& unit) -> Result<void> {
            auto record = new_boat(unit, "x");
            ids[i] = record.id();
            CHECK_OK(unit.insert(unit.catalogue().at("boat"), record));
            unit.append(event_of("boat", ids[i], "created"));
            if (i % 3 == 1) return refuse("invalid_value", "sail");
            if (i % 3 == 2) throw Fault(FaultKind::network, "broken");
            return {};
        });
    const auto outcomes = run_as_batch(*store, units);
    const auto view = store->read();
    for (std::size_t i = 0; i < 6; ++i) {
        EXPECT_EQ(view->find(store->catalogue()->at("boat"), ids[i]).has_value(), i % 3 == 0) << i;
        EXPECT_EQ(outcomes[i].result.has_value(), i % 3 != 1) << i;
        EXPECT_EQ(outcomes[i].failure != nullptr, i % 3 == 2) << i;
    }
    EXPECT_EQ(outcomes[1].result.error().front().code, "invalid_value");
    EXPECT_EQ(view->head(), 2);    // seqs of what was taken back are given again: no gap
    EXPECT_EQ(view->event(2)->id, ids[3]);
    const Select all{.from = &store->catalogue()->at("boat")};
    EXPECT_EQ(view->count(all, {}), 2);
    EXPECT_EQ(view->records(all, {}).size(), 2u);
}

TEST("a unit that is refused before it has written leaves the others of its batch alone")
{
    const Directory directory;
    auto store = open_engine(directory, catalogue());
    int runs[4] = {};
    const auto numbered = [&](std::size_t i, const char* number) {
        return [&runs, i, number](Unit& unit) -> Result<void> {
            ++runs[i];
            auto record = new_boat(unit, "x");
            record.set(boat_number, std::string{number});
            return unit.insert(unit.catalogue().at("boat"), record);
        };
    };
    const auto outcomes = run_as_batch(*store, {numbered(0, "京1"), numbered(1, "京1"), [&](Unit&) -> Result<void> { return ++runs[2], refuse("invalid_value", "sail"); }, numbered(3, "京3")});
    for (std::size_t i = 0; i < 4; ++i) {
        EXPECT_EQ(runs[i], 1) << i;
        EXPECT_EQ(outcomes[i].result.has_value(), i % 3 == 0) << i;
    }
    EXPECT_EQ(outcomes[1].result.error().front().code, "duplicate_key");
    EXPECT_EQ(store->read()->count({.from = &store->catalogue()->at("boat")}, {}), 2);
}

TEST("a unit sees its own writes, a reader only what was committed before it began")
{
    const Directory directory;
    auto store = open_engine(directory, catalogue());
    const auto id = launch(*store, "before");
    const auto early = store->read();
    EXPECT_TRUE(early->find(store->catalogue()->at("boat"), id));
    Id second;
    ASSERT_TRUE(store->write([&](Unit& unit) -> Result<void> {
        const auto& object = unit.catalogue().at("boat");
        auto record = new_boat(unit, "after");
        second = record.id();
        CHECK_OK(unit.insert(object, record));
        EXPECT_EQ(*unit.find(object, second)->get(boat_name), "after");
        const record::Change changes[] = {{boat_name.slot, std::string{"changed"}}};
        CHECK_OK(unit.update(object, id, changes));
        EXPECT_EQ(unit.find(object, id)->version(), 2);
        const auto seq = unit.append(event_of("boat", second, "created"));
        EXPECT_EQ(unit.event(seq)->id, second);
        EXPECT_EQ(unit.head(), seq);
        unit.set_setting("wind", "north");
        EXPECT_EQ(unit.setting("wind"), "north");
        return {};
    }));
    EXPECT_FALSE(early->find(store->catalogue()->at("boat"), second));
    EXPECT_EQ(*early->find(store->catalogue()->at("boat"), id)->get(boat_name), "before");
    EXPECT_EQ(early->setting("wind"), std::nullopt);
    const auto late = store->read();
    EXPECT_EQ(*late->find(store->catalogue()->at("boat"), id)->get(boat_name), "changed");
    EXPECT_EQ(late->setting("wind"), "north");
}

TEST("a unique key is refused with the id that has it, among live records, by what people mean")
{
    const Directory directory;
    auto store = open_engine(directory, catalogue());
    const auto& object = store->catalogue()->at("boat");
    const auto first = launch(*store, "a", zhang, [](Record& record) { record.set(boat_number, std::string{"Ab 1"}); });
    const auto insert = [&](std::string number, Id* id) {
        return store->write([&, number](Unit& unit) -> Result<void> {
            auto record = new_boat(unit, "b");
            if (id != nullptr) *id = record.id();
            record.set(boat_number, number);
            return unit.insert(unit.catalogue().at("boat"), record);
        });
    };
    const auto refused = insert("ＡＢ  1", nullptr);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().front(), (Problem{"duplicate_key", "number", {{"id", to_string(first)}}}));
    Id other;
    ASSERT_TRUE(insert("ab 2", &other));
    ASSERT_TRUE(insert("", nullptr));
    ASSERT_TRUE(insert("", nullptr));
    EXPECT_EQ(store->read()->find_unique(object, boat_number.slot, std::string{"AB 1"}), first);
    const auto rename = [&](std::string number) {
        return store->write([&](Unit& unit) -> Result<void> {
            const record::Change changes[] = {{boat_number.slot, number}};
            return unit.update(unit.catalogue().at("boat"), other, changes);
        });
    };
    EXPECT_EQ(rename("ab 1").error().front().code, "duplicate_key");
    EXPECT_EQ(*store->read()->find(object, other)->get(boat_number), "ab 2");
    ASSERT_TRUE(store->write([&](Unit& unit) -> Result<void> {
        const record::Change changes[] = {{record::slot_deleted_at, Instant{5}}};
        return unit.update(unit.catalogue().at("boat"), first, changes);
    }));
    EXPECT_TRUE(rename("ab 1"));
    const auto restored = store->write([&](Unit& unit) -> Result<void> {
        const record::Change changes[] = {{record::slot_deleted_at, record::Null{}}};
        return unit.update(unit.catalogue().at("boat"), first, changes);
    });
    ASSERT_FALSE(restored);
    EXPECT_EQ(restored.error().front(), (Problem{"duplicate_key", "number", {{"id", to_string(other)}}}));
}

TEST("many units share one commit and every one is there once")
{
    const Directory directory;
    auto store = open_engine(directory, catalogue());
    std::atomic<int> commits = 0;
    store->on_commit([&](std::span<const record::Event>, Store::Author) { ++commits; });
    constexpr int threads = 8, each = 50;
    std::atomic<int> done = 0;
    std::mutex mutex;
    std::condition_variable all;
    std::set<Id> ids;
    std::vector<std::thread> writers;
    for (int t = 0; t < threads; ++t)
        writers.emplace_back([&] {
            for (int i = 0; i < each; ++i) {
                const auto id = std::make_shared<Id>();
                store->submit(
                    [id](Unit& unit) -> Result<void> {
                        auto record = new_boat(unit, "many");
                        *id = record.id();
                        CHECK_OK(unit.insert(unit.catalogue().at("boat"), record));
                        unit.append(event_of("boat", *id, "created"));
                        return {};
                    },
                    [&, id](Store::Outcome outcome) {
                        EXPECT_TRUE(outcome.result && !outcome.failure);
                        const std::lock_guard lock(mutex);
                        ids.insert(*id);
                        if (++done == threads * each) all.notify_one();
                    });
            }
        });
    for (auto& writer : writers) writer.join();
    {
        std::unique_lock lock(mutex);
        all.wait(lock, [&] { return done == threads * each; });
    }
    EXPECT_EQ(ids.size(), std::size_t{threads * each});
    EXPECT_LT(commits, threads * each / 2);
    const auto view = store->read();
    EXPECT_EQ(view->head(), threads * each);
    EXPECT_EQ(store->sealed_to(), threads * each);
    const std::vector<Id> list(ids.begin(), ids.end());
    EXPECT_EQ(view->find_all(store->catalogue()->at("boat"), list).size(), ids.size());
}

TEST("a rehearsal runs whole and leaves nothing")
{
    const Directory directory;
    auto store = open_engine(directory, catalogue());
    launch(*store, "there");
    Id id;
    std::size_t seen = 0;
    ASSERT_TRUE(store->rehearse([&](Unit& unit) -> Result<void> {
        auto record = new_boat(unit, "rehearsed");
        id = record.id();
        CHECK_OK(unit.insert(unit.catalogue().at("boat"), record));
        unit.append(event_of("boat", id, "created"));
        seen = unit.find(unit.catalogue().at("boat"), id) ? 1 : 0;
        return {};
    }));
    EXPECT_EQ(seen, 1u);
    EXPECT_FALSE(store->read()->find(store->catalogue()->at("boat"), id));
    EXPECT_EQ(store->read()->head(), 1);
    EXPECT_EQ(store->rehearse([](Unit&) -> Result<void> { return refuse("forbidden"); }).error().front().code, "forbidden");
    launch(*store, "next");
    EXPECT_EQ(store->read()->head(), 2);
}

TEST("a unit may open neither another write nor a reader")
{
    const Directory directory;
    auto store = open_engine(directory, catalogue());
    EXPECT_THROW(static_cast<void>(store->write([&](Unit&) -> Result<void> {
        store->submit([](Unit&) -> Result<void> { return {}; }, [](auto) {});
        return {};
    })),
                 Bug);
    EXPECT_THROW(static_cast<void>(store->write([&](Unit&) -> Result<void> {
        store->read();
        return {};
    })),
                 Bug);
    launch(*store, "still alive");
}

TEST("history lists the events of a record and its relations, newest first, those over many records too")
{
    const Directory directory;
    auto store = open_engine(directory, catalogue());
    const auto a = launch(*store, "a"), b = launch(*store, "b"), c = launch(*store, "c");
    ASSERT_TRUE(store->write([&](Unit& unit) -> Result<void> {
        auto event = event_of("boat", {}, "imported", std::string(20'000, 'x'));
        event.ids = {a, c};
        event.reason = "春季";
        event.cause = 1;
        unit.append(event);
        unit.append(event_of("boat", a, "sold"));
        unit.append(event_of("", {}, "signed_in"));
        unit.append(event_of("weather", Id{5}, "seen"));
        return {};
    }));
    const auto view = store->read();
    const auto& object = store->catalogue()->at("boat");
    const std::pair<const Object*, Id> related[] = {{&object, a}, {&object, b}};
    std::vector<std::int64_t> seqs;
    for (const auto& event : view->history(related, INT64_MAX, 10)) seqs.push_back(event.seq);
    EXPECT_EQ(seqs, (std::vector<std::int64_t>{5, 4, 2, 1}));
    EXPECT_EQ(view->history(related, 4, 1).front().seq, 2);
    const auto many = view->event(4);
    ASSERT_TRUE(many);
    EXPECT_EQ(many->ids, (std::vector<Id>{a, c}));
    EXPECT_EQ(many->changes, std::string(20'000, 'x'));
    EXPECT_EQ(many->reason, "春季");
    EXPECT_EQ(many->cause, 1);
    EXPECT_EQ(view->event(7)->object, "weather");
    EXPECT_EQ(view->events_after(5, 10).size(), 2u);
    EXPECT_FALSE(view->event(99));
}

TEST("names are read for references and unknown ids are left out")
{
    const Directory directory;
    auto store = open_engine(directory, catalogue());
    const auto a = launch(*store, "甲"), b = launch(*store, "乙");
    std::vector<std::string> names;
    const Id asked[] = {b, Id{1}, a};
    store->read()->names(store->catalogue()->at("boat"), asked, [&](Id, std::string_view name) { names.emplace_back(name); });
    EXPECT_EQ(names, (std::vector<std::string>{"乙", "甲"}));
}

TEST("names are those of the snapshot that reads them, before and after a change")
{
    const Directory directory;
    auto store = open_engine(directory, catalogue());
    const auto& boat = store->catalogue()->at("boat");
    const auto a = launch(*store, "甲"), b = launch(*store, "乙");
    const auto name_in = [&](View& view, Id id) {
        std::string name;
        view.names(boat, std::array{id}, [&](Id, std::string_view found) { name = found; });
        return name;
    };
    EXPECT_EQ(name_in(*store->read(), a), "甲");    // and kept
    auto before = store->read();
    before->head();    // begins the snapshot
    ASSERT_TRUE(store->write([&](Unit& unit) { return unit.update(boat, a, std::array{record::Change{boat.name_slot(), std::string{"丙"}}}); }));
    EXPECT_EQ(name_in(*before, a), "甲");
    EXPECT_EQ(name_in(*store->read(), a), "丙");
    EXPECT_EQ(name_in(*before, a), "甲") << "what a later reader kept is not of this snapshot";
    EXPECT_EQ(name_in(*store->read(), b), "乙");

    // A change that is taken back leaves what was.
    EXPECT_FALSE(store->write([&](Unit& unit) -> Result<void> {
        CHECK_OK(unit.update(boat, b, std::array{record::Change{boat.name_slot(), std::string{"丁"}}}));
        std::string seen;
        unit.names(boat, std::array{b}, [&](Id, std::string_view name) { seen = name; });
        EXPECT_EQ(seen, "丁") << "a unit sees its own writes";
        return refuse("invalid_value", "name");
    }));
    EXPECT_EQ(name_in(*store->read(), b), "乙");
    before.reset();
    ASSERT_TRUE(store->write([&](Unit& unit) -> Result<void> { unit.erase(boat, b); return {}; }));
    EXPECT_EQ(name_in(*store->read(), b), "");
}

TEST("while names change, every reader is told those of its own snapshot")
{
    const Directory directory;
    auto store = open_engine(directory, catalogue());
    const auto& boat = store->catalogue()->at("boat");
    const auto id = launch(*store, "0");
    std::atomic<bool> over = false;
    std::atomic<int> wrong = 0, read = 0;
    std::vector<std::jthread> readers;
    for (int i = 0; i < 2; ++i)
        readers.emplace_back([&] {
            while (!over) {
                const auto view = store->read();
                const auto record = view->find(boat, id);
                view->names(boat, std::array{id}, [&](Id, std::string_view name) { wrong += name != std::get<std::string>(record->at(boat.name_slot())); });
                ++read;
            }
        });
    for (int i = 1; i <= 300; ++i)
        ASSERT_TRUE(store->write([&](Unit& unit) { return unit.update(boat, id, std::array{record::Change{boat.name_slot(), std::to_string(i)}}); }));
    while (read < 300) std::this_thread::yield();
    over = true;
    readers.clear();
    EXPECT_EQ(wrong, 0);
}

TEST("a redacted event keeps what is left of it and its place in the chain")
{
    const Directory directory;
    auto store = open_engine(directory, catalogue());
    const std::string long_changes = "{\"name\":\"" + std::string(8'000, 'x') + "\"}";
    ASSERT_TRUE(store->write([&](Unit& unit) -> Result<void> {
        auto event = event_of("boat", Id{7}, "created");
        event.changes = R"({"name":"李雷"})";
        event.reason = "他要求的";
        unit.append(event);
        event.changes = long_changes;
        unit.append(event);
        event.changes = "{}";
        unit.append(std::move(event));
        return {};
    }));
    for (int round = 0; round < 2; ++round)    // what is redacted again keeps its first digest
        ASSERT_TRUE(store->write([&](Unit& unit) -> Result<void> {
            unit.redact(1, "{}");
            unit.redact(2, round == 0 ? long_changes : "[]");
            return {};
        }));
    const auto first = store->read()->event(1), second = store->read()->event(2), third = store->read()->event(3);
    ASSERT_TRUE(first && second && third);
    EXPECT_EQ(first->changes, "{}");
    EXPECT_EQ(first->reason, "");
    EXPECT_EQ(first->verb, "created");
    EXPECT_TRUE(first->redacted && second->redacted && !third->redacted);
    EXPECT_EQ(second->changes, "[]");
    EXPECT_EQ(third->reason, "他要求的");
    store.reset();
    EXPECT_TRUE(check_store(options_in(directory), *catalogue()).findings.empty());
}

TEST("a scrubbed store is what it was")
{
    const Directory directory;
    auto store = open_engine(directory, catalogue());
    const auto kept = launch(*store, "长风号");
    const auto gone = launch(*store, "破浪号");
    ASSERT_TRUE(store->write([&](Unit& unit) -> Result<void> { return unit.erase(unit.catalogue().at("boat"), gone), Result<void>{}; }));
    EXPECT_TRUE(store->scrub());
    EXPECT_TRUE(store->scrub());
    EXPECT_TRUE(store->read()->find(store->catalogue()->at("boat"), kept));
    EXPECT_FALSE(store->read()->find(store->catalogue()->at("boat"), gone));
    const auto later = launch(*store, "乘风号");
    EXPECT_TRUE(store->read()->find(store->catalogue()->at("boat"), later));
    store.reset();
    EXPECT_TRUE(check_store(options_in(directory), *catalogue()).findings.empty());
}

TEST("ids and seqs go on rising after the store is opened again")
{
    const Directory directory;
    auto store = open_engine(directory, catalogue());
    const auto first = launch(*store, "a");
    store.reset();
    store = open_engine(directory, catalogue());
    EXPECT_GT(launch(*store, "b"), first);
    EXPECT_EQ(store->read()->head(), 2);
}

}  // namespace
}  // namespace shangdao::store::contract
