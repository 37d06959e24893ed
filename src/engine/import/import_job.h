// An import as a job: its arguments are the plan and the places of the files, its cursor is ImportProgress, a step is one
// chunk of rows in one background unit together with the cursor. Killed, it goes on where it stood; cancelled, what was
// written stays and can be taken back (import_undo.h).
#pragma once

#include "engine/import/progress.h"

namespace shangdao::engine {

inline constexpr std::string_view import_job_kind = "import";

struct ImportRequest {
    std::string plan;            // YAML
    ImportFiles files;
    ImportMode mode = ImportMode::real;
};

// Everything that can be refused before a row is read: rights, the plan's words, the files' headings.
Result<void> check_import(const Engine& engine, const Desk& desk, const ImportRequest& request);
// Of an import that writes, or is taken back. Refusals of check_proof_of_job().
Result<void> check_proof_of(const Desk& desk, const ImportPlan& plan);
// Inside a unit: queues the import run as the desk's member. The request was checked.
Id start_import(Work& work, const ImportRequest& request);
// An import of the member with these very arguments that a killed process left unended.
std::optional<Id> unended_import(store::View& view, const Desk& desk, const ImportRequest& request);

// What is known of an import: its job read back.
struct ImportRecord {
    Id id{};
    Id by{};
    std::string state;           // of the job
    ImportRequest request;
    ImportProgress progress;
    Instant created_at{};
    std::optional<Instant> finished_at;
    std::optional<Instant> undo_ends;        // nullopt: it wrote nothing
    bool ended() const { return state != "waiting" && state != "running"; }
};
// Own imports; an administrator sees everybody's. Refusal not_found.
Result<ImportRecord> find_import(store::View& view, const Desk& desk, Id id);
ImportRecord import_of(const Record& job);
std::filesystem::path refused_rows_path(const Engine& engine, Id import);

void add_import_job(Jobs& jobs);

// Runs an import in this thread until it ended: for the CLI and tests. Goes on with one that was left unended.
Result<ImportRecord> run_import(Engine& engine, const Caller& caller, const ImportRequest& request);

}  // namespace shangdao::engine
