#include "app/backup/restoring.h"

#include <algorithm>
#include <set>

#include "app/backup/kept_copies.h"
#include "app/backup/verifying.h"
#include "engine/files/kept_files.h"
#include "sales/customer/attachment/attaching.h"
#include "sales/customer/attachment/purging.h"
#include "sales/rooms.h"
#include "store/sqlite/wal_frames.h"

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

// The newest backup that is not younger than `until`.
Result<std::string> backup_before(const Place& place, const fs::path& path, std::optional<Instant> until)
{
    const auto names = place.names();
    if (names.empty()) return refuse("backup_not_found", path.string(), {{"path", path.string()}});
    if (!until) return names.back();
    std::optional<Instant> oldest;
    for (auto name = names.rbegin(); name != names.rend(); ++name) {
        TRY(const auto manifest, place.manifest(*name));
        if (manifest.at <= *until) return *name;
        oldest = manifest.at;
    }
    return refuse("backup_begins_later", "until", {{"at", to_string(*oldest)}});
}

// What the log holds beyond a backup: whole segments, and of the last one the frames up to a commit's.
struct Replay {
    std::vector<Segment> segments;
    LogPoint last;
};

Result<std::optional<Replay>> replay_after(const WalLog& log, const LogPlace& from, std::optional<Instant> until)
{
    Replay replay;
    std::size_t needed = 0;
    for (const auto number : log.numbers()) {
        if (number < from.from) continue;
        TRY(auto segment, log.head(number));
        if (segment.run != from.run) break;
        if (number != from.from + std::ssize(replay.segments)) return damaged(log.path(from.from + std::ssize(replay.segments)));
        replay.segments.push_back(std::move(segment));
        for (const auto& point : replay.segments.back().points) {
            if (until && point.at > *until) break;
            replay.last = point;
            needed = replay.segments.size();
        }
        if (until && !replay.segments.back().points.empty() && replay.segments.back().points.back().at > *until) break;
    }
    replay.segments.resize(needed);
    if (needed == 0) return std::nullopt;
    return replay;
}

Result<void> play(const WalLog& log, const Replay& replay, const fs::path& database, const Progress& progress)
{
    store::FrameWriting writing(database, replay.segments.front().page_bytes);
    for (const auto& segment : replay.segments) {
        TRY(auto frames, log.frames(segment));
        if (&segment == &replay.segments.back()) frames.resize(static_cast<std::size_t>((replay.last.frame - segment.after) * (segment.page_bytes + store::wal_frame_head_bytes)));
        writing.put(frames);
        if (progress) progress("log", segment.number, 0);
    }
    writing.finish();
    return {};
}

store::SqliteOptions still(const DataDirectory& directory, const Clock& clock)
{
    return looking_at(directory.store_file(), directory.keys(), clock, store::SqliteOptions::Standing::still);
}

class Rebuilding {
public:
    Rebuilding(const Place& place, const RestoreCall& call) : place_(place), call_(call) {}

    // The data directory `to`, all of it safe, but under a name of its own.
    Result<Restored> run(const std::string& name, const fs::path& to)
    {
        TRY(const auto manifest, place_.manifest(name));
        CHECK_OK(bring(place_.backup(name) / "server.json", to / "server.json", manifest.keys, call_.progress));
        TRY(const auto directory, DataDirectory::find(to));
        CHECK_OK(bring(place_.backup(name) / "data.sqlite", directory.store_file(), manifest.database, call_.progress));
        CHECK_OK(prove_copy(directory.store_file(), manifest.store, call_.progress));
        Restored restored{.name = name, .at = manifest.at, .seq = manifest.store.seq};
        TRY(const auto replay, replay_after(place_.log(), manifest.log, call_.until));
        if (replay) CHECK_OK(forward(*replay, directory, restored));
        CHECK_OK(bring_files(manifest, directory, restored));
        engine::add_erased(engine::erased_list(directory.store_directory()), engine::read_erased(place_.erased()));
        return restored;
    }

private:
    // The files that the records know; beyond the backup that is asked of them, unless an older program wrote them.
    Result<void> bring_files(const Manifest& manifest, const DataDirectory& directory, Restored& restored)
    {
        const auto shelf = customer::attachment_shelf(directory.store_directory());
        make_directory(shelf);
        std::set<std::string> hashes;
        for (const auto& file : manifest.files) hashes.insert(file.sha256);
        const SystemClock clock;
        if (const auto store = engine::Engine::look(still(directory, clock), sales::all_rooms()))
            for (auto& hash : customer::attachment_hashes(**store)) hashes.insert(std::move(hash));
        for (const auto& hash : hashes) {
            const auto from = engine::find_kept_file(place_.files(), hash);
            if (!from) {
                restored.missing.push_back(hash);
                continue;
            }
            const FileProof wanted{.sha256 = hash, .bytes = static_cast<std::int64_t>(fs::file_size(*from))};
            CHECK_OK(bring(*from, kept_path(shelf, hash), wanted, call_.progress));
            ++restored.files;
        }
        return {};
    }

    Result<void> forward(const Replay& replay, const DataDirectory& directory, Restored& restored)
    {
        CHECK_OK(play(place_.log(), replay, directory.store_file(), call_.progress));
        const SystemClock clock;
        const auto chain = store::verify_chain(still(directory, clock));
        if (!chain.findings.empty() || chain.seq != replay.last.seq) return damaged(place_.log().path(replay.segments.back().number));
        restored.at = std::max(restored.at, replay.last.at);
        restored.seq = replay.last.seq;
        return {};
    }

    const Place& place_;
    const RestoreCall& call_;
};

}  // namespace

Result<Restored> restore_backup(const RestoreCall& call)
{
    const auto& [from, to, until, progress] = call;
    TRY(const auto place, Place::find(from));
    TRY(const auto name, backup_before(place, from, until));
    if (fs::exists(to) && (!fs::is_directory(to) || !fs::is_empty(to))) return refuse("directory_not_empty", to.string(), {{"path", to.string()}});
    const fs::path partial = (to.has_filename() ? to : to.parent_path()).string() + ".partial";
    make_directory(partial);
    const auto lock = FileLock::take(partial / "lock");
    if (!lock) return refuse("data_directory_in_use", partial.string(), {{"path", partial.string()}, {"pid", FileLock::holder(partial / "lock")}});
    for (const auto* part : {"orgs", "server.json"}) fs::remove_all(partial / part);    // of one that was killed
    try {
        auto restored = Rebuilding(place, call).run(name, partial);
        if (restored) name_durably(partial, to);
        else fs::remove_all(partial);
        return restored;
    } catch (...) {
        fs::remove_all(partial);
        throw;
    }
}

}  // namespace shangdao::app
