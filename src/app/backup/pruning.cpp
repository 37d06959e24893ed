// A backup first loses its name, so a kill in the middle leaves what has a name whole.
#include "app/backup/pruning.h"

#include <algorithm>
#include <set>

namespace shangdao::app {

namespace {

namespace fs = std::filesystem;

// What came to the place after the newest backup's snapshot is known to the log alone.
constexpr std::chrono::hours young{48};

}  // namespace

Result<void> prune(const Place& place, int keep)
{
    const auto going = place.backups() / "going";
    fs::remove_all(going);
    auto names = place.names();
    const auto stay = static_cast<std::size_t>(std::max(keep, 1));
    for (; names.size() > stay; names.erase(names.begin())) {
        name_durably(place.backup(names.front()), going);
        fs::remove_all(going);
    }
    std::set<std::string> known;
    std::optional<std::int64_t> log_from;
    for (const auto& name : names) {
        TRY(const auto manifest, place.manifest(name));
        for (const auto& file : manifest.files) known.insert(file.sha256);
        log_from = std::min(log_from.value_or(manifest.log.from), manifest.log.from);
    }
    const auto before = fs::file_time_type::clock::now() - young;
    std::vector<fs::path> unknown;
    for (const auto& entry : fs::recursive_directory_iterator(place.files()))
        if (entry.is_regular_file() && entry.last_write_time() < before && !known.contains(entry.path().parent_path().filename().string() + entry.path().filename().string()))
            unknown.push_back(entry.path());
    for (const auto& path : unknown) fs::remove(path);
    if (log_from) place.log().drop_before(*log_from);
    return {};
}

}  // namespace shangdao::app
