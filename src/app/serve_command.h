// `shangdao serve` – the server: edge, routes, live changes, jobs, control sockets; until SIGTERM.
#pragma once

#include <string>
#include <vector>

#include "app/command.h"
#include "app/provider_options.h"

namespace shangdao::app {

struct ServeOptions {
    std::string listen = "127.0.0.1:8080";
    std::string web_directory;                // the web app's files; empty: beside the program
    std::string certificate, private_key;     // PEM; both or none
    std::vector<std::string> trusted_proxies; // addresses (serve/edge.h)
    int workers = 0;
    int sign_ins_per_minute = 20;             // tries from one network address; an office may share one
    bool insecure_http = false;               // plain http beyond loopback
    std::string ship_to;                      // where commits are shipped to (backup/shipping.h); empty: nowhere. Of several organisations: a directory in it each
    int ship_keep = 7, ship_seconds = 10;
    MailOptions mail;
    ProviderOptions provider;
};

// One organisation a data directory; of several each needs host names of its own (serve/hosts.h). Exit code 1 also when the disk failed under a
// store: whoever looks after the process starts it again.
int serve(const ServeOptions& options, std::vector<DataDirectory> directories, Terminal& terminal, const Clock& clock);

}  // namespace shangdao::app
