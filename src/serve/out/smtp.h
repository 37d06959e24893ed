// smtp – handing one mail to the mail server of the house.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "base/secret.h"
#include "serve/out/address.h"

namespace shangdao::serve::out {

struct SmtpServer {
    WebAddress address;      // smtp: STARTTLS, required unless it is this machine itself; smtps: TLS from the first byte
    Secret password;         // with address.user; without a user nobody signs in
    std::string trust;       // PEM of the authorities that may vouch for it; empty: the system's
};

// smtp://user@host:port, smtps://…; the password stands elsewhere. Refusal mail_server_refused.
Result<SmtpServer> smtp_server(std::string_view address);

enum class Delivery : unsigned char { accepted, failed, refused };   // failed: may go well later; refused: this address or mail never will
struct Handed {
    Delivery delivery = Delivery::failed;
    std::string what;        // in libcurl's words, for the log: names neither people nor secrets
};

// Takes a minute at most; blocks. `from`, `to`: addresses that exchange::is_mail_address() takes; `bytes`: of exchange::write_mail(). Thread-safe.
Handed hand_over(const SmtpServer& server, const std::string& from, const std::string& to, std::string_view bytes);

}  // namespace shangdao::serve::out
