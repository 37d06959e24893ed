// A record's versions: who sees which fields of them, page by page, and how two differ.
#include "base/testing.h"

#include "engine/testing_fleet.h"

namespace shangdao::engine {
namespace {

using testing_fleet::Fleet;

struct Log : Fleet {
    Id boat;
    std::vector<std::int64_t> seqs;           // oldest first

    Log()
    {
        const auto north = *create(admiral, "harbour", R"({"name":"北港"})"),
                   south = *create(admiral, "harbour", R"({"name":"南港"})");
        boat = *create(captain, "boat",
                       R"({"name":"飞鱼","price":"5000","phone":"13800138000","harbour":")" + to_string(north) + "\"}");
        for (const auto& json : {std::string{R"({"price":"6000"})"},
                                 R"({"name":"飞鱼二","price":"7000","harbour":")" + to_string(south) + "\"}",
                                 std::string{R"({"phone":"13900139000"})"}, std::string{R"({"price":"5000"})"}})
            EXPECT_TRUE(change(captain, "boat", boat, std::nullopt, json));
        const auto all = *history(captain, "boat", boat);
        for (const auto& one : all.at("data").as_array()) seqs.insert(seqs.begin(), number(one.at("seq")));
    }
    static std::int64_t number(const boost::json::value& seq) { return std::stoll(std::string{seq.as_string()}); }
    // "name, price": the fields of a comparison or of all versions.
    static std::string named(const boost::json::value& list)
    {
        std::string names;
        for (const auto& one : list.as_array())
            names += (names.empty() ? "" : ", ") + std::string{one.at("field").as_string()};
        return names;
    }
};

TEST("the history of a field tells who made what of it, newest first, page by page")
{
    const Log log;
    ASSERT_EQ(log.seqs.size(), 5u);
    auto page = *log.history(log.captain, "boat", log.boat, {.field = "price", .limit = 3});
    ASSERT_EQ(testing_fleet::rows(page), 3u);
    EXPECT_EQ(
        boost::json::serialize(page.at("data").at(0).at("changes")),
        R"([{"field":"price","old":{"amount":"7000.00","currency":"CNY"},"new":{"amount":"5000.00","currency":"CNY"}}])");
    EXPECT_EQ(page.at("data").at(0).at("actor").at("name").as_string(), "凯普");
    page = *log.history(log.captain, "boat", log.boat,
                        {.field = "price", .before = Log::number(page.at("next")), .limit = 3});
    ASSERT_EQ(testing_fleet::rows(page), 1u);
    EXPECT_EQ(page.at("data").at(0).at("verb").as_string(), "created");
    EXPECT_TRUE(page.at("data").at(0).at("changes").at(0).at("old").is_null());
    EXPECT_TRUE(page.at("next").is_null());
}

TEST("two versions differ in what is not the same at both, in whatever order they are named")
{
    const Log log;
    const auto& seqs = log.seqs;
    EXPECT_EQ(Log::named(log.compare(log.captain, "boat", log.boat, seqs[0], seqs[4])->at("fields")),
              "name, harbour, phone")
        << "the price came back";
    const auto step = *log.compare(log.captain, "boat", log.boat, seqs[2], seqs[0]);
    EXPECT_EQ(Log::named(step.at("fields")), "name, price, harbour");
    EXPECT_EQ(step.at("from").at("verb").as_string(), "created");
    EXPECT_EQ(step.at("fields").at(1).at("from").at("amount").as_string(), "5000.00");
    EXPECT_EQ(step.at("fields").at(1).at("to").at("amount").as_string(), "7000.00");
    EXPECT_EQ(step.at("fields").at(2).at("to").at("name").as_string(), "南港");
    EXPECT_EQ(log.compare(log.captain, "boat", log.boat, seqs[1], seqs[1])->at("fields").as_array().size(), 0u);
    for (const auto& [from, to] : {std::pair{seqs[0], seqs[4] + 1}, std::pair{seqs[0] - 1, seqs[4]},
                                   std::pair{std::int64_t{0}, seqs[0]}, std::pair{std::int64_t{0}, std::int64_t{0}}})
        EXPECT_EQ(log.compare(log.captain, "boat", log.boat, from, to).error()[0].code, "invalid_value")
            << from << " to " << to;
}

TEST("history and comparison keep silent about hidden and masked fields, and about records one may not see")
{
    const Log log;
    const auto whole = [](const Result<boost::json::value>& answer) { return boost::json::serialize(*answer); };
    for (const auto& told : {whole(log.history(log.mate, "boat", log.boat)),
                             whole(log.compare(log.mate, "boat", log.boat, log.seqs[0], log.seqs[2]))}) {
        EXPECT_FALSE(told.contains("price") || told.contains("6000") || told.contains("7000")) << told;
        EXPECT_TRUE(told.contains("飞鱼二")) << told;
    }
    EXPECT_EQ(testing_fleet::rows(*log.history(log.mate, "boat", log.boat)), 3u)
        << "what changed nothing but the price is not there";
    for (const auto& [from, to] : {std::pair{log.seqs[0], log.seqs[1]}, std::pair{log.seqs[4], log.seqs[2]}})
        EXPECT_EQ(log.compare(log.mate, "boat", log.boat, from, to).error()[0].code, "invalid_value")
            << "a version whose news is hidden is none";
    EXPECT_EQ(log.history(log.mate, "boat", log.boat, {.field = "price"}).error()[0].code, "unknown_field");
    EXPECT_EQ(log.history(log.mate, "boat", log.boat, {.field = "prise"}).error()[0].code, "unknown_field");
    EXPECT_EQ(testing_fleet::rows(*log.history(log.clerk, "boat", log.boat, {.field = "phone"})), 0u);
    EXPECT_FALSE(whole(log.compare(log.clerk, "boat", log.boat, log.seqs[0], log.seqs[4])).contains("13900139000"));
    EXPECT_EQ(log.history(log.other, "boat", log.boat).error()[0].code, "not_found");
    EXPECT_EQ(log.compare(log.other, "boat", log.boat, log.seqs[0], log.seqs[1]).error()[0].code, "not_found");
}

TEST("a record once referred to is named only to whoever sees it")
{
    const Log log;
    const auto fog = *log.create(log.admiral, "harbour", R"({"name":"雾港"})");
    ASSERT_TRUE(log.change(log.captain, "boat", log.boat, std::nullopt, R"({"harbour":")" + to_string(fog) + "\"}"));
    EXPECT_EQ(log.history(log.captain, "boat", log.boat)
                  ->at("data")
                  .at(0)
                  .at("changes")
                  .at(0)
                  .at("new")
                  .at("name")
                  .as_string(),
              "雾港");
    EXPECT_TRUE(
        log.history(log.mate, "boat", log.boat)->at("data").at(0).at("changes").at(0).at("new").at("name").is_null())
        << "a harbour of the admiral is nothing to his mate";
}

}  // namespace
}  // namespace shangdao::engine
