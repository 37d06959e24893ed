#include "app/backup/kept_copies.h"

#include "engine/files/kept_files.h"

namespace shangdao::app {

namespace {

namespace fs = std::filesystem;

// The clock of a file system ticks in milliseconds: what was changed so shortly before it was read may have been changed again, unseen.
constexpr std::chrono::seconds settled_after{2};

}  // namespace

fs::path kept_path(const fs::path& directory, const std::string& hash) { return directory / hash.substr(0, 2) / hash.substr(2); }

bool KeptCopies::bring(const std::string& hash, const Beat& beat)
{
    if (engine::find_kept_file(place_, hash)) return true;
    const auto from = engine::find_kept_file(shelf_, hash);
    if (!from) return false;
    const auto to = kept_path(place_, hash);
    make_directory(to.parent_path());
    if (copy_durably(*from, to, beat, hash).sha256 != hash) return false;
    ++brought_;
    return true;
}

void KeptCopies::bring_new(const Beat& beat)
{
    std::error_code none;
    for (const auto& directory : fs::directory_iterator(shelf_, none)) {
        const auto now = fs::file_time_type::clock::now();
        const auto changed = directory.last_write_time(none);
        if (const auto seen = seen_.find(directory.path()); seen != seen_.end() && seen->second == changed) continue;
        for (const auto& file : fs::directory_iterator(directory.path(), none)) bring(directory.path().filename().string() + file.path().filename().string(), beat);
        if (now - changed > settled_after) seen_[directory.path()] = changed;
    }
}

std::vector<std::string> KeptCopies::on_shelf() const
{
    std::vector<std::string> hashes;
    std::error_code none;
    for (const auto& entry : fs::recursive_directory_iterator(shelf_, none))
        if (auto hash = entry.path().parent_path().filename().string() + entry.path().filename().string(); engine::find_kept_file(shelf_, hash)) hashes.push_back(std::move(hash));
    return hashes;
}

}  // namespace shangdao::app
