// Who is told of what, and who is not.
#include "engine/notifications.h"

#include "base/testing.h"

#include "engine/day_news.h"
#include "engine/expressions.h"
#include "engine/preferences.h"
#include "engine/testing_fleet.h"

namespace shangdao::engine {
namespace {

using testing_fleet::Fleet;

struct Post : Fleet {
    boost::json::value inbox(Id of, NotificationRequest request = {}) const
    {
        const auto desk = engine->desk(as(of));
        auto view = engine->store().read();
        return boost::json::parse(notifications_answer(*view, *desk, request));
    }
    // "assigned 阿德 boat 海鸥", one a line.
    std::string told(Id of) const
    {
        std::string lines;
        const auto answer = inbox(of);
        for (const auto& one : answer.at("data").as_array()) {
            const auto& record = one.at("record");
            const auto& by = one.at("by");
            lines += std::string{one.at("reason").as_string()} + ' ' + (by.is_null() ? "-" : std::string{by.at("name").as_string()}) + ' ' + std::string{one.at("object").as_string()} + ' ' +
                     (record.is_null() ? std::to_string(one.at("count").to_number<int>()) : std::string{record.at("name").as_string()}) + '\n';
        }
        return lines;
    }
    Result<std::string> hand_over(Id by, Id boat, Id owner) const
    {
        return write(as(by), [&](Work& work) -> Result<std::string> {
            const auto& boats = work.desk.catalogue->at("boat");
            TRY(const auto current, engine->records().visible(work.unit, work.desk, boats, boat));
            CHECK_OK(engine->records().hand_over(work, boats, current, owner, {}));
            return std::string{};
        });
    }
    Result<std::string> read(Id by, std::optional<std::vector<Id>> ids) const
    {
        return write(as(by), [&](Work& work) -> Result<std::string> {
            TRY(const auto marked, mark_read(work, ids));
            return std::to_string(marked);
        });
    }
};

TEST("whoever is given a record is told by whom; whoever takes it is not")
{
    Post post;
    const auto boat = post.create(post.admiral, "boat", R"({"name":"海鸥"})");
    EXPECT_EQ(post.told(post.admiral), "");
    ASSERT_TRUE(post.hand_over(post.admiral, *boat, post.captain));
    ASSERT_TRUE(post.create(post.admiral, "boat", R"({"name":"燕鸥","owner":")" + to_string(post.captain) + R"("})"));
    ASSERT_TRUE(post.change(post.admiral, "boat", *boat, {}, R"({"phone":"010-1"})"));
    EXPECT_EQ(post.told(post.captain), "assigned 阿德 boat 燕鸥\nassigned 阿德 boat 海鸥\n");
    EXPECT_EQ(post.told(post.mate), "");
    ASSERT_TRUE(post.hand_over(post.admiral, *boat, post.mate));
    EXPECT_EQ(post.told(post.captain), "assigned 阿德 boat 燕鸥\n") << "it is another's now";
    EXPECT_EQ(post.told(post.mate), "assigned 阿德 boat 海鸥\n");
}

TEST("a mention tells once, and nobody of what he may not see")
{
    Post post;
    const auto at = [](Id id) { return "@[某人](" + to_string(id) + ")"; };
    const auto boat = post.create(post.captain, "boat", R"({"name":"海鸥","secret_note":"请)" + at(post.mate) + at(post.mate) + at(post.captain) + at(post.other) + R"(看"})");
    ASSERT_TRUE(boat);
    EXPECT_EQ(post.told(post.mate), "mentioned 凯普 boat 海鸥\n");
    EXPECT_EQ(post.told(post.captain), "");
    EXPECT_EQ(post.told(post.other), "");
    EXPECT_EQ(post.inbox(post.other).at("unread").as_int64(), 0);
    ASSERT_TRUE(post.change(post.captain, "boat", *boat, {}, R"({"secret_note":"再请)" + at(post.mate) + R"(看"})"));
    EXPECT_EQ(post.told(post.mate), "mentioned 凯普 boat 海鸥\n") << "he knew";
    EXPECT_EQ(mentioned_in("@[甲](12) @[乙] (13) @[丙](x) @[丁\n](14) @[](15) [戊](16) @[己](12)"), (std::vector{Id{12}, Id{15}}));
}

TEST("notifications are read, page by page, and read away by their owner alone")
{
    Post post;
    for (int i = 0; i < 5; ++i) ASSERT_TRUE(post.create(post.admiral, "boat", R"({"name":"船)" + std::to_string(i) + R"(","owner":")" + to_string(post.captain) + R"("})"));
    auto page = post.inbox(post.captain, {.limit = 2});
    EXPECT_EQ(page.at("unread").as_int64(), 5);
    std::vector<Id> ids;
    while (true) {
        for (const auto& one : page.at("data").as_array()) ids.push_back(*parse_id(one.at("id").as_string()));
        if (page.at("next").is_null()) break;
        page = post.inbox(post.captain, {.after = parse_id(page.at("next").as_string()), .limit = 2});
    }
    EXPECT_EQ(ids.size(), 5u);
    const auto foreign = post.read(post.mate, std::vector{ids[0]});
    ASSERT_FALSE(foreign);
    EXPECT_EQ(foreign.error().front().code, "not_found");
    EXPECT_EQ(post.read(post.captain, std::vector{ids[0], ids[1]}), "2");
    EXPECT_EQ(post.inbox(post.captain).at("unread").as_int64(), 3);
    EXPECT_EQ(testing_fleet::rows(post.inbox(post.captain, {.unread_only = true})), 3u);
    EXPECT_EQ(post.read(post.captain, {}), "3");
    EXPECT_EQ(post.read(post.captain, {}), "0");
    EXPECT_EQ(testing_fleet::rows(post.inbox(post.captain)), 5u);
    post.clock.advance(std::chrono::days{91});
    EXPECT_EQ(post.read(post.captain, {}), "0");
    EXPECT_EQ(testing_fleet::rows(post.inbox(post.captain)), 0u) << "what was read is forgotten after 90 days";
}

TEST("what a member does not want to be told, he is not; the others are")
{
    Post post;
    const auto off = post.write(Post::as(post.captain), [&](Work& work) -> Result<std::string> {
        CHECK_OK(set_preferences(work, post.engine->records(), boost::json::parse(R"({"notify.assigned":"off"})")));
        return std::string{};
    });
    ASSERT_TRUE(off);
    const auto captain = to_string(post.captain);
    const auto boat = post.create(post.admiral, "boat", R"x({"name":"海鸥","secret_note":"@[凯普]()x" + captain + R"x()","owner":")x" + captain + R"x("})x");
    ASSERT_TRUE(boat);
    EXPECT_EQ(post.told(post.captain), "mentioned 阿德 boat 海鸥\n");
    ASSERT_TRUE(post.hand_over(post.admiral, *boat, post.mate));
    EXPECT_EQ(post.told(post.mate), "assigned 阿德 boat 海鸥\n");
}

// One step, which takes as long as it is told to.
struct Works : Post {
    explicit Works(std::chrono::seconds takes, Step::State end)
    {
        engine->jobs().add_kind("knots", [this, takes, end](Engine&, const Desk&, const JobRow&) -> PlannedStep {
            clock.advance(takes);
            return {.step = {.state = end, .result = "{}", .problems = {{"job_broken", {}, {}}}}};
        });
    }
    std::string run(Id by)
    {
        const auto id = write(as(by), [](Work& work) -> Result<std::string> { return to_string(Jobs::enqueue(work, "knots", "{}")); });
        engine->jobs().run_to_end(*parse_id(*id));
        return told(by);
    }
};

TEST("long work tells its owner that it ended, short work only when it went wrong, and nobody else")
{
    {
        Works works(std::chrono::seconds{9}, Step::State::finished);
        EXPECT_EQ(works.run(works.captain), "");
    }
    {
        Works works(std::chrono::seconds{10}, Step::State::finished);
        EXPECT_EQ(works.run(works.captain), "job_done - job knots\n");
        EXPECT_EQ(works.told(works.admiral), "") << "an administrator sees the job, but it is not his";
    }
    {
        Works works(std::chrono::seconds{1}, Step::State::failed);
        EXPECT_EQ(works.run(works.captain), "job_failed - job knots\n");
    }
}

TEST("what a day brings is told once a day, together, and each owner of his own")
{
    Post post;
    const auto afloat = [&] {
        return tell_owners(*post.engine, {.object = "boat", .reason = "due", .where = [](const Object& boats, const formula::Moment& moment) { return field_is(boats, *boats.slot("built_on"), moment.today); }});
    };
    ASSERT_TRUE(post.create(post.captain, "boat", R"({"name":"海鸥","built_on":"2026-03-02"})"));
    ASSERT_TRUE(post.create(post.other, "boat", R"({"name":"燕鸥","built_on":"2026-03-02"})"));
    ASSERT_TRUE(post.create(post.other, "boat", R"({"name":"银鸥","built_on":"2026-03-02"})"));
    ASSERT_TRUE(post.create(post.mate, "boat", R"({"name":"鸥","built_on":"2026-03-03"})"));
    EXPECT_EQ(afloat(), 2);
    EXPECT_EQ(afloat(), 0);
    EXPECT_EQ(post.told(post.captain), "due - boat 海鸥\n");
    EXPECT_EQ(post.told(post.other), "due - boat 2\n");
    EXPECT_EQ(post.told(post.mate), "");
    EXPECT_EQ(post.told(post.admiral), "");
    post.clock.advance(std::chrono::hours{24});
    EXPECT_EQ(afloat(), 1);
    EXPECT_EQ(post.told(post.mate), "due - boat 鸥\n");
}

}  // namespace
}  // namespace shangdao::engine
