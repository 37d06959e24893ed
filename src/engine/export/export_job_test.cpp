// The file of an export job: what its owner sees, under the name of the list, gone for everybody else's job.
#include "engine/export/export_job.h"

#include "base/testing.h"

#include <algorithm>
#include <fstream>

#include "engine/engine_objects.h"
#include "engine/export/export_budget.h"
#include "engine/testing_fleet.h"

namespace shangdao::engine {
namespace {

using testing_fleet::Fleet;

Result<Id> begin(const Fleet& fleet, Id by, std::string_view body)
{
    TRY(const auto id, fleet.write(Fleet::as(by), [&](Work& work) -> Result<std::string> {
        TRY(const auto job, begin_export(work, fleet.engine->records(), "boats", boost::json::parse(body)));
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
    const auto lent = fleet.create(fleet.other, "boat", R"({"name":"借来","code":"F3"})");
    ASSERT_TRUE(fleet.write(Fleet::as(fleet.other), [&](Work& work) -> Result<std::string> {
        CHECK_OK(share(work, fleet.engine->records(), work.desk.catalogue->at("boat"), *lent, {fleet.captain, Grant::read, {}}));
        return std::string{};
    }));
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
    EXPECT_NE(text.find("借来,F3"), std::string::npos) << "what is shared with him is seen, and so exported";
    EXPECT_EQ(text.find("白鲸"), std::string::npos);
    std::filesystem::remove(made->path);
    EXPECT_EQ(file_of_job(*fleet.engine, job).error()[0].code, "gone");
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

std::string file_of(const Fleet& fleet, Id by, std::string_view body)
{
    const auto id = begin(fleet, by, body);
    if (!id) return id.error()[0].code;
    fleet.engine->jobs().run_to_end(*id);
    const auto made = file_of_job(*fleet.engine, *fleet.engine->store().read()->find(fleet.engine->store().catalogue()->at("job"), *id));
    if (!made) return made.error()[0].code;
    std::ifstream file(made->path);
    return {std::istreambuf_iterator<char>{file}, {}};
}

TEST("who sees 3 of 100 records takes 3 out, a hidden field has no column, a masked one is masked, a cell is no formula")
{
    const Fleet fleet;
    for (int i = 0; i < 100; ++i)
        ASSERT_TRUE(fleet.create(i < 3 ? fleet.captain : fleet.other, "boat", R"({"name":"=1+)" + std::to_string(i) + R"(","code":"@)" + std::to_string(i) + R"(","secret_note":"宝藏","phone":"13800138000"})"));
    const auto captains = file_of(fleet, fleet.captain, R"({"format":"csv"})");
    EXPECT_EQ(std::ranges::count(captains, '\n'), 4) << captains;
    EXPECT_NE(captains.find("宝藏"), std::string::npos);
    EXPECT_NE(captains.find("'=1+0"), std::string::npos) << captains;
    EXPECT_NE(captains.find("'@0"), std::string::npos) << captains;
    const auto clerks = file_of(fleet, fleet.clerk, R"({"format":"csv"})");
    EXPECT_EQ(std::ranges::count(clerks, '\n'), 101);
    EXPECT_EQ(clerks.find("密注"), std::string::npos);
    EXPECT_EQ(clerks.find("宝藏"), std::string::npos);
    EXPECT_EQ(clerks.find("13800138000"), std::string::npos);
    EXPECT_NE(clerks.find("138****8000"), std::string::npos);
    EXPECT_EQ(file_of(fleet, fleet.clerk, R"({"format":"csv","fields":["name","secret_note"]})"), "unknown_field");
}

TEST("an export is fetched for a day")
{
    Fleet fleet;
    const auto id = *begin(fleet, fleet.captain, R"({"format":"csv"})");
    fleet.engine->jobs().run_to_end(id);
    const auto job = *fleet.engine->store().read()->find(fleet.engine->store().catalogue()->at("job"), id);
    EXPECT_TRUE(file_of_job(*fleet.engine, job));
    fleet.clock.set(Instant{fleet.clock.now().us + 25LL * 3'600 * 1'000'000});
    EXPECT_EQ(file_of_job(*fleet.engine, job).error()[0].code, "gone");
}

void set_budget(const Fleet& fleet, std::string_view role, std::int64_t rows)
{
    ASSERT_TRUE(fleet.write(Fleet::system(), [&](Work& work) -> Result<std::string> {
        const auto& roles = work.desk.catalogue->at("role");
        const auto id = work.unit.find_unique(roles, *roles.slot("key"), std::string{role});
        auto rights = role_rights_from_json(std::get<std::string>(work.unit.find(roles, *id)->at(*roles.slot("rights"))), *work.desk.catalogue);
        rights->budgets[Budget::export_rows] = rows;
        CHECK_OK(fleet.engine->records().change(work, roles, *id, std::nullopt, {{*roles.slot("rights"), to_json(*rights)}}));
        return std::string{};
    }));
}

std::int64_t left_of(const Fleet& fleet, Id member)
{
    return export_allowance(*fleet.engine->store().read(), *fleet.engine->desk(Fleet::as(member))).left;
}

TEST("so many rows a day leave with a member, over all his exports; the next day as many again")
{
    Fleet fleet;
    for (int i = 0; i < 3; ++i) ASSERT_TRUE(fleet.create(fleet.captain, "boat", R"({"name":"船"})"));
    EXPECT_EQ(left_of(fleet, fleet.captain), 100'000);
    set_budget(fleet, "captain", 5);
    EXPECT_EQ(left_of(fleet, fleet.captain), 5);
    EXPECT_NE(file_of(fleet, fleet.captain, R"({"format":"csv"})").find("船"), std::string::npos);
    EXPECT_EQ(left_of(fleet, fleet.captain), 2);
    EXPECT_EQ(left_of(fleet, fleet.other), 5) << "each member has his own";
    const auto head = fleet.engine->store().read()->head();
    const auto refused = begin(fleet, fleet.captain, R"({"format":"csv"})");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error()[0], (Problem{"export_budget_spent", "", {{"limit", "5"}, {"left", "2"}, {"until", "2026-03-03"}}}));
    EXPECT_EQ(fleet.engine->store().read()->head(), head);
    EXPECT_EQ(left_of(fleet, fleet.captain), 2) << "what was refused took nothing";
    fleet.clock.advance(std::chrono::hours{24});
    EXPECT_EQ(left_of(fleet, fleet.captain), 5);
}

TEST("an export that was cancelled gives back what it was kept, and each is told in the ledger with its rows")
{
    const Fleet fleet;
    for (int i = 0; i < 3; ++i) ASSERT_TRUE(fleet.create(fleet.captain, "boat", R"({"name":"船"})"));
    set_budget(fleet, "captain", 4);
    const auto job = *begin(fleet, fleet.captain, R"({"format":"csv"})");
    EXPECT_EQ(left_of(fleet, fleet.captain), 1);
    ASSERT_TRUE(fleet.write(Fleet::as(fleet.captain), [&](Work& work) -> Result<std::string> {
        CHECK_OK(Jobs::cancel(work, job));
        return std::string{};
    }));
    EXPECT_EQ(left_of(fleet, fleet.captain), 4);
    std::string told;
    for (const auto& event : fleet.engine->store().read()->events_after(0, 10'000))
        if (event.verb == "exported") told += event.changes;
    EXPECT_EQ(told, R"({"object":[null,"boat"],"job":[null,")" + to_string(job) + R"("],"rows":[null,3]})");
}

TEST("rows that came while an export waited count too")
{
    const Fleet fleet;
    ASSERT_TRUE(fleet.create(fleet.captain, "boat", R"({"name":"船","code":"C1"})"));
    const auto job = *begin(fleet, fleet.captain, R"({"format":"csv"})");
    ASSERT_TRUE(fleet.create(fleet.captain, "boat", R"({"name":"船","code":"C2"})"));
    set_budget(fleet, "captain", 1);
    fleet.engine->jobs().run_to_end(job);
    const auto record = *fleet.engine->store().read()->find(fleet.engine->store().catalogue()->at("job"), job);
    EXPECT_EQ(record.get(job::state)->key, "failed") << "a second row came between";
    EXPECT_NE(record.get(job::problem)->find("export_budget_spent"), std::string::npos);
    EXPECT_FALSE(file_of_job(*fleet.engine, record));
    EXPECT_EQ(left_of(fleet, fleet.captain), 1);
}

}  // namespace
}  // namespace shangdao::engine
