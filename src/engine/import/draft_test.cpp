// Drafts: headings as people and programs write them.
#include "engine/import/draft.h"

#include <fstream>

#include "base/testing.h"
#include "engine/import/import_job.h"
#include "engine/import/saved_plan.h"
#include "engine/testing_fleet.h"

namespace shangdao::engine {
namespace {

using testing_fleet::Fleet;

Draft draft_of(Fleet& fleet, Id by, const std::vector<std::pair<std::string, std::string>>& texts)
{
    std::vector<DraftFile> files;
    std::int64_t id = 1;
    for (const auto& [name, text] : texts) {
        const auto path = fleet.directory / name;
        std::ofstream(path, std::ios::binary) << text;
        files.push_back({{.id = Id{id++}, .name = name, .path = path}, *look_at(path, 200, Rows::sample)});
    }
    return draft_plan(*fleet.engine->desk(Fleet::as(by)), files);
}

TEST("a draft knows headings by label, synonym marks, name and pinyin")
{
    Fleet fleet;
    const auto draft = draft_of(
        fleet, fleet.admiral,
        {{"a.csv", "船名（必填）,Code,jiage,母港名称,built_on,状态,whatever\n甲,B1,5,上海港,2020-01-02,在航x,?\n"}});
    ASSERT_EQ(draft.sheets.size(), 1u);
    EXPECT_EQ(draft.sheets[0].object, "boat");
    std::vector<std::string> fields;
    for (const auto& column : draft.sheets[0].columns) fields.push_back(column.field);
    EXPECT_EQ(fields, (std::vector<std::string>{"name", "code", "price", "harbour", "built_on", "state", ""}));
    EXPECT_GT(draft.sheets[0].columns[0].confidence, draft.sheets[0].columns[2].confidence);
    EXPECT_EQ(draft.plan.objects[0].key, std::vector<std::string>{"code"});
    EXPECT_EQ(draft.plan.objects[0].columns[5].second.values, (std::map<std::string, std::string>{{"在航x", "在航"}}));
}

TEST("a draft puts what is referred to first, reads back as a plan and can be imported")
{
    Fleet fleet;
    const auto draft =
        draft_of(fleet, fleet.admiral,
                 {{"boats.csv", "Name,Code,Harbour\n甲,B1,上海港\n"}, {"harbours.csv", "Name,Country\n上海港,中国\n"}});
    ASSERT_EQ(draft.plan.objects.size(), 2u);
    EXPECT_EQ(draft.plan.objects[0].object, "harbour");
    const auto text = print_plan(draft.plan);
    const auto read = parse_plan(text);
    ASSERT_TRUE(read) << text;
    const auto import = run_import(
        *fleet.engine, Fleet::as(fleet.admiral),
        {.plan = text,
         .files = {{"boats.csv", fleet.directory / "boats.csv"}, {"harbours.csv", fleet.directory / "harbours.csv"}}});
    ASSERT_TRUE(import) << import.error().front().code;
    EXPECT_EQ(import->progress.counts(), (ImportCounts{.created = 2}));
}

TEST("a draft never offers a field that its reader may not write")
{
    Fleet fleet;
    const auto draft = draft_of(fleet, fleet.mate, {{"boats.csv", "Name,Code,Price\n甲,B1,5\n"}});
    EXPECT_EQ(draft.sheets[0].columns[2].field, "") << "the price is hidden from mates";
}

TEST("a saved plan is found by the headings of files that are called otherwise, and fitted to them")
{
    Fleet fleet;
    const auto save = [&](Id by, const std::string& name, const std::string& plan) {
        return fleet.create(by, "import_plan",
                            boost::json::serialize(boost::json::object{{"name", name}, {"plan", plan}}));
    };
    ASSERT_TRUE(save(fleet.admiral, "ours",
                     "objects:\n  - {file: old.csv, object: boat, key: [code], columns: {Boat No: code, Port: "
                     "harbour}, set: {name: '{Boat No}'}}\n"));
    ASSERT_TRUE(
        save(fleet.admiral, "half",
             "objects:\n  - {file: old.csv, object: boat, columns: {Boat No: name, Tonnage: code, Length: phone}}\n"));
    ASSERT_TRUE(
        save(fleet.mate, "the mate's own", "objects:\n  - {file: old.csv, object: boat, columns: {Boat No: name}}\n"));
    const auto refused = save(fleet.admiral, "no plan", "objects: 5\n");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().front().code, "required");

    const auto path = fleet.directory / "march.csv";
    std::ofstream(path, std::ios::binary) << "boat no,PORT,Rest\nB1,上海港,x\n";
    const std::vector<DraftFile> files{
        {{.id = Id{1}, .name = "march.csv", .path = path}, *look_at(path, 200, Rows::sample)}};
    const auto desk = *fleet.engine->desk(Fleet::as(fleet.mate));
    const auto offered = [&](Id by) {
        std::vector<std::string> names;
        for (const auto& plan : plans_for(*fleet.engine->store().read(), *fleet.engine->desk(Fleet::as(by)), files))
            names.push_back(plan.name);
        return names;
    };
    EXPECT_EQ(offered(fleet.admiral), (std::vector<std::string>{"the mate's own", "ours"}))
        << "the newest of those that fit wholly comes first";
    EXPECT_EQ(offered(fleet.mate), std::vector<std::string>{"the mate's own"});
    const auto ours =
        plans_for(*fleet.engine->store().read(), *fleet.engine->desk(Fleet::as(fleet.admiral)), files).back();
    EXPECT_EQ(ours.fit.share, 1);
    EXPECT_EQ(ours.fit.plan.objects[0].file, "march.csv");
    EXPECT_EQ(
        saved_plan(*fleet.engine->store().read(), desk, fleet.engine->records(), ours.id, files).error().front().code,
        "not_found");
}

TEST("the words of a column are those of the whole file, the most usual first")
{
    Fleet fleet;
    const auto path = fleet.directory / "a.csv";
    std::string text = "Name,State\n";
    for (int i = 0; i < 1'000; ++i)
        text += "n," + std::string(i % 4 == 0 ? "Select" : i % 4 == 1 ? "" : i == 999 ? "late" : "afloat") + "\n";
    std::ofstream(path, std::ios::binary) << text;
    const auto found = column_words(path, "", {}, "state", 10);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->words,
              (std::vector<std::pair<std::string, std::int64_t>>{{"afloat", 499}, {"Select", 250}, {"late", 1}}));
    EXPECT_EQ(found->empty, 250);
    EXPECT_FALSE(found->more);
    EXPECT_TRUE(column_words(path, "", {}, "state", 2)->more);
    EXPECT_EQ(column_words(path, "", {}, "nowhere", 2).error().front().code, "unknown_column");
    EXPECT_EQ(column_words(path, "Sheet9", {}, "state", 2).error().front().code, "unknown_sheet");
}

}  // namespace
}  // namespace shangdao::engine
