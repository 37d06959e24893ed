// When a letter is due, for whom, and what its link opens; what the mail server says is told by hand.
#include "engine/access/outbox.h"

#include "base/testing.h"
#include "engine/notifications.h"
#include "engine/testing_fleet.h"

namespace shangdao::engine {
namespace {

using testing_fleet::Fleet;
using namespace std::chrono_literals;

struct PostOffice : Fleet {
    Access access{*engine};

    PostOffice() { set(captain, "email", std::string{"captain@example.com"}); }
    void set(Id member, const char* field, record::Value value)
    {
        EXPECT_TRUE(write(system(), [&](Work& work) -> Result<std::string> {
            const auto& members = work.desk.catalogue->at("member");
            CHECK_OK(engine->records().change(work, members, member, std::nullopt, {{*members.slot(field), std::move(value)}}));
            return std::string{};
        }));
    }
    void invite() { EXPECT_TRUE(access.invite(as(admiral), captain, Access::Delivery::by_mail)); }
    void ask_reset(const char* address)
    {
        EXPECT_TRUE(write(system(), [&](Work& work) -> Result<std::string> {
            post_reset(work, engine->records(), address);
            return std::string{};
        }));
    }
    std::size_t told(Id member)
    {
        const auto desk = *engine->desk(as(member));
        const auto answer = notifications_answer(*engine->store().read(), desk, {});
        std::size_t count = 0;
        for (auto at = answer.find("mail_failed"); at != std::string::npos; at = answer.find("mail_failed", at + 1)) ++count;
        return count;
    }
};

TEST("a letter is taken once, its link opens once, and once it was sent nothing waits")
{
    PostOffice office;
    office.invite();
    const auto letter = office.access.take_letter();
    ASSERT_TRUE(letter);
    EXPECT_EQ(letter->kind, LinkKind::invitation);
    EXPECT_EQ(letter->to.email, "captain@example.com");
    EXPECT_FALSE(office.access.take_letter()) << "it is in somebody's hands";
    office.access.letter_sent(letter->id);
    EXPECT_EQ(office.access.letters_waiting(), 0);
    EXPECT_EQ(office.access.invited(letter->token)->kind, LinkKind::invitation);
    ASSERT_TRUE(office.access.accept(letter->token, "the first one"));
    EXPECT_FALSE(office.access.invited(letter->token));
}

TEST("a letter of whose sending nobody heard comes due again, under its own id and with another link")
{
    PostOffice office;
    office.invite();
    const auto first = office.access.take_letter();
    office.clock.advance(2min);
    EXPECT_FALSE(office.access.take_letter());
    office.clock.advance(2min);
    const auto second = office.access.take_letter();
    ASSERT_TRUE(second);
    EXPECT_EQ(second->id, first->id);
    EXPECT_NE(second->token, first->token);
    EXPECT_TRUE(office.access.invited(first->token));
    ASSERT_TRUE(office.access.accept(second->token, "the first one"));
    EXPECT_FALSE(office.access.invited(first->token)) << "one use ends both";
}

TEST("a failure costs ever more time, three days end it, and the administrators are told")
{
    PostOffice office;
    office.invite();
    for (const auto pause : {1min, 5min, 15min, 60min, 60min}) {
        const auto letter = office.access.take_letter();
        ASSERT_TRUE(letter);
        office.access.letter_failed(letter->id, Access::Failure::passing);
        office.clock.advance(pause - 1s);
        EXPECT_FALSE(office.access.take_letter());
        office.clock.advance(1s);
    }
    office.clock.advance(std::chrono::days{letter_days});
    EXPECT_EQ(office.told(office.admiral), 0U);
    office.access.letter_failed(office.access.take_letter()->id, Access::Failure::passing);
    EXPECT_EQ(office.access.letters_waiting(), 0);
    EXPECT_EQ(office.told(office.admiral), 1U);
    EXPECT_EQ(office.told(office.mate), 0U);
    office.invite();
    office.access.letter_failed(office.access.take_letter()->id, Access::Failure::final);
    EXPECT_EQ(office.access.letters_waiting(), 0);
    EXPECT_EQ(office.told(office.admiral), 2U);
}

TEST("a forgotten password is a letter for whoever has one, and for nobody else")
{
    PostOffice office;
    for (const auto* address : {"nobody@example.com", "captain@example.com", "mate@example.com", "@", "' or 1=1"}) office.ask_reset(address);
    EXPECT_EQ(office.access.letters_waiting(), 5) << "each costs the same";
    EXPECT_FALSE(office.access.take_letter()) << "the captain was never given a password";
    EXPECT_EQ(office.access.letters_waiting(), 0);

    ASSERT_TRUE(office.access.set_password(Fleet::system(), office.captain, "the first one"));
    const auto session = office.access.sign_in("captain@example.com", "the first one", "test");
    office.ask_reset(" CAPTAIN@example.com");
    const auto letter = office.access.take_letter();
    ASSERT_TRUE(letter);
    EXPECT_EQ(letter->kind, LinkKind::reset);
    EXPECT_EQ(office.access.invited(letter->token)->kind, LinkKind::reset);
    office.clock.advance(59min);
    EXPECT_TRUE(office.access.invited(letter->token));
    ASSERT_TRUE(office.access.accept(letter->token, "the second one"));
    EXPECT_FALSE(office.access.by_session(session->token));
    office.ask_reset("captain@example.com");
    const auto late = office.access.take_letter();
    office.clock.advance(60min);
    EXPECT_FALSE(office.access.invited(late->token));
}

TEST("a mailed link is the mailbox's: with another address or another password it is void, and whoever left gets nothing")
{
    PostOffice office;
    office.invite();
    const auto old = office.access.take_letter();
    office.set(office.captain, "email", std::string{"elsewhere@example.com"});
    EXPECT_FALSE(office.access.invited(old->token));
    office.invite();
    const auto known = office.access.take_letter();
    ASSERT_TRUE(office.access.set_password(Fleet::system(), office.captain, "the first one"));
    EXPECT_FALSE(office.access.invited(known->token));
    EXPECT_EQ(office.access.letters_waiting(), 0) << "what waited would bring a link of before";
    office.invite();
    office.set(office.captain, "active", false);
    EXPECT_FALSE(office.access.take_letter());
    EXPECT_EQ(office.access.letters_waiting(), 0);
    EXPECT_EQ(office.told(office.admiral), 0U);
}

TEST("an identity opens the door of one member, and no longer than it is linked")
{
    PostOffice office;
    const Access::Identity identity{"https://login.example.com", "248289761001"};
    const auto admiral = Fleet::as(office.admiral), captain = Fleet::as(office.captain), mate = Fleet::as(office.mate);
    EXPECT_EQ(office.access.enter(identity, "test").error().front().code, "identity_unknown");
    EXPECT_EQ(office.access.link(mate, office.captain, identity).error().front().code, "forbidden");
    EXPECT_EQ(office.access.link(admiral, Id{1}, identity).error().front().code, "not_found");
    EXPECT_EQ(office.access.link(captain, office.captain, {"https://login.example.com", ""}).error().front().code, "invalid_value");
    const auto id = office.access.link(captain, office.captain, identity);
    ASSERT_TRUE(id);
    EXPECT_EQ(*office.access.link(admiral, office.captain, identity), *id);
    EXPECT_EQ(office.access.link(mate, office.mate, identity).error().front().code, "identity_taken");
    EXPECT_EQ(office.access.enter({"https://evil.example.com", "248289761001"}, "test").error().front().code, "identity_unknown");
    const auto session = office.access.enter(identity, "test");
    ASSERT_TRUE(session);
    EXPECT_EQ(office.access.by_session(session->token)->member, office.captain);
    EXPECT_EQ(office.access.identities_of(office.captain).size(), 1U);

    EXPECT_EQ(office.access.unlink(mate, office.captain, *id).error().front().code, "forbidden");
    EXPECT_EQ(office.access.unlink(mate, office.mate, *id).error().front().code, "not_found");
    office.set(office.captain, "active", false);
    EXPECT_EQ(office.access.enter(identity, "test").error().front().code, "identity_unknown");
    office.set(office.captain, "active", true);
    ASSERT_TRUE(office.access.unlink(captain, office.captain, *id));
    EXPECT_EQ(office.access.enter(identity, "test").error().front().code, "identity_unknown");
    EXPECT_TRUE(office.access.identities_of(office.captain).empty());
}

}  // namespace
}  // namespace shangdao::engine
