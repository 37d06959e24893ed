// Access – who is at the door: passwords, sessions, API tokens. Tokens are random references stored hashed;
// the answer for an unknown person and for a wrong password is the same, in words and in work.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/engine.h"

namespace shangdao::engine {

struct SignedIn {
    Id member{};
    std::string token;      // the cookie's value; never stored
    std::string csrf;
    Instant expires_at{};
};

// Who a cookie or a bearer token stands for.
struct Holder {
    std::string pass;                  // which session or token it is; opens no door
    Id member{};
    std::vector<std::string> scopes;   // of an API token; empty: all of the member's rights
    std::string csrf;                  // of a session; empty for API tokens
    Instant expires_at{};
    Instant proved_at{};               // of a session: when its member last showed that it is he
};

inline constexpr std::size_t password_length_min = 8;
inline constexpr std::size_t password_length_max = 256;
inline constexpr int token_days_default = 90;
inline constexpr std::chrono::hours session_age{7 * 24};

// What a one-time link is for. Both set a password; they differ in who asked and how long they last.
enum class LinkKind : unsigned char { invitation, reset };
inline constexpr std::chrono::hours invitation_age{7 * 24}, reset_age{1};
std::string_view to_string(LinkKind kind);

// A letter that was taken from the outbox (outbox.h) to be sent now; its link opens from now on.
struct Letter {
    Id id{};
    LinkKind kind = LinkKind::invitation;
    Person to;
    Language language = Language::zh;    // the recipient's own; else that of whoever asked
    std::string token;
};

class Access {
public:
    explicit Access(Engine& engine);
    ~Access();

    // Checks the password (≈ 0.2 s of work; at most two at a time, more wait) and opens a session of session_age.
    // Refusals sign_in_refused, whatever was wrong; where a second factor is asked and the password is right: code_required without a `code`,
    // code_refused with a wrong one, code_locked (seconds) after too many. A code opens once; a recovery code is spent by it.
    // `network`: where the request comes from, as the ledger may know it.
    Result<SignedIn> sign_in(std::string_view email, std::string_view password, std::string_view agent, std::string_view code = {}, std::string_view network = {});
    // Whoever sits at the session of `pass` shows again that it is he, with the password or, where a second factor is on, a code of it. The session
    // goes on under another token; the one before opens nothing. Refusals password_refused, code_required, code_refused, code_locked, not_signed_in.
    Result<SignedIn> prove(const Caller& caller, std::string_view pass, std::string_view password, std::string_view code);
    void sign_out(std::string_view session_token);

    std::optional<Holder> by_session(std::string_view session_token);
    std::optional<Holder> by_api_token(std::string_view token);
    // Whether the session or token of a Holder still opens the door: for who came in by it and stays.
    bool stands(std::string_view pass);
    // Called when one was ended, on the thread that did it; what merely expires tells nobody.
    void on_end(std::function<void()> listener);

    // Hashes outside any unit, then writes, and ends every session of the member: whoever had the old password is out. API tokens stay.
    // Refusals too_short, too_long, password_is_name.
    Result<void> set_password(const Caller& caller, Id member, std::string_view password);
    // One's own, by whoever knows the one before it: every session but `pass` has ended, and one-time links are void. Where a second factor is
    // on, its code is asked for, too. Refusals password_refused, code_required, code_refused, code_locked; of `new_password` those of set_password().
    Result<void> change_password(const Caller& caller, std::string_view password, std::string_view new_password, std::string_view code, std::string_view pass);
    // A one-time link's token for a member who has no password yet, or lost it; those made before are void. Shown once, good for
    // invitation_age. `by_mail`: a letter with a link of its own waits to be sent to the member, too. Refusals forbidden, not_found, proof_required, required
    // (email: without an address nobody signs in).
    enum class Delivery : unsigned char { by_hand, by_mail };
    Result<std::string> invite(const Caller& caller, Id member, Delivery delivery = Delivery::by_hand);
    // Whom a one-time link stands for. Refusal invitation_refused, whatever is wrong with it; one that was mailed is void when the member
    // has another address now.
    struct Invited {
        Id member{};
        LinkKind kind = LinkKind::invitation;
    };
    Result<Invited> invited(std::string_view token);
    // Sets the password; all links of the member are void, and his sessions have ended. Refusals of invited() and set_password().
    Result<Id> accept(std::string_view token, std::string_view password);

    // ---- identities: who a member is to an OpenID provider

