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
    Result<Id> begin(Id by, std::string_view body)
    {
        TRY(const auto id, write(as(by), [&](Work& work) -> Result<std::string> {
            TRY(const auto job, begin_bulk(work, "boats", said(body)));
            return to_string(job);
        }));
        return *parse_id(id);
    }
    json::value job(Id id) const
    {
        const auto view = engine->store().read();
        const auto& jobs = engine->store().catalogue()->at("job");
        return boost::json::parse(job_answer(*view->find(jobs, id), engine->clock().now()));
    }
    // The finished job as its owner reads it.
    json::value run(Id by, std::string_view body)
    {
        const auto id = begin(by, body);
        if (!id) return {{"refused", id.error()[0].code}};
        engine->jobs().run_to_end(*id);
        return job(*id);
    }
    // What the undo of a finished job did, or the code of its refusal.
    std::string undo(Id by, const json::value& done)
    {
        const auto id = write(as(by), [&](Work& work) -> Result<std::string> {
            TRY(const auto undoing, begin_bulk_undo(work, *parse_id(done.at("id").as_string())));
            return to_string(undoing);
        });
        if (!id) return id.error()[0].code;
        engine->jobs().run_to_end(*parse_id(*id));
        const auto undone = job(*parse_id(*id));
        if (undone.at("state").as_string() != "done") return boost::json::serialize(undone);
        const auto& result = undone.at("result");
        const auto count = [&](const char* name) { return std::to_string(result.at(name).to_number<int>()); };
        return "removed " + count("removed") + ", restored " + count("restored") + ", kept " + count("kept");
    }
    std::int64_t head() const { return engine->store().read()->head(); }
    std::size_t seen(Id by, const std::string& filter) const { return rows(*list(by, "boats", {.filter = filter, .limit = 1000})); }
};

TEST("every record may have a change of its own; what is wrong is said record by record, and all of it is taken back")
{
    Yard yard;
    const auto list = *yard.list(yard.captain, "boats", {.sort = "name"});
    const auto id = [&](std::size_t at) { return std::string{list.at("data").at(at).at("id").as_string()}; };
    const auto theirs = std::string{yard.list(yard.other, "boats", {})->at("data").at(0).at("id").as_string()};
    const auto body = R"({"each":{")" + id(0) + R"(":{"phone":"010-1"},")" + id(1) + R"(":{"phone":"010-2","price":"12.50"},")" + id(2) + R"(":{"name":""},")" + id(3) + R"(":{"price":"many"},")" +
                      theirs + R"(":{"phone":"010-3"}}})";
    const auto before = yard.head();
    const auto tried = try_bulk(*yard.engine, Fleet::as(yard.captain), "boats", said(body));
    ASSERT_TRUE(tried) << tried.error()[0].code;
    EXPECT_EQ(tried->matched, 5);
    EXPECT_EQ(tried->changed, 2);
    std::map<std::string, std::string> kept;
    for (const auto& [record, problems] : tried->kept) kept[to_string(record)] = problems[0].code + " " + problems[0].field;
    EXPECT_EQ(kept, (std::map<std::string, std::string>{{id(2), "required name"}, {id(3), "invalid_value price"}, {theirs, "not_found boat"}}));
    EXPECT_EQ(yard.head(), before);

    const auto done = yard.run(yard.captain, body);
    EXPECT_EQ(done.at("result").at("changed").to_number<int>(), 2);
    EXPECT_EQ(yard.seen(yard.captain, "phone = \"010-1\" or price = 12.5"), 2U);
    EXPECT_EQ(yard.seen(yard.other, "phone is null"), 1U);
    EXPECT_EQ(yard.undo(yard.captain, done), "removed 0, restored 2, kept 0");
    EXPECT_EQ(yard.seen(yard.captain, "phone is null and price is null"), 5U);

    for (const auto* wrong : {R"({"each":{}})", R"({"each":[]})", R"({"each":{"x":{}}})", R"({"each":{"1":{}},"ids":["1"]})", R"({"each":{"1":{}},"change":{}})"})
        EXPECT_FALSE(try_bulk(*yard.engine, Fleet::as(yard.captain), "boats", said(wrong))) << wrong;
}

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

