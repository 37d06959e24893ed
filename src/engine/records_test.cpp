// The writes that are the same for every object. After each refusal the record is read again: nothing has changed.
#include "base/testing.h"

#include "engine/testing_fleet.h"
#include "store/sqlite/connection.h"

namespace shangdao::engine {
namespace {

using testing_fleet::Fleet;
using testing_fleet::rows;

std::string state_of(const Fleet& fleet)
{
    std::string all;
    for (const auto* plural : {"boats", "harbours", "visits", "members", "roles"}) all += boost::json::serialize(*fleet.list(fleet.admiral, plural, {.limit = 1000}));
    return all + std::to_string(fleet.engine->store().read()->head());
}

TEST("what is refused changes nothing and says why")
{
    const Fleet fleet;
    const auto port = *fleet.create(fleet.admiral, "harbour", R"({"name":"上海港"})");
    const auto boat = *fleet.create(fleet.captain, "boat", R"({"name":"飞鱼","code":"F1","harbour":")" + to_string(port) + "\"}");
    const auto stranger = *fleet.create(fleet.other, "boat", R"({"name":"白鲸","code":"F2"})");
    const auto before = state_of(fleet);

    struct Row { std::string said, code; std::function<Problems()> refused; };
    const auto created = [&](Id by, std::string_view object, std::string json) { return [=, &fleet]() -> Problems { const auto r = fleet.create(by, object, json); return r ? Problems{} : r.error(); }; };
    const auto changed = [&](Id by, Id id, std::optional<std::int64_t> version, std::string json) { return [=, &fleet]() -> Problems { const auto r = fleet.change(by, "boat", id, version, json); return r ? Problems{} : r.error(); }; };
    const auto removed = [&](Id by, std::string_view object, Id id) { return [=, &fleet]() -> Problems {
        const auto r = fleet.write(Fleet::as(by), [&](Work& work) -> Result<std::string> { CHECK_OK(fleet.engine->records().remove(work, work.desk.catalogue->at(object), id, std::nullopt)); return std::string{}; });
        return r ? Problems{} : r.error(); }; };
    const Row table[] = {
        {"a name is required", "required", created(fleet.captain, "boat", R"({"code":"F9"})")},
        {"an unknown field", "unknown_field", created(fleet.captain, "boat", R"({"name":"x","colour":"red"})")},
        {"a taken code", "duplicate_key", created(fleet.captain, "boat", R"({"name":"x","code":"f1"})")},
        {"a harbour that is not there", "unknown_reference", created(fleet.captain, "boat", R"({"name":"x","harbour":"99"})")},
        {"a boat for a stranger", "forbidden", created(fleet.captain, "boat", R"({"name":"x","owner":")" + to_string(fleet.other) + "\"}")},
        {"a role without the right", "forbidden", created(fleet.captain, "role", R"({"key":"x"})")},
        {"a currency without a rate", "no_rate", created(fleet.captain, "boat", R"({"name":"x","price":{"amount":"5","currency":"USD"}})")},
        {"a state by hand", "read_only_field", changed(fleet.captain, boat, std::nullopt, R"({"state":"sunk"})")},
        {"an old version", "version_stale", changed(fleet.captain, boat, 7, R"({"name":"y"})")},
        {"somebody else's boat", "not_found", changed(fleet.captain, stranger, std::nullopt, R"({"name":"y"})")},
        {"an owner by hand", "read_only_field", changed(fleet.captain, boat, std::nullopt, R"({"owner":")" + to_string(fleet.other) + "\"}")},
        {"emptying what is required", "required", changed(fleet.captain, boat, std::nullopt, R"({"name":"  "})")},
        {"a harbour in use", "still_referenced", removed(fleet.admiral, "harbour", port)},
        {"another's boat removed", "not_found", removed(fleet.captain, "boat", stranger)},
    };
    for (const auto& row : table) {
        const auto problems = row.refused();
        ASSERT_FALSE(problems.empty()) << row.said;
        EXPECT_EQ(problems[0].code, row.code) << row.said;
        EXPECT_EQ(state_of(fleet), before) << row.said;
    }
}

