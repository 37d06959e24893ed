// Engine – one organisation, opened: its store, people, behaviours and jobs, and the doors to them.
//
// Reading: `auto view = engine.store().read(); auto desk = engine.desk(...)`. Writing: engine.write(...) hands a unit to
// the writer; the desk given to the work is made anew on the writer's thread, so rights are judged on its snapshot.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "engine/behaviour.h"
#include "engine/jobs.h"
#include "engine/lists.h"
#include "engine/people.h"
#include "engine/records.h"
#include "engine/rights_comparison.h"
#include "store/engines.h"

namespace shangdao::engine {

// As the store keeps it; one of which nothing was said yet has no name and the calendar and zone of China.
std::shared_ptr<const Organisation> read_organisation(store::View& view);

// Who is at the door, as far as the door knows.
struct Caller {
    Id member{};                              // 0 with `system`: the data's owner (CLI) or the system itself
    enum class Kind : unsigned char { member, system } kind = Kind::member;
    std::vector<std::string> scopes;          // empty: all of the member's rights
    record::Via via = record::Via::api;
    std::string request;
    Language language = Language::zh;
    Proof proof = Proof::fresh;               // that scopes without "admin" never have
};

// Of the organisation in its database: each has its own (D14); this one when nothing else is said.
inline constexpr std::string_view schema_name = "main";

struct EngineOptions {
    std::filesystem::path directory;          // D/orgs/<key>: store file, files/
    std::string database;                     // postgres://…, where the records are there; empty: in the store file
    std::string schema = std::string{schema_name};
    const Clock* clock = nullptr;
    int readers = 4;
    std::string chain_key, seal_key;          // 32 bytes each, from server.db
    std::function<void(const std::string& reason)> on_fail_stop = {};    // the store writes no more (store/sqlite/sqlite_store.h)
    store::WalFollower* follower = nullptr;   // of the store file; outlives the engine
    enum class Company : unsigned char { alone, others } company = Company::others;    // whether anybody else reads and writes while it is open
};

// The rooms as the engine sees them: their definitions and behaviours, and what they do when an organisation is opened.
struct Rooms {
    std::vector<const record::ObjectDef*> objects;
    std::vector<const MeasureDef*> measures;
    std::function<void(Behaviours&, Records&)> add_behaviours;
    std::function<void(Jobs&)> add_jobs;
    // What a new organisation begins with (roles, default processes); run once by `init`, as the system.
    std::function<Result<void>(Work&, const Records&)> seed;
    // Choices that live in data (processes' stages, roles): called whenever the catalogue is built.
    std::function<void(store::View*, record::CatalogueBuilder&)> fill_choices;
    // Names of objects whose records are choices of others: a unit that writes one ends with a new catalogue.
    std::vector<std::string> defining_objects;
};

// Another member's desk, bounded by what the asker sees and may; without one the member is disabled and sees nothing.
struct Shoulder {
    Desk asker;
    Person member;
    std::optional<Desk> desk;
    std::shared_ptr<const Guard> unbounded;   // the member's own guard, of the same catalogue
};

class Engine {
public:
    static Result<std::unique_ptr<Engine>> open(const EngineOptions& options, Rooms rooms);
    ~Engine();

    // The records of a store, under the definitions it was written with; read-only, beside a running server too.
    static Result<std::unique_ptr<store::Store>> look(const store::StoreOptions& options, const Rooms& rooms);
    // Proves a store; the same way.
    static Result<store::CheckReport> check(const store::StoreOptions& options, const Rooms& rooms);

    store::Store& store();
    const People& people() const;
    const Records& records() const;
    Jobs& jobs();
    const Seal& seal() const;
    Anchors& anchors();
    const Clock& clock() const;
    const std::filesystem::path& directory() const;
    bool is_in_database() const;              // else in its store file
    bool is_alone() const;                    // EngineOptions::company
    void restore_order();                     // what Unit::set_order_aside has put away is there again
    std::shared_ptr<const Organisation> organisation() const;

    // Refusal not_signed_in when the member is unknown or inactive.
    Result<Desk> desk(const Caller& caller) const;
    // As the asker may look over a member's shoulder. Refusals of desk(), not_found.
    Result<Shoulder> look_over(const Caller& asker, Id member) const;

    // Runs `work` in a unit and calls `reply` after COMMIT (on the writer's thread). T's answer is built inside the unit.
    using Work_ = std::function<Result<std::string>(Work&)>;
    void write(const Caller& caller, Work_ work, std::function<void(Result<std::string>, std::exception_ptr)> reply);
    // The same, waiting; for CLI, jobs and tests. Throws faults.
    Result<std::string> write_now(const Caller& caller, const Work_& work, store::Urgency urgency = store::Urgency::interactive);
    // A unit rolled back at its end.
    Result<std::string> rehearse(const Caller& caller, const Work_& work);

    // Custom objects and fields, names, layouts: checks the change with all others, alters the schema, in one unit. Gives the
    // version of the object's definition as it is now. Needs "admin". `expected`: the version the caller has seen.
    Result<std::int64_t> define(Work& work, const record::ObjectOverlay& change, std::optional<std::int64_t> expected = std::nullopt);
    Result<void> set_organisation(Work& work, const Organisation& organisation);
    // Runs the rooms' seeds in one unit, and makes the catalogue that knows their choices.
    Result<void> seed();

    // What is held of rights against what the store says; where they differ the difference is logged and what is held made anew.
    RightsComparison compare_rights();
    std::int64_t rights_differences() const;  // that the last comparison found

    // Waits until all that is queued was written – a commit may have queued a new catalogue –, while whoever listens still stands.
    void settle() noexcept;

    // Committed events, on the writer's thread; for live updates.
    void on_commit(std::function<void(std::span<const record::Event>)> listener);

private:
    struct State;
    explicit Engine(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace shangdao::engine
