// The runner: one thread, one step at a time, each step one background unit together with the job's cursor.
#include "engine/jobs.h"

#include <boost/json.hpp>
#include <fmt/ranges.h>

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <set>
#include <thread>

#include "base/fault.h"
#include "base/bytes.h"
#include "base/json.h"
#include "base/log.h"
#include "base/secret.h"
#include "engine/engine.h"
#include "engine/engine_objects.h"
#include "engine/expressions.h"
#include "engine/kept_problem.h"
#include "engine/notifications.h"
#include "engine/undo/trail.h"

namespace shangdao::engine {

namespace {

using record::ChoiceKey;

constexpr std::int64_t lease_us = 60'000'000;
constexpr std::int64_t attempts_max = 5;

std::string text_or_empty(const std::string* text) { return text == nullptr ? std::string{} : *text; }

std::vector<std::string> words_of(std::string_view text)
{
    std::vector<std::string> words;
    while (!text.empty()) {
        const auto space = std::min(text.find(' '), text.size());
        words.emplace_back(text.substr(0, space));
        text.remove_prefix(std::min(space + 1, text.size()));
    }
    return words;
}

std::string problems_json(const Problems& problems)
{
    boost::json::array kept;
    for (const auto& problem : problems) kept.emplace_back(kept_problem(problem));
    return boost::json::serialize(kept);
}

void set_step(record::Changes& changes, const Step& step)
{
    changes.push_back({job::cursor.slot, step.cursor.empty() ? record::Value{record::Null{}} : record::Value{step.cursor}});
    changes.push_back({job::done.slot, Number{step.done, 0}});
    changes.push_back({job::total.slot, Number{step.total, 0}});
}

void set_end(record::Changes& changes, std::string_view state, Instant now)
{
    changes.push_back({job::state.slot, ChoiceKey{std::string{state}}});
    changes.push_back({job::finished_at.slot, now});
    changes.push_back({job::lease_until.slot, record::Null{}});
}

}  // namespace

struct Jobs::Runner {
    explicit Runner(Engine& e) : engine(e), made_at(e.clock().now()) {}

    Engine& engine;
    const Instant made_at;
    const std::string name = hex(bytes_of(random_bytes(8)));    // tells the processes of one store apart
    struct Kind {
        JobKind step;
        record::Via via;
    };
    std::map<std::string, Kind, std::less<>> kinds;
    std::mutex mutex;
    std::condition_variable wake, given_back;
    bool stopping = false, nudged = false;
    std::thread thread;

    const Object& object() const { return engine.store().catalogue()->at("job"); }
    static Caller system() { return {.kind = Caller::Kind::system, .via = record::Via::system}; }

    // The oldest job that waits, or whose runner died (lease over).
    std::optional<Record> next_job()
    {
        const auto& jobs = object();
        auto view = engine.store().read();
        const auto now = engine.clock().now();
        for (const std::string_view state : {"running", "waiting"}) {
            store::Select select{.from = &jobs, .where = field_is(jobs, job::state.slot, ChoiceKey{std::string{state}}), .limit = 20};
            select.order = {{field_expression(jobs, record::slot_created_at), false}};
            for (auto& found : view->records(select, {})) {
                const auto* lease = found.get(job::lease_until);
                if (taken(found.id())) continue;
                // Where only one process may write the store (D13), a lease of before this runner was made is that of one that is dead.
                const bool abandoned = !engine.store().is_shared() && lease != nullptr && lease->us - lease_us <= made_at.us;
                if (lease == nullptr || *lease <= now || abandoned) return std::move(found);
            }
        }
        return std::nullopt;
    }
    std::set<Id> claimed;    // jobs that a thread of this process is at

    // One thread at a job: false when another has it and `wait` says not to wait for it.
    enum class Wait : unsigned char { no, yes };
    bool claim(Id id, Wait wait)
    {
        std::unique_lock lock(mutex);
        if (wait == Wait::yes) given_back.wait(lock, [&] { return !claimed.contains(id); });
        return claimed.insert(id).second;
    }
    void give_back(Id id)
    {
        {
            const std::scoped_lock lock(mutex);
            claimed.erase(id);
        }
        given_back.notify_all();
    }
    bool taken(Id id)
    {
        const std::scoped_lock lock(mutex);
        return claimed.contains(id);
    }

