// The board of an object that runs in a process: GET /{plural}/board.
#pragma once

#include <string>

#include "engine/lists.h"

namespace shangdao::process {

struct BoardRequest {
    engine::ListRequest list;          // filter, q, sort, fields; limit: records of each column, at most 100
    std::optional<Id> process;         // else the object's default process
};

// {process:{id,name}, version, processes:[{id,name}], moves:{skip,back}, open,
//  columns:[{key,label,goal,limit,win_share,count,amount,weighted_amount,open,data:[record],more}], total:{count,amount,weighted_amount}}.
// The open records of one process, a column for each stage to sell of its active version, then stages of older versions where records
// still stand. Counts and sums are of the whole filter, within the viewer's sight; weighted: each sum times the win share of its stage in the version the
// records run in. Without a field `amount` that the viewer may read, both sums are absent. `open` is the filter that lists a column.
// `object` is staged. Refusals: those of a list, not_found (process), process_missing.
Result<std::string> board_answer(store::View& view, const engine::Desk& desk, const engine::Object& object,
                                 const BoardRequest& request);

}  // namespace shangdao::process
