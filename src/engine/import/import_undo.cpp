// The import's own job tells which events it wrote.
#include "engine/import/import_undo.h"

#include "engine/undo/taking_back.h"

namespace shangdao::engine {

Result<Id> start_undo(Work& work, Id id)
{
    if (!work.desk.guard->general("import")) return refuse("forbidden", "import", {{"action", "import"}});
    TRY(const auto import, find_import(work.unit, work.desk, id));
    if (!import.ended()) return refuse("import_in_progress", "import", {{"id", to_string(id)}});
    TRY(const auto plan, parse_plan(import.request.plan));
    CHECK_OK(check_proof_of(work.desk, plan));
    return begin_taking_back(work, *work.unit.find(work.desk.catalogue->at("job"), id), undo_job_kind, "import");
}

void add_undo_job(Jobs& jobs)
{
    jobs.add_kind(std::string{undo_job_kind}, [](Engine& engine, const Desk&, const JobRow& row) { return take_back_step(engine, row, "import"); }, record::Via::import);
}

}  // namespace shangdao::engine