    // Whether this process has taken the job before: a step that was written has renewed its lease and counts as no attempt.
    enum class Turn : unsigned char { first, next };

    // Runs one step. False when the job ended.
    bool step(Id id, Turn turn)
    {
        const auto& jobs = object();
        std::optional<Record> job;
        {
            auto view = engine.store().read();
            job = view->find(jobs, id);
        }
        if (!job || ended(*job)) return false;
        const JobRow row{.id = id, .kind = text_or_empty(job->get(job::kind)), .arguments = text_or_empty(job->get(job::arguments)),
                         .cursor = text_or_empty(job->get(job::cursor)), .run_as = job->owner(),
                         .language = text_or_empty(job->get(job::language)) == "en" ? Language::en : Language::zh};
        if (const auto* asked = job->get(job::cancel_asked); asked != nullptr && *asked) return finish(id, "cancelled", {}, {}), false;
        const auto* attempts = job->get(job::attempts);
        if (attempts != nullptr && attempts->units >= attempts_max) return finish(id, "failed", {}, {{"job_failed_often", {}, {{"attempts", std::to_string(attempts->units)}}}}), false;

        const auto kind = kinds.find(row.kind);
        if (kind == kinds.end()) return finish(id, "failed", {}, {{"unknown_job_kind", {}, {{"name", row.kind}}}}), false;
        const Caller caller{.member = row.run_as, .kind = row.run_as ? Caller::Kind::member : Caller::Kind::system, .scopes = words_of(text_or_empty(job->get(job::scopes))), .via = kind->second.via, .request = "job-" + to_string(id), .language = row.language};
        const auto desk = engine.desk(caller);
        if (!desk) return finish(id, "failed", {}, desk.error()), false;
        if (turn == Turn::first && !take_lease(id, (attempts == nullptr ? 0 : attempts->units) + 1)) return false;

        PlannedStep planned;
        try {
            planned = kind->second.step(engine, *desk, row);
        } catch (const Bug& bug) {
            log(shangdao::Level::error, "a job's step is broken", {{"job", to_string(id)}, {"kind", row.kind}, {"what", bug.what()}});
            return finish(id, "failed", {}, {{"job_broken", {}, {}}}), false;
        } catch (const store::NumberOverflow&) {
            return finish(id, "failed", {}, {{"number_overflow", "formula", {}}}), false;
        }
        if (planned.step.state == Step::State::failed) return finish(id, "failed", planned.step, planned.step.problems), false;

        bool more = false;
        bool lost = false;
        const auto written = engine.write_now(caller, [&](Work& work) -> Result<std::string> {
            lost = !is_mine(work, id);
            if (lost) return std::string{};
            auto step = planned.step;
            if (planned.write) CHECK_OK(planned.write(work, step));
            record::Changes changes;
            set_step(changes, step);
            changes.push_back({job::attempts.slot, Number{0, 0}});
            if (step.state == Step::State::finished) {
                set_end(changes, "done", work.desk.moment.now);
                changes.push_back({job::result.slot, step.result.empty() ? record::Value{record::Null{}} : record::Value{step.result}});
                notify_of_job(work, *job, JobEnd::well);
            } else {
                changes.push_back({job::lease_until.slot, Instant{work.desk.moment.now.us + lease_us}});
            }
            more = step.state == Step::State::more;
            engine.records().update_quietly(work, jobs, id, changes);
            return std::string{};
        }, store::Urgency::background);
        if (lost) return false;
        if (!written) return finish(id, "failed", planned.step, written.error()), false;
        return more;
    }

    static bool ended(const Record& job)
    {
        const auto* state = job.get(job::state);
        return state != nullptr && state->key != "waiting" && state->key != "running";
    }

    // Whether the lease is this runner's: another process takes over what was let lie too long.
    bool is_mine(Work& work, Id id) const
    {
        const auto job = work.unit.find(object(), id);
        return job && text_or_empty(job->get(job::runner)) == name;
    }

