// Demo – the invented company of plan.h, written into an organisation through the ordinary verbs with the clock of its history:
// every gate is passed, every stay in a stage has its true times, the ledger tells 25 months.
#pragma once

#include <span>

#include "engine/engine.h"
#include "sales/demo/plan.h"

namespace shangdao::demo {

// Who of the company signs in; the app gives them a password. Members of these addresses that exist already are used as they are.
struct Login {
    std::string_view email, name, role;
};
std::span<const Login> logins();   // rep, manager, admin

// Writes the plan in units of a few hundred steps, as the system. Refusal demo_present when there is one already; any other refusal
// is a bug of the plan.
Result<void> write(engine::Engine& engine, const Plan& plan);

// Removes everything write() made, and nothing else: records others made stay, with references to removed ones cleared; members who
// own or made such records stay, inactive. Refusal demo_absent. Gives the number of records removed.
Result<std::int64_t> remove(engine::Engine& engine);

}  // namespace shangdao::demo
