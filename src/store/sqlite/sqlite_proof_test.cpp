// What check_sqlite finds, and how a file's schema follows its definitions.
#include "base/testing.h"
#include "base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <thread>

#include "formula/check.h"
#include "store/chain.h"
#include "store/sqlite/connection.h"
#include "store/sqlite/layout.h"
#include "store/packing.h"
#include "store/sqlite/schema.h"
#include "store/sqlite/search_index.h"
#include "store/sqlite/sqlite_store.h"
#include "store/store_testing.h"

namespace shangdao::store::sqlite {
namespace {

using namespace contract;

const SystemClock system_clock;

SqliteOptions options_in(const Directory& directory)
{
    return {.file = directory.path() / "store.db", .readers = 2, .cache_mib_per_reader = 4, .clock = &system_clock, .chain_key = std::string(32, 'k')};
}

std::unique_ptr<Store> open(const Directory& directory, const std::shared_ptr<const record::Catalogue>& definitions)
{
    auto opened = open_sqlite(options_in(directory), definitions);
    require(opened.has_value(), opened ? "" : opened.error().front().code);
    return std::move(*opened);
}

// Three boats with an event each, and one event over all.
std::vector<Id> fill(Store& store)
{
    std::vector<Id> ids;
    for (const auto* name : {"长风", "远航", "北辰"}) ids.push_back(launch(store, name));
    const auto written = store.write([&](Unit& unit) -> Result<void> {
        auto event = event_of("boat", {}, "imported", std::string(9000, 'c'));
        event.ids = ids;
        event.reason = "春季";
        unit.append(event);
        return {};
    });
    require(written.has_value(), "the fourth event is written");
    return ids;
}

CheckReport check_after(std::string_view sql)
{
    const Directory directory;
    const auto definitions = catalogue();
    fill(*open(directory, definitions));
    Connection(options_in(directory).file, Role::writer, 1).execute(sql);
    return check_sqlite(options_in(directory), *definitions);
}

TEST("a sound store has no findings, beside a running writer too")
{
    const Directory directory;
    const auto definitions = catalogue();
    const auto store = open(directory, definitions);
    fill(*store);
    const auto report = check_sqlite(options_in(directory), *definitions);
    for (const auto& finding : report.findings) ADD_FAILURE() << finding;
    EXPECT_EQ(report.records, 3);
    EXPECT_EQ(report.events, 4);
    launch(*store, "still writing");
}

TEST("every kind of tampering shows")
{
    const struct {
        const char* sql;
        const char* finding;
    } cases[] = {
        {"UPDATE event SET changes = '{\"price\":1}' WHERE seq = 2", "event 2 is not what was recorded"},
        {"UPDATE event SET actor = 99 WHERE seq = 1", "event 1 is not what was recorded"},
        {"UPDATE event SET reason = '夏季' WHERE seq = 4", "event 4 is not what was recorded"},
        {"UPDATE event SET recorded_at = recorded_at - 1 WHERE seq = 3", "event 3 is not what was recorded"},
        {"UPDATE event SET verb = 'deleted' WHERE seq = 3", "event 3 is not what was recorded"},
        {"UPDATE event SET object = (SELECT number FROM object_number WHERE name = 'harbour') WHERE seq = 3", "event 3 is not what was recorded"},
        {"UPDATE event SET hash = zeroblob(32) WHERE seq = 2", "event 2 is not what was recorded"},
        {"UPDATE event SET digest = zeroblob(32), salt = NULL, changes = NULL WHERE seq = 2", "event 2 is not what was recorded"},
        {"UPDATE event SET changes = zeroblob(100) WHERE seq = 4", "packed bytes of the ledger are damaged"},
        {"DELETE FROM event WHERE seq = 2", "events 2 to 2 are missing"},
        {"DELETE FROM event WHERE seq = 4", "does not end where it was sealed"},
        {"DELETE FROM event", "does not end where it was sealed"},
        {"DELETE FROM meta WHERE name = 'head_seal'", "does not end where it was sealed"},
        {"INSERT INTO event SELECT 5, recorded_at, happened_at, actor, on_behalf, via, request, object, id, ids, verb, reason, cause, packing, "
         "changes, salt, digest, hash FROM event WHERE seq = 3", "event 5 is not what was recorded"},
        {"INSERT INTO event_record (id, seq) VALUES (1, 77)", "an index of no event"},
        {"UPDATE o_boat SET version = 0 WHERE name = '远航'", "without a version"},
        {"UPDATE o_boat SET harbour = 12345", "boat.harbour refers to nothing"},
        {"UPDATE o_boat SET state = 'sunk' WHERE name = '远航'", "totals: boat state"},
        {"UPDATE o_boat SET price_base = 5 WHERE name = '远航'", "totals: a cell of boat"},
        {"DELETE FROM o_boat WHERE name = '远航'", "a document without its boat"},
        {"UPDATE o_boat SET name = '改名' WHERE name = '远航'", "is not indexed as it is"},
        {"INSERT INTO s_boat (s_boat) VALUES ('delete-all')", "is not found by its words"},
    };
    for (const auto& test : cases) {
        const auto report = check_after(test.sql);
        EXPECT_TRUE(std::ranges::any_of(report.findings, [&](const std::string& finding) { return finding.contains(test.finding); }))
            << test.sql << "\nfound: " << (report.findings.empty() ? "nothing" : report.findings.front());
    }
}

TEST("a text index is merged between commits, and finds what it found")
{
    const Directory directory;
    const auto definitions = catalogue();
    const auto store = open(directory, definitions);
    for (int i = 0; i < 50; ++i) launch(*store, "长风" + std::to_string(i));
    Connection connection(options_in(directory).file, Role::reader, 1);
    // Each commit has added a segment; those that change nothing give the writer no pause.
    const auto segments = [&] { return connection.integer("SELECT count(DISTINCT segid) FROM s_boat_idx"); };
    for (int turn = 0; turn < 100'000 && segments() > segments_merged_while_written; ++turn) ASSERT_TRUE(store->write([](Unit&) -> Result<void> { return {}; }));
    EXPECT_LE(segments(), segments_merged_while_written);
    EXPECT_EQ(connection.text("SELECT v FROM s_boat_config WHERE k = 'automerge'"), "0");
    const Object* const among[] = {&definitions->at("boat")};
    EXPECT_EQ(store->read()->search(search_query("changfeng"), among, nullptr, 100).size(), 50u);
    const auto report = check_sqlite(options_in(directory), *definitions);
    for (const auto& finding : report.findings) ADD_FAILURE() << finding;
}

TEST("few segments of a text index are merged when the writing has paused")
{
    const Directory directory;
    const auto definitions = catalogue();
    const auto store = open(directory, definitions);
    for (int i = 0; i < 2 * segments_merged_from; ++i) launch(*store, "长风" + std::to_string(i));
    Connection connection(options_in(directory).file, Role::reader, 1);
    const auto segments = [&] { return connection.integer("SELECT count(DISTINCT segid) FROM s_boat_idx"); };
    for (int look = 0; look < 1'000'000 && segments() >= segments_merged_from; ++look) std::this_thread::yield();
    EXPECT_LT(segments(), segments_merged_from);
}

TEST("erasing an event's changes leaves the chain whole")
{
    const Directory directory;
    const auto definitions = catalogue();
    fill(*open(directory, definitions));
    {
        Connection connection(options_in(directory).file, Role::writer, 1);
        Hash digest;
        {
            auto query = connection.prepare("SELECT salt, changes FROM event WHERE seq = 2");
            require(query.step(), "the second event is there");
            digest = Chain::digest(query.blob(0), query.blob(1), {});
        }
        connection.prepare("UPDATE event SET digest = ?1, salt = NULL, changes = NULL WHERE seq = 2").bind_blob(1, bytes_of(digest)).run();
    }
    EXPECT_TRUE(check_sqlite(options_in(directory), *definitions).findings.empty());
    EXPECT_EQ(open(directory, definitions)->read()->event(2)->changes, "");
}

// How often a text stands in the files of a store, in any way the text index writes a word: after its first byte a word may share a beginning.
std::size_t times_on_disk(const Directory& directory, std::string_view text)
{
    std::size_t times = 0;
    for (const auto& entry : std::filesystem::directory_iterator(directory.path())) {
        std::ifstream file(entry.path(), std::ios::binary);
        const std::string bytes{std::istreambuf_iterator<char>(file), {}};
        for (auto at = bytes.find(text); at != std::string::npos; at = bytes.find(text, at + 1)) ++times;
    }
    return times;
}

TEST("what was erased, overwritten and redacted is on the disk no more once the store is scrubbed")
{
    const Directory directory;
    const auto definitions = catalogue();
    const auto store = open(directory, definitions);
    const auto secret = [](int i) { return fmt::format("zinnoberrot{:03}", i); };
    std::vector<Id> boats;
    for (int i = 0; i < 300; ++i) {
        boats.push_back(launch(*store, i % 3 == 0 ? "长风" + std::to_string(i) : secret(i)));
        ASSERT_TRUE(store->write([&](Unit& unit) -> Result<void> {
            auto event = event_of("boat", boats.back(), "created");
            event.changes = fmt::format(R"({{"name":"{}","of":"{}"}})", secret(i), std::string(static_cast<std::size_t>(i) * 40, 'x'));
            event.reason = secret(i);
            unit.append(std::move(event));
            return {};
        }));
    }
    EXPECT_GT(times_on_disk(directory, "innoberrot"), 300u);
    for (int i = 0; i < 300; ++i)
        ASSERT_TRUE(store->write([&](Unit& unit) -> Result<void> {
            const auto& boat = unit.catalogue().at("boat");
            if (i % 3 == 1) unit.erase(boat, boats[static_cast<std::size_t>(i)]);
            if (i % 3 == 2) CHECK_OK(unit.update(boat, boats[static_cast<std::size_t>(i)], std::vector<record::Change>{{boat_name.slot, std::string{"远航"}}}));
            const std::pair<const Object*, Id> own[] = {{&boat, boats[static_cast<std::size_t>(i)]}};
            for (const auto& event : unit.history(own, INT64_MAX, 10)) unit.redact(event.seq, "{}");
            return {};
        }));
    EXPECT_GT(times_on_disk(directory, "innoberrot"), 0u);
    EXPECT_TRUE(store->scrub());
    EXPECT_EQ(times_on_disk(directory, "innoberrot"), 0u);
    EXPECT_EQ(times_on_disk(directory, "nnoberrot"), 0u);
    const auto report = check_sqlite(options_in(directory), *definitions);
    for (const auto& finding : report.findings) ADD_FAILURE() << finding;
    const Object* const among[] = {&definitions->at("boat")};
    EXPECT_EQ(store->read()->search(search_query("zinnoberrot001"), among, nullptr, 10).size(), 0u);
    EXPECT_EQ(store->read()->search(search_query("changfeng"), among, nullptr, 1'000).size(), 100u);
}

TEST("while somebody reads an old snapshot the log stays, and goes when it is asked again")
{
    const Directory directory;
    const auto store = open(directory, catalogue());
    launch(*store, "长风");
    auto old = store->read();
    EXPECT_EQ(old->head(), 1);
    launch(*store, "zinnoberrot");
    EXPECT_FALSE(store->scrub());
    EXPECT_GT(std::filesystem::file_size(directory.path() / "store.db-wal"), 0u);
    old.reset();
    EXPECT_TRUE(store->scrub());
    EXPECT_EQ(std::filesystem::file_size(directory.path() / "store.db-wal"), 0u);
}

TEST("another key does not fit the chain")
{
    const Directory directory;
    const auto definitions = catalogue();
    fill(*open(directory, definitions));
    auto options = options_in(directory);
    options.chain_key = std::string(32, 'x');
    EXPECT_FALSE(check_sqlite(options, *definitions).findings.empty());
}

record::ObjectOverlay wider_boat(bool unique)
{
    record::FieldOverlay field{.name = "x_colour", .type = record::Type::text, .label = record::OwnedLabel{"颜色", "Colour"}, .unique = unique,
                               .searched = unique, .ordered = unique, .column = "x1"};
    return {.object = "boat", .fields = {field}};
}

TEST("definitions of version one grow into version two with what is there: columns, keys, indexes, totals, search")
{
    const Directory directory;
    fill(*open(directory, catalogue()));
    {
        const auto store = open(directory, catalogue({wider_boat(false)}, 2));
        launch(*store, "彩船", zhang, [&](Record& record) { record.set(*store->catalogue()->at("boat").slot("x_colour"), std::string{"Red"}); });
    }
    const auto third = catalogue({wider_boat(true)}, 3);
    const auto store = open(directory, third);
    const auto& object = third->at("boat");
    EXPECT_TRUE(store->read()->find_unique(object, *object.slot("x_colour"), std::string{"RED"}));
    ASSERT_TRUE(store->write([](Unit&) -> Result<void> { return {}; }));
    const auto report = check_sqlite(options_in(directory), *third);
    for (const auto& finding : report.findings) ADD_FAILURE() << finding;
}

TEST("a store from before cubes and text indexes per object gains them from its records")
{
    const Directory directory;
    const auto definitions = catalogue();
    {
        const auto store = open(directory, definitions);
        fill(*store);
        for (const auto* state : {"afloat", "docked"})
            launch(*store, "南风", li, [&](Record& record) {
                record.set(boat_state, record::ChoiceKey{state});
                record.set(boat_rig, record::ChoiceKey{"sloop"});
                record.set(boat_price, Money{500, Currency{"CNY"}, 500});
            });
    }
    Connection(options_in(directory).file, Role::writer, 1).execute(
        "DROP TABLE c_boat; DROP TABLE s_boat; DROP TABLE search_doc; DELETE FROM meta WHERE name IN ('counted:boat', 'searched:boat', 'tokenizer'); "
        "UPDATE meta SET value = '1' WHERE name = 'format'");
    EXPECT_FALSE(open_sqlite_read_only(options_in(directory), definitions));
    {
        const auto store = open(directory, definitions);
        while (store->read()->search(search_query("nanfeng"), std::array{&definitions->at("boat")}, nullptr, 10).size() < 2)
            ASSERT_TRUE(store->write([](Unit&) -> Result<void> { return {}; }));   // each write lets the index go on
    }
    const auto report = check_sqlite(options_in(directory), *definitions);
    for (const auto& finding : report.findings) ADD_FAILURE() << finding;
}

TEST("what would make a unique field of two equal values is refused and changes nothing")
{
    const Directory directory;
    const auto second = catalogue({wider_boat(false)}, 2);
    {
        const auto store = open(directory, second);
        for (int i = 0; i < 2; ++i)
            launch(*store, "彩船", zhang, [&](Record& record) { record.set(*second->at("boat").slot("x_colour"), std::string{"red"}); });
    }
    const auto refused = open_sqlite(options_in(directory), catalogue({wider_boat(true)}, 3));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().front(), (Problem{"definition_conflict", "boat.x_colour", {{"reason", "duplicates"}}}));
    EXPECT_EQ(open(directory, second)->read()->count({.from = &second->at("boat")}, {}), 2);
}

TEST("a store that is up to date is opened without a change")
{
    const Directory directory;
    const auto definitions = catalogue();
    fill(*open(directory, definitions));
    const auto version = [&] { return Connection(options_in(directory).file, Role::reader, 1).integer("PRAGMA schema_version"); };
    const auto before = version();
    open(directory, definitions);
    EXPECT_EQ(version(), before);
}

TEST("the writer's connection is fully synchronous, a reader cannot write")
{
    const Directory directory;
    const auto store = open(directory, catalogue());
    EXPECT_EQ(store->synchronous(), "full");
    Connection reader(options_in(directory).file, Role::reader, 1);
    EXPECT_THROW(reader.execute("DELETE FROM event"), Bug);
    const auto read_only = open_sqlite_read_only(options_in(directory), catalogue());
    ASSERT_TRUE(read_only);
    EXPECT_EQ((*read_only)->read()->head(), 0);
    EXPECT_FALSE(open_sqlite_read_only(options_in(directory), catalogue({wider_boat(true)}, 2)));
}

TEST("the lists of an owner and of everyone have an order index each, ends of others are left out")
{
    const auto layout = layout_of(catalogue());
    std::vector<std::string> names;
    for (const auto& [name, sql] : indexes_of(layout->of(layout->catalogue->at("boat")))) names.push_back(name);
    std::ranges::sort(names);
    EXPECT_EQ(names, (std::vector<std::string>{"i_o_boat_created_at__id__owner", "i_o_boat_deleted_at", "i_o_boat_harbour", "i_o_boat_name_sort__id__owner",
                                               "i_o_boat_owner__name_sort", "i_o_boat_owner__price_base", "i_o_boat_owner__state__price_base",
                                               "i_o_boat_price_base__id__owner", "i_o_boat_state__id__owner", "i_o_boat_updated_at__id__owner",
                                               "u_o_boat_number_key"}));
}

TEST("the order of lists can be set aside: answers stay, keys stay, and the next definition or opening makes it anew")
{
    const Directory directory;
    const auto definitions = catalogue();
    const auto& boats = definitions->at("boat");
    const auto indexes = [&] {
        Connection connection(options_in(directory).file, Role::reader, 1);
        auto query = connection.prepare("SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'o_boat' AND sql IS NOT NULL ORDER BY name");
        std::vector<std::string> names;
        while (query.step()) names.emplace_back(query.text(0));
        return names;
    };
    const std::vector<std::string> kept{"i_o_boat_deleted_at", "i_o_boat_harbour", "i_o_boat_owner__state__price_base", "u_o_boat_number_key"};
    const auto set_aside = [&](Unit& unit) -> Result<void> {
        unit.set_order_aside(boats);
        return {};
    };
    const auto ids = [&](Store& store) {
        const auto by_price = formula::check_value("price", {.catalogue = *definitions, .object = boats, .base = Currency{"CNY"}});
        std::vector<Id> found;
        for (const auto& boat : store.read()->records({.from = &boats, .order = {{*by_price, true}}, .limit = 100}, {})) found.push_back(boat.id());
        return found;
    };
    std::vector<std::string> all;
    {
        const auto store = open(directory, definitions);
        fill(*store);
        all = indexes();
        const auto before = ids(*store);
        EXPECT_FALSE(store->write([&](Unit& unit) -> Result<void> {
            CHECK_OK(set_aside(unit));
            return refuse("no");
        }));
        EXPECT_EQ(indexes(), all) << "a refused unit has changed the indexes";
        ASSERT_TRUE(store->write(set_aside));
        EXPECT_EQ(indexes(), kept);
        EXPECT_EQ(ids(*store), before);
        launch(*store, "晚到", zhang, [](Record& record) { record.set(boat_number, std::string{"Z 1"}); });
        EXPECT_FALSE(store->write([&](Unit& unit) -> Result<void> {
            Record twin = *unit.find(boats, *unit.find_unique(boats, boat_number.slot, std::string{"Z 1"}));
            twin.set(record::slot_id, unit.next_id());
            return unit.insert(boats, twin);
        })) << "a key is taken twice";
        ASSERT_TRUE(store->write([&](Unit& unit) { return unit.redefine(definitions); }));
        EXPECT_EQ(indexes(), all);
        EXPECT_EQ(ids(*store).size(), before.size() + 1);
        ASSERT_TRUE(store->write(set_aside));
    }
    EXPECT_EQ(indexes(), kept) << "as a killed process leaves it";
    open(directory, definitions);
    EXPECT_EQ(indexes(), all);
}

TEST("ids and texts survive packing")
{
    const std::vector<Id> ids{Id{5}, Id{6}, Id{INT64_MAX}, Id{1}, Id{1}};
    EXPECT_EQ(unpacked_ids(packed_ids(ids)), ids);
    const std::string text(100'000, 'a');
    EXPECT_EQ(inflated(deflated(text)), text);
    EXPECT_LT(deflated(text).size(), 1000u);
    EXPECT_THROW(inflated("short"), Fault);
}

}  // namespace
}  // namespace shangdao::store::sqlite
