// Between its chunks an import keeps in memory what was looked up and the open file; the cursor tells whether that memory
// belongs to the chunk that is due. What is lost with the process is looked up again – only a dry run, which has written
// nothing, begins again.
#include "engine/import/import_job.h"

#include <boost/json.hpp>

#include <mutex>

#include "engine/engine_objects.h"
#include "engine/expressions.h"
#include "engine/import/refused_rows.h"

namespace shangdao::engine {

namespace {

namespace json = boost::json;

// A chunk holds the writer for some 50 µs a row. Where nobody else writes, a longer one saves a quarter of the time: pages of indexes are
// written once for more of their entries.
constexpr std::int64_t chunk_rows = 1'000, chunk_rows_alone = 3'000;
constexpr int rehearsed_at_once = 4;    // chunks of a dry run, whose cursor only shows how far it is
constexpr std::size_t sessions_max = 8;

std::string arguments_of(const ImportRequest& request)
{
    json::object files;
    for (const auto& [name, path] : request.files) {
        std::error_code error;
        files[name] = {{"path", path.string()},
                       {"size", static_cast<std::int64_t>(std::filesystem::file_size(path, error))}};
    }
    return json::serialize(json::object{
        {"plan", request.plan}, {"dry_run", request.mode == ImportMode::dry_run}, {"files", std::move(files)}});
}

ImportRequest request_of(std::string_view arguments)
{
    const auto value = json::parse(arguments);
    ImportRequest request{.plan = std::string{value.at("plan").as_string()},
                          .files = {},
                          .mode = value.at("dry_run").as_bool() ? ImportMode::dry_run : ImportMode::real};
    for (const auto& [name, file] : value.at("files").as_object())
        request.files[std::string{name}] = std::string{file.at("path").as_string()};
    return request;
}

// Places in a file mean nothing once the file is another.
Result<void> files_unchanged(std::string_view arguments)
{
    Problems problems;
    const auto value = json::parse(arguments);
    for (const auto& [name, file] : value.at("files").as_object()) {
        std::error_code error;
        const auto size =
            std::filesystem::file_size(std::filesystem::path{std::string{file.at("path").as_string()}}, error);
        if (error || static_cast<std::int64_t>(size) != file.at("size").to_number<std::int64_t>())
            problems.push_back({"file_changed", std::string{name}, {{"file", std::string{name}}}});
    }
    if (!problems.empty()) return refuse(std::move(problems));
    return {};
}

Result<std::unique_ptr<Importer>> prepare(const Engine& engine, const Desk& desk, const ImportRequest& request)
{
    TRY(auto plan, parse_plan(request.plan));
    return Importer::prepare(engine, desk, std::move(plan), request.files, request.mode);
}

// What an import knows between two chunks.
struct Session {
    std::unique_ptr<Importer> importer;
    std::shared_ptr<const Guard> guard;  // the rights it was compiled for
    std::string cursor;  // of the chunk that is due
    bool begun = false;  // a chunk of it was written
};

class Sessions {
public:
    // The session whose next chunk begins at `cursor`; nullptr when there is none.
    std::shared_ptr<Session> take(Id job, const std::string& cursor, const std::shared_ptr<const Guard>& guard)
    {
        const std::scoped_lock lock(mutex_);
        const auto found = sessions_.find(job);
        if (found == sessions_.end()) return nullptr;
        auto session = found->second;
        if (session->cursor == cursor && session->guard == guard) return session;
        sessions_.erase(found);
        return nullptr;
    }
    void put(Id job, std::shared_ptr<Session> session)
    {
        const std::scoped_lock lock(mutex_);
        while (sessions_.size() >= sessions_max)
            sessions_.erase(sessions_.begin());  // the oldest; cancelled ones go this way
        sessions_[job] = std::move(session);
    }
    void drop(Id job)
    {
        const std::scoped_lock lock(mutex_);
        sessions_.erase(job);
    }

private:
    std::mutex mutex_;
    std::map<Id, std::shared_ptr<Session>> sessions_;
};

PlannedStep failed(Step step, Problems problems)
{
    step.state = Step::State::failed;
    step.problems = std::move(problems);
    return {.step = std::move(step)};
}

// What a chunk has done, as the job's step.
void tell(Step& step, const ImportProgress& progress, std::size_t steps, ImportMode mode, Id job)
{
    step.cursor = to_json(progress);
    step.done = progress.counts().rows();
    step.total = progress.total;
    if (progress.step < steps) return;
    step.state = Step::State::finished;
    step.result = import_result(progress, mode, mode == ImportMode::real ? std::optional{job} : std::nullopt);
}

// Before the unit, which waits for nothing.
Result<void> read_ahead(Importer& importer, const Desk& desk, const ImportProgress& progress, std::int64_t rows)
{
    return importer.read_ahead(desk, progress.step, progress.place ? &*progress.place : nullptr, rows);
}

// One chunk in the unit; the progress behind it.
Result<ImportProgress> chunk_in(Work& work, Importer& importer, ImportProgress progress, std::int64_t rows,
                                const std::filesystem::path& refused)
{
    const auto step = progress.step;
    TRY(const auto chunk, importer.apply(work, step, progress.place ? &*progress.place : nullptr, rows));
    progress.add(importer.plan().objects[step], chunk);
    progress.refused_bytes = append_refused(refused, progress.refused_bytes, chunk.refused);
    return progress;
}

// The next chunks of a dry run, each in a unit of its own; the progress behind them.
Result<ImportProgress> rehearse_chunks(Engine& engine, const Desk& desk, const JobRow& row, Importer& importer,
                                       ImportProgress progress, std::int64_t rows)
{
    const Caller caller{.member = row.run_as,
                        .kind = row.run_as ? Caller::Kind::member : Caller::Kind::system,
                        .via = record::Via::import,
                        .request = desk.request,
                        .language = row.language};
    const auto refused = refused_rows_path(engine, row.id);
    for (int chunk = 0; chunk < rehearsed_at_once && progress.step < importer.steps(); ++chunk) {
        CHECK_OK(read_ahead(importer, desk, progress, rows));
        CHECK_OK(engine.rehearse(caller, [&](Work& work) -> Result<std::string> {
            TRY(progress, chunk_in(work, importer, std::move(progress), rows, refused));
            return std::string{};
        }));
        progress.trail.events.clear();
    }
    return progress;
}

// The files read to their end, and what they bring.
Result<ImportProgress> beginning(const Desk& desk, Importer& importer)
{
    ImportProgress progress;
    TRY(progress.total, importer.count_rows());
    for (std::size_t i = 0; i < importer.steps(); ++i) progress.headings.push_back(importer.headings(i));
    TRY(progress.choices, importer.choices(desk));
    return progress;
}

// Before the first row: what the plan adds to the definitions. The next step begins with them.
PlannedStep adding(Engine& engine, PlannedStep planned, ImportProgress progress)
{
    planned.write = [&engine, progress = std::move(progress)](Work& work, Step& step) -> Result<void> {
        CHECK_OK(add_choices(work, engine, progress.choices));
        step.cursor = to_json(progress);
        step.total = progress.total;
        return {};
    };
    return planned;
}

PlannedStep step_of(Engine& engine, const Desk& desk, const JobRow& row, Sessions& sessions)
{
    auto progress = import_progress(row.cursor);
    PlannedStep planned{.step = {.cursor = row.cursor,
                                 .done = progress.counts().rows(),
                                 .total = progress.total,
                                 .result = {},
                                 .problems = {}}};
    const auto request = request_of(row.arguments);
    auto session = sessions.take(row.id, row.cursor, desk.guard);
    if (!session) {
        if (const auto same = files_unchanged(row.arguments); !same)
            return failed(std::move(planned.step), same.error());
        auto importer = prepare(engine, desk, request);
        if (!importer) return failed(std::move(planned.step), importer.error());
        session = std::make_shared<Session>(Session{std::move(*importer), desk.guard, row.cursor});
        if (request.mode == ImportMode::dry_run || row.cursor.empty()) {
            auto begun = beginning(desk, *session->importer);
            if (!begun) return failed(std::move(planned.step), begun.error());
            progress = std::move(*begun);
            if (!progress.choices.empty() && request.mode == ImportMode::real)
                return adding(engine, std::move(planned), std::move(progress));
        }
        sessions.put(row.id, session);
    }
    const auto steps = session->importer->steps();
    const auto refused = refused_rows_path(engine, row.id);
    const auto rows = engine.store().quiet() ? chunk_rows_alone : chunk_rows;
    auto& importer = *session->importer;

    if (request.mode == ImportMode::dry_run) {
        auto after = rehearse_chunks(engine, desk, row, importer, std::move(progress), rows);
        if (!after) return failed(std::move(planned.step), after.error());
        tell(planned.step, *after, steps, request.mode, row.id);
        session->cursor = planned.step.cursor;
        if (planned.step.state == Step::State::finished) sessions.drop(row.id);
        return planned;
    }
    if (const auto ready = read_ahead(importer, desk, progress, rows); !ready)
        return failed(std::move(planned.step), ready.error());
    const bool aside = engine.is_alone() && !std::exchange(session->begun, true);
    planned.write = [session, progress = std::move(progress), steps, rows, refused, job = row.id, &sessions, aside,
                     first = std::make_shared<bool>(true)](Work& work, Step& step) -> Result<void> {
        if (!*first) session->importer->forget();  // the unit runs again
        *first = false;
        if (aside)
            for (const auto& object : session->importer->filled(work.unit, work.desk, progress.total - progress.counts().rows()))
                work.unit.set_order_aside(work.desk.catalogue->at(object));
        TRY(const auto after, chunk_in(work, *session->importer, progress, rows, refused));
        tell(step, after, steps, ImportMode::real, job);
        session->cursor = step.cursor;
        if (step.state == Step::State::finished) sessions.drop(job);
        return {};
    };
    return planned;
}

}  // namespace

std::filesystem::path refused_rows_path(const Engine& engine, Id import)
{
    return engine.directory() / "files" / "imports" / (to_string(import) + ".refused");
}

Result<void> check_import(const Engine& engine, const Desk& desk, const ImportRequest& request)
{
    TRY(const auto importer, prepare(engine, desk, request));
    return request.mode == ImportMode::real ? check_proof_of(desk, importer->plan()) : Result<void>{};
}

Result<void> check_proof_of(const Desk& desk, const ImportPlan& plan)
{
    for (const auto& step : plan.objects) CHECK_OK(check_proof_of_job(desk.proof, desk.catalogue->at(step.object)));
    return {};
}

Id start_import(Work& work, const ImportRequest& request)
{
    return Jobs::enqueue(work, import_job_kind, arguments_of(request));
}

ImportRecord import_of(const Record& job)
{
    ImportRecord import{.id = job.id(),
                        .by = job.owner(),
                        .state = job.get(job::state)->key,
                        .request = request_of(*job.get(job::arguments)),
                        .progress = {},
                        .finished_at = {},
                        .undo_ends = undo_ends(job)};
    import.created_at = std::get<Instant>(job.at(record::slot_created_at));
    if (const auto* cursor = job.get(job::cursor)) import.progress = import_progress(*cursor);
    if (const auto* finished = job.get(job::finished_at)) import.finished_at = *finished;
    return import;
}

Result<ImportRecord> find_import(store::View& view, const Desk& desk, Id id)
{
    const auto job = view.find(desk.catalogue->at("job"), id);
    const bool mine =
        job && *job->get(job::kind) == import_job_kind && (job->owner() == desk.member || desk.guard->general("admin"));
    if (!mine) return refuse("not_found", "import", {{"id", to_string(id)}});
    return import_of(*job);
}

std::optional<Id> unended_import(store::View& view, const Desk& desk, const ImportRequest& request)
{
    const auto& jobs = desk.catalogue->at("job");
    const auto arguments = arguments_of(request);
    for (const auto* state : {"running", "waiting"}) {
        store::Select select{.from = &jobs,
                             .where = both(field_is(jobs, job::state.slot, record::ChoiceKey{state}),
                                           field_is(jobs, record::slot_owner, desk.member)),
                             .limit = 100};
        for (const auto& found : view.records(select, desk.moment))
            if (*found.get(job::kind) == import_job_kind && *found.get(job::arguments) == arguments) return found.id();
    }
    return std::nullopt;
}

void add_import_job(Jobs& jobs)
{
    jobs.add_kind(
        std::string{import_job_kind},
        [sessions = std::make_shared<Sessions>()](Engine& engine, const Desk& desk, const JobRow& row) {
            return step_of(engine, desk, row, *sessions);
        },
        record::Via::import);
}

Result<ImportRecord> run_import(Engine& engine, const Caller& caller, const ImportRequest& request)
{
    std::optional<Id> job;
    {
        TRY(const auto desk, engine.desk(caller));
        CHECK_OK(check_import(engine, desk, request));
        job = unended_import(*engine.store().read(), desk, request);
    }
    if (!job) {
        TRY(const auto id, engine.write_now(caller, [&](Work& work) -> Result<std::string> {
            return to_string(start_import(work, request));
        }));
        job = parse_id(id);
    }
    engine.jobs().run_to_end(*job);
    if (engine.is_alone()) engine.restore_order();
    TRY(const auto desk, engine.desk(caller));
    const auto view = engine.store().read();
    const auto& jobs = desk.catalogue->at("job");
    const auto record = view->find(jobs, *job);
    if (const auto* problem = record->get(job::problem)) return refuse(problems_from_json(*problem));
    return find_import(*view, desk, *job);
}

}  // namespace shangdao::engine
