// Rights are given and sign-ins changed by whoever has shown lately that it is he; everything else is asked of nobody.
#include "engine/proof.h"

#include "base/testing.h"
#include "engine/testing_fleet.h"

namespace shangdao::engine {
namespace {

using testing_fleet::Fleet;

std::string code_of(const Result<std::string>& result) { return result ? "" : result.error()[0].code; }

// What the write of some fields of a member, or of a new role, is answered.
struct Writes : Fleet {
    Caller caller = as(admiral);

    std::string change(record::Changes changes) const
    {
        return code_of(write(caller, [&](Work& work) -> Result<std::string> {
            CHECK_OK(engine->records().change(work, work.desk.catalogue->at("member"), mate, std::nullopt, changes));
            return std::string{};
        }));
    }
    std::size_t slot(std::string_view field) const { return *engine->store().catalogue()->at("member").slot(field); }
    std::string make_role(const std::string& key) const
    {
        return code_of(write(caller, [&](Work& work) -> Result<std::string> {
            const auto& roles = work.desk.catalogue->at("role");
            CHECK_OK(engine->records().create(work, roles, {{*roles.slot("key"), key}, {*roles.slot("rights"), std::string{R"({"general":["export"],"objects":{}})"}}}));
            return std::string{};
        }));
    }
    std::string make_member(const record::Changes& values) const
    {
        return code_of(write(caller, [&](Work& work) -> Result<std::string> {
            CHECK_OK(engine->records().create(work, work.desk.catalogue->at("member"), values));
            return std::string{};
        }));
    }
};

TEST("roles, rights and addresses change with a fresh proof alone; a name changes with any")
{
    Writes fleet;
    for (const auto& [proof, scopes, refused] : {std::tuple{Proof::stale, std::vector<std::string>{}, "proof_required"}, {Proof::fresh, std::vector<std::string>{"write"}, "forbidden"}}) {
        fleet.caller.proof = proof;
        fleet.caller.scopes = scopes;
        const auto before = fleet.engine->store().read()->head();
        EXPECT_EQ(fleet.change({{fleet.slot("roles"), record::ChoiceKeys{{"captain"}}}}), refused);
        EXPECT_EQ(fleet.change({{fleet.slot("email"), std::string{"new@example.com"}}}), refused);
        EXPECT_EQ(fleet.make_role("desk"), refused);
        EXPECT_EQ(fleet.make_member({{fleet.slot("name"), std::string{"新人"}}, {fleet.slot("roles"), record::ChoiceKeys{{"clerk"}}}}), refused);
        EXPECT_EQ(fleet.engine->store().read()->head(), before) << "what was refused changed nothing";
        EXPECT_EQ(fleet.change({{fleet.slot("name"), std::string{"大副 " + std::string{refused}}}}), "");
        EXPECT_EQ(fleet.make_member({{fleet.slot("name"), std::string{"没有角色"}}}), "");
    }
    fleet.caller.scopes = {"admin"};
    EXPECT_EQ(fleet.make_role("desk"), "");
    fleet.caller.scopes = {};
    EXPECT_EQ(fleet.change({{fleet.slot("roles"), record::ChoiceKeys{{"clerk", "desk"}}}}), "");
}

}  // namespace
}  // namespace shangdao::engine
