// What a clerk reads masked is shown him whole on purpose: counted, told, and only with the right to it.
#include <gtest/gtest.h>

#include "base/testing.h"
#include "engine/reveal.h"
#include "engine/testing_fleet.h"

namespace shangdao::engine {
namespace {

using testing_fleet::Fleet;

struct Looks : Fleet {
    Id boat{};

    Looks()
    {
        boat = *create(captain, "boat", R"({"name":"海鸥","phone":"13800138000","secret_note":"x"})");
    }
    std::string look(Id by, std::string_view field) const
    {
        const auto answer = write(as(by), [&](Work& work) { return reveal(work, engine->records(), work.desk.catalogue->at("boat"), boat, field); });
        return answer ? *answer : answer.error()[0].code;
    }
    void let_clerks_reveal() const
    {
        const auto done = write(system(), [&](Work& work) -> Result<std::string> {
            const auto& roles = work.desk.catalogue->at("role");
            CHECK_OK(engine->records().create(work, roles, {{*roles.slot("key"), std::string{"desk"}}, {*roles.slot("rights"), std::string{R"({"general":["reveal"],"objects":{}})"}}}));
            const auto& members = work.desk.catalogue->at("member");
            CHECK_OK(engine->records().change(work, members, clerk, std::nullopt, {{*members.slot("roles"), record::ChoiceKeys{{"clerk", "desk"}}}}));
            return std::string{};
        });
        if (!done) throw std::runtime_error(done.error()[0].code);
    }
    std::size_t told() const
    {
        std::size_t found = 0;
        for (const auto& event : engine->store().read()->events_after(0, 10'000)) found += event.verb == "revealed" ? 1 : 0;
        return found;
    }
};

TEST("a masked value is shown whole to whoever has the right, and each look is told; nobody else learns a word")
{
    const Looks fleet;
    EXPECT_EQ(fleet.look(fleet.clerk, "phone"), "forbidden");
    fleet.let_clerks_reveal();
    EXPECT_EQ(fleet.look(fleet.clerk, "phone"), R"({"field":"phone","value":"13800138000","left":49})");
    EXPECT_EQ(fleet.told(), 1u);
    EXPECT_EQ(fleet.look(fleet.clerk, "secret_note"), fleet.look(fleet.clerk, "no_such_field"));
    EXPECT_EQ(fleet.look(fleet.other, "phone"), "not_found");
    EXPECT_EQ(fleet.look(fleet.captain, "phone"), R"({"field":"phone","value":"13800138000","left":50})") << "who reads it whole spends nothing";
    EXPECT_EQ(fleet.told(), 1u);
}

TEST("so many looks a day, and as many the next")
{
    Looks fleet;
    fleet.let_clerks_reveal();
    for (std::int64_t i = 0; i < 50; ++i) ASSERT_TRUE(fleet.look(fleet.clerk, "phone").starts_with("{")) << i;
    EXPECT_EQ(fleet.look(fleet.clerk, "phone"), "reveals_spent");
    EXPECT_EQ(fleet.told(), 50u) << "a refused look is none";
    fleet.clock.advance(std::chrono::hours{24});
    EXPECT_EQ(fleet.look(fleet.clerk, "phone"), R"({"field":"phone","value":"13800138000","left":49})");
}

TEST("a role says what it shows of a class of fields, and another role may show more")
{
    const Looks fleet;
    const auto desk = *fleet.engine->desk(Fleet::as(fleet.admiral));
    const auto& catalogue = *desk.catalogue;
    const auto rights = role_rights_from_json(R"({"objects":{"boat":{"read":"all","fields":{"phone":"edit"}}},"classes":{"personal":"masked","pay":"hidden"}})", catalogue);
    ASSERT_TRUE(rights);
    EXPECT_EQ(role_rights_from_json(to_json(*rights), catalogue)->classes, rights->classes);
    for (const auto* text : {R"({"classes":{"secret":"read"}})", R"({"classes":{"personal":"seen"}})", R"({"clases":{}})"})
        EXPECT_EQ(role_rights_from_json(text, catalogue).error()[0].code, "unknown_word") << text;
}

}  // namespace
}  // namespace shangdao::engine
