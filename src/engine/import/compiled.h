// A compiled plan – every word of the plan found in the definitions and in the headings of the files, or refused with the
// nearest word. All findings at once; nothing is read of a file but its first row.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/desk.h"
#include "engine/import/plan.h"
#include "exchange/formats.h"

namespace shangdao::engine {

using ImportFiles = std::map<std::string, std::filesystem::path>;  // name in the plan → where it lies

// A column of the plan, found in the file and in the definition.
struct ImportColumn {
    std::size_t cell = 0;
    std::size_t slot = 0;
    std::string heading;
    const ImportField* as = nullptr;
};

// A constant or a template: pieces of text and cells in turn.
struct ImportConstant {
    std::size_t slot = 0;
    std::vector<std::pair<std::string, std::optional<std::size_t>>> pieces;  // text, then the cell behind it
};

// One object of the plan. `plan` and ImportColumn::as point into the plan it was compiled from.
struct CompiledStep {
    const ImportObject* plan = nullptr;
    std::string object;
    std::vector<std::string> headings;
    std::vector<ImportColumn> columns;
    std::vector<ImportConstant> constants;
    std::vector<std::size_t> keys;
    // A dry run adds no choice: one that would be added is the field's first for now.
    bool has_stand_ins = false;
    exchange::ReadOptions options;
    std::filesystem::path path;
};

// Refusals name the plan's place ("objects[2].columns.Boat No"): unknown_object, unknown_field, unknown_column (heading),
// unknown_file, column_twice, twice, read_only_field, forbidden, and the file's own (exchange/formats.h).
Result<std::vector<CompiledStep>> compile_plan(const Desk& desk, const ImportPlan& plan, const ImportFiles& files);

// A reader of the step's file, behind the headings.
Result<std::unique_ptr<exchange::SheetReader>> open_rows(const CompiledStep& step);

}  // namespace shangdao::engine
