// Desk – who acts, in which organisation, at which moment, through which door. A verb gets a Desk and never asks elsewhere.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/label.h"
#include "base/zone.h"
#include "engine/guard.h"
#include "engine/measures.h"
#include "engine/proof.h"
#include "formula/evaluate.h"
#include "record/event.h"
#include "store/store.h"

namespace shangdao::engine {

// What holds for the whole organisation; replaced as a whole when its settings change.
struct Organisation {
    std::string key;
    std::string name;
    Currency base{};
    Zone zone = Zone::utc();
    std::shared_ptr<const WorkCalendar> calendar;
};

class Follows;   // engine/follows.h
class People;    // engine/people.h

struct Desk {
    std::shared_ptr<const Organisation> organisation;
    std::shared_ptr<const record::Catalogue> catalogue;
    std::shared_ptr<const Guard> guard;       // never null
    formula::Moment moment;                   // now, today, zone, calendar, me, my_team, followed, locked, base – read once
    std::shared_ptr<const Measures> measures;  // never null
    std::shared_ptr<const Follows> follows;    // never null
    const People* people = nullptr;            // never null: what others may see
    Language language = Language::zh;
    record::Via via = record::Via::api;
    std::string request;                      // request id or the client's Idempotency-Key
    Id member{};                              // 0: the system
    Id on_behalf{};                           // who asked for what `member` granted; the guard is his
    std::string_view approved;                // kind of the approval by which a write is performed (engine/behaviour.h); empty: by none
    std::vector<std::string> scopes;          // of the token that limits the guard; empty: all rights of the member
    Proof proof = Proof::fresh;
};

// Gathers the events of many records into one per object and verb, or more where there are more than a thousand (D10); flush() appends them. An event with a reason or a
// time of its own stays one, but waits with the others, so that a record's creation comes before all that happened to it.
class EventBatch {
public:
    // `nothing`: of a unit that is rolled back. Rules read records, never the events that wait here, so none of them is made.
    enum class Keeps : unsigned char { all, nothing };
    explicit EventBatch(Keeps keeps = Keeps::all) : keeps_(keeps) {}
    Keeps keeps() const { return keeps_; }

    void add(std::string_view object, std::string_view verb, Id id, std::string_view changes);
    void add(record::Event event) { singles_.push_back(std::move(event)); }
    // Appends what was gathered as events of `desk`: creations first, then the others, each in the order of their coming. Gives
    // their seqs.
    std::vector<std::int64_t> flush(store::Unit& unit, const Desk& desk);
    // What was gathered since the mark can be dropped: the row it belonged to was refused.
    struct Mark {
        std::map<std::pair<std::string, std::string>, std::size_t> sizes;    // records of each part
        std::size_t singles = 0;
    };
    Mark mark() const;
    void drop_since(const Mark& mark);

private:
    struct Part {
        std::vector<Id> ids;
        std::string entries;                  // of all records, one behind the other
        std::vector<std::size_t> ends;        // of each in `entries`
        std::size_t place = 0;
    };
    Keeps keeps_;
    std::map<std::pair<std::string, std::string>, Part> parts_;
    std::vector<record::Event> singles_;
};

// Records that a unit has found live already, so that a thousand rows of one owner ask for him once. It lives no longer than the unit.
class FoundRecords {
public:
    // `seen`: the actor may see it.
    void add(Id id, bool seen) { records_[id] = records_[id] || seen; }
    bool has(Id id, bool seen) const
    {
        const auto found = records_.find(id);
        return found != records_.end() && (found->second || !seen);
    }

private:
    std::unordered_map<Id, bool> records_;
};

// A desk inside a unit: everything a verb needs to change the world. Lives as long as the unit.
struct Work {
    store::Unit& unit;
    const Desk& desk;
    std::int64_t cause = 0;                   // event that led here (reactions)
    EventBatch* batch = nullptr;              // imports and bulk: events are gathered here
    FoundRecords* found = nullptr;            // imports: nothing is looked for twice
    bool* redefines = nullptr;                // set by a write that changes choices: the unit ends with a new catalogue
};

}  // namespace shangdao::engine
