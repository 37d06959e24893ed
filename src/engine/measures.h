// Measures – named numbers with a passport: formula, unit, source. Declared by the rooms, used in queries as "@name".
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "base/label.h"

namespace shangdao::engine {

struct MeasureDef {
    std::string_view name;       // "win_rate"
    std::string_view object;     // of which rows: "boat"
    std::string_view formula;    // over rows, as check_measure reads it
    Label label{};
    Label help{};                // what it says, what it leaves out
    std::string_view unit{};     // "share", "money", "days", "count"
};

class Measures {
public:
    void add(const MeasureDef& measure) { by_name_.emplace(measure.name, &measure); }
    const MeasureDef* find(std::string_view name) const
    {
        const auto found = by_name_.find(name);
        return found == by_name_.end() ? nullptr : found->second;
    }
    const std::map<std::string_view, const MeasureDef*>& all() const { return by_name_; }

private:
    std::map<std::string_view, const MeasureDef*> by_name_;
};

}  // namespace shangdao::engine
