// evaluate – the single-record back end. Agrees with the SQL back end on every expression and record (property test).
#pragma once

#include <memory>
#include <optional>

#include "base/zone.h"
#include "formula/expression.h"
#include "record/record.h"
#include "record/sight.h"

namespace shangdao::formula {

// What is read once per request and bound (D5): never asked again inside an evaluation.
struct Moment {
    Instant now{};
    Date today{};
    Zone zone = Zone::utc();
    std::shared_ptr<const WorkCalendar> calendar = {};
    Id me{};                                              // me()
    std::shared_ptr<const record::OwnerSet> my_team = {};   // my_team(): me and everyone below me
    std::shared_ptr<const record::OwnerSet> followed = {};  // followed(): the ids of the records that I follow
    std::shared_ptr<const record::OwnerSet> locked = {};    // locked(): the ids of the records that somebody locked
    Currency base{};
};

// How the evaluator reaches other records: implemented over a snapshot (store) or over memory (tests).
class Surroundings {
public:
    virtual ~Surroundings() = default;
    virtual const record::Record* find(const record::Object& object, Id id) = 0;   // live record or nullptr; valid until the next call ends the evaluation
    virtual std::vector<record::Record> children(const record::Object& object, std::size_t reference_slot, Id parent) = 0;
};

// The value, Null where arithmetic met null or ÷0; overflow is the refusal number_overflow.
Result<Value> evaluate(const record::Catalogue& catalogue, const Expression& expression, const record::Record& record, const Moment& moment,
                       Surroundings& surroundings);
Result<bool> holds(const record::Catalogue& catalogue, const Expression& condition, const record::Record& record, const Moment& moment,
                   Surroundings& surroundings);

}  // namespace shangdao::formula
