// `shangdao serve` – the server: edge, routes, live changes, jobs, control socket; until SIGTERM.
#pragma once

#include <string>

#include "app/command.h"

namespace shangdao::app {

struct ServeOptions {
    std::string listen = "127.0.0.1:8080";
    std::string web_directory;                // the web app's files; empty: beside the program
    std::string certificate, private_key;     // PEM; both or none
    int workers = 0;
    bool insecure_http = false;               // plain http beyond loopback
};

int serve(const ServeOptions& options, Opened& opened, Terminal& terminal, const Clock& clock);

}  // namespace shangdao::app
