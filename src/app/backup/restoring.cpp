#include "app/backup/restoring.h"

#include "app/backup/verifying.h"
#include "engine/files/kept_files.h"
#include "sales/customer/attachment/attaching.h"

namespace shangdao::app {

namespace {

namespace fs = std::filesystem;

std::unexpected<Problems> damaged(const fs::path& path) { return refuse("backup_damaged", path.string(), {{"path", path.string()}}); }

// `to` with the bytes that were written down, or a refusal.
Result<void> bring(const fs::path& from, const fs::path& to, const FileProof& wanted, const Progress& progress)
{
    if (!fs::exists(from)) return damaged(from);
    std::int64_t read = 0;
    const auto beat = [&](std::int64_t bytes) {
        if (progress) progress(from.filename().string(), read += bytes, wanted.bytes);
    };
    make_directory(to.parent_path());
    if (copy_durably(from, to, beat, wanted.sha256) != wanted) return damaged(from);
    return {};
}

// The data directory `to`, all of it safe, but under a name of its own.
Result<Restored> rebuild(const Place& place, const fs::path& to, const Progress& progress)
{
    const auto name = place.names().back();
    TRY(const auto manifest, place.manifest(name));
    CHECK_OK(bring(place.backup(name) / "server.json", to / "server.json", manifest.keys, progress));
    TRY(const auto directory, DataDirectory::find(to));
    CHECK_OK(bring(place.backup(name) / "data.sqlite", directory.store_file(), manifest.database, progress));
    const auto shelf = customer::attachment_shelf(directory.store_directory());
    make_directory(shelf);
    for (const auto& file : manifest.files) {
        const auto below = fs::path{file.sha256.substr(0, 2)} / file.sha256.substr(2);
        CHECK_OK(bring(place.files() / below, shelf / below, file, progress));
    }
    CHECK_OK(prove_copy(directory.store_file(), manifest.store, progress));
    return Restored{.name = name, .at = manifest.at, .seq = manifest.store.seq, .files = std::ssize(manifest.files)};
}

}  // namespace

Result<Restored> restore_backup(const fs::path& from, const fs::path& to, const Progress& progress)
{
    TRY(const auto place, Place::find(from));
    if (place.names().empty()) return refuse("backup_not_found", from.string(), {{"path", from.string()}});
    if (fs::exists(to) && (!fs::is_directory(to) || !fs::is_empty(to))) return refuse("directory_not_empty", to.string(), {{"path", to.string()}});
    const fs::path partial = (to.has_filename() ? to : to.parent_path()).string() + ".partial";
    make_directory(partial);
    const auto lock = FileLock::take(partial / "lock");
    if (!lock) return refuse("data_directory_in_use", partial.string(), {{"path", partial.string()}, {"pid", FileLock::holder(partial / "lock")}});
    for (const auto* part : {"orgs", "server.json"}) fs::remove_all(partial / part);    // of one that was killed
    try {
        auto restored = rebuild(place, partial, progress);
        if (restored) name_durably(partial, to);
        else fs::remove_all(partial);
        return restored;
    } catch (...) {
        fs::remove_all(partial);
        throw;
    }
}

}  // namespace shangdao::app
