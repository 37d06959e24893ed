// The data directory D (D13, D14): keys, the organisation's store, the lock that only one writer process may hold.
//
//   D/server.json        keys, host names, and the database and schema where the records are in one (mode 0600)
//   D/orgs/main/         store and files         D/lock            flocked by the process that writes
//                                                D/control.sock    the server's door for the CLI
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/file_lock.h"
#include "base/result.h"
#include "engine/access/access.h"
#include "engine/engine.h"

namespace shangdao::app {

struct Keys {
    std::string chain;   // 32 bytes: HMAC of the ledger's chain
    std::string seal;    // 32 bytes: HMAC of cursors
};

// Where records are that are not in the store file. No address: they are in it.
struct Database {
    std::string address{};                                            // postgres://user@host/database
    std::string schema = std::string{engine::schema_name};            // several organisations may share a database
    bool operator==(const Database&) const = default;
    bool is_used() const { return !address.empty(); }
};

class DataDirectory {
public:
    // Refusal no_data_directory when there is none.
    static Result<DataDirectory> find(const std::filesystem::path& path);
    // Makes an empty one with fresh keys; refusal data_directory_exists when there is one already.
    static Result<DataDirectory> create(const std::filesystem::path& path, const Database& database = {});

    // Takes away what create() made and an opening that was refused: the next try starts clean.
    static void unmake(const std::filesystem::path& path);

    const std::filesystem::path& path() const { return path_; }
    std::filesystem::path store_directory() const { return path_ / "orgs" / "main"; }
    std::filesystem::path store_file() const { return store_directory() / "data.sqlite"; }
    std::filesystem::path key_file() const { return path_ / "server.json"; }
    std::filesystem::path control_socket() const { return path_ / "control.sock"; }
    const Keys& keys() const { return keys_; }
    const Database& database() const { return database_; }
    // Lower case, without port. None: every name will do, as long as the server serves this organisation alone.
    const std::vector<std::string>& hosts() const { return hosts_; }

    // Where the records are, and what the organisation is called, from now on; keep() makes it last.
    void set_database(const Database& database) { database_ = database; }
    void set_hosts(std::vector<std::string> hosts) { hosts_ = std::move(hosts); }
    void keep();
    // The same, asked for by whoever gives another address. Refusal records_elsewhere when they are in the store file: they would be missed.
    Result<void> use_database(const Database& database);

    // Takes the lock for this process's life; nullopt when another process holds it.
    std::optional<FileLock> lock() const { return FileLock::take(lock_file()); }
    std::string lock_holder() const { return FileLock::holder(lock_file()); }

private:
    std::filesystem::path lock_file() const { return path_ / "lock"; }
    std::string text() const;         // of server.json
    std::filesystem::path path_;
    Keys keys_;
    Database database_;
    std::vector<std::string> hosts_;
    std::string kept_;                // the text of server.json
};

// For whoever only reads the organisation's records, beside the process that writes them.
store::StoreOptions looking_at(const DataDirectory& directory, const Clock& clock);
// For whoever only reads one store file, with its keys: beside the process that writes it, or a copy that is still.
store::SqliteOptions looking_at(const std::filesystem::path& store, const Keys& keys, const Clock& clock, store::SqliteOptions::Standing standing = store::SqliteOptions::Standing::written);

// The organisation, opened for writing under the lock.
struct Opened {
    DataDirectory directory;
    std::optional<FileLock> lock;
    std::unique_ptr<engine::Engine> engine;
    std::unique_ptr<engine::Access> access;
};

// Copies of the store file are ours to make; a database is backed up by its own means: refusal backup_of_database.
Result<void> check_is_in_file(const DataDirectory& directory);

// What a server wants to be told of its store file (store/sqlite/sqlite_store.h).
struct StoreWatch {
    std::function<void(const std::string& reason)> on_fail_stop = {};
    store::WalFollower* follower = nullptr;
};
// `watch`: of a server; whoever has none is alone with the records until it closes them.
Result<std::unique_ptr<Opened>> open_for_writing(DataDirectory directory, const Clock& clock, int readers, std::optional<StoreWatch> watch = {});

}  // namespace shangdao::app
