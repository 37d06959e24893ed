// What a member of the office was told, in a line each.
#pragma once

#include <boost/json.hpp>

#include "engine/notifications.h"
#include "sales/office_testing.h"

namespace shangdao::sales {

// "due 发方案" or "due 2", the newest first.
inline std::vector<std::string> notifications_of(Office& office, Id who)
{
    const auto view = office.engine().store().read();
    const auto answer = boost::json::parse(engine::notifications_answer(*view, office.desk(who), {}));
    std::vector<std::string> lines;
    for (const auto& one : answer.at("data").as_array()) {
        const auto& record = one.at("record");
        lines.push_back(std::string{one.at("reason").as_string()} + ' ' +
                        (record.is_null() ? std::to_string(one.at("count").to_number<int>()) : std::string{record.at("name").as_string()}));
    }
    return lines;
}

}  // namespace shangdao::sales
