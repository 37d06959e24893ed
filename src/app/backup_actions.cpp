// Backups from the command line: what was done goes to the output, how far it is to the error stream.
#include <chrono>
#include <iostream>

#include "app/actions.h"
#include "app/backup/restoring.h"
#include "app/backup/verifying.h"
#include "base/fault.h"

namespace shangdao::app {

namespace {

constexpr int incomplete = 2;
constexpr std::chrono::seconds told_every{2};

// One line every two seconds of a work that takes that long.
Progress telling(Terminal& terminal)
{
    using Clock_ = std::chrono::steady_clock;
    return [&terminal, told = Clock_::now()](std::string_view what, std::int64_t done, std::int64_t total) mutable {
        if (Clock_::now() - told < told_every) return;
        told = Clock_::now();
        terminal.error << what;
        if (total > 0) terminal.error << ": " << (done >> 20) << " of " << (total >> 20) << " MiB";
        terminal.error << '\n' << std::flush;
    };
}

// A disk that is full or fails is said in the reader's language, with the way out.
int saying_faults(Terminal& terminal, const std::filesystem::path& path, const std::function<int()>& work)
{
    try {
        return work();
    } catch (const Fault& fault) {
        const auto code = fault.kind() == FaultKind::disk_full ? "backup_disk_full" : "backup_failed";
        return say_problems(terminal, {{code, path.string(), {{"path", path.string()}, {"what", fault.what()}}}});
    } catch (const std::filesystem::filesystem_error& error) {
        return say_problems(terminal, {{"backup_failed", path.string(), {{"path", path.string()}, {"what", error.what()}}}});
    }
}

void say_ledger(Terminal& terminal, const store::StoreProof& proof)
{
    terminal.out << "ledger: event " << proof.seq << ", chain " << proof.chain_hash << '\n';
}

}  // namespace

int back_up(const DataDirectory& directory, const BackupOrder& order, const Clock& clock, Terminal& terminal)
{
    return saying_faults(terminal, order.to, [&] {
        const auto made = make_backup({.directory = directory, .to = order.to, .clock = clock, .keep = order.keep, .progress = telling(terminal)});
        if (!made) return say_problems(terminal, made.error());
        const auto& manifest = made->manifest;
        terminal.out << "backup " << made->name << ": " << (manifest.database.bytes >> 20) << " MiB of records, " << manifest.files.size() << " files, " << made->files_copied << " of them new\n";
        say_ledger(terminal, manifest.store);
        terminal.out << "it holds keys, password hashes and everything written: keep it as safe as the data itself\n";
        for (const auto& hash : manifest.missing) say_problems(terminal, {{"backup_file_missing", hash, {{"hash", hash}}}});
        for (const auto& finding : manifest.findings) terminal.error << finding << '\n';
        return manifest.missing.empty() && manifest.findings.empty() ? 0 : incomplete;
    });
}

int verify_backups(const std::filesystem::path& place, const Clock& clock, Terminal& terminal)
{
    return saying_faults(terminal, place, [&] {
        const auto verified = verify_place(place, clock, telling(terminal));
        if (!verified) return say_problems(terminal, verified.error());
        for (const auto& name : verified->names) terminal.out << name << " is as it was made\n";
        if (verified->log_to) terminal.out << "the log goes on to " << to_string(*verified->log_to) << ", " << verified->segments << " segments\n";
        terminal.out << "the newest: " << verified->records << " records, " << verified->events << " events, " << verified->newest.files.size() << " files, " << verified->findings.size() << " findings\n";
        say_ledger(terminal, verified->newest.store);
        for (const auto& hash : verified->newest.missing) say_problems(terminal, {{"backup_file_missing", hash, {{"hash", hash}}}});
        for (const auto& finding : verified->findings) terminal.error << finding << '\n';
        if (!verified->findings.empty()) return 1;
        return verified->newest.missing.empty() ? 0 : incomplete;
    });
}

int restore(const RestoreOrder& order, Terminal& terminal)
{
    return saying_faults(terminal, order.to, [&] {
        const auto until = order.until.empty() ? std::nullopt : parse_instant(order.until);
        if (!until && !order.until.empty()) return say_problems(terminal, {{"invalid_value", "until", {{"expected", "2026-11-30T12:00:00Z"}}}});
        const auto restored = restore_backup({.from = order.from, .to = order.to, .until = until, .progress = telling(terminal)});
        if (!restored) return say_problems(terminal, restored.error());
        terminal.out << "restored to " << to_string(restored->at) << ": event " << restored->seq << ", " << restored->files << " files, from backup " << restored->name << '\n';
        for (const auto& hash : restored->missing) say_problems(terminal, {{"restored_file_missing", hash, {{"hash", hash}}}});
        return restored->missing.empty() ? 0 : incomplete;
    });
}

}  // namespace shangdao::app
