#include "app/backup/verifying.h"

#include <algorithm>
#include <set>

#include "app/backup/kept_copies.h"
#include "base/fault.h"
#include "sales/rooms.h"

namespace shangdao::app {

namespace {

namespace fs = std::filesystem;

class Verifying {
public:
    Verifying(const Place& place, const Progress& progress) : place_(place), progress_(progress) {}

    // Every byte of one backup.
    void prove_bytes(const std::string& name, const Manifest& manifest)
    {
        const auto directory = place_.backup(name);
        prove(directory / "data.sqlite", manifest.database);
        prove(directory / "server.json", manifest.keys);
        for (const auto& file : manifest.files)
            if (seen_.insert(file.sha256).second) prove(kept_path(place_.files(), file.sha256), file);
        // What stands beside a database would be taken for its WAL.
        for (const auto& entry : fs::directory_iterator(directory))
            if (const auto file = entry.path().filename(); file != "manifest" && file != "data.sqlite" && file != "server.json") found(entry.path());
    }

    // Every segment of the log, of which none may be missing between the first and the last.
    void prove_log(Verified& verified)
    {
        const auto log = place_.log();
        std::optional<std::int64_t> before;
        for (const auto number : log.numbers()) {
            if (before && number != *before + 1) found(log.path(*before + 1));
            before = number;
            const auto segment = log.head(number);
            if (!segment || !log.frames(*segment)) {
                found(log.path(number));
                continue;
            }
            ++verified.segments;
            if (!segment->points.empty()) verified.log_to = segment->points.back().at;
            if (progress_) progress_("log", number, 0);
        }
    }

    void found(const fs::path& path) { problems_.push_back({"backup_damaged", path.string(), {{"path", path.string()}}}); }
    void found(const Problems& problems) { problems_.insert(problems_.end(), problems.begin(), problems.end()); }
    const Problems& problems() const { return problems_; }

private:
    void prove(const fs::path& path, const FileProof& wanted)
    {
        std::int64_t read = 0;
        const auto beat = [&](std::int64_t bytes) {
            if (progress_) progress_(path.filename().string(), read += bytes, wanted.bytes);
        };
        try {
            if (prove_file(path, beat) != wanted) found(path);
        } catch (const Fault&) {
            found(path);    // it is not there, or the disk does not give it back
        }
    }

    const Place& place_;
    const Progress& progress_;
    std::set<std::string> seen_;
    Problems problems_;
};

}  // namespace

Result<void> prove_copy(const fs::path& still, const store::StoreProof& wanted, const Progress& progress)
{
    const auto beat = [&] {
        if (progress) progress("tables", 0, 0);
    };
    try {
        if (store::prove_sqlite(still, beat) == wanted) return {};
    } catch (const Fault&) {
        // Damaged so that it does not even read: said below.
    }
    return refuse("backup_damaged", still.string(), {{"path", still.string()}});
}

Result<Verified> verify_place(const fs::path& path, const Clock& clock, const Progress& progress)
{
    TRY(const auto place, Place::find(path));
    Verified verified{.names = place.names(), .newest = {}, .findings = {}};
    if (verified.names.empty()) return refuse("backup_not_found", path.string(), {{"path", path.string()}});
    Verifying verifying(place, progress);
    for (const auto& name : verified.names) {
        auto manifest = place.manifest(name);
        if (!manifest) {
            verifying.found(manifest.error());
            continue;
        }
        verifying.prove_bytes(name, *manifest);
        verified.newest = std::move(*manifest);
    }
    verifying.prove_log(verified);
    if (!verifying.problems().empty()) return refuse(verifying.problems());

    const auto newest = place.backup(verified.names.back());
    CHECK_OK(prove_copy(newest / "data.sqlite", verified.newest.store, progress));
    TRY(const auto directory, DataDirectory::find(newest));
    if (progress) progress("check", 0, 0);
    const auto options = looking_at(newest / "data.sqlite", directory.keys(), clock, store::SqliteOptions::Standing::still);
    auto report = engine::Engine::check(options, sales::all_rooms());
    if (!report && report.error().front().code != "store_outdated") return refuse(report.error());
    if (report) {
        verified.records = report->records;
        verified.events = report->events;
        verified.findings = std::move(report->findings);
    } else {    // of an older program, whose definitions this one has not
        auto chain = store::verify_chain(options);
        verified.events = chain.events;
        verified.findings = std::move(chain.findings);
    }
    return verified;
}

}  // namespace shangdao::app
