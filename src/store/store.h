// Store – the truth, and it loses nothing. One port, an engine behind it (sqlite now, postgres later); one contract test
// for every engine (store_contract.h).
//
//   reading: a View is one snapshot, used by one thread, alive ≤ 2 s.
//   writing: a unit of work runs on the writer's thread inside its own savepoint; its reply is called after COMMIT (D12).
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "base/result.h"
#include "record/catalogue.h"
#include "record/event.h"
#include "record/record.h"
#include "store/select.h"

namespace shangdao::store {

using record::Object;
using record::Record;

struct SearchHit {
    std::size_t object;      // catalogue index
    Id id;
};

// A row of a grouped or projected Select: values in the order of its outputs (group keys first, then measures).
using Row = std::vector<Value>;

// Thrown by the calls that compute formulas over rows (records, rows, count) when one leaves the range of its numbers (D3): a
// refusal for whoever asked, number_overflow. An exception because it comes up in the middle of the rows.
class NumberOverflow : public std::runtime_error {
public:
    NumberOverflow() : std::runtime_error("number_overflow") {}
};

class View {
public:
    virtual ~View() = default;

    virtual const record::Catalogue& catalogue() const = 0;
    // Live or deleted record; nullopt when there is none.
    virtual std::optional<Record> find(const Object& object, Id id) = 0;
    // Several by id, order of `ids`; missing ones are left out. Whole, or only with these slots, in rising order, the id among them.
    virtual std::vector<Record> find_all(const Object& object, std::span<const Id> ids, std::span<const std::size_t> slots = {}) = 0;
    // Live record whose unique field equals `value` (text by match_key).
    virtual std::optional<Id> find_unique(const Object& object, std::size_t slot, const Value& value) = 0;
    // Names (the name field) of ids of one object, for references; unknown ids are left out.
    virtual void names(const Object& object, std::span<const Id> ids, const std::function<void(Id, std::string_view)>& each) = 0;

    virtual std::vector<Record> records(const Select& select, const formula::Moment& moment) = 0;
    virtual std::vector<Row> rows(const Select& select, const formula::Moment& moment) = 0;
    // Exact number of rows `select` has without its limit and place; stops at `at_most`.
    virtual std::int64_t count(const Select& select, const formula::Moment& moment, std::int64_t at_most = INT64_MAX) = 0;
    // Over several objects, a hit of each in turn, the newest first; candidates joined with sight, ≤ limit.
    virtual std::vector<SearchHit> search(const SearchQuery& words, std::span<const Object* const> objects, const record::Sight* sight,
                                          std::int64_t limit) = 0;

    virtual std::optional<record::Event> event(std::int64_t seq) = 0;
    virtual std::vector<record::Event> events_after(std::int64_t seq, std::int64_t limit) = 0;
    // Events that touch a record or any of `related`, newest first, seq < before.
    virtual std::vector<record::Event> history(std::span<const std::pair<const Object*, Id>> records, std::int64_t before, std::int64_t limit) = 0;
    virtual std::int64_t head() = 0;   // seq of the newest event

