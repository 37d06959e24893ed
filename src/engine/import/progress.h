// Progress – where an import stands, as its job keeps it in the cursor: written in the unit of each chunk, so that a killed
// process repeats at most one chunk and writes no row twice. It is also what is known of an import afterwards.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/import/importer.h"
#include "engine/undo/trail.h"

namespace shangdao::engine {

struct RowProblem {
    std::string file;
    std::int64_t row = 0;
    std::string column;  // heading; empty when the whole row is meant
    Problem problem;
};

inline constexpr std::size_t import_problems_shown = 50;

// How often one thing was wrong in one column: what there is to mend, before the single rows.
struct ColumnFlaw {
    std::string file, column, code;
    std::int64_t rows = 0;
    RowProblem first;
};
inline constexpr std::size_t import_flaws_kept = 100;

struct ImportProgress {
    std::size_t step = 0;  // object of the plan
    std::optional<exchange::SheetPosition> place;  // in its file; nullopt: the beginning
    std::int64_t total = 0;  // rows of all files
    std::int64_t refused_bytes = 0;  // length of the file of refused rows
    std::vector<std::pair<std::string, ImportCounts>> objects;  // by object, in plan order, added up
    std::vector<RowProblem> problems;  // the first of them
    std::vector<ColumnFlaw> flaws;  // as they were met
    std::vector<NewChoices> choices;  // what the import adds, or a dry run would
    std::vector<std::vector<std::string>> headings;  // of each step's file
    Trail trail;  // what was written so far

    ImportCounts counts() const;
    // Takes in a chunk of the step that is its current one.
    void add(const ImportObject& object, const ImportChunk& chunk);
};

std::string to_json(const ImportProgress& progress);
ImportProgress import_progress(std::string_view json);  // empty text: the beginning

// What clients get: {"dry_run","counts","objects","problems","columns","new_choices","refused_rows"}; problems carry code, field and args.
std::string import_result(const ImportProgress& progress, ImportMode mode, std::optional<Id> import);

}  // namespace shangdao::engine
