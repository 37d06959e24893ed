// WebAddress – where the server may be told to connect to, read once and in one way.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace shangdao::serve::out {

// As libcurl reads it, and so as it will connect: a host that is a number in any spelling is its dotted form.
struct WebAddress {
    std::string scheme, user, host;   // lower case but for the user; an IPv6 host in its brackets
    int port = 0;                     // the scheme's own where none is said
    std::string path;                 // begins with '/'
    bool has_password = false, has_query = false, has_fragment = false;

    std::string origin() const;       // "https://host:port", without the port where it is the scheme's own
};

// nullopt for what is no address of these schemes: http, https, smtp, smtps.
std::optional<WebAddress> parse_address(std::string_view text);

// This machine itself, said so in the address: localhost, 127.0.0.0/8, [::1]. A name that only resolves to it is none.
bool is_loopback(const WebAddress& address);

}  // namespace shangdao::serve::out
