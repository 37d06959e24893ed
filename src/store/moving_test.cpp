// A store that moves to the other engine and back is the same store.
#include "store/moving.h"

#include <algorithm>

#include "base/testing.h"
#include "store/postgres/cluster_testing.h"
#include "store/postgres/session.h"

namespace shangdao::store {
namespace {

using namespace contract;

const SystemClock system_clock;
const std::string key(32, 'k');

SqliteOptions file_in(const Directory& directory, const char* name = "data.sqlite") { return {.file = directory.path() / name, .readers = 2, .clock = &system_clock, .chain_key = key}; }
PostgresOptions schema_of(const Directory& directory)
{
    return {.address = Cluster::running().address(), .schema = directory.path().filename(), .readers = 2, .clock = &system_clock, .chain_key = key};
}

// Every type with a value and with null, the bin, settings, events large enough to be packed, and of objects that are not there any more.
void fill(Store& store)
{
    const auto written = store.write([](Unit& unit) -> Result<void> {
        auto harbour = new_record(unit, "harbour");
        harbour.set(1 + record::first_own_slot, record::Address{"CN", "310000", "外滩 1 号"});
        harbour.set(record::first_own_slot, std::string{"上海港"});
        CHECK_OK(unit.insert(unit.catalogue().at("harbour"), harbour));
        for (int i = 0; i < 5'000; ++i) {
            auto boat = new_boat(unit, "长风" + std::to_string(i), i % 3 == 0 ? zhang : li);
            if (i % 2 == 0) {
                boat.set(boat_number, "N" + std::to_string(i));
                boat.set(boat_price, Money{i * 100, *parse_currency("USD"), i * 712});
                boat.set(boat_state, record::ChoiceKey{i % 4 == 0 ? "afloat" : "docked"});
                boat.set(boat_length, Number{-i, 2});
                boat.set(boat_load, Share{i});
                boat.set(boat_harbour, harbour.id());
                boat.set(boat_built_on, Date{i - 2'500});
                boat.set(boat_seen_at, Instant{i * 1'000'003LL});
                boat.set(boat_patience, Duration{.amount = i});
                boat.set(boat_insured, i % 8 == 0);
                boat.set(boat_flags, record::ChoiceKeys{{"afloat", "sunk"}});
            }
            if (i % 100 == 7) boat.set(record::slot_deleted_at, Instant{5});
            CHECK_OK(unit.insert(unit.catalogue().at("boat"), boat));
            unit.append(event_of("boat", boat.id(), "created", i == 0 ? "{\"long\":\"" + std::string(40'000, 'x') + "\"}" : "{}"));
        }
        auto many = event_of("boat", Id{}, "changed_many");
        many.ids = {Id{3}, Id{5}, harbour.id()};
        unit.append(many);
        unit.append(event_of("galley", Id{77}, "sunk"));
        unit.set_setting("zone", "Asia/Shanghai");
        unit.set_setting("组织", "{\"name\":\"示例\"}");
        return {};
    });
    require(written.has_value(), "the store is filled");
}

TEST("a store goes to the other engine and back: every table, the chain, and what is found by words and totals")
{
    const Directory directory;
    const auto definitions = catalogue();
    const auto file = file_in(directory), again = file_in(directory, "again.sqlite");
    const auto schema = schema_of(directory);
    fill(**open_store(file, definitions));

    std::vector<std::string> told;
    const auto there = move_store(file, schema, definitions, [&](const MovedTable& table) { told.push_back(table.name); });
    ASSERT_TRUE(there) << there.error().front().code;
    EXPECT_EQ(told.size(), there->size());
    const auto rows = [&](std::string_view name) { return std::ranges::find(*there, name, &MovedTable::name)->rows; };
    EXPECT_EQ(rows("o_boat"), 5'000);
    EXPECT_EQ(rows("event"), 5'002);
    EXPECT_EQ(rows("event_record"), 3);
    EXPECT_EQ(rows("setting"), 2);

    const auto back = move_store(schema, again, definitions);
    ASSERT_TRUE(back) << back.error().front().code;
    EXPECT_EQ(*back, *there);
    const std::vector<StoreOptions> ends{file, schema, again};
    for (const auto& end : ends) {
        EXPECT_EQ(check_store(end, *definitions).findings, std::vector<std::string>{});
        EXPECT_EQ(chain_hash_at(end, 5'002), chain_hash_at(file, 5'002)) << "whoever kept the head of the chain may still compare it";
        EXPECT_EQ(verify_chain(end).events, 5'002);
        const auto store = open_store(end, definitions);
        const auto view = (*store)->read();
        const auto& boat = definitions->at("boat");
        EXPECT_EQ(view->count({.from = &boat}, {}), 4'950);
        while ((*store)->search_is_behind()) ASSERT_TRUE((*store)->write([](Unit&) -> Result<void> { return {}; }));
        const Object* const among[] = {&boat};
        EXPECT_EQ((*store)->read()->search(search_query("长风4999"), among, nullptr, 10).size(), 1u);
    }
}

TEST("only an empty store is moved into, and only under its own key")
{
    const Directory directory, other;
    const auto definitions = catalogue();
    fill(**open_store(file_in(directory), definitions));
    ASSERT_TRUE(move_store(file_in(directory), schema_of(directory), definitions));
    EXPECT_EQ(move_store(file_in(directory), schema_of(directory), definitions).error().front().code, "move_target_in_use");
    auto stranger = schema_of(directory);
    stranger.chain_key = std::string(32, 's');
    EXPECT_EQ(move_store(file_in(directory), stranger, definitions).error().front().code, "database_of_another");
    EXPECT_EQ(check_store(schema_of(directory), *definitions).findings, std::vector<std::string>{});
}

}  // namespace
}  // namespace shangdao::store
