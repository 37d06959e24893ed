// Who sees what, through every door of the machinery: a captain who owns 3 of 100 boats, a mate from whom the price is
// hidden, a clerk who must not read one searched field. One hidden field is tried in every position.
#include "base/testing.h"

#include <fmt/format.h>

#include "engine/duplicates.h"
#include "engine/testing_fleet.h"

namespace shangdao::engine {
namespace {

using testing_fleet::Fleet;
using testing_fleet::rows;

// 100 boats: 3 of the captain's, the others of another captain outside his team.
struct Hundred : Fleet {
    std::vector<Id> mine;
    Id theirs;

    Hundred()
    {
        for (int i = 0; i < 100; ++i) {
            const bool own = i % 40 == 7;
            const auto id = create(own ? captain : other, "boat", R"({"name":"海鸥)" + std::to_string(i) + R"(号","price":")" + std::to_string(1000 + i) + R"(","code":"B)" + std::to_string(i) +
                                                                      R"(","secret_note":"宝藏)" + std::to_string(i) + R"(","phone":"1380013)" + std::to_string(8000 + i) + "\"}");
            if (!id) throw std::runtime_error(id.error()[0].code + " " + id.error()[0].field);
            if (own) mine.push_back(*id);
            else theirs = *id;
        }
    }
};

TEST("a member who may see 3 of 100 records sees 3 of them through every door")
{
    const Hundred fleet;
    ASSERT_EQ(fleet.mine.size(), 3U);
    const auto list = fleet.list(fleet.captain, "boats", {.limit = 1000, .count = ListRequest::Count::exact});
    ASSERT_TRUE(list) << list.error()[0].code;
    EXPECT_EQ(rows(*list), 3U);
    EXPECT_EQ(list->at("count").to_number<int>(), 3);
    for (const std::string filter : {"price > 0", "name contains \"海鸥\"", "created_at = today()", "not (price is null)"}) {
        const auto filtered = fleet.list(fleet.captain, "boats", {.filter = filter, .limit = 1000, .count = ListRequest::Count::exact});
        ASSERT_TRUE(filtered) << filter << filtered.error()[0].code;
        EXPECT_EQ(rows(*filtered), 3U) << filter;
        EXPECT_EQ(filtered->at("count").to_number<int>(), 3) << filter;
    }
    for (const std::string sort : {"name", "-name", "price", "-price", "created_at", "state", "code", "-owner"}) EXPECT_EQ(rows(*fleet.list(fleet.captain, "boats", {.sort = sort, .limit = 1000})), 3U) << sort;
    const auto grouped = fleet.query(fleet.captain, R"j({"from":"boats","group":["state"],"measures":{"n":"count()","value":"sum(price)","m":"@mean_price"}})j");
    ASSERT_TRUE(grouped) << grouped.error()[0].code;
    ASSERT_EQ(rows(*grouped), 1U);
    EXPECT_EQ(grouped->at("rows").at(0).at("n").to_number<int>(), 3);
    EXPECT_EQ(grouped->at("rows").at(0).at("value").at("amount").as_string(), "3141.00");   // 1007 + 1047 + 1087
    EXPECT_EQ(rows(*fleet.query(fleet.captain, R"({"from":"boats","select":["name","price"]})")), 3U);
    for (const auto* text : {"海鸥", "haiou", "ho", "海鸥7号", "宝藏", "8007"}) {
        const auto found = fleet.search(fleet.captain, text);
        ASSERT_TRUE(found);
        for (const auto& hit : found->at("data").as_array()) EXPECT_TRUE(std::ranges::find(fleet.mine, *parse_id(hit.at("id").as_string())) != fleet.mine.end()) << text;
    }
    EXPECT_EQ(rows(*fleet.search(fleet.captain, "haiou")), 3U);
    EXPECT_EQ(rows(*fleet.list(fleet.captain, "boats", {.search = "海鸥", .limit = 1000})), 3U);

    const auto desk = *fleet.engine->desk(Fleet::as(fleet.captain));
    auto view = fleet.engine->store().read();
    const auto& boats = desk.catalogue->at("boat");
    EXPECT_TRUE(find_duplicates(*view, desk, boats, {{*boats.slot("name"), std::string{"海鸥99号"}}}, Id{}).empty() ||
                find_duplicates(*view, desk, boats, {{*boats.slot("name"), std::string{"海鸥99号"}}}, Id{}).front().score < 100);
    EXPECT_EQ(fleet.engine->records().visible(*view, desk, boats, fleet.theirs).error()[0].code, "not_found");
    EXPECT_EQ(fleet.timeline(fleet.captain, "boat", fleet.theirs).error()[0].code, "not_found");
}

TEST("what an owner shares is seen by the team below or by all, and changed by neither")
{
    const Fleet fleet;
    const auto view_of = [&](const std::string& name, const std::string& shared) {
        return *fleet.create(fleet.mate, "saved_view", fmt::format(R"({{"name":"{}","object":"boat","shared":"{}"}})", name, shared));
    };
    const auto own = view_of("own", "me"), team = view_of("team", "team"), all = view_of("all", "all");
    EXPECT_EQ(names_of_views(fleet, fleet.mate), "all own team ");
    EXPECT_EQ(names_of_views(fleet, fleet.captain), "all team ");   // below the mate
    EXPECT_EQ(names_of_views(fleet, fleet.other), "all ");
    const auto refused = [&](Id by, Id id) { return fleet.change(by, "saved_view", id, std::nullopt, R"({"name":"x"})").error()[0].code; };
    EXPECT_EQ(refused(fleet.captain, team), "forbidden");
    EXPECT_EQ(refused(fleet.captain, own), "not_found");
    EXPECT_EQ(refused(fleet.other, team), "not_found");
    EXPECT_EQ(refused(fleet.other, all), "forbidden");
    EXPECT_EQ(names_of_views(fleet, fleet.mate), "all own team ");
}

TEST("a taken key names its record only to those who see it")
{
    const Fleet fleet;
    const auto id = *fleet.create(fleet.other, "boat", R"({"name":"白鲸","code":"F2"})");
    const auto mine = *fleet.create(fleet.captain, "boat", R"({"name":"飞鱼"})");
    const auto refused = [&](const auto& result) { return result.error().at(0); };
    EXPECT_EQ(refused(fleet.create(fleet.admiral, "boat", R"({"name":"x","code":"F2"})")).args.at("id"), to_string(id));
    for (const auto& problem : {refused(fleet.create(fleet.captain, "boat", R"({"name":"x","code":"F2"})")), refused(fleet.change(fleet.captain, "boat", mine, std::nullopt, R"({"code":"F2"})"))}) {
        EXPECT_EQ(problem.code, "duplicate_key");
        EXPECT_EQ(problem.field, "code");
        EXPECT_FALSE(problem.args.contains("id"));
    }
}

TEST("what only a hidden field answers pushes nothing out of a short answer")
{
    const Fleet fleet;
    const auto make = [&](const std::string& name, const std::string& note) { return *fleet.create(fleet.captain, "boat", R"({"name":")" + name + R"(","secret_note":")" + note + "\"}"); };
    for (int i = 0; i < 5; ++i) make("船", "宝藏");
    const auto named = make("宝藏湾里的一艘很大的船", "无");
    for (int i = 0; i < 5; ++i) make("船", "宝藏");
    const auto desk = *fleet.engine->desk(Fleet::as(fleet.clerk));
    const auto found = boost::json::parse(*search_answer(*fleet.engine->store().read(), desk, "宝藏", {}, 1));
    ASSERT_EQ(rows(found), 1U);
    EXPECT_EQ(found.at("data").at(0).at("id").as_string(), to_string(named));
    EXPECT_FALSE(found.at("more").as_bool());
}

