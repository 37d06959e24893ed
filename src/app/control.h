// D/control.sock – the CLI's way into a running server (D13). One request a connection: {"arguments","directory","input",
// "language"}; one answer: {"code","out","error"}. The socket's directory is 0700: who reaches it owns the data.
#pragma once

#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "app/command.h"

namespace shangdao::app {

class ControlServer {
public:
    ControlServer(Opened& opened, const Clock& clock);   // throws Fault when it cannot listen
    ~ControlServer();

private:
    void loop();
    void answer(int connection);

    Opened& opened_;
    const Clock& clock_;
    int listener_ = -1;
    int stop_pipe_[2] = {-1, -1};
    std::thread thread_;
};

// Sends the command to the server of this data directory; nullopt when nobody listens there.
std::optional<int> run_in_server(const DataDirectory& directory, const std::vector<std::string>& arguments, Terminal& terminal);

}  // namespace shangdao::app
