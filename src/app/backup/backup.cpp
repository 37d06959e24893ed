#include "app/backup/backup.h"

#include "app/backup/kept_copies.h"
#include "app/backup/pruning.h"
#include "app/version.h"
#include "sales/customer/attachment/attaching.h"
#include "sales/customer/attachment/purging.h"
#include "sales/rooms.h"

namespace shangdao::app {

namespace {

namespace fs = std::filesystem;

// One backup while it is made.
class Making {
public:
    Making(const BackupCall& call, const Place& place) : call_(call), place_(place), partial_(place.backups() / "partial"), files_(customer::attachment_shelf(call.directory.store_directory()), place.files()) {}

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
        files_.bring_new([this](std::int64_t) { say("files", 0, 0); });
        copy_database();
        place_.keep_erased(call_.directory);
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
        return Made{.name = std::move(name), .manifest = std::move(manifest_), .files_copied = files_.brought()};
    }

private:
    void say(std::string_view what, std::int64_t done, std::int64_t total) const
    {
        if (call_.progress) call_.progress(what, done, total);
    }

    void copy_database()
    {
        const auto copy = partial_ / "data.sqlite";
        manifest_.log = place_.log().place();    // before the snapshot: later segments hold all that it has not
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
        for (const auto& hash : store ? customer::attachment_hashes(**store) : files_.on_shelf()) {
            if (!files_.bring(hash, [this](std::int64_t) { say("files", 0, 0); })) manifest_.missing.push_back(hash);
            else manifest_.files.push_back({.sha256 = hash, .bytes = static_cast<std::int64_t>(fs::file_size(kept_path(place_.files(), hash)))});
        }
        if (store) manifest_.name = engine::read_organisation(*(*store)->read())->name;
        manifest_.findings = store ? store::check_sqlite(options, *(*store)->catalogue()).findings : store::verify_chain(options).findings;
        return {};
    }

    const BackupCall& call_;
    const Place& place_;
    fs::path partial_;
    KeptCopies files_;
    Manifest manifest_;
};

}  // namespace

Result<Made> make_backup(const BackupCall& call)
{
    CHECK_OK(check_is_in_file(call.directory));
    TRY(auto place, Place::find_or_make(call.to, call.directory));
    TRY(const auto lock, place.lock());
    Making making(call, place);
    TRY(auto made, making.run());
    place.settle();
    if (call.keep) CHECK_OK(prune(place, *call.keep));
    return made;
}

}  // namespace shangdao::app
