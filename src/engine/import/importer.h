// Importer – rows of files through the same road as every other write: rights, rules, gates, events. One per import.
//
// A plan is compiled against the catalogue and the files' headings; then chunks of rows are applied, each row in an attempt
// of its own, so that a refused row takes back only itself. The dry run is this code in units that are rolled back.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/engine.h"
#include "engine/import/compiled.h"
#include "engine/import/new_choices.h"
#include "engine/undo/event_range.h"

namespace shangdao::engine {

struct ImportCounts {
    std::int64_t created = 0, updated = 0, skipped = 0, refused = 0;
    std::int64_t rows() const { return created + updated + skipped + refused; }
    void add(const ImportCounts& other);
    bool operator==(const ImportCounts&) const = default;
};

// A refused row, as it was read.
struct RefusedRow {
    std::size_t step = 0;  // object of the plan
    std::int64_t row = 0;
    std::vector<std::string> cells;
    std::vector<std::pair<std::string, Problem>> problems;  // by heading; empty when the whole row is meant
};

struct ImportChunk {
    ImportCounts counts;
    std::vector<RefusedRow> refused;
    exchange::SheetPosition position;  // behind the last row
    bool finished = false;  // the file is at its end
    EventRange events;  // what the chunk wrote, for undo
};

enum class ImportMode : unsigned char { real, dry_run };

class Importer {
public:
    struct State;
    explicit Importer(std::unique_ptr<State> state);
    // Refusals of compile_plan.
    static Result<std::unique_ptr<Importer>> prepare(const Engine& engine, const Desk& desk, ImportPlan plan,
                                                     const ImportFiles& files, ImportMode mode);
    ~Importer();

    std::size_t steps() const;  // objects of the plan
    const ImportPlan& plan() const;
    const std::vector<std::string>& headings(std::size_t step) const;

    // Rows of all steps, each file read to its end: what no reader can read is refused here, before anything is written.
    // Refusals of the formats with args.file, file_without_rows.
    Result<std::int64_t> count_rows();

    // The objects whose lists nobody needs while so many rows come into them, by name: what is there is few beside them, and none of it is
    // looked for by what only a list's order would find quickly.
    std::vector<std::string> filled(store::View& view, const Desk& desk, std::int64_t rows) const;

    // What the plan lets the files add (missing: add). A real import adds it before its first row.
    Result<std::vector<NewChoices>> choices(const Desk& desk) const;

    // Before the unit: opens the file and waits until the rows that apply() is to take have been read.
    Result<void> read_ahead(const Desk& desk, std::size_t step, const exchange::SheetPosition* from, std::int64_t rows);
    // Applies up to `rows` rows of a step from `from` (nullptr: its beginning) inside the unit. In a dry run the unit must be
    // rolled back; the importer remembers for the next chunk what this one would have written.
    Result<ImportChunk> apply(Work& work, std::size_t step, const exchange::SheetPosition* from, std::int64_t rows);
    // After a unit that was not kept: what it taught about new records is forgotten. Never in a dry run.
    void forget();

private:
    std::unique_ptr<State> state_;
};

}  // namespace shangdao::engine
