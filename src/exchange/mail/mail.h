// Mail – one message as bytes: RFC 5322 with a text and an HTML alternative in UTF-8. Every header comes from a field of the struct and is
// refused, not cleaned, when it could begin another line; what is no plain ASCII word goes through RFC 2047. One recipient: nobody sees who
// else was written to.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "base/time.h"

namespace shangdao::exchange {

struct MailAddress {
    std::string name;       // as people read it; may be empty
    std::string address;    // local@domain
};

struct Mail {
    MailAddress from, to;
    std::string subject;
    std::string text, html; // of the same content; line feeds end lines
    Instant sent_at;
    std::string id;         // left of the @ in Message-ID, letters and digits: the same for each try, so that a receiver can tell
};

// What may stand between MAIL FROM's brackets: an atom with dots, at most 64 characters, and a host name of ASCII labels. Quoted local parts,
// address literals and addresses beyond ASCII are none of ours.
bool is_mail_address(std::string_view address);

// The whole message, lines ended by CR LF. Refusals invalid_value (from, to: no address; id), control_character, invalid_utf8, required (subject);
// the field is named as in the struct.
Result<std::string> write_mail(const Mail& mail);

}  // namespace shangdao::exchange
