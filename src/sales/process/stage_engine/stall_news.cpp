#include "sales/process/stage_engine/stall_news.h"

#include "engine/day_news.h"
#include "engine/expressions.h"
#include "sales/process/stage_engine/staged.h"

namespace shangdao::process {

std::int64_t tell_what_stalls(engine::Engine& engine)
{
    std::int64_t told = 0;
    for (const auto* object : {"lead", "deal"})
        told += engine::tell_owners(engine, {.object = object, .reason = "stalled", .where = [](const Object& of, const formula::Moment& moment) {
            const StagedSlots slots(of);
            return engine::both(engine::field_is(of, slots.outcome, record::ChoiceKey{std::string{outcome_open}}), engine::field_is(of, slots.stalled_since, moment.today));
        }});
    return told;
}

}  // namespace shangdao::process
