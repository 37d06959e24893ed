// What a rehearsed row inserts is put off until somebody looks: nobody may see a difference.
#include "engine/rehearsal.h"

#include "base/testing.h"
#include "engine/expressions.h"
#include "engine/testing_fleet.h"

namespace shangdao::engine {

using namespace testing_fleet;

namespace {

// Chunks of a rehearsal in which boats are inserted, each in an attempt of its own.
struct Trial {
    Fleet fleet;
    Rehearsal memory;

    explicit Trial(std::set<std::string, std::less<>> remembered = {}) { memory.remember(std::move(remembered)); }

    void chunk(const std::function<void(Rehearsal::Chunk&, const Object& boats)>& rows)
    {
        const auto tried = fleet.engine->rehearse(Fleet::as(fleet.admiral), [&](Work& work) -> Result<std::string> {
            Rehearsal::Chunk unit(work.unit, memory);
            rows(unit, work.desk.catalogue->at("boat"));
            return std::string{};
        });
        ASSERT_TRUE(tried);
    }

    static Record boat(store::Unit& unit, const Object& boats, const std::string& name, const std::string& code)
    {
        Record boat(boats);
        boat.set(record::slot_id, unit.next_id());
        boat.set(record::slot_version, Number{1, 0});
        boat.set(*boats.slot("name"), name);
        boat.set(*boats.slot("code"), code);
        return boat;
    }
    // A row that inserts it; its id, or the code of the refusal.
    static std::expected<Id, std::string> add(store::Unit& unit, const Object& boats, const std::string& name, const std::string& code)
    {
        const auto one = boat(unit, boats, name, code);
        const auto done = unit.attempt([&] { return unit.insert(boats, one); });
        if (!done) return std::unexpected(done.error().front().code);
        return one.id();
    }
    static std::size_t called(store::Unit& unit, const Object& boats, const std::string& name)
    {
        return unit.records({.from = &boats, .where = field_is(boats, *boats.slot("name"), name), .limit = 10}, {}).size();
    }
};

}  // namespace

TEST("a rehearsed insertion is there for whoever looks, in its row and in later ones")
{
    Trial trial;
    trial.chunk([](Rehearsal::Chunk& unit, const Object& boats) {
        const auto one = *Trial::add(unit, boats, "甲", "B1");
        EXPECT_EQ(std::get<std::string>(unit.find(boats, one)->at(*boats.slot("name"))), "甲");
        (void)Trial::add(unit, boats, "乙", "B2");
        EXPECT_EQ(unit.find_unique(boats, *boats.slot("code"), std::string{"b1"}), one);
        EXPECT_TRUE(unit.attempt([&]() -> Result<void> {
            const auto third = Trial::boat(unit, boats, "乙", "B3");
            CHECK_OK(unit.insert(boats, third));
            EXPECT_EQ(unit.find_unique(boats, *boats.slot("code"), std::string{"B3"}), third.id());
            EXPECT_EQ(Trial::called(unit, boats, "乙"), 2U);
            CHECK_OK(unit.insert(boats, Trial::boat(unit, boats, "乙", "B4")));
            EXPECT_EQ(Trial::called(unit, boats, "乙"), 3U);
            return {};
        }));
        EXPECT_EQ(Trial::called(unit, boats, "甲"), 1U);
        EXPECT_EQ(unit.count({.from = &boats, .limit = 10}, {}, 10), 4);
    });
    EXPECT_EQ(rows(*trial.fleet.list(trial.fleet.admiral, "boats", {})), 0U);
}

TEST("a rehearsed key is taken from the moment of its insertion")
{
    Trial trial;
    ASSERT_TRUE(trial.fleet.create(trial.fleet.admiral, "boat", R"({"name":"旧船","code":"K0"})"));
    trial.chunk([](Rehearsal::Chunk& unit, const Object& boats) {
        EXPECT_EQ(Trial::add(unit, boats, "甲", "K0").error(), "duplicate_key");
        EXPECT_TRUE(Trial::add(unit, boats, "甲", "K1"));
        EXPECT_EQ(Trial::add(unit, boats, "乙", "k1").error(), "duplicate_key");
        EXPECT_FALSE(unit.attempt([&]() -> Result<void> {
            CHECK_OK(unit.insert(boats, Trial::boat(unit, boats, "丙", "K2")));
            return unit.insert(boats, Trial::boat(unit, boats, "丁", "K2"));
        }));
        EXPECT_TRUE(Trial::add(unit, boats, "丁", "K2")) << "the row that held it was refused";
    });
    trial.chunk([](Rehearsal::Chunk& unit, const Object& boats) { EXPECT_EQ(Trial::add(unit, boats, "戊", "K2").error(), "duplicate_key"); });
}

TEST("a refused row takes back itself and not what it had looked for")
{
    Trial trial;
    trial.chunk([](Rehearsal::Chunk& unit, const Object& boats) {
        const auto first = *Trial::add(unit, boats, "甲", "B1");
        const auto second = *Trial::add(unit, boats, "甲", "B2");
        EXPECT_FALSE(unit.attempt([&]() -> Result<void> {
            CHECK_OK(unit.insert(boats, Trial::boat(unit, boats, "甲", "B3")));
            EXPECT_TRUE(unit.find(boats, first));
            EXPECT_EQ(Trial::called(unit, boats, "甲"), 3U);
            return refuse("forbidden");
        }));
        EXPECT_EQ(Trial::called(unit, boats, "甲"), 2U);
        EXPECT_TRUE(unit.find(boats, second));
        EXPECT_EQ(unit.find_unique(boats, *boats.slot("code"), std::string{"B3"}), std::nullopt);
    });
}

TEST("a record changed by the row that inserted it, or by a later one, keeps both")
{
    Trial trial({"boat"});
    Id boat;
    trial.chunk([&](Rehearsal::Chunk& unit, const Object& boats) {
        EXPECT_TRUE(unit.attempt([&]() -> Result<void> {
            const auto one = Trial::boat(unit, boats, "甲", "B1");
            boat = one.id();
            CHECK_OK(unit.insert(boats, one));
            return unit.update(boats, boat, std::vector<record::Change>{{*boats.slot("code"), std::string{"B2"}}});
        }));
        EXPECT_TRUE(unit.attempt([&] { return unit.update(boats, boat, std::vector<record::Change>{{*boats.slot("name"), std::string{"乙"}}}); }));
        EXPECT_TRUE(Trial::add(unit, boats, "丙", "B1")) << "given up";
    });
    trial.chunk([&](Rehearsal::Chunk& unit, const Object& boats) {
        const auto found = unit.find(boats, boat);
        ASSERT_TRUE(found);
        EXPECT_EQ(std::get<std::string>(found->at(*boats.slot("name"))), "乙");
        EXPECT_EQ(std::get<std::string>(found->at(*boats.slot("code"))), "B2");
        EXPECT_EQ(found->version(), 3);
    });
}

}  // namespace shangdao::engine
