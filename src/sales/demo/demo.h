// Demo – the invented company of plan.h, written into an organisation through the ordinary verbs with the clock of its history:
// every gate is passed, every stay in a stage has its true times, the ledger tells 25 months.
#pragma once

#include <memory>
#include <span>

#include "engine/engine.h"
#include "sales/demo/plan.h"

namespace shangdao::demo {

// Who of the company signs in; the app gives them a password. Members of these addresses that exist already are used as they are.
struct Login {
    std::string_view email, name, role;
};
std::span<const Login> logins();   // rep, manager, admin

// A plan being written, in units of a few hundred happenings, as the system.
class Filling {
public:
    Filling(engine::Engine& engine, Plan plan);
    ~Filling();
    // Writes the next unit; false: it was the last. Refusal demo_present when a company is there already; any other is a bug of the plan.
    Result<bool> go_on();
    std::int64_t done() const;
    std::int64_t total() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

// All of it, in this thread.
Result<void> write(engine::Engine& engine, const Plan& plan);

bool present(store::View& view);
// The company up to its last whole day: before this evening that is yesterday, so that nothing lies in the future.
Options until_now(const engine::Engine& engine, std::uint64_t seed = Options{}.seed);

// The same while the server runs: jobs of an administrator. Filling can be cancelled between units; what is there then is removed like the
// whole. A server that was killed meanwhile begins again. Refusals demo_present, demo_absent, forbidden.
Result<Id> begin_filling(engine::Work& work);
Result<Id> begin_removal(engine::Work& work);
void add_jobs(engine::Jobs& jobs);

// Removes everything write() made, and nothing else: records others made stay, with references to removed ones cleared; members who
// own or made such records stay, inactive. Refusal demo_absent. Gives the number of records removed.
Result<std::int64_t> remove(engine::Engine& engine);

}  // namespace shangdao::demo
