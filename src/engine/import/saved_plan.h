// Saved plans – import plans kept under a name, records like any other (`import_plan`): found again by the headings of new files
// and fitted to them, whatever the files are called this time.
#pragma once

#include <string>
#include <vector>

#include "engine/behaviour.h"
#include "engine/import/draft.h"
#include "record/definition.h"

namespace shangdao::engine {

extern const record::ObjectDef import_plan_object;

// The plan's text must read as a plan.
void add_saved_plans(Behaviours& behaviours);

// The plan with each of its files replaced by the sheet that has most of its headings. A heading that is not there stays, to be seen
// and to be refused; a file for which nothing fits keeps its name.
struct Fitted {
    ImportPlan plan;
    double share = 0;  // 0…1 of the plan's headings that were found
};
Fitted fitted(ImportPlan plan, const std::vector<DraftFile>& files);

struct SavedPlan {
    Id id{};
    std::string name;
    Fitted fit;
};
// Those the member may see that find most of their headings here, the best first, at most five.
std::vector<SavedPlan> plans_for(store::View& view, const Desk& desk, const std::vector<DraftFile>& files);
// Refusal not_found.
Result<SavedPlan> saved_plan(store::View& view, const Desk& desk, const Records& records, Id id,
                             const std::vector<DraftFile>& files);

}  // namespace shangdao::engine
