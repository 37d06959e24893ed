// Locking one record by hand: who may, whom it binds, and what it tells.
#include "engine/sharing/locks.h"

#include <fstream>

#include "base/testing.h"
#include "engine/bulk/bulk.h"
#include "engine/import/import_job.h"
#include "engine/sharing/sharing.h"
#include "engine/testing_fleet.h"

namespace shangdao::engine {
namespace {

struct LockFleet : testing_fleet::Fleet {
    Id boat = *create(captain, "boat", R"({"name":"海鸥"})");

    Result<std::string> perform(const Caller& by, std::string_view verb, const std::string& arguments) const
    {
        return write(by, [&](Work& work) -> Result<std::string> {
            const auto& boats = work.desk.catalogue->at("boat");
            const auto& def = *verb_of(boats, verb);
            TRY(const auto read, read_arguments(work.desk, boats, def, boost::json::parse(arguments)));
            TRY(const auto now, engine->records().perform(work, boats, boat, {}, def, read));
            return std::to_string(now.version());
        });
    }
    Result<std::string> lock(Id by, const std::string& reason = "审计") const { return perform(as(by), "lock", R"({"reason":")" + reason + "\"}"); }
    Result<std::string> unlock(Id by) const { return perform(as(by), "unlock", R"({"reason":"查完了"})"); }
    Result<std::string> rename(const Caller& by) const
    {
        return write(by, [&](Work& work) -> Result<std::string> {
            const auto& boats = work.desk.catalogue->at("boat");
            CHECK_OK(engine->records().change(work, boats, boat, {}, {{*boats.slot("name"), std::string{"燕鸥"}}}));
            return std::string{};
        });
    }
    Result<std::string> remove(Id by) const
    {
        return write(as(by), [&](Work& work) -> Result<std::string> {
            CHECK_OK(engine->records().remove(work, work.desk.catalogue->at("boat"), boat, {}));
            return std::string{};
        });
    }
    std::size_t listed(Id by, std::string_view filter = "id in locked()") const { return testing_fleet::rows(*list(by, "boats", {.filter = std::string{filter}})); }
    std::string answer(Id by) const
    {
        const auto desk = engine->desk(as(by));
        auto view = engine->store().read();
        return *lock_answer(*view, *desk, engine->records(), desk->catalogue->at("boat"), boat);
    }
    std::string why(Id by) const
    {
        const auto desk = engine->desk(as(by));
        auto view = engine->store().read();
        const auto& boats = desk->catalogue->at("boat");
        return why_answer(*view, *desk, boats, *view->find(boats, boat));
    }
};

std::string code(const Result<std::string>& result) { return result ? "" : result.error()[0].code; }

TEST("a locked record is changed by nobody, whoever he is and by whatever verb, until one who may unlocks it")
{
    const LockFleet fleet;
    EXPECT_EQ(code(fleet.lock(fleet.captain)), "forbidden") << "his own boat, and not his right";
    EXPECT_EQ(code(fleet.lock(fleet.clerk)), "forbidden");
    EXPECT_EQ(code(fleet.lock(fleet.other)), "not_found");
    EXPECT_EQ(fleet.listed(fleet.captain), 0U);
    ASSERT_TRUE(fleet.lock(fleet.admiral));

    const auto head = fleet.engine->store().read()->head();
    const auto refused = fleet.rename(LockFleet::as(fleet.captain));
    ASSERT_EQ(code(refused), "record_locked");
    EXPECT_EQ(refused.error()[0].args.at("by"), "阿德");
    EXPECT_EQ(refused.error()[0].args.at("reason"), "审计");
    const std::pair<const char*, Result<std::string>> tries[] = {
        {"an administrator", fleet.rename(LockFleet::as(fleet.admiral))},
        {"the system", fleet.rename(LockFleet::system())},
        {"a colleague who edits all", fleet.rename(LockFleet::as(fleet.clerk))},
        {"to the bin", fleet.remove(fleet.captain)},
        {"to another owner", fleet.perform(LockFleet::as(fleet.admiral), "hand_over", R"({"owner":")" + to_string(fleet.other) + "\"}")},
        {"a verb of its own", fleet.perform(LockFleet::as(fleet.captain), "sink", R"({"reason":"x"})")},
        {"locked again", fleet.lock(fleet.admiral, "另一个")},
    };
    for (const auto& [name, result] : tries) EXPECT_EQ(code(result), "record_locked") << name;
    EXPECT_EQ(code(fleet.unlock(fleet.captain)), "forbidden");
    EXPECT_EQ(fleet.engine->store().read()->head(), head) << "nothing was written";
    EXPECT_TRUE(fleet.create(fleet.captain, "visit", R"({"name":"到港","boat":")" + to_string(fleet.boat) + "\"}")) << "what belongs to it is its own";

    EXPECT_EQ(fleet.listed(fleet.captain), 1U);
    EXPECT_EQ(fleet.listed(fleet.captain, "id not in locked()"), 0U);
    EXPECT_EQ(fleet.listed(fleet.other), 0U) << "who does not see it does not see that it is locked";
    EXPECT_NE(fleet.answer(fleet.captain).find(R"("reason":"审计"},"may":false})"), std::string::npos) << fleet.answer(fleet.captain);
    EXPECT_NE(fleet.why(fleet.captain).find(R"({"code":"why_locked_by","level":"read","say":"阿德将它锁定，只能查看"})"), std::string::npos) << fleet.why(fleet.captain);
    EXPECT_EQ(fleet.why(fleet.captain).find(R"({"level":"read")"), 0U);

    ASSERT_TRUE(fleet.unlock(fleet.admiral));
    EXPECT_EQ(fleet.answer(fleet.admiral), R"({"lock":null,"may":true})");
    EXPECT_EQ(fleet.listed(fleet.captain), 0U);
    EXPECT_TRUE(fleet.rename(LockFleet::as(fleet.captain)));
    const auto after = fleet.engine->store().read()->head();
    EXPECT_TRUE(fleet.unlock(fleet.admiral)) << "unlocked already";
    EXPECT_EQ(fleet.engine->store().read()->head(), after);

    std::string told;
    for (const auto& event : fleet.timeline(fleet.captain, "boat", fleet.boat)->at("data").as_array())
        if (event.at("object").as_string() == "boat") told += std::string{event.at("verb").as_string()} + " " + (event.at("reason").is_string() ? std::string{event.at("reason").as_string()} : std::string{}) + "\n";
    EXPECT_EQ(told, "changed \nunlocked 查完了\nlocked 审计\ncreated \n");
}