TEST("a page walks every visible record exactly once, whatever the order")
{
    const Hundred fleet;
    for (const std::string sort : {"name", "-name", "price", "-price", "created_at", "-created_at", "code,name", "-built_on", "built_on", "state,-price"}) {
        std::set<std::string> seen;
        std::string after;
        for (int pages = 0; pages < 30; ++pages) {
            const auto page = fleet.list(fleet.admiral, "boats", {.sort = sort, .after = after, .limit = 7});
            ASSERT_TRUE(page) << sort << page.error()[0].code;
            for (const auto& one : page->at("data").as_array()) EXPECT_TRUE(seen.insert(std::string{one.at("id").as_string()}).second) << sort;
            if (page->at("next").is_null()) break;
            after = page->at("next").as_string();
        }
        EXPECT_EQ(seen.size(), 100U) << sort;
    }
}

TEST("a cursor is refused by another member, another filter, another sort, and when it was touched")
{
    const Hundred fleet;
    const auto page = fleet.list(fleet.admiral, "boats", {.sort = "name", .limit = 5});
    const std::string cursor{page->at("next").as_string()};
    EXPECT_TRUE(fleet.list(fleet.admiral, "boats", {.sort = "name", .after = cursor, .limit = 50}));
    EXPECT_EQ(fleet.list(fleet.clerk, "boats", {.sort = "name", .after = cursor}).error()[0].code, "cursor_stale");
    EXPECT_EQ(fleet.list(fleet.admiral, "boats", {.sort = "-name", .after = cursor}).error()[0].code, "cursor_stale");
    EXPECT_EQ(fleet.list(fleet.admiral, "boats", {.filter = "price > 1", .sort = "name", .after = cursor}).error()[0].code, "cursor_stale");
    auto touched = cursor;
    touched[touched.size() / 2] = touched[touched.size() / 2] == 'A' ? 'B' : 'A';
    EXPECT_EQ(fleet.list(fleet.admiral, "boats", {.sort = "name", .after = touched}).error()[0].code, "cursor_stale");
    EXPECT_EQ(fleet.list(fleet.admiral, "boats", {.sort = "name", .after = "x"}).error()[0].code, "cursor_stale");
}

