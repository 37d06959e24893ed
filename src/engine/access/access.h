// Access – who is at the door: passwords, sessions, API tokens. Tokens are random references stored hashed;
// the answer for an unknown person and for a wrong password is the same, in words and in work.
#pragma once

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
};

inline constexpr std::size_t password_length_min = 8;
inline constexpr std::size_t password_length_max = 256;
inline constexpr int token_days_default = 90;

class Access {
public:
    explicit Access(Engine& engine);
    ~Access();

    // Checks the password (≈ 0.2 s of work; at most two at a time, more wait) and opens a session of 7 days.
    // Refusal sign_in_refused, whatever was wrong.
    Result<SignedIn> sign_in(std::string_view email, std::string_view password, std::string_view agent);
    void sign_out(std::string_view session_token);

    std::optional<Holder> by_session(std::string_view session_token);
    std::optional<Holder> by_api_token(std::string_view token);
    // Whether the session or token of a Holder still opens the door: for who came in by it and stays.
    bool stands(std::string_view pass);
    // Called when one was ended, on the thread that did it; what merely expires tells nobody.
    void on_end(std::function<void()> listener);

    // Hashes outside any unit, then writes, and ends every session of the member: whoever had the old password is out. API tokens stay.
    // Refusals too_short, too_long.
    Result<void> set_password(const Caller& caller, Id member, std::string_view password);
    // A one-time link's token for a member who has no password yet, or lost it; those made before are void. Shown once, good for 7 days.
    // Refusals forbidden, not_found, required (email: without an address nobody signs in).
    Result<std::string> invite(const Caller& caller, Id member);
    // Whom a token of invite() stands for. Refusal invitation_refused, whatever is wrong with it.
    Result<Id> invited(std::string_view token);
    // Sets the password; the token is void, and the member's sessions have ended. Refusals of invited() and set_password().
    Result<Id> accept(std::string_view token, std::string_view password);

    // The token alone, "sd_…", shown once. Scopes "read", "write", "admin", "object:boat", "import"; empty: everything the
    // member may. Refusals unknown_word for a scope.
    Result<std::string> create_token(const Caller& caller, Id member, std::string_view name, const std::vector<std::string>& scopes, int days = token_days_default);
    // Ends the tokens of the member that have this name. Refusals forbidden, not_found.
    Result<void> revoke_tokens(const Caller& caller, Id member, std::string_view name);

    // True when somebody can sign in; until then the set-up page is open to the holder of the one-time link.
    bool anyone_can_sign_in();

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace shangdao::engine
