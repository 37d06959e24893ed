// Who stays in, and who is out, when passwords, tokens and time change.
#include "engine/access/access.h"

#include <chrono>

#include "base/testing.h"
#include "engine/access/totp.h"
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

// The app on the captain's phone.
struct Phone {
    std::string key;
    explicit Phone(std::string_view letters)
    {
        constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        std::uint32_t held = 0;
        int bits = 0;
        for (const char letter : letters) {
            held = held << 5 | static_cast<std::uint32_t>(alphabet.find(letter));
            if (bits += 5; bits < 8) continue;
            bits -= 8;
            key += static_cast<char>(held >> bits & 0xFFU);
        }
    }
    std::string code(Instant now) const { return totp_code(key, totp_step(now)); }
};

TEST("with a second factor the password is not enough; a code opens once, and so does a recovery code")
{
    Port port;
    const auto captain = Fleet::as(port.captain);
    const auto refused = [&](std::string_view code) {
        const auto result = port.access.sign_in("captain@example.com", "the first one", "test", code);
        return result ? std::string{} : result.error()[0].code;
    };
    EXPECT_EQ(port.access.begin_second_factor(captain, "a wrong one").error()[0].code, "password_refused");
    EXPECT_EQ(port.access.confirm_second_factor(captain, "123456", "").error()[0].code, "nothing_begun");
    const Phone phone(port.access.begin_second_factor(captain, "the first one")->key);
    EXPECT_EQ(refused(""), "") << "begun is not on";
    const auto here = port.sign_in("captain@example.com"), there = port.sign_in("captain@example.com");
    EXPECT_EQ(port.access.confirm_second_factor(captain, "000000", "").error()[0].code, "code_refused");
    const auto recovery = port.access.confirm_second_factor(captain, phone.code(port.clock.now()), port.pass_of(here));
    ASSERT_TRUE(recovery);
    EXPECT_EQ(recovery->size(), 10u);
    EXPECT_TRUE(port.access.by_session(here.token));
    EXPECT_FALSE(port.access.by_session(there.token)) << "who came in without it is out";
    EXPECT_EQ(port.access.begin_second_factor(captain, "the first one").error()[0].code, "second_factor_on");

    EXPECT_EQ(port.access.sign_in("captain@example.com", "a wrong one", "test", phone.code(port.clock.now())).error()[0].code, "sign_in_refused") << "the password comes first";
    EXPECT_EQ(refused(""), "code_required");
    EXPECT_EQ(refused(phone.code(port.clock.now())), "code_refused") << "it was taken when it was confirmed";
    port.clock.advance(std::chrono::seconds{30});
    const auto code = phone.code(port.clock.now());
    EXPECT_EQ(refused(code), "");
    EXPECT_EQ(refused(code), "code_refused");
    EXPECT_EQ(refused((*recovery)[3]), "");
    EXPECT_EQ(refused((*recovery)[3]), "code_refused");
    EXPECT_EQ(port.access.second_factor(port.captain).recovery_left, 9);

    EXPECT_EQ(port.access.end_second_factor(captain, "a wrong one").error()[0].code, "password_refused");
    EXPECT_EQ(port.access.take_second_factor_from(Fleet::as(port.mate), port.captain).error()[0].code, "forbidden");
    EXPECT_TRUE(port.access.second_factor(port.captain).on);
    ASSERT_TRUE(port.access.take_second_factor_from(Fleet::as(port.admiral), port.captain));
    EXPECT_EQ(refused(""), "");
}

TEST("a member sees where he is signed in and which tokens he has, ends one or all others, and nobody else's")
{
    Port port;
    const auto captain = Fleet::as(port.captain), mate = Fleet::as(port.mate);
    const auto here = port.sign_in("captain@example.com"), there = port.sign_in("captain@example.com"), third = port.sign_in("captain@example.com"), other = port.sign_in("mate@example.com");
    const auto listed = port.access.sessions_of(port.captain);
    ASSERT_EQ(listed.size(), 3u);
    EXPECT_EQ(listed.front().name, "test");
    const auto of = [&](const SignedIn& one) {
        for (const auto& each : listed)
            if (each.pass == port.pass_of(one)) return each.id;
        return Id{};
    };
    EXPECT_EQ(port.access.end_session(mate, of(there)).error()[0].code, "not_found");
    ASSERT_TRUE(port.access.end_session(captain, of(there)));
    EXPECT_FALSE(port.access.by_session(there.token));
    ASSERT_TRUE(port.access.end_other_sessions(captain, port.pass_of(here)));
    EXPECT_FALSE(port.access.by_session(third.token));
    EXPECT_TRUE(port.access.by_session(here.token));
    EXPECT_TRUE(port.access.by_session(other.token));

    const auto token = port.access.create_token(captain, port.captain, "喂数据", {"read"});
    ASSERT_TRUE(port.access.invite(Fleet::as(port.admiral), port.captain));
    const auto tokens = port.access.tokens_of(port.captain);
    ASSERT_EQ(tokens.size(), 1u) << "an invitation is no token of one's own";
    EXPECT_EQ(tokens.front().name, "喂数据");
    EXPECT_EQ(port.access.revoke_token(mate, tokens.front().id).error()[0].code, "not_found");
    EXPECT_TRUE(port.access.by_api_token(*token));
    ASSERT_TRUE(port.access.revoke_token(captain, tokens.front().id));
    EXPECT_FALSE(port.access.by_api_token(*token));

    EXPECT_EQ(port.access.end_sessions_of(mate, port.captain).error()[0].code, "forbidden");
    ASSERT_TRUE(port.access.end_sessions_of(Fleet::as(port.admiral), port.captain));
    EXPECT_FALSE(port.access.by_session(here.token));
}

}  // namespace
}  // namespace shangdao::engine
