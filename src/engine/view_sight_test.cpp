// A view that a reader may not know is not there for him, in whatever way he asks; the mate does not see the price of a boat, the clerk
// sees its phone masked.
#include "base/testing.h"

#include <fmt/format.h>

#include <fstream>

#include "engine/export/exporter.h"
#include "engine/testing_fleet.h"

namespace shangdao::engine {
namespace {

using namespace testing_fleet;
namespace json = boost::json;

// A view that everybody may read, by the admiral.
Id view_of(const Fleet& fleet, const std::string& name, const std::string& more)
{
    return *fleet.create(fleet.admiral, "saved_view",
                         R"({"name":")" + name + R"(","object":"boat","shared":"all")" + more + "}");
}

json::value boats_of(const Fleet& fleet, Id by)
{
    const auto told = json::parse(describe_answer(*fleet.engine->desk(Fleet::as(by))));
    for (const auto& object : told.at("objects").as_array())
        if (object.at("name").as_string() == "boat") return object;
    return {};
}

std::string keys_of(const json::value& boats)
{
    std::string keys;
    for (const auto& view : boats.at("views").as_array()) keys += std::string{view.at("key").as_string()} + " ";
    return keys;
}

Result<std::string> define(const Fleet& fleet, Id by, const std::string& views)
{
    return fleet.write(Fleet::as(by), [&](Work& work) -> Result<std::string> {
        TRY(const auto overlay,
            record::object_overlay_from_json(json::parse(R"({"object":"boat","views":)" + views + "}")));
        CHECK_OK(fleet.engine->define(work, overlay));
        return std::string{};
    });
}

TEST("a view that filters, sorts or groups by a hidden field is not there")
{
    const Fleet fleet;
    view_of(fleet, "a plain", R"(,"filter":"state = \"afloat\"","sort":"-name")");
    const auto filters = view_of(fleet, "b filters", R"(,"filter":"price > 5")");
    const auto sorts = view_of(fleet, "c sorts", R"(,"sort":"name,-price")");
    const auto groups = view_of(fleet, "d groups", R"(,"settings":"{\"group\":\"price\"}")");
    const auto children = view_of(fleet, "e children", R"(,"filter":"count(visits, boat.price > 5) > 0")");
    const auto unknown = view_of(fleet, "f unknown", R"(,"filter":"quart > 5")");
    ASSERT_TRUE(fleet.create(fleet.admiral, "saved_view",
                             R"({"name":"g visits","object":"visit","filter":"boat.price > 5","shared":"all"})"));
    EXPECT_EQ(names_of_views(fleet, fleet.captain), "a plain b filters c sorts d groups e children g visits ");
    EXPECT_EQ(names_of_views(fleet, fleet.mate), "a plain ");
    for (const auto id : {filters, sorts, groups, children, unknown}) {
        EXPECT_EQ(fleet.history(fleet.mate, "saved_view", id).error()[0].code, "not_found");
        EXPECT_EQ(fleet.timeline(fleet.mate, "saved_view", id).error()[0].code, "not_found");
        EXPECT_EQ(fleet.change(fleet.mate, "saved_view", id, std::nullopt, R"({"name":"x"})").error()[0].code,
                  "not_found");
    }
    EXPECT_EQ(rows(*fleet.list(fleet.mate, "views", {.filter = R"(filter contains "price")"})), 0U);
}

TEST("what a reader wrote himself is there, whatever it names")
{
    const Fleet fleet;
    ASSERT_TRUE(fleet.create(fleet.mate, "saved_view",
                             R"({"name":"own","object":"boat","filter":"price > 5","shared":"all"})"));
    EXPECT_EQ(names_of_views(fleet, fleet.mate), "own ");
    EXPECT_EQ(names_of_views(fleet, fleet.captain), "own ");
}

TEST("a view comes and goes with what it says and with the rights of its reader")
{
    const Fleet fleet;
    const auto id = view_of(fleet, "one", R"(,"filter":"price > 5")");
    EXPECT_EQ(names_of_views(fleet, fleet.mate), "");
    ASSERT_TRUE(fleet.change(fleet.admiral, "saved_view", id, std::nullopt, R"({"filter":"code = \"F1\""})"));
    EXPECT_EQ(names_of_views(fleet, fleet.mate), "one ");
    const auto told = json::serialize(*fleet.history(fleet.mate, "saved_view", id)) +
                      json::serialize(*fleet.timeline(fleet.mate, "saved_view", id));
    EXPECT_FALSE(told.contains("price")) << told;
    EXPECT_TRUE(json::serialize(*fleet.history(fleet.captain, "saved_view", id)).contains("price > 5"));
    ASSERT_TRUE(fleet.change(fleet.admiral, "saved_view", id, std::nullopt, R"({"filter":"price > 6"})"));
    EXPECT_EQ(names_of_views(fleet, fleet.mate), "");
    ASSERT_TRUE(fleet.change(fleet.admiral, "member", fleet.mate, std::nullopt, R"({"roles":["captain"]})"));
    EXPECT_EQ(names_of_views(fleet, fleet.mate), "one ");
    EXPECT_EQ(fleet.change(fleet.admiral, "saved_view", id, std::nullopt, R"({"object":"visit"})").error()[0].code,
              "immutable_field");
}

TEST("a masked field is asked for by equality alone")
{
    const Fleet fleet;
    view_of(fleet, "a equal", R"(,"filter":"phone = \"13800138000\"","columns":"name,phone")");
    view_of(fleet, "b begins", R"(,"filter":"phone starts_with \"138\"")");
    view_of(fleet, "c sorts", R"(,"sort":"phone")");
    view_of(fleet, "d groups", R"(,"settings":"{\"group\":\"phone\"}")");
    EXPECT_EQ(names_of_views(fleet, fleet.clerk), "a equal ");
    EXPECT_EQ(fleet.list(fleet.clerk, "views", {})->at("data").at(0).at("columns").as_string(), "name,phone");
}

TEST("a column of a hidden field is left out wherever the view is told, and nobody asks for columns")
{
    const Fleet fleet;
    const auto id = view_of(
        fleet, "one",
        R"(,"columns":"name,price,harbour.country","settings":"{\"widths\":{\"price\":90,\"name\":80},\"totals\":{\"price\":\"sum\"},\"density\":\"compact\"}")");
    const auto row = fleet.list(fleet.mate, "views", {})->at("data").at(0);
    EXPECT_EQ(row.at("columns").as_string(), "name,harbour.country");
    EXPECT_EQ(row.at("settings").as_string(), R"({"widths":{"name":80},"totals":{},"density":"compact"})");
    EXPECT_EQ(fleet.list(fleet.captain, "views", {})->at("data").at(0).at("columns").as_string(),
              "name,price,harbour.country");
    const auto told = json::serialize(*fleet.history(fleet.mate, "saved_view", id)) +
                      json::serialize(*fleet.timeline(fleet.mate, "saved_view", id));
    EXPECT_FALSE(told.contains("price")) << told;
    ASSERT_TRUE(fleet.change(fleet.admiral, "saved_view", id, std::nullopt, R"({"columns":"name,harbour.country"})"));
    EXPECT_FALSE(
        json::serialize(*fleet.history(fleet.mate, "saved_view", id)).contains(R"("field":"columns","old":"name)"));
    for (const std::string field : {"columns", "settings"}) {
        EXPECT_EQ(fleet.list(fleet.mate, "views", {.filter = field + R"( contains "price")"}).error()[0].code,
                  "formula_unknown_name");
        EXPECT_EQ(fleet.list(fleet.mate, "views", {.sort = field}).error()[0].code, "masked_field");
        EXPECT_EQ(fleet.query(fleet.mate, R"({"from":"views","select":[")" + field + "\"]}").error()[0].code,
                  "formula_unknown_name");
    }
}

TEST("the views of an organisation are in force at once: own ones, others of a built-in one, and their order")
{
    const Fleet fleet;
    EXPECT_EQ(keys_of(boats_of(fleet, fleet.captain)), "followed locked ");
    ASSERT_TRUE(define(fleet, fleet.admiral, R"({"list":[
        {"key":"x_dear","label":{"zh":"贵的","en":"Dear"},"filter":"price > 5","sort":"-price","columns":["name","price"]},
        {"key":"x_named","label":"有名","columns":["name","price","harbour.country"],"group":"state"},
        {"key":"x_clerks","label":"文员","roles":["clerk"]},
        {"key":"followed","active":false}],
        "opens":[{"role":"captain","view":"x_dear"},{"role":"","view":"x_named"}]})"));
    EXPECT_EQ(keys_of(boats_of(fleet, fleet.captain)), "x_dear x_named locked ");
    EXPECT_EQ(boats_of(fleet, fleet.captain).at("opens").as_string(), "x_dear");
    const auto mates = boats_of(fleet, fleet.mate);
    EXPECT_EQ(keys_of(mates), "x_named locked ");
    EXPECT_EQ(json::serialize(mates.at("views").at(0).at("columns")), R"(["name","harbour.country"])");
    EXPECT_EQ(mates.at("views").at(0).at("group").as_string(), "state");
    EXPECT_EQ(mates.at("opens").as_string(), "x_named");
    EXPECT_EQ(keys_of(boats_of(fleet, fleet.clerk)), "x_dear x_named x_clerks locked ");

    ASSERT_TRUE(define(fleet, fleet.admiral,
                       R"({"list":[{"key":"followed","label":{"zh":"盯着的","en":"Watched"}}],"opens":[]})"));
    EXPECT_EQ(keys_of(boats_of(fleet, fleet.captain)), "followed locked ");
    EXPECT_EQ(boats_of(fleet, fleet.captain).at("views").at(0).at("label").at("en").as_string(), "Watched");
    EXPECT_EQ(boats_of(fleet, fleet.captain).at("opens").as_string(), "");
    ASSERT_TRUE(define(fleet, fleet.admiral, R"({"list":[],"opens":[]})"));
    EXPECT_EQ(boats_of(fleet, fleet.captain).at("views").at(0).at("label").at("en").as_string(), "Followed");
}

TEST("what opens first for a role is passed over by whoever does not see it")
{
    const Fleet fleet;
    ASSERT_TRUE(define(
        fleet, fleet.admiral,
        R"({"list":[{"key":"x_dear","label":"贵的","filter":"price > 5"},{"key":"x_all","label":"全"}],"opens":[{"role":"mate","view":"x_dear"},{"role":"","view":"x_all"}]})"));
    EXPECT_EQ(boats_of(fleet, fleet.mate).at("opens").as_string(), "x_all");
}

TEST("a view that cannot be is refused at its place, and nothing has changed")
{
    const Fleet fleet;
    ASSERT_TRUE(define(fleet, fleet.admiral, R"({"list":[{"key":"x_one","label":"一"}],"opens":[]})"));
    const auto view = [](const std::string& more) { return R"({"list":[{"key":"x_two","label":"二")" + more + "}]}"; };
    std::string many;
    for (int i = 0; i < 51; ++i)
        many += (many.empty() ? "" : ",") + fmt::format(R"({{"key":"x_{}","label":"{}"}})", i, i);
    struct Row {
        std::string views, code, field, nearest;
    };
    const std::vector<Row> table{
        {view(R"(,"filter":"prize > 5")"), "formula_unknown_name", "boat.views.x_two.filter", "price"},
        {view(R"(,"filter":"price")"), "formula_type", "boat.views.x_two.filter", ""},
        {view(R"(,"sort":"-prize")"), "definition_unknown_field", "boat.views.x_two.sort", "price"},
        {view(R"(,"sort":"name,code,price,state,phone")"), "too_many", "boat.views.x_two.sort", ""},
        {view(R"(,"columns":["prize"])"), "definition_unknown_field", "boat.views.x_two.columns", "price"},
        {view(R"(,"columns":["harbour.contry"])"), "definition_unknown_field", "harbour.views.x_two.columns",
         "country"},
        {view(R"(,"columns":["price.country"])"), "definition_unknown_field", "boat.views.x_two.columns", ""},
        {view(R"(,"group":"stat")"), "definition_unknown_field", "boat.views.x_two.group", "state"},
        {view(R"(,"roles":["captian"])"), "unknown_word", "boat.views.x_two.roles", "captain"},
        {view(R"(,"fliter":"true")"), "unknown_word", "views.list[0].fliter", "filter"},
        {view(R"(,"filter":5)"), "invalid_value", "views.list[0].filter", ""},
        {R"({"list":[{"key":"x_two"}]})", "definition_no_label", "boat.views.x_two.label", ""},
        {R"({"list":[{"key":"x_two","label":"  "}]})", "definition_no_label", "boat.views.x_two.label", ""},
        {R"({"list":[{"key":"x_two","label":")" + std::string(61, 'x') + "\"}]}", "too_long", "boat.views.x_two.label",
         ""},
        {view(R"(,"filter":"code = \")" + std::string(10'000, 'x') + R"(\"")"), "too_long", "boat.views.x_two.filter",
         ""},
        {R"({"list":[{"label":"二"}]})", "required", "views.list[0].key", ""},
        {R"({"list":[{"key":"folowed"}]})", "unknown_word", "boat.views.folowed.key", "followed"},
        {R"({"list":[{"key":"x_Two!","label":"二"}]})", "definition_bad_name", "boat.views.x_Two!.key", ""},
        {R"({"list":[{"key":"followed"},{"key":"followed"}]})", "definition_twice", "boat.views", ""},
        {R"({"list":[],"opens":[{"role":"","view":"folowed"}]})", "unknown_word", "boat.views.opens", "followed"},
        {R"({"list":[],"opens":[{"role":"mat","view":"followed"}]})", "unknown_word", "boat.views.opens", "mate"},
        {R"({"list":[],"opens":[{"role":"mate","view":"followed"},{"role":"mate","view":"followed"}]})",
         "definition_twice", "boat.views.opens", ""},
        {R"({"list":[)" + many + "]}", "too_many", "boat.views", ""},
    };
    for (const auto& [views, code, field, nearest] : table) {
        const auto refused = define(fleet, fleet.admiral, views);
        ASSERT_FALSE(refused) << views.substr(0, 200);
        const auto& problem = refused.error()[0];
        EXPECT_EQ(problem.code, code) << views.substr(0, 200);
        EXPECT_EQ(problem.field, field) << views.substr(0, 200);
        EXPECT_EQ(problem.args.contains("nearest") ? problem.args.at("nearest") : "", nearest) << views.substr(0, 200);
    }
    EXPECT_EQ(define(fleet, fleet.captain, R"({"list":[]})").error()[0].code, "forbidden");
    EXPECT_EQ(keys_of(boats_of(fleet, fleet.captain)), "x_one followed locked ");
}

TEST("an export of views leaves out what a list leaves out")
{
    const Fleet fleet;
    view_of(fleet, "a", R"(,"filter":"secret_note = \"x\"")");
    view_of(fleet, "b", R"(,"columns":"name,secret_note")");
    const auto path = fleet.directory / "views.csv";
    ASSERT_EQ(export_list(*fleet.engine, Fleet::as(fleet.clerk), {.plural = "views", .format = "csv"}, path, {})
                  .error()[0]
                  .code,
              "forbidden");
    ASSERT_TRUE(fleet.change(
        fleet.admiral, "role",
        [&] {
            const auto roles = fleet.list(fleet.admiral, "roles", {.filter = R"(key = "clerk")"});
            return *parse_id(roles->at("data").at(0).at("id").as_string());
        }(),
        std::nullopt,
        R"({"rights":"{\"objects\":{\"*\":{\"read\":\"all\",\"export\":\"all\"},\"boat\":{\"read\":\"all\",\"fields\":{\"secret_note\":\"hidden\"}}}}"})"));
    EXPECT_EQ(*export_list(*fleet.engine, Fleet::as(fleet.clerk), {.plural = "views", .format = "csv"}, path, {}), 1);
    std::ifstream file(path);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    EXPECT_FALSE(text.contains("secret_note")) << text;
}

}  // namespace
}  // namespace shangdao::engine