TEST("the records of a job are those matched when it began")
{
    Yard yard;
    yard.write(Fleet::as(yard.captain), [&](Work& work) -> Result<std::string> {
        const auto& boats = work.desk.catalogue->at("boat");
        for (int i = 0; i < 700; ++i) CHECK_OK(yard.engine->records().create(work, boats, {{*boats.slot("name"), "筏" + std::to_string(i)}}));
        return std::string{};
    });
    const auto id = yard.begin(yard.captain, R"({"filter":"phone is null","change":{"phone":"010-3"}})");
    ASSERT_TRUE(id);
    yard.engine->jobs().run_steps(*id, 1);
    EXPECT_EQ(yard.seen(yard.captain, "phone = \"010-3\""), 500U);
    ASSERT_TRUE(yard.create(yard.captain, "boat", R"({"name":"迟来"})"));
    yard.open();   // a process that was killed goes on with the same records
    yard.engine->jobs().run_to_end(*id);
    EXPECT_EQ(yard.job(*id).at("result").at("changed").to_number<int>(), 705);
    EXPECT_EQ(yard.job(*id).at("result").at("matched").to_number<int>(), 705);
    EXPECT_EQ(yard.seen(yard.captain, "phone is null"), 1U);
}

TEST("many are locked at once and unlocked by the undo, but for one that somebody else locked since")
{
    Yard yard;
    const auto first = std::string{yard.list(yard.captain, "boats", {.sort = "name"})->at("data").at(0).at("id").as_string()};
    const auto done = yard.run(yard.admiral, R"({"filter":"owner = \")" + to_string(yard.captain) + R"(\"","verb":{"name":"lock","arguments":{"reason":"月结"}}})");
    EXPECT_EQ(done.at("result").at("changed").to_number<int>(), 5) << boost::json::serialize(done);
    EXPECT_EQ(yard.seen(yard.captain, "id in locked()"), 5U);
    const auto refused = yard.run(yard.captain, R"({"filter":"","change":{"phone":"1"}})");
    EXPECT_EQ(refused.at("result").at("changed").to_number<int>(), 0);
    EXPECT_NE(boost::json::serialize(refused).find("月结"), std::string::npos) << "why, for all of them";
    const auto one = [&](const std::string& verb, const std::string& reason) { return yard.run(yard.admiral, R"({"ids":[")" + first + R"("],"verb":{"name":")" + verb + R"(","arguments":{"reason":")" + reason + "\"}}}"); };
    one("unlock", "另查");
    one("lock", "另查");
    EXPECT_EQ(yard.undo(yard.admiral, done), "removed 0, restored 4, kept 1");
    EXPECT_EQ(yard.seen(yard.captain, "id in locked()"), 1U);
    const auto unlocked = one("unlock", "查完");
    EXPECT_EQ(yard.undo(yard.admiral, unlocked), "removed 0, restored 1, kept 0");
    EXPECT_EQ(yard.seen(yard.captain, "id in locked()"), 1U);
}

TEST("an undo puts old values back where nobody changed them since, once")
{
    Yard yard;
    const auto first = *yard.list(yard.captain, "boats", {.filter = "name = \"艇0\""});
    const auto boat = *parse_id(first.at("data").at(0).at("id").as_string());
    ASSERT_TRUE(yard.change(yard.captain, "boat", boat, {}, R"({"phone":"010-0"})"));
    const auto done = yard.run(yard.captain, R"({"filter":"","change":{"phone":"010-4"}})");
    EXPECT_TRUE(done.at("result").at("undo").as_bool());
    ASSERT_TRUE(yard.change(yard.captain, "boat", *parse_id(yard.list(yard.captain, "boats", {.filter = "name = \"艇1\""})->at("data").at(0).at("id").as_string()), {}, R"({"phone":"010-5"})"));
    EXPECT_EQ(yard.undo(yard.other, done), "not_found");
    EXPECT_EQ(yard.undo(yard.captain, done), "removed 0, restored 4, kept 1");
    EXPECT_EQ(yard.seen(yard.captain, "phone = \"010-0\" and name = \"艇0\""), 1U);
    EXPECT_EQ(yard.seen(yard.captain, "phone = \"010-5\" and name = \"艇1\""), 1U);
    EXPECT_EQ(yard.seen(yard.captain, "phone is null"), 3U);
    EXPECT_EQ(yard.undo(yard.captain, done), "already_undone");
}

