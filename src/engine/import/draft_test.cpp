// Drafts: headings as people and programs write them.
#include "engine/import/draft.h"

#include <fstream>

#include "base/testing.h"
#include "engine/import/import_job.h"
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
    const auto draft = draft_of(fleet, fleet.admiral, {{"a.csv", "船名（必填）,Code,jiage,母港名称,built_on,状态,whatever\n甲,B1,5,上海港,2020-01-02,在航x,?\n"}});
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
    const auto draft = draft_of(fleet, fleet.admiral, {{"boats.csv", "Name,Code,Harbour\n甲,B1,上海港\n"}, {"harbours.csv", "Name,Country\n上海港,中国\n"}});
    ASSERT_EQ(draft.plan.objects.size(), 2u);
    EXPECT_EQ(draft.plan.objects[0].object, "harbour");
    const auto text = print_plan(draft.plan);
    const auto read = parse_plan(text);
    ASSERT_TRUE(read) << text;
    const auto import = run_import(*fleet.engine, Fleet::as(fleet.admiral), {.plan = text, .files = {{"boats.csv", fleet.directory / "boats.csv"}, {"harbours.csv", fleet.directory / "harbours.csv"}}});
    ASSERT_TRUE(import) << import.error().front().code;
    EXPECT_EQ(import->progress.counts(), (ImportCounts{.created = 2}));
}

TEST("a draft never offers a field that its reader may not write")
{
    Fleet fleet;
    const auto draft = draft_of(fleet, fleet.mate, {{"boats.csv", "Name,Code,Price\n甲,B1,5\n"}});
    EXPECT_EQ(draft.sheets[0].columns[2].field, "") << "the price is hidden from mates";
}

}  // namespace
}  // namespace shangdao::engine