    // Small settings of the organisation: zone, currency, definition overlays; key is ours, value JSON or text.
    virtual std::optional<std::string> setting(std::string_view key) = 0;
};

// A View that also changes; sees its own writes. May run twice: it must have no effect outside itself (D12).
class Unit : public View {
public:
    virtual Id next_id() = 0;
    // `record` carries id, version 1 and stamps. Refusal duplicate_key (args.id) when a unique key is taken.
    virtual Result<void> insert(const Object& object, const Record& record) = 0;
    // Writes the given slots and sets version = version + 1; the caller has checked the version on this snapshot.
    virtual Result<void> update(const Object& object, Id id, std::span<const record::Change> changes) = 0;
    // Runs `work` so that its refusal takes back what it wrote and nothing else: one row of many. Attempts do not nest.
    virtual Result<void> attempt(const std::function<Result<void>()>& work) = 0;
    virtual void erase(const Object& object, Id id) = 0;          // for purge and internal objects; events stay
    virtual std::int64_t append(record::Event event) = 0;         // gives seq
    // For erasing: of its changes the event keeps `left`, and it loses its reason and its salt for good. Their digest stays in their place, so the chain
    // stays whole; it no longer vouches for what is left.
    virtual void redact(std::int64_t seq, std::string_view left) = 0;
    virtual void set_setting(std::string_view key, std::optional<std::string_view> value) = 0;
    // For a writer of very many records that is alone: the indexes that only the order of this object's lists asks for are gone until the next
    // redefine() or opening, which makes them anew. Nothing else changes. An engine that others write, too, goes on as before.
    virtual void set_order_aside(const Object& object) = 0;
    // After this unit commits the store's catalogue is `catalogue`; schema changes it needs run in this unit.
    virtual Result<void> redefine(std::shared_ptr<const record::Catalogue> catalogue) = 0;
};

// Urgency of a unit: `background` gets at most its share of the writer's time (D12), one chunk at a time.
enum class Urgency : unsigned char { interactive, background };

class Store {
public:
    virtual ~Store() = default;

    virtual std::shared_ptr<const record::Catalogue> catalogue() const = 0;

    // Opens a snapshot; blocks while all readers are out. Destroying the View gives it back.
    virtual std::unique_ptr<View> read() = 0;

    // Queues a unit. `work` runs on the writer's thread, maybe twice; returning a refusal rolls it back. `reply` runs once,
    // after COMMIT, on the writer's thread: it must only hand over. A fault in the unit goes to reply as Fault in `failure`.
    struct Outcome {
        Result<void> result;                   // refusal of the unit
        std::exception_ptr failure = nullptr;  // fault or bug; then nothing was changed (or kind outcome_unknown)
    };
    virtual void submit(std::function<Result<void>(Unit&)> work, std::function<void(Outcome)> reply, Urgency urgency = Urgency::interactive) = 0;

    // submit and wait; for the CLI, jobs and tests, never for a worker thread of the server. Throws the unit's fault.
    Result<void> write(const std::function<Result<void>(Unit&)>& work, Urgency urgency = Urgency::interactive);
    // A unit whose effects are always rolled back: the dry run of an import is the same code. It holds the writer while it runs, so
    // it is taken like a background unit and a long one goes chunk by chunk (≤ 1,000 records); a chunk does not see the
    // chunks before it, so keys that must differ within one dry run are compared by the caller.
    virtual Result<void> rehearse(const std::function<Result<void>(Unit&)>& work) = 0;

    // Called on the writer's thread after each COMMIT with the committed events (ids and field names live in them): of this process, or
    // of another one that writes the same store.
    enum class Author : unsigned char { us, others };
    virtual void on_commit(std::function<void(std::span<const record::Event>, Author)> listener) = 0;
    // Whether other processes may write it, too.
    virtual bool is_shared() = 0;

    // True when nothing but background units was written for a second: then they may be longer.
    virtual bool quiet() = 0;

    // True while records of bulk writes wait for the text index: what is written one by one is found at once even so.
    virtual bool search_is_behind() = 0;

    // What units have erased and overwritten so far is taken from the disk, too: from what the text index, free pages and the log of this store
    // still hold of it. Takes its time in steps, as background units do, and waits for them; for jobs. False when somebody read an old
    // snapshot all the while: to be called again.
    virtual bool scrub() = 0;

    virtual IdSource& ids() = 0;
    virtual std::string synchronous() = 0;     // read back from the writer's connection: "full"
    virtual std::int64_t sealed_to() = 0;      // last seq in the hash chain
};

// Proves store, references and chain; nothing is changed. Runs on read-only connections beside a running server.
struct CheckReport {
    std::vector<std::string> findings;         // empty: sound
    std::int64_t records = 0, events = 0;
};

}  // namespace shangdao::store
