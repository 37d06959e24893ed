// Draft – a first plan for files that nobody has described: which object each sheet holds, which field each column is. By
// label in both languages, synonym, name, and pinyin; only fields the member may write. A person confirms it.
#pragma once

#include <string>
#include <vector>

#include "engine/import/plan.h"
#include "engine/import/upload.h"

namespace shangdao::engine {

struct DraftColumn {
    std::string column;
    std::string field;  // empty: nothing fits
    double confidence = 0;  // 0…1
    std::vector<std::string> sample;
};
struct DraftSheet {
    Id file{};
    std::string name, sheet, object;  // object empty: nothing fits
    std::vector<DraftColumn> columns;
};
struct Draft {
    ImportPlan plan;  // what is referred to comes first
    std::vector<DraftSheet> sheets;
};

struct DraftFile {
    Upload upload;
    UploadFacts facts;
};
struct SavedPlan;
Draft draft_plan(const Desk& desk, const std::vector<DraftFile>& files);

// {"plan","files":[{"file","name","sheet","object","columns":[{"column","field","confidence","sample"}]}],"plans":[{"id","name","share"}]}
std::string draft_answer(const Draft& draft, const std::vector<SavedPlan>& plans);

}  // namespace shangdao::engine
