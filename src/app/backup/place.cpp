#include "app/backup/place.h"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <algorithm>

#include "base/bytes.h"
#include "base/secret.h"

namespace shangdao::app {

namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

fs::path mark_of(const fs::path& root) { return root / "place"; }

// Where a place lies until its first backup is whole.
fs::path unsettled(const fs::path& path) { return (path.has_filename() ? path : path.parent_path()).string() + ".partial"; }

}  // namespace

Result<Place> Place::find(const fs::path& path)
{
    if (!fs::exists(mark_of(path))) return refuse("backup_not_found", path.string(), {{"path", path.string()}});
    Place place;
    place.root_ = place.wanted_ = path;
    bool too_new = false;
    CHECK_OK(read_sealed(read_text(mark_of(path)), mark_of(path), [&](const json::value& value) {
        too_new = value.at("format").as_int64() > backup_format;
        if (!too_new) place.organisation_ = value.at("organisation").as_string();
    }));
    if (too_new) return refuse("backup_too_new", path.string(), {{"path", path.string()}});
    return place;
}

Result<Place> Place::find_or_make(const fs::path& path, const DataDirectory& directory)
{
    const auto organisation = organisation_mark(directory);
    if (fs::exists(mark_of(path))) {
        TRY(auto place, find(path));
        if (place.organisation_ != organisation) return refuse("backup_of_another", path.string(), {{"path", path.string()}});
        return place;
    }
    if (fs::exists(path) && !fs::is_empty(path)) return refuse("directory_not_empty", path.string(), {{"path", path.string()}});
    // What an earlier try has left is taken up, unless it was another organisation's.
    const auto beside = unsettled(path);
    if (const auto left = find(beside); !left || left->organisation_ != organisation) fs::remove_all(beside);
    Place place;
    place.root_ = beside;
    place.wanted_ = path;
    place.organisation_ = organisation;
    for (const auto& part : {place.backups(), place.files(), place.root_ / "log"}) make_directory(part);
    write_durably(mark_of(place.root_), sealed(json::serialize(json::object{{"format", backup_format}, {"organisation", organisation}})));
    return place;
}

void Place::settle()
{
    if (root_ == wanted_) return;
    name_durably(root_, wanted_);
    root_ = wanted_;
}

void Place::keep_erased(const DataDirectory& directory) const
{
    engine::add_erased(erased(), engine::read_erased(engine::erased_list(directory.store_directory())));
}

std::vector<std::string> Place::names() const
{
    std::vector<std::string> names;
    if (!fs::exists(backups())) return names;
    for (const auto& entry : fs::directory_iterator(backups()))
        if (auto name = entry.path().filename().string(); name.ends_with('Z')) names.push_back(std::move(name));
    std::ranges::sort(names);
    return names;
}

Result<Manifest> Place::manifest(const std::string& name) const
{
    const auto path = backup(name) / "manifest";
    TRY(auto manifest, Manifest::read(read_text(path), path.string()));
    if (manifest.organisation != organisation_) return refuse("backup_of_another", path.string(), {{"path", path.string()}});
    return manifest;
}

Result<FileLock> Place::lock() const
{
    auto lock = FileLock::take(root_ / "lock");
    if (!lock) return refuse("backup_in_progress", root_.string(), {{"path", root_.string()}, {"pid", FileLock::holder(root_ / "lock")}});
    return std::move(*lock);
}

std::string backup_name(Instant at)
{
    const auto days = std::chrono::floor<std::chrono::days>(std::chrono::sys_time<std::chrono::microseconds>{std::chrono::microseconds{at.us}});
    const std::chrono::year_month_day day{days};
    const auto us = at.us - std::chrono::duration_cast<std::chrono::microseconds>(days.time_since_epoch()).count();
    return fmt::format("{:04}{:02}{:02}T{:02}{:02}{:02}.{:06}Z", static_cast<int>(day.year()), static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()), us / 3'600'000'000,
                       us / 60'000'000 % 60, us / 1'000'000 % 60, us % 1'000'000);
}

std::string organisation_mark(const DataDirectory& directory)
{
    return hex(sha256("organisation\n" + directory.keys().chain)).substr(0, 32);
}

}  // namespace shangdao::app