    // False when another process has it.
    bool take_lease(Id id, std::int64_t attempts)
    {
        bool taken = false;
        (void)engine.write_now(system(), [&](Work& work) -> Result<std::string> {
            const auto job = work.unit.find(object(), id);
            const auto* lease = job ? job->get(job::lease_until) : nullptr;
            taken = job && !ended(*job) && (!engine.store().is_shared() || lease == nullptr || *lease <= work.desk.moment.now || is_mine(work, id));
            if (!taken) return std::string{};
            engine.records().update_quietly(work, object(), id, {{job::state.slot, ChoiceKey{"running"}}, {job::attempts.slot, Number{attempts, 0}}, {job::runner.slot, name},
                                                                 {job::lease_until.slot, Instant{work.desk.moment.now.us + lease_us}}});
            return std::string{};
        }, store::Urgency::background);   // or the job would look to the writer like somebody to be polite to
        return taken;
    }

    void finish(Id id, std::string_view state, const Step& step, const Problems& problems)
    {
        (void)engine.write_now(system(), [&](Work& work) -> Result<std::string> {
            record::Changes changes;
            if (step.done > 0 || step.total > 0) set_step(changes, step);
            set_end(changes, state, work.desk.moment.now);
            if (!step.result.empty()) changes.push_back({job::result.slot, step.result});
            if (!problems.empty()) changes.push_back({job::problem.slot, problems_json(problems)});
            if (state == "failed")
                if (const auto job = work.unit.find(object(), id)) notify_of_job(work, *job, JobEnd::badly);
            engine.records().update_quietly(work, object(), id, changes);
            return std::string{};
        });
    }

    // Steps of a claimed job until it ended or the runner stops; gives it back.
    void run(Id id)
    {
        try {
            auto turn = Turn::first;
            for (bool more = true; more; turn = Turn::next) {
                more = step(id, turn);
                const std::scoped_lock lock(mutex);
                if (stopping && thread.get_id() == std::this_thread::get_id()) break;
            }
        } catch (...) {
            give_back(id);
            throw;
        }
        give_back(id);
    }

