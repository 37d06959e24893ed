// The one list of what stands in this room.
#include "sales/process/objects.h"

#include <array>

#include "sales/process/deal/deal.h"
#include "sales/process/deal/deal_rules.h"
#include "sales/process/lead/lead.h"
#include "sales/process/lead/lead_rules.h"
#include "sales/process/next_step.h"
#include "sales/process/passage/passage.h"
#include "sales/process/process/process.h"
#include "sales/process/process/process_rules.h"
#include "sales/process/stage_engine/staged_behaviours.h"

namespace shangdao::process {

std::span<const record::ObjectDef* const> objects()
{
    static constexpr std::array<const record::ObjectDef*, 5> all{&Lead::def, &Deal::def, &Process::def, &ProcessVersion::def, &Passage::def};
    return all;
}

void add_behaviours(engine::Behaviours& behaviours, engine::Records& records)
{
    add_process_behaviours(behaviours, records);
    const auto stages = std::make_shared<const StageEngine>(records, std::make_shared<ProcessLibrary>());
    for (const auto* object : {"lead", "deal"}) add_staged_behaviours(behaviours, object, stages);
    add_deal_behaviours(behaviours, records, stages);
    add_lead_behaviours(behaviours, records, stages);
    follow_activities(behaviours, records);
}

}  // namespace shangdao::process