TEST("a change raises the version, writes one event and tells old and new")
{
    const Fleet fleet;
    const auto id = *fleet.create(fleet.captain, "boat", R"({"name":"飞鱼","price":"5"})");
    const auto answer = boost::json::parse(*fleet.change(fleet.captain, "boat", id, 1, R"({"price":"7","name":"飞鱼"})"));
    EXPECT_EQ(answer.at("version").to_number<int>(), 2);
    const auto told = *fleet.timeline(fleet.captain, "boat", id);
    ASSERT_EQ(rows(told), 2U);
    const auto& change = told.at("data").at(0);
    EXPECT_EQ(change.at("verb").as_string(), "changed");
    ASSERT_EQ(change.at("changes").as_array().size(), 1U);
    EXPECT_EQ(change.at("changes").at(0).at("old").at("amount").as_string(), "5.00");
    EXPECT_EQ(change.at("changes").at(0).at("new").at("amount").as_string(), "7.00");
    EXPECT_EQ(change.at("actor").at("name").as_string(), "凯普");
    // The same again changes nothing.
    EXPECT_EQ(boost::json::parse(*fleet.change(fleet.captain, "boat", id, 2, R"({"price":"7"})")).at("version").to_number<int>(), 2);
}

TEST("removing takes children along, restoring brings the record back, and the bin shows it meanwhile")
{
    const Fleet fleet;
    const auto id = *fleet.create(fleet.captain, "boat", R"({"name":"飞鱼","code":"F1"})");
    ASSERT_TRUE(fleet.create(fleet.captain, "visit", R"({"name":"靠岸","boat":")" + to_string(id) + "\"}"));
    const auto on_boat = [&](auto function) { return fleet.write(Fleet::as(fleet.captain), [&](Work& work) { return function(work, work.desk.catalogue->at("boat")); }); };
    ASSERT_TRUE(on_boat([&](Work& work, const Object& boats) -> Result<std::string> { CHECK_OK(fleet.engine->records().remove(work, boats, id, 1)); return std::string{}; }));
    EXPECT_EQ(rows(*fleet.list(fleet.captain, "boats", {.count = ListRequest::Count::exact})), 0U);
    EXPECT_EQ(rows(*fleet.list(fleet.captain, "visits", {})), 0U);
    EXPECT_EQ(rows(*fleet.list(fleet.captain, "boats", {.deleted = store::Select::Deleted::only})), 1U);
    EXPECT_EQ(rows(*fleet.search(fleet.captain, "飞鱼")), 0U);
    ASSERT_TRUE(fleet.create(fleet.captain, "boat", R"({"name":"新船","code":"F1"})"));   // the code is free again
    const auto taken = on_boat([&](Work& work, const Object& boats) -> Result<std::string> { TRY(auto r, fleet.engine->records().restore(work, boats, id)); return to_string(r.id()); });
    EXPECT_EQ(taken.error()[0].code, "duplicate_key");
}

TEST("a verb needs its arguments, writes its own event and is the only door to its field")
{
    const Fleet fleet;
    const auto id = *fleet.create(fleet.captain, "boat", R"({"name":"飞鱼"})");
    const auto sink = [&](Id by, std::string_view json) {
        return fleet.write(Fleet::as(by), [&](Work& work) -> Result<std::string> {
            const auto& boats = work.desk.catalogue->at("boat");
            TRY(const auto arguments, read_arguments(work.desk, boats, *verb_of(boats, "sink"), boost::json::parse(json)));
            TRY(const auto record, fleet.engine->records().perform(work, boats, id, std::nullopt, *verb_of(boats, "sink"), arguments));
            return record_answer(work.unit, work.desk, boats, record);
        });
    };
    EXPECT_EQ(sink(fleet.captain, "{}").error()[0].code, "required");
    EXPECT_EQ(sink(fleet.captain, R"({"reson":"x"})").error()[0].args.at("nearest"), "reason");
    EXPECT_EQ(sink(fleet.other, R"({"reason":"x"})").error()[0].code, "not_found");
    const auto sunk = sink(fleet.captain, R"({"reason":"触礁"})");
    ASSERT_TRUE(sunk);
    EXPECT_EQ(boost::json::parse(*sunk).at("state").as_string(), "sunk");
    const auto told = *fleet.timeline(fleet.captain, "boat", id);
    EXPECT_EQ(told.at("data").at(0).at("verb").as_string(), "sunk");
    EXPECT_EQ(told.at("data").at(0).at("reason").as_string(), "触礁");
}

