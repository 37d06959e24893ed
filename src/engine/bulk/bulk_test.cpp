// Many records at once: each judged alone, the trial leaves no trace, the job tells what it did.
#include "engine/bulk/bulk.h"

#include "base/testing.h"

#include "engine/testing_fleet.h"

namespace shangdao::engine {
namespace {

namespace json = boost::json;
using testing_fleet::Fleet;
using testing_fleet::rows;

json::value said(std::string_view text) { return boost::json::parse(text); }

struct Yard : Fleet {
    Yard()
    {
        for (int i = 0; i < 5; ++i) create(captain, "boat", R"({"name":"艇)" + std::to_string(i) + R"(","code":"C)" + std::to_string(i) + "\"}");
        create(other, "boat", R"({"name":"白鲸"})");
    }
    // The finished job as its owner reads it.
    json::value run(Id by, std::string_view body)
    {
        const auto id = write(as(by), [&](Work& work) -> Result<std::string> {
            TRY(const auto job, begin_bulk(work, "boats", said(body)));
            return to_string(job);
        });
        if (!id) return {{"refused", id.error()[0].code}};
        engine->jobs().run_to_end(*parse_id(*id));
        const auto view = engine->store().read();
        const auto& jobs = engine->store().catalogue()->at("job");
        return boost::json::parse(job_answer(*view->find(jobs, *parse_id(*id)), jobs));
    }
    std::int64_t head() const { return engine->store().read()->head(); }
    std::size_t seen(Id by, const std::string& filter) const { return rows(*list(by, "boats", {.filter = filter, .limit = 1000})); }
};

TEST("a trial counts what would change and what would not, and changes nothing")
{
    Yard yard;
    const auto before = yard.head();
    const auto tally = try_bulk(*yard.engine, Fleet::as(yard.captain), "boats", said(R"({"filter":"name contains \"艇\"","change":{"phone":"010-1"}})"));
    ASSERT_TRUE(tally);
    EXPECT_EQ(tally->matched, 5);
    EXPECT_EQ(tally->changed, 5);
    const auto taken = try_bulk(*yard.engine, Fleet::as(yard.captain), "boats", said(R"({"filter":"","change":{"code":"Z1"}})"));
    ASSERT_TRUE(taken);
    EXPECT_EQ(taken->changed, 1);
    ASSERT_EQ(taken->refused.size(), 1U);
    EXPECT_EQ(taken->refused[0].problem.code, "duplicate_key");
    EXPECT_EQ(taken->refused[0].count, 4);
    EXPECT_EQ(yard.head(), before);
    EXPECT_EQ(yard.seen(yard.captain, "code = \"Z1\""), 0U);
}

TEST("a job changes what its owner sees, in one event, and says how many")
{
    Yard yard;
    const auto before = yard.head();
    const auto job = yard.run(yard.captain, R"({"filter":"","change":{"phone":"010-1"}})");
    EXPECT_EQ(job.at("state").as_string(), "done");
    EXPECT_EQ(job.at("progress").at("done").to_number<int>(), 5);
    EXPECT_EQ(job.at("result").at("changed").to_number<int>(), 5);
    EXPECT_EQ(yard.head(), before + 1);
    EXPECT_EQ(yard.seen(yard.admiral, "phone = \"010-1\""), 5U);
}

TEST("a verb and a removal run over many records as over one")
{
    Yard yard;
    EXPECT_EQ(yard.run(yard.captain, R"({"filter":"","verb":{"name":"sink","arguments":{"reason":"触礁"}}})").at("result").at("changed").to_number<int>(), 5);
    EXPECT_EQ(yard.seen(yard.captain, "state = \"sunk\""), 5U);
    EXPECT_EQ(yard.run(yard.captain, R"({"filter":"name != \"艇0\"","verb":{"name":"delete"}})").at("result").at("changed").to_number<int>(), 4);
    EXPECT_EQ(yard.seen(yard.captain, ""), 1U);
    EXPECT_EQ(yard.run(yard.captain, R"({"q":"","verb":{"name":"restore"}})").at("result").at("changed").to_number<int>(), 4);
    EXPECT_EQ(yard.seen(yard.captain, ""), 5U);
}

TEST("more records than a step takes are all changed, each once")
{
    Yard yard;
    yard.write(Fleet::as(yard.captain), [&](Work& work) -> Result<std::string> {
        const auto& boats = work.desk.catalogue->at("boat");
        for (int i = 0; i < 1'200; ++i) CHECK_OK(yard.engine->records().create(work, boats, {{*boats.slot("name"), "筏" + std::to_string(i)}}));
        return std::string{};
    });
    // The change takes the records out of the filter that found them.
    const auto job = yard.run(yard.captain, R"({"filter":"phone is null","change":{"phone":"010-2"}})");
    EXPECT_EQ(job.at("result").at("changed").to_number<int>(), 1'205);
    EXPECT_EQ(job.at("progress").at("total").to_number<int>(), 1'205);
}

TEST("what cannot be asked of many records is refused before a job begins")
{
    Yard yard;
    struct Row { Id by; std::string body, code; };
    const Row table[] = {
        {yard.mate, R"({"filter":"","change":{"phone":"1"}})", "forbidden"},
        {yard.captain, R"({"change":{"phone":"1"}})", "required"},
        {yard.captain, R"({"filter":"","ids":["1"],"change":{"phone":"1"}})", "required"},
        {yard.captain, R"({"filter":""})", "required"},
        {yard.captain, R"({"filter":"","change":{}})", "required"},
        {yard.captain, R"({"ids":[],"change":{"phone":"1"}})", "required"},
        {yard.captain, R"({"ids":["x"],"change":{"phone":"1"}})", "invalid_value"},
        {yard.captain, R"({"filter":"","change":{"colour":"red"}})", "unknown_field"},
        {yard.captain, R"({"filter":"","change":{"state":"sunk"}})", "read_only_field"},
        {yard.captain, R"({"filter":"","chnge":{"phone":"1"}})", "unknown_field"},
        {yard.captain, R"({"filter":"","verb":{"name":"fly"}})", "unknown_verb"},
        {yard.captain, R"({"filter":"","verb":{"name":"sink"}})", "required"},
    };
    const auto before = yard.head();
    for (const auto& row : table) EXPECT_EQ(yard.run(row.by, row.body).at("refused").as_string(), row.code) << row.body;
    EXPECT_EQ(yard.head(), before);
    // Another's record counts as not there.
    const auto others = *yard.list(yard.other, "boats", {});
    const auto tally = try_bulk(*yard.engine, Fleet::as(yard.captain), "boats", said(R"({"ids":[)" + boost::json::serialize(others.at("data").at(0).at("id")) + R"(],"change":{"phone":"1"}})"));
    ASSERT_TRUE(tally);
    EXPECT_EQ(tally->refused.at(0).problem.code, "not_found");
}

}  // namespace
}  // namespace shangdao::engine
