// The file of an export job: what its owner sees, under the name of the list, gone for everybody else's job.
#include "engine/export/export_job.h"

#include "base/testing.h"

#include <fstream>

#include "engine/testing_fleet.h"

namespace shangdao::engine {
namespace {

using testing_fleet::Fleet;

Result<Id> begin(const Fleet& fleet, Id by, std::string_view body)
{
    TRY(const auto id, fleet.write(Fleet::as(by), [&](Work& work) -> Result<std::string> {
        TRY(const auto job, begin_export(work, "boats", boost::json::parse(body)));
        return to_string(job);
    }));
    return *parse_id(id);
}

TEST("an export job leaves a file of the rows its owner sees")
{
    const Fleet fleet;
    ASSERT_TRUE(fleet.create(fleet.captain, "boat", R"({"name":"飞鱼","code":"F1"})"));
    ASSERT_TRUE(fleet.create(fleet.captain, "boat", R"({"name":"白帆","code":"F2"})"));
    ASSERT_TRUE(fleet.create(fleet.other, "boat", R"({"name":"白鲸"})"));
    const auto id = begin(fleet, fleet.captain, R"({"format":"csv","filter":"","sort":"name","fields":["name","code"]})");
    ASSERT_TRUE(id);
    fleet.engine->jobs().run_to_end(*id);
    const auto view = fleet.engine->store().read();
    const auto job = *view->find(fleet.engine->store().catalogue()->at("job"), *id);
    const auto made = file_of_job(*fleet.engine, job);
    ASSERT_TRUE(made);
    EXPECT_EQ(made->name, "船-2026-03-02.csv");
    std::ifstream file(made->path);
    const std::string text{std::istreambuf_iterator<char>{file}, {}};
    EXPECT_NE(text.find("飞鱼,F1"), std::string::npos) << text;
    EXPECT_NE(text.find("白帆,F2"), std::string::npos);
    EXPECT_EQ(text.find("白鲸"), std::string::npos);
    std::filesystem::remove(made->path);
    EXPECT_EQ(file_of_job(*fleet.engine, job).error()[0].code, "not_found");
}

TEST("an export that cannot be is refused before a job begins")
{
    const Fleet fleet;
    struct Row { Id by; std::string_view body, code; };
    const Row table[] = {
        {fleet.mate, R"({"format":"csv"})", "forbidden"},
        {fleet.captain, R"({"format":"doc"})", "invalid_value"},
        {fleet.captain, R"({"fields":"name"})", "invalid_value"},
        {fleet.captain, R"({"fields":["colour"]})", "unknown_field"},
        {fleet.captain, R"({"filtr":""})", "unknown_field"},
        {fleet.captain, R"({"sort":"colour"})", "unknown_field"},
    };
    for (const auto& row : table) {
        const auto begun = begin(fleet, row.by, row.body);
        ASSERT_FALSE(begun) << row.body;
        EXPECT_EQ(begun.error()[0].code, row.code) << row.body;
    }
}

}  // namespace
}  // namespace shangdao::engine