    void loop()
    {
        while (true) {
            {
                std::unique_lock lock(mutex);
                if (stopping) return;
            }
            try {
                if (const auto job = next_job()) {
                    if (claim(job->id(), Wait::no)) run(job->id());
                    continue;
                }
            } catch (const Fault& fault) {
                log(shangdao::Level::error, "the job runner met a fault", {{"what", fault.what()}});
            }
            std::unique_lock lock(mutex);
            wake.wait_for(lock, std::chrono::seconds(5), [&] { return stopping || nudged; });
            nudged = false;
        }
    }
};

Jobs::Jobs(Engine& engine) : runner_(std::make_unique<Runner>(engine)) {}

Jobs::~Jobs() { stop(); }

void Jobs::add_kind(std::string name, JobKind kind, record::Via via) { runner_->kinds.emplace(std::move(name), Runner::Kind{std::move(kind), via}); }

Id Jobs::enqueue(Work& work, std::string_view kind, std::string_view arguments_json)
{
    const auto& jobs = work.desk.catalogue->at("job");
    Record job(jobs);
    const auto id = work.unit.next_id();
    job.set(record::slot_id, id);
    job.set(record::slot_version, Number{1, 0});
    job.set(record::slot_created_at, work.desk.moment.now);
    job.set(record::slot_updated_at, work.desk.moment.now);
    if (work.desk.member) {
        job.set(record::slot_owner, work.desk.member);
        job.set(record::slot_created_by, work.desk.member);
    }
    job.set(job::kind, std::string{kind});
    if (!arguments_json.empty()) job.set(job::arguments, std::string{arguments_json});
    job.set(job::state, ChoiceKey{"waiting"});
    job.set(job::done, Number{0, 0});
    job.set(job::total, Number{0, 0});
    job.set(job::language, std::string{work.desk.language == Language::en ? "en" : "zh"});
    if (!work.desk.scopes.empty()) job.set(job::scopes, fmt::format("{}", fmt::join(work.desk.scopes, " ")));
    const auto inserted = work.unit.insert(jobs, job);
    require(inserted.has_value(), "a job collides with another");
    return id;
}

Result<void> Jobs::cancel(Work& work, Id id)
{
    const auto& jobs = work.desk.catalogue->at("job");
    const auto job = work.unit.find(jobs, id);
    const bool may = job && (job->owner() == work.desk.member || work.desk.guard->general("admin"));
    if (!may) return refuse("not_found", "job", {{"id", to_string(id)}});
    if (Runner::ended(*job)) return refuse("job_ended", "job", {{"id", to_string(id)}});
    if (const auto* state = job->get(job::state); state->key == "waiting") {
        record::Changes changes;
        set_end(changes, "cancelled", work.desk.moment.now);
        return work.unit.update(jobs, id, changes);
    }
    const record::Changes changes{{job::cancel_asked.slot, true}};
    return work.unit.update(jobs, id, changes);
}

void Jobs::start()
{
    require(!runner_->thread.joinable(), "the job runner was started twice");
    runner_->thread = std::thread([this] { runner_->loop(); });
}

void Jobs::stop()
{
    {
        const std::scoped_lock lock(runner_->mutex);
        runner_->stopping = true;
    }
    runner_->wake.notify_all();
    if (runner_->thread.joinable()) runner_->thread.join();
}

void Jobs::run_to_end(Id job)
{
    runner_->claim(job, Runner::Wait::yes);
    runner_->run(job);
}

void Jobs::run_steps(Id job, int steps)
{
    for (int i = 0; i < steps && runner_->step(job, Runner::Turn::first); ++i) {}
}

void Jobs::nudge()
{
    {
        const std::scoped_lock lock(runner_->mutex);
        runner_->nudged = true;
    }
    runner_->wake.notify_all();
}

Problems problems_from_json(std::string_view text)
{
    Problems problems;
    const auto value = boost::json::parse(text);
    for (const auto& entry : value.as_array()) problems.push_back(problem_of(entry.as_object()));
    return problems;
}

// A result that was kept says what could be taken back when the job ended; told is what can be now.
static std::string result_now(const std::string& kept, bool undo)
{
    if (undo || !kept.contains(R"("undo":true)")) return kept;
    auto result = boost::json::parse(kept);
    if (auto* told = result.is_object() ? result.as_object().if_contains("undo") : nullptr) *told = false;
    return boost::json::serialize(result);
}

// What a job works on, as far as its arguments tell those who may see it: the object, or the files it reads.
static std::string about(const std::string& arguments)
{
    boost::system::error_code error;
    const auto parsed = boost::json::parse(arguments, error);
    const auto* given = error ? nullptr : parsed.if_object();
    boost::json::object told;
    if (given != nullptr) {
        if (const auto* plural = given->if_contains("object"); plural != nullptr && plural->is_string()) told["plural"] = *plural;
        if (const auto* trial = given->if_contains("dry_run"); trial != nullptr && trial->is_bool()) told["dry_run"] = *trial;
        if (const auto* files = given->if_contains("files"); files != nullptr && files->is_object()) {
            auto& names = told["files"].emplace_array();
            for (const auto& [name, file] : files->as_object()) names.emplace_back(name);
        }
    }
    return told.empty() ? "null" : boost::json::serialize(told);
}

std::string job_answer(const Record& job, Instant now)
{
    const auto number = [](const Number* value) { return std::to_string(value == nullptr ? 0 : value->units); };
    std::string out = R"({"id":")" + to_string(job.id()) + R"(","kind":)";
    append_json_string(out, text_or_empty(job.get(job::kind)));
    out += R"(,"about":)" + about(text_or_empty(job.get(job::arguments))) + R"(,"state":)";
    append_json_string(out, job.get(job::state)->key);
    out += R"(,"progress":{"done":)" + number(job.get(job::done)) + R"(,"total":)" + number(job.get(job::total)) + "}";
    out += R"(,"created_at":")" + to_string(std::get<Instant>(job.at(record::slot_created_at))) + R"(","finished_at":)";
    const auto* finished = job.get(job::finished_at);
    out += finished == nullptr ? "null" : "\"" + to_string(*finished) + "\"";
    const auto undo = undo_until(job, now);
    out += R"(,"undo_until":)" + (undo ? "\"" + to_string(*undo) + "\"" : std::string{"null"});
    const auto* result = job.get(job::result);
    out += R"(,"result":)" + (result == nullptr ? std::string{"null"} : result_now(*result, undo.has_value()));
    const auto* problem = job.get(job::problem);
    out += R"(,"problem":)" + (problem == nullptr ? std::string{"null"} : *problem) + "}";
    return out;
}

}  // namespace shangdao::engine
