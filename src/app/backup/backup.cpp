#include "app/backup/backup.h"

#include <algorithm>

#include "app/backup/pruning.h"
#include "app/version.h"
#include "engine/files/kept_files.h"
#include "sales/customer/attachment/attaching.h"
#include "sales/customer/attachment/purging.h"
#include "sales/rooms.h"

namespace shangdao::app {

namespace {

namespace fs = std::filesystem;

// One backup while it is made.
class Making {
public:
    Making(const BackupCall& call, const Place& place) : call_(call), place_(place), partial_(place.backups() / "partial"), shelf_(customer::attachment_shelf(call.directory.store_directory())) {}

    // What has got no name is not left behind, least of all on a full disk.
    ~Making()
    {
        std::error_code ignored;
        fs::remove_all(partial_, ignored);
    }
    Making(const Making&) = delete;

    Result<Made> run()
    {
        fs::remove_all(partial_);    // of a process that was killed
        make_directory(partial_);
        for (const auto& hash : shelf_hashes()) copy_file(hash);
        copy_database();
        CHECK_OK(check());
        manifest_.keys = copy_durably(call_.directory.key_file(), partial_ / "server.json");
        manifest_.version = version;
        manifest_.organisation = place_.organisation();
        write_durably(partial_ / "manifest", manifest_.text());
        sync_directory(partial_);
        auto named_after = manifest_.at;
        while (fs::exists(place_.backup(backup_name(named_after)))) ++named_after.us;    // a clock that stands still, or was set back
        auto name = backup_name(named_after);
        name_durably(partial_, place_.backup(name));
        return Made{.name = std::move(name), .manifest = std::move(manifest_), .files_copied = files_copied_};
    }

private:
    void say(std::string_view what, std::int64_t done, std::int64_t total) const
    {
        if (call_.progress) call_.progress(what, done, total);
    }

    // Whether the place has the bytes of `hash` now.
    bool copy_file(const std::string& hash)
    {
        if (engine::find_kept_file(place_.files(), hash)) return true;
        const auto from = engine::find_kept_file(shelf_, hash);
        if (!from) return false;
        const auto to = place_.files() / hash.substr(0, 2) / hash.substr(2);
        make_directory(to.parent_path());
        if (copy_durably(*from, to, [&](std::int64_t) { say("files", files_copied_, 0); }, hash).sha256 != hash) return false;
        ++files_copied_;
        return true;
    }

    std::vector<std::string> shelf_hashes() const
    {
        std::vector<std::string> hashes;
        std::error_code none;
        for (const auto& entry : fs::recursive_directory_iterator(shelf_, none))
            if (auto hash = entry.path().parent_path().filename().string() + entry.path().filename().string(); engine::find_kept_file(shelf_, hash)) hashes.push_back(std::move(hash));
        return hashes;
    }

    void copy_database()
    {
        const auto copy = partial_ / "data.sqlite";
        store::copy_sqlite(call_.directory.store_file(), copy, [&] { manifest_.at = call_.clock.now(); }, [&](std::int64_t done, std::int64_t total) { say("database", done, total); });
        sync_file(copy);
        const auto total = static_cast<std::int64_t>(fs::file_size(copy));
        std::int64_t read = 0;
        fs::permissions(copy, fs::perms::owner_read | fs::perms::owner_write);
        manifest_.database = prove_file(copy, [&](std::int64_t bytes) { say("hash", read += bytes, total); });
        manifest_.store = store::prove_sqlite(copy, [&] { say("tables", 0, 0); });
    }

    // Files, name and findings are those of the copy. One that an older program wrote is not looked into: it is backed up before it is migrated.
    Result<void> check()
    {
        say("check", 0, 0);
        const auto options = looking_at(partial_ / "data.sqlite", call_.directory.keys(), call_.clock, store::SqliteOptions::Standing::still);
        const auto store = engine::Engine::look(options, sales::all_rooms());
        if (!store && store.error().front().code != "store_outdated") return refuse(store.error());
        for (const auto& hash : store ? customer::attachment_hashes(**store) : shelf_hashes()) {
            if (!copy_file(hash)) manifest_.missing.push_back(hash);
            else manifest_.files.push_back({.sha256 = hash, .bytes = static_cast<std::int64_t>(fs::file_size(*engine::find_kept_file(place_.files(), hash)))});
        }
        if (store) manifest_.name = engine::read_organisation(*(*store)->read())->name;
        manifest_.findings = store ? store::check_sqlite(options, *(*store)->catalogue()).findings : store::verify_chain(options).findings;
        return {};
    }

    const BackupCall& call_;
    const Place& place_;
    fs::path partial_, shelf_;
    Manifest manifest_;
    std::int64_t files_copied_ = 0;
};

}  // namespace

Result<Made> make_backup(const BackupCall& call)
{
    TRY(auto place, Place::find_or_make(call.to, call.directory));
    TRY(const auto lock, place.lock());
    Making making(call, place);
    TRY(auto made, making.run());
    place.settle();
    if (call.keep) CHECK_OK(prune(place, *call.keep));
    return made;
}

}  // namespace shangdao::app