TEST("a hidden field answers like an unknown name in every position")
{
    const Fleet fleet;
    const auto id = *fleet.create(fleet.captain, "boat", R"({"name":"飞鱼","price":"5000","secret_note":"宝藏在岛上"})");
    ASSERT_TRUE(fleet.create(fleet.captain, "visit", R"({"name":"靠岸","boat":")" + to_string(id) + "\"}"));

    // What the mate, from whom price is hidden, gets for `field` in each position; the field's own name is taken out.
    const auto tried = [&](const std::string& field) {
        std::vector<std::string> answers;
        const auto note = [&](const auto& result) {
            if (result) return answers.push_back("accepted");
            auto text = result.error()[0].code + "@" + result.error()[0].field;
            for (const auto& [name, value] : result.error()[0].args)
                if (name != "nearest") text += " " + name + "=" + value;
            for (auto at = text.find(field); at != std::string::npos; at = text.find(field)) text.replace(at, field.size(), "*");
            answers.push_back(text);
        };
        for (const auto& filter : {field + " > 5", "not (" + field + " is null)", field + " is null", "boat." + field + " > 1", "coalesce(" + field + ", 1) > 1", "if(" + field + " > 1, true, false)"})
            note(fleet.list(fleet.mate, "boats", {.filter = filter}));
        note(fleet.list(fleet.mate, "boats", {.sort = field}));
        note(fleet.list(fleet.mate, "boats", {.sort = "-" + field}));
        note(fleet.list(fleet.mate, "boats", {.fields = {field}}));
        note(fleet.list(fleet.mate, "visits", {.filter = "boat." + field + " > 1"}));
        note(fleet.list(fleet.mate, "visits", {.fields = {"boat." + field}}));
        note(fleet.query(fleet.mate, R"({"from":"boats","select":[")" + field + "\"]}"));
        note(fleet.query(fleet.mate, R"({"from":"boats","group":[")" + field + R"j("],"measures":{"n":"count()"}})j"));
        for (const std::string measure : {"sum(*)", "max(*)", "avg(*)", "median(*)", "count(* > 1)"}) {
            auto text = measure;
            text.replace(text.find('*'), 1, field);
            note(fleet.query(fleet.mate, R"({"from":"boats","group":["state"],"measures":{"n":")" + text + "\"}}"));
        }
        note(fleet.query(fleet.mate, R"({"from":"boats","where":")" + field + R"j( > 1","group":["state"],"measures":{"n":"count()"}})j"));
        note(fleet.query(fleet.mate, R"j({"from":"boats","group":["state"],"measures":{"n":"count()"},"having":"max()j" + field + ") > 1\"}"));
        note(fleet.change(fleet.mate, "boat", id, std::nullopt, "{\"" + field + "\":\"1\"}"));
        note(fleet.create(fleet.mate, "boat", R"({"name":"x",")" + field + "\":\"1\"}"));
        const auto desk = *fleet.engine->desk(Fleet::as(fleet.mate));
        note(formula_answer(desk, desk.catalogue->at("boat"), field + " > 1"));
        return answers;
    };
    EXPECT_EQ(tried("price"), tried("quart"));
    EXPECT_EQ(fleet.query(fleet.mate, R"({"from":"boats","group":["state"],"measures":{"m":"@mean_price"}})").error()[0].code, "formula_unknown_name");

    const auto record = fleet.list(fleet.mate, "boats", {});
    EXPECT_FALSE(record->at("data").at(0).as_object().contains("price"));
    EXPECT_TRUE(fleet.list(fleet.captain, "boats", {})->at("data").at(0).as_object().contains("price"));
    const auto told = boost::json::serialize(*fleet.timeline(fleet.mate, "boat", id));
    EXPECT_FALSE(told.contains("price"));
    EXPECT_FALSE(told.contains("5000"));
    EXPECT_TRUE(boost::json::serialize(*fleet.timeline(fleet.captain, "boat", id)).contains("5000"));
    EXPECT_FALSE(describe_answer(*fleet.engine->desk(Fleet::as(fleet.mate))).contains("\"price\""));
}