TEST("removals, restorings, hand-overs and verbs are taken back")
{
    Yard yard;
    const auto removed = yard.run(yard.captain, R"({"filter":"","verb":{"name":"delete"}})");
    EXPECT_EQ(yard.seen(yard.captain, ""), 0U);
    EXPECT_EQ(yard.undo(yard.captain, removed), "removed 0, restored 5, kept 0");
    EXPECT_EQ(yard.seen(yard.captain, ""), 5U);
    yard.run(yard.captain, R"({"filter":"name = \"艇0\"","verb":{"name":"delete"}})");
    const auto restored = yard.run(yard.captain, R"({"filter":"","verb":{"name":"restore"}})");
    EXPECT_EQ(yard.undo(yard.captain, restored), "removed 1, restored 0, kept 0");
    const auto handed = yard.run(yard.admiral, R"({"filter":"name contains \"艇\"","verb":{"name":"hand_over","arguments":{"owner":")" + to_string(yard.other) + "\"}}}");
    EXPECT_EQ(yard.seen(yard.other, "name contains \"艇\""), 4U);
    EXPECT_EQ(yard.undo(yard.admiral, handed), "removed 0, restored 4, kept 0");
    EXPECT_EQ(yard.seen(yard.captain, ""), 4U);
    const auto sunk = yard.run(yard.captain, R"({"filter":"","verb":{"name":"sink","arguments":{"reason":"触礁"}}})");
    EXPECT_TRUE(sunk.at("result").at("undo").as_bool());
    EXPECT_EQ(yard.seen(yard.captain, "state = \"sunk\""), 4U);
    EXPECT_EQ(yard.undo(yard.captain, sunk), "removed 0, restored 4, kept 0");
    EXPECT_EQ(yard.seen(yard.captain, "state = \"docked\""), 4U);
    const auto waiting = yard.begin(yard.captain, R"({"filter":"","change":{"phone":"1"}})");
    EXPECT_EQ(yard.undo(yard.captain, yard.job(*waiting)), "job_unended");
}

TEST("a trial knows what its earlier chunks took and gave up")
{
    Yard yard;
    const auto rafts = [&](int n) {
        yard.write(Fleet::as(yard.captain), [&](Work& work) -> Result<std::string> {
            const auto& boats = work.desk.catalogue->at("boat");
            for (int i = 0; i < n; ++i) CHECK_OK(yard.engine->records().create(work, boats, {{*boats.slot("name"), "筏" + std::to_string(i)}}));
            return std::string{};
        });
    };
    const auto twice = [&](std::string_view body) {
        const auto tried = try_bulk(*yard.engine, Fleet::as(yard.captain), "boats", said(body));
        EXPECT_TRUE(tried);
        const auto result = yard.run(yard.captain, body).at("result");
        EXPECT_EQ(tried->matched, result.at("matched").to_number<int>());
        EXPECT_EQ(tried->changed, result.at("changed").to_number<int>());
        EXPECT_EQ(std::ssize(tried->refused), std::ssize(result.at("refused").as_array()));
        for (std::size_t i = 0; i < tried->refused.size(); ++i) {
            EXPECT_EQ(tried->refused[i].problem.code, result.at("refused").at(i).at("code").as_string());
            EXPECT_EQ(tried->refused[i].count, result.at("refused").at(i).at("count").to_number<int>());
        }
        return tried->changed;
    };
    ASSERT_TRUE(yard.create(yard.captain, "boat", R"({"name":"老大","code":"K"})"));
    yard.run(yard.captain, R"({"filter":"code = \"K\"","verb":{"name":"delete"}})");
    rafts(1'300);
    ASSERT_TRUE(yard.create(yard.captain, "boat", R"({"name":"老二","code":"K"})"));
    EXPECT_EQ(twice(R"({"filter":"name contains \"筏\"","change":{"code":"Z1"}})"), 1) << "equal keys, a chunk apart";
    EXPECT_EQ(twice(R"({"filter":"","verb":{"name":"delete"}})"), 1'306);
    EXPECT_EQ(twice(R"({"filter":"","verb":{"name":"restore"}})"), 1'306) << "one of the two that had the same key";
}

TEST("a hand-over to the present owner changes nothing")
{
    Yard yard;
    const auto before = yard.head();
    const auto body = R"({"filter":"","verb":{"name":"hand_over","arguments":{"owner":")" + to_string(yard.captain) + "\"}}}";
    EXPECT_EQ(try_bulk(*yard.engine, Fleet::as(yard.captain), "boats", said(body))->changed, 0);
    const auto done = yard.run(yard.captain, body);
    EXPECT_EQ(done.at("result").at("matched").to_number<int>(), 5);
    EXPECT_EQ(done.at("result").at("changed").to_number<int>(), 0);
    EXPECT_FALSE(done.at("result").at("undo").as_bool());
    EXPECT_EQ(yard.head(), before);
}

TEST("a job cancelled in the middle keeps whole chunks, tells how far it came, and can be taken back")
{
    Yard yard;
    yard.write(Fleet::as(yard.captain), [&](Work& work) -> Result<std::string> {
        const auto& boats = work.desk.catalogue->at("boat");
        for (int i = 0; i < 1'200; ++i) CHECK_OK(yard.engine->records().create(work, boats, {{*boats.slot("name"), "筏" + std::to_string(i)}}));
        return std::string{};
    });
    const auto id = *yard.begin(yard.captain, R"({"filter":"","change":{"phone":"010-8"}})");
    yard.engine->jobs().run_steps(id, 2);
    ASSERT_TRUE(yard.write(Fleet::as(yard.captain), [&](Work& work) -> Result<std::string> {
        CHECK_OK(Jobs::cancel(work, id));
        return std::string{};
    }));
    EXPECT_EQ(yard.undo(yard.captain, yard.job(id)), "job_unended") << "the runner has not seen it yet";
    yard.engine->jobs().run_to_end(id);
    const auto job = yard.job(id);
    EXPECT_EQ(job.at("state").as_string(), "cancelled");
    EXPECT_EQ(job.at("progress").at("done").to_number<int>(), 1'000);
    EXPECT_EQ(yard.seen(yard.admiral, "phone = \"010-8\""), 1'000U);
    EXPECT_EQ(yard.undo(yard.captain, job), "removed 0, restored 1000, kept 0");
    EXPECT_EQ(yard.seen(yard.admiral, "phone = \"010-8\""), 0U);
}

TEST("what a job did can be taken back for seven days")
{
    Yard yard;
    const auto done = yard.run(yard.captain, R"({"filter":"","change":{"phone":"010-9"}})");
    const auto late = yard.run(yard.captain, R"({"filter":"","change":{"phone":"010-10"}})");
    EXPECT_EQ(late.at("undo_until").as_string(), to_string(Instant{parse_instant(late.at("finished_at").as_string())->us + 7LL * 24 * 3'600 * 1'000'000}));
    yard.clock.set(*parse_instant(late.at("undo_until").as_string()));
    EXPECT_TRUE(yard.job(*parse_id(late.at("id").as_string())).at("result").at("undo").as_bool());
    EXPECT_EQ(yard.undo(yard.captain, late), "removed 0, restored 5, kept 0");
    yard.clock.set(Instant{yard.clock.now().us + 1});
    const auto now = yard.job(*parse_id(done.at("id").as_string()));
    EXPECT_TRUE(now.at("undo_until").is_null());
    EXPECT_FALSE(now.at("result").at("undo").as_bool());
    EXPECT_EQ(yard.undo(yard.captain, done), "undo_expired");
    EXPECT_EQ(yard.seen(yard.captain, "phone = \"010-9\""), 5U);
    EXPECT_EQ(yard.undo(yard.captain, late), "already_undone");
}

TEST("who sees 3 of 100 records changes 3, and of a hidden field not even its name")
{
    Yard yard;
    for (int i = 0; i < 97; ++i) ASSERT_TRUE(yard.create(yard.other, "boat", R"({"name":"鲸)" + std::to_string(i) + R"(","secret_note":"宝藏","phone":"13800138000"})"));
    yard.run(yard.captain, R"({"filter":"name = \"艇0\" or name = \"艇1\"","verb":{"name":"delete"}})");
    std::string ids;
    const auto everyone = *yard.list(yard.admiral, "boats", {.limit = 1000});
    for (const auto& boat : everyone.at("data").as_array()) ids += (ids.empty() ? "" : ",") + boost::json::serialize(boat.at("id"));
    const auto mine = yard.run(yard.captain, R"({"filter":"","change":{"phone":"010-6"}})");
    EXPECT_EQ(mine.at("result").at("matched").to_number<int>(), 3);
    const auto named = yard.run(yard.captain, R"({"ids":[)" + ids + R"(],"change":{"phone":"010-7"}})");
    EXPECT_EQ(named.at("result").at("changed").to_number<int>(), 3);
    EXPECT_EQ(named.at("result").at("refused").at(0).at("code").as_string(), "not_found");
    EXPECT_EQ(named.at("result").at("refused").at(0).at("count").to_number<int>(), 98);
    EXPECT_EQ(yard.seen(yard.admiral, "phone = \"010-7\""), 3U);
    struct Row { std::string_view body, code; };
    const Row table[] = {
        {R"({"filter":"","change":{"secret_note":"x"}})", "unknown_field"},
        {R"({"filter":"secret_note = \"宝藏\"","change":{"code":null}})", "formula_unknown_name"},
        {R"({"filter":"","change":{"phone":"1"}})", "read_only_field"},
        {R"({"filter":"","change":{"built_on":"2020-01-01"}})", "read_only_field"},
    };
    for (const auto& row : table) EXPECT_EQ(yard.run(yard.clerk, row.body).at("refused").as_string(), row.code) << row.body;
}

}  // namespace
}  // namespace shangdao::engine
