// Importer – rows of files through the same road as every other write: rights, rules, gates, events. One per import.
//
// A plan is compiled against the catalogue and the files' headings; then chunks of rows are applied, each row in an attempt
// of its own, so that a refused row takes back only itself. The dry run is this code in a unit that is rolled back.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/engine.h"
#include "engine/import/plan.h"
#include "exchange/sheet.h"

namespace shangdao::engine {

using ImportFiles = std::map<std::string, std::filesystem::path>;   // name in the plan → where it lies

struct ImportCounts {
    std::int64_t created = 0, updated = 0, skipped = 0, refused = 0;
    std::int64_t rows() const { return created + updated + skipped + refused; }
    void add(const ImportCounts& other);
    bool operator==(const ImportCounts&) const = default;
};

struct RowProblem {
    std::string file;
    std::int64_t row = 0;
    std::string column;      // heading; empty when the whole row is meant
    Problem problem;
};

// One file's refused rows, as they were read.
struct RefusedRow {
    std::int64_t row = 0;
    std::vector<std::string> cells;
    Problems problems;
};

struct ImportChunk {
    ImportCounts counts;
    std::vector<RowProblem> problems;        // bounded by the caller
    std::vector<RefusedRow> refused;
    exchange::SheetPosition position;        // behind the last row
    bool finished = false;                   // the file is at its end
    std::vector<std::int64_t> events;        // seqs written, for undo
};

class Importer {
public:
    // Refusals name the plan's place ("objects[2].columns.Boat No"): unknown_object, unknown_field, unknown_column (heading),
    // twice, read_only_field, forbidden, and the file's own (exchange/formats.h).
    struct State;
    explicit Importer(std::unique_ptr<State> state);
    static Result<std::unique_ptr<Importer>> prepare(const Engine& engine, const Desk& desk, ImportPlan plan, ImportFiles files);
    ~Importer();

    std::size_t steps() const;                              // objects of the plan
    const ImportPlan& plan() const;
    const std::vector<std::string>& headings(std::size_t step) const;

    // Applies up to `rows` rows of a step from `from` (nullptr: its beginning) inside the unit.
    Result<ImportChunk> apply(Work& work, std::size_t step, const exchange::SheetPosition* from, std::int64_t rows);
    // After a unit that was not kept: what it taught about new records is forgotten.
    void forget();

private:
    std::unique_ptr<State> state_;
};

struct ImportResult {
    std::vector<std::pair<std::string, ImportCounts>> objects;   // by object, in plan order, added up
    ImportCounts counts;
    std::vector<RowProblem> problems;        // the first 50
    std::int64_t seconds_us = 0;
};

// The whole import in this thread: one rolled-back unit when rehearsed, background units of 1,000 rows otherwise.
enum class ImportMode : unsigned char { real, dry_run };
Result<ImportResult> run_import(Engine& engine, const Caller& caller, ImportPlan plan, ImportFiles files, ImportMode mode);

std::string import_result_json(const ImportResult& result, ImportMode mode, const std::function<std::string(const Problem&)>& say);

}  // namespace shangdao::engine