    struct Identity {
        std::string issuer, subject;
    };
    // Opens a session for whom the identity is linked to; the provider has asked for what it asks for, so no second factor of ours is. Refusal
    // identity_unknown, of a disabled member too.
    Result<SignedIn> enter(const Identity& identity, std::string_view agent);
    // Oneself, or by an administrator; once more is no matter. Refusals forbidden, not_found, identity_taken, invalid_value (subject); proof_required for somebody else.
    Result<Id> link(const Caller& caller, Id member, const Identity& identity);
    struct Linked {
        Id id{};
        Identity identity;
        Instant since{};
    };
    std::vector<Linked> identities_of(Id member);
    // Sessions stay. Refusals forbidden, not_found.
    Result<void> unlink(const Caller& caller, Id member, Id identity);

    // ---- letters (outbox.h): for the one thread of this process that sends them

    // The next one that is due, marked as tried; it comes due again when nothing more is heard of it. A letter that nobody is to get – the
    // address is no active member's, or his who has no password to forget – is dropped on the way. Throws faults.
    std::optional<Letter> take_letter();
    void letter_sent(Id letter);
    // Due again later: after a minute, then ever more seldom. `final`, or when it has waited for letter_days: dropped, and the
    // administrators are told.
    enum class Failure : unsigned char { passing, final };
    void letter_failed(Id letter, Failure failure);
    std::int64_t letters_waiting();      // at most 1,000

    // ---- the second factor: a code of an authenticator app, or one of ten recovery codes

    struct SecondFactor {
        bool on = false;
        int recovery_left = 0;
    };
    SecondFactor second_factor(Id member);
    // A new key for the caller's app, not asked for yet; one begun before is void. Refusals password_refused, second_factor_on.
    struct NewFactor {
        std::string key, uri;    // base32; otpauth://
    };
    Result<NewFactor> begin_second_factor(const Caller& caller, std::string_view password);
    // With the first code of it the factor is asked for from now on, and every other session (than `pass`) has ended. Gives the recovery
    // codes, shown once. Refusals code_refused, nothing_begun.
    Result<std::vector<std::string>> confirm_second_factor(const Caller& caller, std::string_view code, std::string_view pass);
    // Ten new recovery codes; those before are void. Refusals nothing_begun, proof_required.
    Result<std::vector<std::string>> renew_recovery(const Caller& caller);
    // Refusals password_refused; of an administrator for somebody else: forbidden, not_found, proof_required.
    Result<void> end_second_factor(const Caller& caller, std::string_view password);
    Result<void> take_second_factor_from(const Caller& caller, Id member);
    // Codes are looked at again after too many wrong ones. Refusals forbidden, not_found, proof_required.
    Result<void> unlock_codes(const Caller& caller, Id member);

    // ---- sessions and tokens, as their member sees them

    struct Listed {
        Id id{};
        std::string pass;                  // as Holder has it
        std::string name;                  // of a token; of a session, what its browser says it is
        std::vector<std::string> scopes;
        Instant since{}, expires_at{};
    };
    std::vector<Listed> sessions_of(Id member);        // those that stand, the newest first
    std::vector<Listed> tokens_of(Id member);          // invitations are none
    std::optional<Listed> listed(std::string_view token);   // one of them, of whoever holds it
    // Of the caller alone. Refusal not_found.
    Result<void> end_session(const Caller& caller, Id session);
    Result<void> end_other_sessions(const Caller& caller, std::string_view pass);
    Result<void> revoke_token(const Caller& caller, Id token);
    // Of anybody, by an administrator. Refusals forbidden, not_found, proof_required.
    Result<void> end_sessions_of(const Caller& caller, Id member);
    // Whether this is the caller's password: asked before what is changed for good. Refusal password_refused.
    Result<void> prove(const Caller& caller, std::string_view password);
    // What happened at a member's door, the newest first: signed_in, signed_out, sign_in_refused, code_refused, proved.
    struct Knock {
        std::int64_t seq = 0;     // of its event
        Instant at{};
        std::string verb, agent, network;
    };
    std::vector<Knock> knocks_of(Id member, std::int64_t limit);

    // The token alone, "sd_…", shown once. Scopes "read", "write", "admin", "object:boat", "import"; empty: everything the
    // member may. Refusals unknown_word for a scope, forbidden, proof_required.
    Result<std::string> create_token(const Caller& caller, Id member, std::string_view name, const std::vector<std::string>& scopes, int days = token_days_default);
    // Ends the tokens of the member that have this name. Refusals forbidden, not_found.
    Result<void> revoke_tokens(const Caller& caller, Id member, std::string_view name);

    // True when somebody can sign in; until then the set-up page is open to the holder of the one-time link.
    bool anyone_can_sign_in();

private:
    struct State;
    std::unique_ptr<State> state_;
};

// Forgets sessions, tokens and one-time links whose time is over; at most `limit` a call. Gives how many were forgotten.
std::int64_t forget_expired(Work& work, std::int64_t limit);

}  // namespace shangdao::engine
