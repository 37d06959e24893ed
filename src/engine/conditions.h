// Conditions – what an organisation ties to fields by formulas: required when, shown when (D7).
#pragma once

#include <boost/json/value.hpp>

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "engine/desk.h"
#include "formula/expression.h"

namespace shangdao::engine {

// Compiled once for each state of the definitions. Thread-safe.
class Conditions {
public:
    // Fields of `next` that are empty though the condition under which they are required holds. What a record lacked already under
    // the same condition an unrelated change need not mend. A condition that overflows does not hold. Refusals required.
    Result<void> check(Work& work, const Object& object, const Record* before, const Record& next) const;

private:
    struct Condition {
        std::size_t slot;
        formula::Expression required;
    };
    using List = std::shared_ptr<const std::vector<Condition>>;
    List of(const Desk& desk, const Object& object) const;

    mutable std::mutex mutex_;
    mutable std::uint64_t epoch_ = 0;
    mutable std::map<std::size_t, List> by_object_;  // by its index
};

// Does the object have any of these?
bool is_conditional(const Object& object);

// POST /{plural}/form {"values"}: what this member's form of a record leaves out and asks for, {"hidden":[…],"required":[…]}. `current`:
// the record as it is, nullptr for a new one; values that do not read yet are passed by. A condition over what the member does not
// see leaves its field in place.
std::string form_answer(store::View& view, const Desk& desk, const Object& object, const Record* current,
                        const boost::json::value& values);

}  // namespace shangdao::engine