TEST("custom fields and objects are equal to built-in ones in lists, filters, queries and history, and survive reopening")
{
    Fleet fleet;
    const auto define = [&](std::string_view json) {
        return fleet.write(Fleet::as(fleet.admiral), [&](Work& work) -> Result<std::string> {
            TRY(const auto overlay, record::object_overlay_from_json(boost::json::parse(json)));
            CHECK_OK(fleet.engine->define(work, overlay));
            return std::string{};
        });
    };
    ASSERT_TRUE(define(R"({"object":"boat","fields":[{"name":"x_colour","type":"choice","label":{"zh":"颜色","en":"Colour"},"choices":[{"key":"red","label":"红"},{"key":"blue","label":"蓝"}]},
        {"name":"x_tons","type":"number","scale":1,"label":{"zh":"吨位","en":"Tons"},"ordered":true}]})"));
    ASSERT_TRUE(define(R"({"object":"x_sail","custom":true,"plural":"x_sails","label":{"zh":"帆","en":"Sail"},"fields":[{"name":"x_boat","type":"reference","target":"boat","label":"船"}]})"));
    const auto id = fleet.create(fleet.captain, "boat", R"({"name":"飞鱼","x_colour":"red","x_tons":12.5})");
    ASSERT_TRUE(id) << id.error()[0].code << id.error()[0].field;
    ASSERT_TRUE(fleet.create(fleet.captain, "x_sail", R"({"name":"主帆","x_boat":")" + to_string(*id) + "\"}"));
    for (int round = 0; round < 2; ++round) {
        EXPECT_EQ(rows(*fleet.list(fleet.captain, "boats", {.filter = "x_colour = \"红\" and x_tons > 12 and count(x_sails) = 1", .sort = "-x_tons"})), 1U);
        const auto grouped = fleet.query(fleet.captain, R"j({"from":"boats","group":["x_colour"],"measures":{"t":"sum(x_tons)"}})j");
        ASSERT_TRUE(grouped);
        EXPECT_EQ(grouped->at("rows").at(0).at("t").to_number<double>(), 12.5);
        EXPECT_EQ(rows(*fleet.list(fleet.captain, "x_sails", {.filter = "x_boat.name = \"飞鱼\""})), 1U);
        fleet.open();
    }
    EXPECT_EQ(define(R"({"object":"boat","fields":[{"name":"x_tons","type":"text","label":"x"}]})").error()[0].code, "definition_retyped");
    EXPECT_EQ(fleet.write(Fleet::as(fleet.captain), [&](Work& work) -> Result<std::string> { CHECK_OK(fleet.engine->define(work, {.object = "boat"})); return std::string{}; }).error()[0].code, "forbidden");
}

TEST("an organisation opened again finds its custom fields' indexes and texts as it left them: nothing is built anew")
{
    Fleet fleet;
    ASSERT_TRUE(fleet.write(Fleet::as(fleet.admiral), [&](Work& work) -> Result<std::string> {
        TRY(const auto overlay, record::object_overlay_from_json(boost::json::parse(
            R"({"object":"boat","fields":[{"name":"x_tons","type":"number","scale":1,"label":"吨位","ordered":true},{"name":"x_song","type":"text","label":"歌","searched":true}]})")));
        CHECK_OK(fleet.engine->define(work, overlay));
        return std::string{};
    }));
    ASSERT_TRUE(fleet.create(fleet.captain, "boat", R"({"name":"飞鱼","x_tons":12.5,"x_song":"水手谣"})"));
    fleet.open();
    const auto changes_of_the_schema = [&] {
        return store::sqlite::Connection(fleet.directory / "data.sqlite", store::sqlite::Role::reader, 1).integer("PRAGMA schema_version");
    };
    const auto before = changes_of_the_schema();
    fleet.open();
    EXPECT_EQ(changes_of_the_schema(), before);
    EXPECT_FALSE(fleet.engine->store().search_is_behind());
}

}  // namespace
}  // namespace shangdao::engine
