// Gate – the checks between two stages, and what of them a record does not meet.
#pragma once

#include <string>
#include <vector>

#include "base/label.h"
#include "engine/desk.h"
#include "formula/evaluate.h"
#include "sales/process/stage_engine/process_document.h"

namespace shangdao::process {

// A check a record does not meet, and the stage whose gate it belongs to. Points into the document, which outlives it.
struct Miss {
    const Stage* stage = nullptr;
    const GateCheck* check = nullptr;
};
using Misses = std::vector<Miss>;

// What a gate needs to look at a record.
struct Scene {
    const record::Catalogue& catalogue;
    const formula::Moment& moment;
    formula::Surroundings& surroundings;
};

// A check whose formula overflows is not met.
bool met(const GateCheck& check, const record::Record& record, const Scene& scene);
void add_misses(Misses& misses, const Stage& stage, const std::vector<GateCheck>& checks, const record::Record& record, const Scene& scene);
// The exit gates of stages[from, to) and the entry gates of stages (from, to].
Misses misses_between(const ProcessDocument& document, std::size_t from, std::size_t to, const record::Record& record, const Scene& scene);

bool blocks(const Misses& misses);                    // one of them is of strength block

// A check as one member is told of it: a check that reads what is hidden from him says only that others must see to it.
struct ToldCheck {
    std::string key, field, say;
};
ToldCheck told_check(const GateCheck& check, std::size_t place, const engine::Desk& desk, const record::Object& object);
Problems gate_problems(const Misses& misses, const engine::Desk& desk, const record::Object& object);   // gate_unmet, one problem per miss, hints included

// Gate debt: the JSON kept on a record whose history missed checks – [{"stage":"needs","key":"amount","strength":"block"}].
std::string debt_to_json(const Misses& misses);       // "" when nothing was missed
Misses debt_from_json(std::string_view json, const ProcessDocument& document);   // checks the document no longer has are left out

}  // namespace shangdao::process
