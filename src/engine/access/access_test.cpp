// Who stays in, and who is out, when passwords, tokens and time change.
#include "engine/access/access.h"

#include <chrono>

#include "base/testing.h"

#include "engine/testing_fleet.h"

namespace shangdao::engine {
namespace {

using testing_fleet::Fleet;

struct Port : Fleet {
    Access access{*engine};
    int ends = 0;

    Port()
    {
        access.on_end([this] { ++ends; });
        for (const auto& [id, email] : {std::pair{captain, "captain@example.com"}, {mate, "mate@example.com"}}) {
            EXPECT_TRUE(write(system(), [&](Work& work) -> Result<std::string> {
                const auto& members = work.desk.catalogue->at("member");
                CHECK_OK(engine->records().change(work, members, id, std::nullopt, {{*members.slot("email"), std::string{email}}}));
                return std::string{};
            }));
            EXPECT_TRUE(access.set_password(system(), id, "the first one"));
        }
        ends = 0;
    }
    SignedIn sign_in(const char* email, const char* password = "the first one") { return *access.sign_in(email, password, "test"); }
    std::string pass_of(const SignedIn& one) { return access.by_session(one.token)->pass; }
};

TEST("a new password ends every session of the member, and nobody else's")
{
    Port port;
    const auto here = port.sign_in("captain@example.com"), there = port.sign_in("captain@example.com"), other = port.sign_in("mate@example.com");
    const auto pass = port.pass_of(there);
    EXPECT_TRUE(port.access.stands(pass));
    ASSERT_TRUE(port.access.set_password(Fleet::as(port.captain), port.captain, "the second one"));
    EXPECT_EQ(port.ends, 1);
    EXPECT_FALSE(port.access.by_session(here.token));
    EXPECT_FALSE(port.access.by_session(there.token));
    EXPECT_FALSE(port.access.stands(pass));
    EXPECT_TRUE(port.access.by_session(other.token));
    EXPECT_FALSE(port.access.sign_in("captain@example.com", "the first one", "test"));
    EXPECT_TRUE(port.access.by_session(port.sign_in("captain@example.com", "the second one").token));
}

TEST("a password set by a one-time link ends the sessions too; a link that is refused ends none")
{
    Port port;
    const auto before = port.sign_in("captain@example.com");
    const auto link = port.access.invite(Fleet::as(port.admiral), port.captain);
    ASSERT_TRUE(link);
    EXPECT_FALSE(port.access.accept(*link, "short"));
    EXPECT_FALSE(port.access.accept("AAAA", "the second one"));
    EXPECT_TRUE(port.access.by_session(before.token));
    ASSERT_TRUE(port.access.accept(*link, "the second one"));
    EXPECT_FALSE(port.access.by_session(before.token));
    EXPECT_EQ(port.ends, 1);
}

TEST("what nobody may change ends nothing")
{
    Port port;
    const auto before = port.sign_in("captain@example.com");
    EXPECT_FALSE(port.access.set_password(Fleet::as(port.mate), port.captain, "the second one"));
    EXPECT_FALSE(port.access.revoke_tokens(Fleet::as(port.mate), port.captain, "nightly"));
    EXPECT_TRUE(port.access.by_session(before.token));
    EXPECT_EQ(port.ends, 0);
}

TEST("a session ends with its sign-out and with its time, a token when it is revoked and with its time")
{
    Port port;
    const auto out = port.sign_in("captain@example.com"), stays = port.sign_in("captain@example.com");
    const auto token = *port.access.create_token(Fleet::as(port.captain), port.captain, "nightly", {}, 30);
    const auto brief = *port.access.create_token(Fleet::as(port.captain), port.captain, "brief", {}, 1);
    const auto pass = port.pass_of(out), token_pass = port.access.by_api_token(token)->pass, brief_pass = port.access.by_api_token(brief)->pass;
    port.access.sign_out(out.token);
    EXPECT_FALSE(port.access.stands(pass));
    EXPECT_TRUE(port.access.stands(port.pass_of(stays)));
    EXPECT_TRUE(port.access.stands(token_pass));
    EXPECT_FALSE(port.access.revoke_tokens(Fleet::as(port.captain), port.captain, "weekly"));
    ASSERT_TRUE(port.access.revoke_tokens(Fleet::as(port.captain), port.captain, "nightly"));
    EXPECT_FALSE(port.access.stands(token_pass));
    EXPECT_FALSE(port.access.by_api_token(token));
    EXPECT_TRUE(port.access.stands(brief_pass));
    port.clock.advance(std::chrono::days{1});
    EXPECT_FALSE(port.access.stands(brief_pass));
    EXPECT_TRUE(port.access.by_session(stays.token));
    port.clock.advance(std::chrono::days{6});
    EXPECT_FALSE(port.access.by_session(stays.token));
}

}  // namespace
}  // namespace shangdao::engine
