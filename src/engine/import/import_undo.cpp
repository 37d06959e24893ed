// The import's own job tells which events it wrote.
#include "engine/import/import_undo.h"

#include <boost/json.hpp>

#include "engine/engine_objects.h"
#include "engine/undo/taking_back.h"

namespace shangdao::engine {

namespace {

PlannedStep undo_step(Engine& engine, const JobRow& row)
{
    const auto import = parse_id(boost::json::parse(row.arguments).at("import").as_string()).value_or(Id{});
    const auto job = [&] {
        const auto view = engine.store().read();
        return view->find(view->catalogue().at("job"), import);
    }();
    require(job.has_value(), "an import that is taken back has no job");
    return take_back_step(engine, row, import_of(*job).progress.events, "import", import);
}

}  // namespace

Result<Id> start_undo(Work& work, Id id)
{
    if (!work.desk.guard->general("import")) return refuse("forbidden", "import", {{"action", "import"}});
    TRY(auto import, find_import(work.unit, work.desk, id));
    if (!import.ended()) return refuse("import_in_progress", "import", {{"id", to_string(id)}});
    CHECK_OK(may_take_back(work, "import", import.progress.undo));
    if (import.progress.events.empty()) return refuse("nothing_to_undo", "import", {{"id", to_string(id)}});
    const auto undo = Jobs::enqueue(work, undo_job_kind, R"({"import":")" + to_string(id) + "\"}");
    import.progress.undo = undo;
    const record::Changes changes{{job::cursor.slot, to_json(import.progress)}};
    CHECK_OK(work.unit.update(work.desk.catalogue->at("job"), id, changes));
    return undo;
}

void add_undo_job(Jobs& jobs)
{
    jobs.add_kind(std::string{undo_job_kind}, [](Engine& engine, const Desk&, const JobRow& row) { return undo_step(engine, row); }, record::Via::import);
}

}  // namespace shangdao::engine