TEST("what was queued behind a lock finds it, and a lock outlives the server")
{
    LockFleet fleet;
    std::string behind = "?";
    const auto& engine = fleet.engine;
    engine->write(LockFleet::as(fleet.admiral), [&](Work& work) -> Result<std::string> {
        const auto& boats = work.desk.catalogue->at("boat");
        TRY(const auto read, read_arguments(work.desk, boats, lock_verb(), boost::json::parse(R"({"reason":"审计"})")));
        CHECK_OK(engine->records().perform(work, boats, fleet.boat, {}, lock_verb(), read));
        return std::string{};
    }, [](const Result<std::string>&, const std::exception_ptr&) {});
    engine->write(LockFleet::as(fleet.captain), [&](Work& work) -> Result<std::string> {
        const auto& boats = work.desk.catalogue->at("boat");
        CHECK_OK(engine->records().change(work, boats, fleet.boat, {}, {{*boats.slot("name"), std::string{"燕鸥"}}}));
        return std::string{};
    }, [&](const Result<std::string>& result, const std::exception_ptr&) { behind = code(result); });
    engine->settle();
    EXPECT_EQ(behind, "record_locked");
    fleet.open();
    EXPECT_EQ(fleet.listed(fleet.captain), 1U);
    EXPECT_EQ(code(fleet.rename(LockFleet::as(fleet.captain))), "record_locked");
}

TEST("an import leaves out what is locked and says of the row who locked it and why, in a trial too")
{
    const LockFleet fleet;
    const auto coded = *fleet.create(fleet.captain, "boat", R"({"name":"信天翁","code":"B2"})");
    ASSERT_TRUE(fleet.change(fleet.captain, "boat", fleet.boat, {}, R"({"code":"B1"})"));
    ASSERT_TRUE(fleet.lock(fleet.admiral));
    const auto file = fleet.directory / "boats.csv";
    std::ofstream(file, std::ios::binary) << "Boat No,Name\nB1,新\nB2,新\n";
    constexpr auto plan = R"(
name: Fleet
objects:
  - {file: boats.csv, object: boat, key: [code], on_duplicate: update, columns: {Boat No: code, Name: name}}
)";
    for (const auto mode : {ImportMode::dry_run, ImportMode::real}) {
        const auto import = run_import(*fleet.engine, LockFleet::as(fleet.admiral), {.plan = plan, .files = {{"boats.csv", file}}, .mode = mode});
        ASSERT_TRUE(import) << import.error()[0].code;
        EXPECT_EQ(import->progress.counts(), (ImportCounts{.updated = 1, .refused = 1}));
        ASSERT_EQ(import->progress.problems.size(), 1U);
        EXPECT_EQ(import->progress.problems[0].problem.code, "record_locked");
        EXPECT_EQ(import->progress.problems[0].problem.args.at("by") + import->progress.problems[0].problem.args.at("reason"), "阿德审计");
    }
    EXPECT_EQ(fleet.listed(fleet.captain, "name = \"新\" and id = \"" + to_string(coded) + "\""), 1U);
    EXPECT_EQ(fleet.listed(fleet.captain, "name = \"海鸥\""), 1U);
}

TEST("many are locked and unlocked at once, and a change of many says for what reason it left some out")
{
    const LockFleet fleet;
    const auto second = *fleet.create(fleet.captain, "boat", R"({"name":"信天翁"})");
    const auto run = [&](Id by, const std::string& deed) {
        const auto tally = try_bulk(*fleet.engine, LockFleet::as(by), "boats", boost::json::parse(R"({"ids":[")" + to_string(fleet.boat) + R"(",")" + to_string(second) + R"("],)" + deed + "}"));
        return *tally;
    };
    EXPECT_EQ(run(fleet.admiral, R"("verb":{"name":"lock","arguments":{"reason":"月结"}})").refused.size(), 0U);
    ASSERT_TRUE(fleet.lock(fleet.admiral));
    const auto changed = run(fleet.captain, R"("change":{"phone":"1"})");
    ASSERT_EQ(changed.refused.size(), 1U);
    EXPECT_EQ(changed.refused[0].count, 1);
    EXPECT_EQ(changed.refused[0].problem.code, "record_locked");
    EXPECT_EQ(changed.refused[0].problem.args.at("reason"), "审计");
    EXPECT_EQ(run(fleet.admiral, R"("verb":{"name":"unlock","arguments":{"reason":"月结完"}})").refused.size(), 0U) << "a trial: nothing is unlocked";
    EXPECT_EQ(fleet.listed(fleet.captain), 1U);
}

}  // namespace
}  // namespace shangdao::engine
