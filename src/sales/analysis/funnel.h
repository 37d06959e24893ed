// The funnel: how many deals entered each stage, how many went on, what became of them – every number with the filter that lists
// its records (GET /analysis/funnel).
#pragma once

#include <optional>
#include <string>

#include "engine/desk.h"

namespace shangdao::analysis {

struct FunnelRequest {
    std::optional<Date> from, to;     // days, both included
    std::optional<Id> owner, team, product;
    std::optional<Id> process;        // the default process of deals when absent
};

// What it counts, from the records the viewer sees:
//   stages    the cohort: deals opened between from and to. entered: had a first visit of the stage; passed: ever went on from it;
//             conversion = passed / entered. A deal that went back counts once. median_days over all stays whose times are known.
//   open_now  open deals standing in the stage, and `open` all of them, whatever the period.
//   won, lost deals that closed between from and to; win_share = won / (won + lost).
//   cycle     days from opened to closed of the won ones: median and 90th percentile (linear between ranks), and how many lack a date.
// With a period, deals without the date it asks for are left out; `undated` says how many deals have no opening day.
// Values are null when the viewer may not see amounts. Refusals: process_missing, invalid_value (from after to).
Result<std::string> funnel_answer(store::View& view, const engine::Desk& desk, const FunnelRequest& request);

}  // namespace shangdao::analysis
