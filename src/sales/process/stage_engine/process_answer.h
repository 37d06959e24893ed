// What the record page shows of a record's way: GET /{plural}/{id}/process.
#pragma once

#include <string>

#include "engine/desk.h"

namespace shangdao::process {

// {process:{id,name}, version, stages:[{key,label,kind,state,entered_at,left_at,days,how,win_share,limit,goal,playbook,missed}], outcome,
//  stalled:{since_days,limit}|null, gate:{to:{key,label}|null,met,of,checks:[{key,kind,field?,strength,met,say}]}|null, debt:[check]}.
// Labels and goals in both languages, `say` in the desk's. Gates are system formulas: their answer is shown to whoever sees the
// record, a field they name only when the viewer sees it. `record` was judged visible and its object is staged.
Result<std::string> process_answer(store::View& view, const engine::Desk& desk, const engine::Object& object, const engine::Record& record);

}  // namespace shangdao::process
