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

TEST("whoever knows the old password chooses a new one: this session goes on, all others and links have ended")
{
    Port port;
    const auto captain = Fleet::as(port.captain);
    const auto here = port.sign_in("captain@example.com"), there = port.sign_in("captain@example.com"), other = port.sign_in("mate@example.com");
    const auto link = *port.access.invite(Fleet::as(port.admiral), port.captain);
    const auto pass = port.pass_of(here);
    struct Row { std::string_view old, next, code, field; };
    const Row table[] = {
        {"a wrong one", "the second one", "password_refused", "password"},
        {"", "the second one", "password_refused", "password"},
        {"the first one", "seven77", "too_short", "new_password"},
        {"the first one", "Captain@Example.com", "password_is_name", "new_password"},
    };
    for (const auto& row : table) {
        const auto refused = port.access.change_password(captain, row.old, row.next, {}, pass);
        ASSERT_FALSE(refused) << row.next;
        EXPECT_EQ(refused.error()[0].code, row.code) << row.next;
        EXPECT_EQ(refused.error()[0].field, row.field) << row.next;
    }
    EXPECT_FALSE(port.access.change_password(captain, "the first one", std::string(300, 'x'), {}, pass));
    EXPECT_TRUE(port.access.by_session(there.token)) << "what was refused ends nothing";
    EXPECT_TRUE(port.access.invited(link));
    ASSERT_TRUE(port.access.change_password(captain, "the first one", "the second one", {}, pass));
    EXPECT_TRUE(port.access.by_session(here.token));
    EXPECT_FALSE(port.access.by_session(there.token));
    EXPECT_TRUE(port.access.by_session(other.token));
    EXPECT_FALSE(port.access.invited(link));
    EXPECT_FALSE(port.access.sign_in("captain@example.com", "the first one", "test"));
    EXPECT_TRUE(port.access.sign_in("captain@example.com", "the second one", "test"));
}

TEST("a session is shown to be its member's again, and goes on under another token")
{
    Port port;
    const auto captain = Fleet::as(port.captain);
    const auto before = port.sign_in("captain@example.com"), other = port.sign_in("captain@example.com");
    port.clock.advance(std::chrono::hours{1});
    const auto pass = port.pass_of(before);
    EXPECT_EQ(port.access.prove(captain, pass, "a wrong one", {}).error()[0].code, "password_refused");
    EXPECT_EQ(port.access.prove(captain, pass, {}, "123456").error()[0].code, "password_refused") << "no second factor is on";
    EXPECT_EQ(port.access.prove(Fleet::as(port.mate), pass, "the first one", {}).error()[0].code, "not_signed_in") << "of another";
    const auto after = port.access.prove(captain, pass, "the first one", {});
    ASSERT_TRUE(after);
    EXPECT_NE(after->token, before.token);
    EXPECT_EQ(after->csrf, before.csrf) << "the other tabs of the browser go on";
    EXPECT_EQ(after->expires_at, before.expires_at) << "and no longer than it would have";
    EXPECT_FALSE(port.access.by_session(before.token));
    EXPECT_FALSE(port.access.stands(pass));
    EXPECT_EQ(port.access.by_session(after->token)->proved_at, port.clock.now());
    EXPECT_LT(port.access.by_session(other.token)->proved_at, port.clock.now());
    EXPECT_EQ(port.access.prove(captain, pass, "the first one", {}).error()[0].code, "not_signed_in");
}

