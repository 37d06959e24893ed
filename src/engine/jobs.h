// Jobs – long work that survives a kill (D25): rows {kind, arguments, run_as, state, cursor, lease_until, attempts, result};
// each step is one background unit that also moves the cursor. One runner per organisation.
#pragma once

#include <boost/json/value.hpp>
#include <functional>
#include <map>
#include <memory>
#include <string>

#include "engine/desk.h"

namespace shangdao::engine {

class Engine;

// What a step returns: where the work stands and whether it goes on.
struct Step {
    std::string cursor;                      // JSON of the kind's own making; the next step gets it
    std::int64_t done = 0, total = 0;        // total 0: unknown
    enum class State : unsigned char { more, finished, failed } state = State::more;
    std::string result;                      // JSON, when finished
    Problems problems;                       // when failed
};

struct JobRow {
    Id id{};
    std::string kind, arguments, cursor;
    Id run_as{};
    Language language = Language::zh;
};

// Reads outside, writes inside: a step may read through engine.store() first and hands back the unit's work. The runner
// runs `write` in one background unit together with the cursor, so a killed step is repeated whole or not at all.
struct PlannedStep {
    Step step;                                                  // as it will be if `write` succeeds
    std::function<Result<void>(Work&, Step&)> write = {};       // may adjust the step (counts); empty: nothing to write
};
using JobKind = std::function<PlannedStep(Engine&, const Desk&, const JobRow&)>;

class Jobs {
public:
    explicit Jobs(Engine& engine);
    ~Jobs();
    void add_kind(std::string name, JobKind kind, record::Via via = record::Via::bulk);
    // Inside a unit: queues a job run as the desk's member, within the scopes of the token that asks.
    static Id enqueue(Work& work, std::string_view kind, std::string_view arguments_json);
    static Result<void> cancel(Work& work, Id job);

    void start();                            // a thread of its own; also takes up what a killed process left
    void stop();                             // finishes the running step, keeps the cursor
    // Runs until the job ended, in this thread (CLI and tests), or until the runner's thread that has it has ended it. The job's
    // final state is in its record.
    void run_to_end(Id job);
    // At most `steps` steps of it, then leaves it as a killed process would; for tests.
    void run_steps(Id job, int steps);
    void nudge();                            // something was enqueued

private:
    struct Runner;
    std::unique_ptr<Runner> runner_;
};

Problems problems_from_json(std::string_view json);                // of a job's problem

std::string job_answer(const Record& job, Instant now);             // JSON of docs/api.md's job

}  // namespace shangdao::engine
