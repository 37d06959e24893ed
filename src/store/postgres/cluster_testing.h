// A PostgreSQL of the tests' own: one cluster a test program, in a temporary directory, on a socket there and no port, and gone with the
// program, however it ends. Without PostgreSQL's server the tests fail.
#pragma once

#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <string>
#include <vector>

#include "base/require.h"
#include "store/store_testing.h"

namespace shangdao::store::contract {

class Cluster {
public:
    static const Cluster& running()
    {
        static const Cluster cluster;
        return cluster;
    }
    Cluster(const Cluster&) = delete;
    Cluster& operator=(const Cluster&) = delete;
    ~Cluster()
    {
        kill(server_, SIGQUIT);
        waitpid(server_, nullptr, 0);
    }

    std::string address() const { return "host=" + directory_.path().string() + " user=" + std::string{user} + " dbname=postgres"; }

private:
    static constexpr const char* user = "postgres";

    Cluster()
    {
        if (getuid() == 0) {
            const auto* login = getpwnam(user);
            require(login != nullptr, "PostgreSQL is installed with its user: apt-get install postgresql");
            require(chown(directory_.path().c_str(), login->pw_uid, login->pw_gid) == 0, "the cluster's directory can be handed over");
        }
        const auto data = (directory_.path() / "data").string();
        int status = -1;
        waitpid(start({"initdb", "-D", data, "-U", user, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"}, -1), &status, 0);
        require(status == 0, "initdb makes a cluster: PostgreSQL's server is installed");
        int lines[2];
        require(pipe2(lines, O_CLOEXEC) == 0, "a pipe can be made");
        // Tests prove what we do, not that PostgreSQL keeps what it was told to. It says little, since nobody reads on.
        server_ = start({"postgres", "-D", data, "-k", directory_.path().string(), "-c", "listen_addresses=", "-c", "fsync=off", "-c", "full_page_writes=off", "-c", "max_connections=200", "-c", "log_min_messages=log", "-c", "log_checkpoints=off"}, lines[1]);
        close(lines[1]);
        auto* said = fdopen(lines[0], "r");
        char line[1000];
        bool ready = false;
        while (!ready && std::fgets(line, sizeof line, said) != nullptr) ready = std::string_view{line}.contains("ready to accept connections");
        require(ready, "PostgreSQL's server starts");
        said_ = said;    // open, so that the server may go on writing
    }

    static std::filesystem::path program(const std::string& name)
    {
        for (const auto* place : {"/usr/lib/postgresql/15/bin", "/usr/bin", "/usr/local/bin"})
            if (const auto path = std::filesystem::path{place} / name; std::filesystem::exists(path)) return path;
        require(false, "PostgreSQL's server is installed: apt-get install postgresql");
        return {};
    }

    // As the user of PostgreSQL, which refuses to run as root. It ends with us.
    static pid_t start(const std::vector<std::string>& words, int said)
    {
        const auto path = program(words.front());
        std::vector<char*> arguments;
        for (const auto& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
        arguments.push_back(nullptr);
        const auto child = fork();
        require(child >= 0, "a process can be started");
        if (child != 0) return child;
        const int null = open("/dev/null", O_RDWR);
        dup2(null, STDIN_FILENO);
        dup2(null, STDOUT_FILENO);
        dup2(said >= 0 ? said : null, STDERR_FILENO);
        if (const auto* login = getuid() == 0 ? getpwnam(user) : nullptr; login != nullptr)
            if (chdir("/") != 0 || setgid(login->pw_gid) != 0 || initgroups(user, login->pw_gid) != 0 || setuid(login->pw_uid) != 0) _exit(1);
        prctl(PR_SET_PDEATHSIG, SIGQUIT);
        execv(path.c_str(), arguments.data());
        _exit(1);
    }

    const Directory directory_;
    pid_t server_ = 0;
    FILE* said_ = nullptr;
};

}  // namespace shangdao::store::contract
