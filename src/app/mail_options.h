// What the command line and the environment say of mail, checked before anything begins.
#pragma once

#include <optional>
#include <string>

#include "app/command.h"
#include "serve/mail/mailer.h"

namespace shangdao::app {

struct MailOptions {
    std::string base_url;            // under which browsers open the server; links begin with it
    std::string smtp;                // smtp://user@host:587; empty: no mail
    std::string password_file;
    std::string from;                // the address that mails come from
    std::string trust;               // PEM of authorities, instead of the system's
};

// An address of http or https without a path, as links begin with it: no '/' at its end. Refusal base_url_refused.
Result<std::string> base_url_of(const std::string& text);
// The first line of a file, without its end. Refusal secret_unreadable.
Result<Secret> secret_in(const std::filesystem::path& path);

// nullopt: no mail. Relative files start at `directory`. Refusals base_url_refused, mail_server_refused, secret_unreadable, invalid_value, required; all at once.
Result<std::optional<serve::MailSettings>> mail_settings(const MailOptions& options, const std::filesystem::path& directory);

// The same scheme and port at another host: of several organisations behind one server each has a name of its own.
std::string at_host(const std::string& base_url, const std::string& host);

// Sends one mail and says how it went. Exit code 1 when it did not go well.
int try_mail(const MailOptions& options, const std::string& to, const Clock& clock, Terminal& terminal);

}  // namespace shangdao::app
