// The data directory D (D13, D14): keys, the organisation's store, the lock that only one writer process may hold.
//
//   D/server.json        keys (mode 0600)       D/lock            flocked by the process that writes
//   D/orgs/main/         store and files         D/control.sock    the server's door for the CLI
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "base/result.h"
#include "engine/access/access.h"
#include "engine/engine.h"

namespace shangdao::app {

struct Keys {
    std::string chain;   // 32 bytes: HMAC of the ledger's chain
    std::string seal;    // 32 bytes: HMAC of cursors
};

class DataDirectory {
public:
    // Refusal no_data_directory when there is none.
    static Result<DataDirectory> find(const std::filesystem::path& path);
    // Makes an empty one with fresh keys; refusal data_directory_exists when there is one already.
    static Result<DataDirectory> create(const std::filesystem::path& path);

    const std::filesystem::path& path() const { return path_; }
    std::filesystem::path store_directory() const { return path_ / "orgs" / "main"; }
    std::filesystem::path control_socket() const { return path_ / "control.sock"; }
    const Keys& keys() const { return keys_; }

    // Takes the lock for this process's life; nullopt when another process holds it.
    class Lock {
    public:
        explicit Lock(int descriptor) : descriptor_(descriptor) {}
        Lock(Lock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
        Lock& operator=(Lock&&) = delete;
        ~Lock();

    private:
        int descriptor_;
    };
    std::optional<Lock> lock() const;
    std::string lock_holder() const;   // pid of the process that holds it, as it wrote it

private:
    std::filesystem::path path_;
    Keys keys_;
};

// The organisation, opened for writing under the lock.
struct Opened {
    DataDirectory directory;
    std::optional<DataDirectory::Lock> lock;
    std::unique_ptr<engine::Engine> engine;
    std::unique_ptr<engine::Access> access;
};

Result<std::unique_ptr<Opened>> open_for_writing(DataDirectory directory, const Clock& clock, int readers);

}  // namespace shangdao::app