TEST("what opens doors to others, or for longer, waits for a proof")
{
    Port port;
    auto stale = Fleet::as(port.admiral), never = stale;
    stale.proof = Proof::stale;
    never.scopes = {"read", "write", "object:member"};
    const auto code = [](const auto& result) { return result ? std::string{} : result.error()[0].code; };
    const auto before = port.engine->store().read()->head();
    EXPECT_EQ(code(port.access.invite(stale, port.captain)), "proof_required");
    EXPECT_EQ(code(port.access.create_token(stale, port.admiral, "x", {})), "proof_required");
    EXPECT_EQ(code(port.access.end_sessions_of(stale, port.captain)), "proof_required");
    EXPECT_EQ(code(port.access.take_second_factor_from(stale, port.captain)), "proof_required");
    EXPECT_EQ(code(port.access.unlock_codes(stale, port.captain)), "proof_required");
    EXPECT_EQ(code(port.access.create_token(never, port.admiral, "x", {})), "forbidden");
    EXPECT_EQ(port.engine->store().read()->head(), before);
    EXPECT_EQ(code(port.access.invite(Fleet::as(port.admiral), port.captain)), "");
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
    EXPECT_EQ(recovery->front().size(), 19u) << "80 bits, four letters together";
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

// The captain's second factor, on.
struct Guarded : Port {
    Phone phone{*begun()};
    std::vector<std::string> recovery = *access.confirm_second_factor(Fleet::as(captain), phone.code(clock.now()), "");

    std::optional<std::string> begun() { return access.begin_second_factor(Fleet::as(captain), "the first one")->key; }
    std::string refused(std::string_view code)
    {
        const auto result = access.sign_in("captain@example.com", "the first one", "test", code, "203.0.113.0/24");
        return result ? std::string{} : result.error()[0].code;
    }
    std::string next_code()
    {
        clock.advance(std::chrono::seconds{30});
        return phone.code(clock.now());
    }
};

TEST("after five wrong codes none is looked at for a while, longer each time, and a restart forgets nothing")
{
    Guarded port;
    for (int i = 0; i < 4; ++i) EXPECT_EQ(port.refused("000000"), "code_refused") << i;
    EXPECT_EQ(port.refused("000000"), "code_locked");
    EXPECT_EQ(port.refused(port.next_code()), "code_locked") << "the right one, too";
    EXPECT_EQ(Access{*port.engine}.sign_in("captain@example.com", "the first one", "test", port.phone.code(port.clock.now())).error()[0].code, "code_locked") << "counted on disk";
    port.clock.advance(std::chrono::seconds{60});
    EXPECT_EQ(port.refused("000000"), "code_locked") << "the sixth waits two minutes";
    port.clock.advance(std::chrono::seconds{61});
    EXPECT_EQ(port.refused(port.recovery[0]), "code_locked");
    port.clock.advance(std::chrono::seconds{60});
    EXPECT_EQ(port.refused(port.next_code()), "");
    for (int i = 0; i < 4; ++i) EXPECT_EQ(port.refused("000000"), "code_refused") << "a right one is a new beginning";
    EXPECT_EQ(port.refused("000000"), "code_locked");
    EXPECT_EQ(port.access.unlock_codes(Fleet::as(port.mate), port.captain).error()[0].code, "forbidden");
    ASSERT_TRUE(port.access.unlock_codes(Fleet::as(port.admiral), port.captain));
    EXPECT_EQ(port.refused(port.next_code()), "");
}

TEST("where a second factor is on, a code is the proof, and the password is not; a new password asks for both")
{
    Guarded port;
    const auto captain = Fleet::as(port.captain);
    const auto here = *port.access.sign_in("captain@example.com", "the first one", "test", port.next_code());
    const auto pass = port.pass_of(here);
    EXPECT_EQ(port.access.prove(captain, pass, "the first one", {}).error()[0].code, "code_required");
    EXPECT_EQ(port.access.prove(captain, pass, {}, "000000").error()[0].code, "code_refused");
    const auto after = port.access.prove(captain, pass, {}, port.next_code());
    ASSERT_TRUE(after);
    const auto now = port.access.by_session(after->token)->pass;
    EXPECT_EQ(port.access.change_password(captain, "the first one", "the second one", {}, now).error()[0].code, "code_required");
    EXPECT_EQ(port.access.change_password(captain, "the first one", "the second one", "000000", now).error()[0].code, "code_refused");
    ASSERT_TRUE(port.access.change_password(captain, "the first one", "the second one", port.next_code(), now));
    EXPECT_TRUE(port.access.by_session(after->token));
}

TEST("recovery codes are renewed, and those before are void")
{
    Guarded port;
    auto captain = Fleet::as(port.captain);
    EXPECT_EQ(port.access.renew_recovery(Fleet::as(port.mate)).error()[0].code, "nothing_begun");
    captain.proof = Proof::stale;
    EXPECT_EQ(port.access.renew_recovery(captain).error()[0].code, "proof_required");
    captain.proof = Proof::fresh;
    const auto renewed = port.access.renew_recovery(captain);
    ASSERT_TRUE(renewed);
    EXPECT_EQ(renewed->size(), 10u);
    EXPECT_EQ(port.refused(port.recovery[0]), "code_refused");
    EXPECT_EQ(port.refused(renewed->front()), "");
}

TEST("what happens at a member's door is told to him: where from, and nothing that opens it")
{
    Guarded port;
    const auto code = port.next_code();
    const auto here = *port.access.sign_in("captain@example.com", "the first one", "test", code, "203.0.113.0/24");
    EXPECT_EQ(port.refused("000000"), "code_refused");
    EXPECT_FALSE(port.access.sign_in("captain@example.com", "not that one", "another", {}, "198.51.100.0/24"));
    EXPECT_FALSE(port.access.sign_in("nobody@example.com", "not that one", "another"));
    port.engine->settle();
    port.access.sign_out(here.token);
    std::string told;
    for (const auto& knock : port.access.knocks_of(port.captain, 10)) told += knock.verb + " " + knock.agent + " " + knock.network + "\n";
    EXPECT_EQ(told, "signed_out test \nsign_in_refused another 198.51.100.0/24\ncode_refused test 203.0.113.0/24\nsigned_in test 203.0.113.0/24\n");
    EXPECT_TRUE(port.access.knocks_of(port.mate, 10).empty());
    for (const auto& event : port.engine->store().read()->events_after(0, 10'000))
        if (event.object == "credential")
            for (const auto& secret : {code, here.token, port.recovery[0], std::string{"first one"}, std::string{"not that one"}}) EXPECT_EQ(event.changes.find(secret), std::string::npos) << event.verb;
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
