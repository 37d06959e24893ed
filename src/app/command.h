// Command – what one call of the program does, wherever it runs: in its own process under the lock, or inside the server
// that holds it, through D/control.sock (D13). Exit codes: 0 done, 1 failed, 2 done with refused rows.
#pragma once

#include <filesystem>
#include <functional>
#include <iosfwd>
#include <string>
#include <vector>

#include "app/data_directory.h"

namespace shangdao::app {

// What a command may read and write of the terminal it was called from.
struct Terminal {
    std::istream& in;
    std::ostream& out;
    std::ostream& error;
    std::filesystem::path directory;     // relative paths start here
    Language language = Language::zh;
};

// Runs a command line. `running`: the organisation the server already holds; nullptr: open it.
int run(const std::vector<std::string>& arguments, Terminal& terminal, const Clock& clock, Opened* running);

// Says every problem, one a line, in the terminal's language; gives exit code 1.
int say_problems(Terminal& terminal, const Problems& problems);

}  // namespace shangdao::app
