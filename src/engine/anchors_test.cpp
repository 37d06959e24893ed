// A list entered in its middle shows the row that its number promises, to each member by what that member sees.
#include "base/testing.h"

#include "engine/anchors.h"
#include "engine/testing_fleet.h"

namespace shangdao::engine {
namespace {

using testing_fleet::Fleet;

constexpr int boats = 2'400;   // more than two hops; every third is the captain's

struct Many : Fleet {
    Many()
    {
        for (int first = 0; first < boats; first += 600) launch(first, 600);
    }
    void launch(int first, int count)
    {
        const auto done = write(as(admiral), [&](Work& work) -> Result<std::string> {
            const auto& of = work.desk.catalogue->at("boat");
            for (int i = first; i < first + count; ++i) {
                record::Changes values{{*of.slot("name"), "船" + std::to_string(i)},
                                       {record::slot_owner, i % 3 == 0 ? captain : other}};
                if (i % 5 != 0) values.push_back({*of.slot("price"), Money::of_base((i % 97) * 100, Currency{"CNY"})});
                CHECK_OK(engine->records().create(work, of, values));
            }
            return std::string{};
        });
        if (!done) throw std::runtime_error(done.error()[0].code + " " + done.error()[0].field);
    }
    std::vector<std::string> page(Id by, ListRequest request) const
    {
        const auto answer = list(by, "boats", request);
        if (!answer) throw std::runtime_error(answer.error()[0].code + " " + answer.error()[0].field);
        std::vector<std::string> ids;
        for (const auto& row : answer->at("data").as_array()) ids.emplace_back(row.at("id").as_string());
        return ids;
    }
    // The whole list, page after page.
    std::vector<std::string> all(Id by, const std::string& sort, const std::string& filter = {}) const
    {
        std::vector<std::string> ids;
        ListRequest request{.filter = filter, .sort = sort, .limit = 1'000};
        for (;;) {
            const auto answer = *list(by, "boats", request);
            for (const auto& row : answer.at("data").as_array()) ids.emplace_back(row.at("id").as_string());
            if (answer.at("next").is_null()) return ids;
            request.after = answer.at("next").as_string();
        }
    }
};

std::vector<std::string> part(const std::vector<std::string>& ids, std::size_t from, std::size_t count)
{
    if (from >= ids.size()) return {};
    return {ids.begin() + static_cast<std::ptrdiff_t>(from),
            ids.begin() + static_cast<std::ptrdiff_t>(std::min(ids.size(), from + count))};
}

TEST("a page at a row is that page of the whole list, for every order, viewer and filter")
{
    const Many fleet;
    for (const auto by : {fleet.admiral, fleet.mate, fleet.captain})
        for (const std::string sort : {"", "-price", "price", "name", "state", "built_on"})
            for (const std::string filter : {"", "not (name contains \"7\")"}) {
                if (by == fleet.mate && sort.ends_with("price")) continue;   // hidden from the mate
                const auto whole = fleet.all(by, sort, filter);
                const auto size = static_cast<std::int64_t>(whole.size());
                for (const std::int64_t at : {std::int64_t{0}, std::int64_t{37}, anchor_step - 1, anchor_step,
                                              2 * anchor_step + 3, size - 5, size, size + 5'000})
                    EXPECT_EQ(
                        fleet.page(by,
                                   {.filter = filter, .sort = sort, .at = std::max<std::int64_t>(at, 0), .limit = 20}),
                        part(whole, static_cast<std::size_t>(std::max<std::int64_t>(at, 0)), 20))
                        << sort << " | " << filter << " at " << at;
            }
}

TEST("a page behind a jump is read on by its cursor")
{
    const Many fleet;
    const auto whole = fleet.all(fleet.admiral, "-price");
    const auto jumped = *fleet.list(fleet.admiral, "boats", {.sort = "-price", .at = 2'100, .limit = 50});
    EXPECT_EQ(jumped.at("at").to_number<int>(), 2'100);
    EXPECT_EQ(
        fleet.page(fleet.admiral, {.sort = "-price", .after = std::string{jumped.at("next").as_string()}, .limit = 50}),
        part(whole, 2'150, 50));
    EXPECT_EQ(fleet.list(fleet.admiral, "boats", {.at = -1}).error()[0].code, "invalid_value");
    EXPECT_EQ(fleet.list(fleet.admiral, "boats", {.after = std::string{jumped.at("next").as_string()}, .at = 5})
                  .error()[0]
                  .code,
              "invalid_value");
}

TEST("anchors that were walked for one member serve no other, and half a minute after a write they are walked anew")
{
    Many fleet;
    const auto at = ListRequest{.at = 2'000, .limit = 5};
    const auto before = fleet.page(fleet.admiral, at);
    EXPECT_TRUE(fleet.page(fleet.captain, at).empty());   // 800 are the captain's
    fleet.launch(boats, 10);                              // the newest stand first
    fleet.clock.advance(std::chrono::seconds{31});
    const auto whole = fleet.all(fleet.admiral, "");
    EXPECT_EQ(fleet.page(fleet.admiral, at), part(whole, 2'000, 5));
    EXPECT_NE(fleet.page(fleet.admiral, at), before);
}

}  // namespace
}  // namespace shangdao::engine
