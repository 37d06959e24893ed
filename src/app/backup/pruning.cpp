// A backup first loses its name, so a kill in the middle leaves what has a name whole.
#include "app/backup/pruning.h"

#include <algorithm>
#include <set>

namespace shangdao::app {

namespace fs = std::filesystem;

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
    for (const auto& name : names) {
        TRY(const auto manifest, place.manifest(name));
        for (const auto& file : manifest.files) known.insert(file.sha256);
    }
    std::vector<fs::path> unknown;
    for (const auto& entry : fs::recursive_directory_iterator(place.files()))
        if (entry.is_regular_file() && !known.contains(entry.path().parent_path().filename().string() + entry.path().filename().string())) unknown.push_back(entry.path());
    for (const auto& path : unknown) fs::remove(path);
    return {};
}

}  // namespace shangdao::app
