// fetch – the one way in which the server asks another one over HTTP. No redirect is followed, no proxy of the environment is used, an answer is
// read to a limit, and what may be connected to is judged at the last moment (reach.h).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/secret.h"

namespace shangdao::serve::out {

// `configured`: the owner of the server named this host, on the command line; it may be private, and speak plain http when it is this machine.
enum class Reach : unsigned char { public_only, configured };

struct Ask {
    std::string url;
    Reach reach = Reach::public_only;
    std::optional<std::string> form;         // posted as application/x-www-form-urlencoded; none: GET
    std::string user;                        // with the password, for Basic; empty: nobody
    Secret password;
    std::string trust;                       // PEM of authorities instead of the system's; empty: the system's
};
struct Answer {
    int status = 0;
    std::string body;
};

// Ten seconds at most; blocks. Refusal server_unreachable, whatever was in the way: what is not public, closed or slow looks alike. Thread-safe.
Result<Answer> fetch(const Ask& ask);

// As it stands in a query or a form.
std::string percent_encoded(std::string_view text);

}  // namespace shangdao::serve::out
