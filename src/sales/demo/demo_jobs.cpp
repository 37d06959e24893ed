// Demo data as jobs. What a filling knows – who was made – lives in memory between its steps; a step that finds nothing there although
// it is not the first removes what the killed one left and begins again.
#include <map>
#include <mutex>

#include "sales/demo/demo.h"

namespace shangdao::demo {

namespace {

constexpr std::string_view fill_kind = "demo_fill", remove_kind = "demo_remove";
constexpr int units_a_step = 8;

using engine::Step;

Step failed(Problems problems) { return {.state = Step::State::failed, .problems = std::move(problems)}; }

// One filling at a time: a second is refused while the first is there.
struct Session {
    std::mutex mutex;
    Id job;
    std::unique_ptr<Filling> filling;
};

Step fill_step(engine::Engine& engine, const engine::JobRow& row, Session& session)
{
    const std::scoped_lock lock(session.mutex);
    if (session.job != row.id || !session.filling) {
        if (!row.cursor.empty())
            if (auto removed = remove(engine); !removed && removed.error().front().code != "demo_absent") return failed(std::move(removed).error());
        session.job = row.id;
        session.filling = std::make_unique<Filling>(engine, draw(until_now(engine)));
    }
    bool more = true;
    for (int i = 0; i < units_a_step && more; ++i) {
        auto gone_on = session.filling->go_on();
        if (!gone_on) {
            session.filling.reset();
            return failed(std::move(gone_on).error());
        }
        more = *gone_on;
    }
    Step step{.cursor = std::to_string(session.filling->done()), .done = session.filling->done(), .total = session.filling->total()};
    if (more) return step;
    step.state = Step::State::finished;
    step.result = R"({"happenings":)" + step.cursor + "}";
    session.filling.reset();
    return step;
}

Step remove_step(engine::Engine& engine)
{
    auto removed = remove(engine);
    if (!removed) return failed(std::move(removed).error());
    return {.cursor = {}, .done = *removed, .total = *removed, .state = Step::State::finished, .result = R"({"removed":)" + std::to_string(*removed) + "}", .problems = {}};
}

Result<Id> begin(engine::Work& work, std::string_view kind, bool needed)
{
    if (!work.desk.guard->general("admin")) return refuse("forbidden", "demo", {{"action", "admin"}});
    if (present(work.unit) != needed) return refuse(needed ? "demo_absent" : "demo_present");
    return engine::Jobs::enqueue(work, kind, "{}");
}

}  // namespace

Result<Id> begin_filling(engine::Work& work) { return begin(work, fill_kind, false); }
Result<Id> begin_removal(engine::Work& work) { return begin(work, remove_kind, true); }

void add_jobs(engine::Jobs& jobs)
{
    jobs.add_kind(std::string{fill_kind}, [session = std::make_shared<Session>()](engine::Engine& engine, const engine::Desk&, const engine::JobRow& row) -> engine::PlannedStep {
        return {.step = fill_step(engine, row, *session)};
    });
    jobs.add_kind(std::string{remove_kind}, [](engine::Engine& engine, const engine::Desk&, const engine::JobRow&) -> engine::PlannedStep { return {.step = remove_step(engine)}; });
}

}  // namespace shangdao::demo
