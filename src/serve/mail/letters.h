// letters – the sentences of what is mailed, in the recipient's language. A link begins with the configured address of the server, never with
// what a request said of it.
#pragma once

#include <string>

#include "engine/access/access.h"
#include "exchange/mail/mail.h"

namespace shangdao::serve {

struct Sender {
    std::string address;         // of "From"
    std::string base_url;        // "https://crm.example.com", no '/' at its end
    std::string organisation;    // its name
};

// The mail of a letter, with its link. `id`, `sent_at` are the caller's to set.
exchange::Mail letter_mail(const Sender& sender, const engine::Letter& letter);

// What `shangdao mail test` sends.
exchange::Mail trial_mail(const Sender& sender, const std::string& to, Language language);

}  // namespace shangdao::serve