TEST("a hidden searched field betrays nothing to search, and a masked one is shown masked and never ordered")
{
    const Fleet fleet;
    ASSERT_TRUE(fleet.create(fleet.captain, "boat", R"({"name":"飞鱼","secret_note":"宝藏在岛上","phone":"13800138000"})"));
    EXPECT_EQ(rows(*fleet.search(fleet.captain, "宝藏")), 1U);
    EXPECT_EQ(rows(*fleet.search(fleet.clerk, "宝藏")), 0U);
    EXPECT_EQ(rows(*fleet.search(fleet.clerk, "飞鱼")), 1U);
    EXPECT_EQ(rows(*fleet.list(fleet.clerk, "boats", {.search = "宝藏"})), 0U);
    EXPECT_EQ(rows(*fleet.list(fleet.clerk, "boats", {.search = "飞鱼"})), 1U);
    EXPECT_EQ(rows(*fleet.search(fleet.clerk, "8000")), 0U);
    EXPECT_EQ(fleet.list(fleet.clerk, "boats", {})->at("data").at(0).at("phone").as_string(), "138****8000");
    EXPECT_EQ(fleet.list(fleet.clerk, "boats", {.sort = "phone"}).error()[0].code, "masked_field");
    EXPECT_EQ(fleet.list(fleet.clerk, "boats", {.filter = "phone starts_with \"138\""}).error()[0].code, "formula_masked");
    EXPECT_EQ(rows(*fleet.list(fleet.clerk, "boats", {.filter = "phone = \"13800138000\""})), 1U);
}

TEST("whoever sees a boat sees its visits, and nobody else does")
{
    const Fleet fleet;
    const auto id = *fleet.create(fleet.captain, "boat", R"({"name":"飞鱼"})");
    ASSERT_TRUE(fleet.create(fleet.admiral, "visit", R"({"name":"检查","boat":")" + to_string(id) + "\"}"));
    EXPECT_EQ(rows(*fleet.list(fleet.captain, "visits", {})), 1U);   // the admiral's visit to the captain's boat
    EXPECT_EQ(rows(*fleet.list(fleet.mate, "visits", {})), 1U);
    EXPECT_EQ(rows(*fleet.list(fleet.other, "visits", {})), 0U);
    EXPECT_EQ(fleet.create(fleet.other, "visit", R"({"name":"x","boat":")" + to_string(id) + "\"}").error()[0].code, "unknown_reference");
}

TEST("rights follow the tree at once when it changes")
{
    const Fleet fleet;
    ASSERT_TRUE(fleet.create(fleet.other, "boat", R"({"name":"飞鱼"})"));
    EXPECT_EQ(rows(*fleet.list(fleet.mate, "boats", {})), 0U);
    ASSERT_TRUE(fleet.change(fleet.admiral, "member", fleet.other, std::nullopt, R"({"manager":")" + to_string(fleet.mate) + "\"}"));
    EXPECT_EQ(rows(*fleet.list(fleet.mate, "boats", {})), 1U);
    ASSERT_TRUE(fleet.change(fleet.admiral, "member", fleet.mate, std::nullopt, R"({"active":false})"));
    EXPECT_EQ(fleet.engine->desk(Fleet::as(fleet.mate)).error()[0].code, "not_signed_in");
}

TEST("a condition on groups calls the measures by their names")
{
    const Hundred fleet;
    const auto asked = [&](const std::string& having) { return fleet.query(fleet.admiral, R"j({"from":"boats","group":["owner"],"measures":{"n":"count()","value":"sum(price)"},"having":")j" + having + "\"}"); };
    ASSERT_TRUE(asked("n > 3")) << asked("n > 3").error()[0].code;
    EXPECT_EQ(rows(*asked("n > 3")), 1U);
    EXPECT_EQ(rows(*asked("n = 3 and value < 4000")), 1U);
    EXPECT_EQ(rows(*asked("value / n > 0 and count() > 2")), 2U);
    const auto wrong = asked("nn > 3");
    ASSERT_FALSE(wrong);
    EXPECT_EQ(wrong.error()[0].code, "formula_unknown_name");
    EXPECT_EQ(wrong.error()[0].args.at("nearest"), "n");
}

TEST("a formula that leaves the range of its numbers in a unit is refused")
{
    const Hundred fleet;
    const auto refused = fleet.write(Fleet::as(fleet.captain), [&](Work& work) -> Result<std::string> {
        return list_answer(work.unit, work.desk, fleet.engine->seal(), fleet.engine->anchors(), work.desk.catalogue->at("boat"), {.filter = "price * 9000000000000 * 9000000000 > 1"});
    });
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error()[0].code, "number_overflow");
}

}  // namespace
}  // namespace shangdao::engine
