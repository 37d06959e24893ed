// Opening an organisation: store, definitions, people, rooms – in this order – and keeping them in step with commits.
#include "engine/engine.h"

#include <boost/json.hpp>

#include <atomic>
#include <mutex>
#include <set>
#include <tuple>

#include "base/log.h"
#include "base/require.h"
#include "engine/access/access_objects.h"
#include "engine/access/identity_object.h"
#include "engine/access/outbox.h"
#include "engine/anchors.h"
#include "engine/approvals/approvals.h"
#include "engine/bulk/bulk.h"
#include "engine/definitions.h"
#include "engine/engine_objects.h"
#include "engine/export/export_budget.h"
#include "engine/export/export_job.h"
#include "engine/follows.h"
#include "engine/import/import_undo.h"
#include "engine/import/saved_plan.h"
#include "engine/notifications.h"
#include "engine/once.h"
#include "engine/persons/erasing.h"
#include "engine/persons/exporting.h"
#include "engine/reveal.h"
#include "engine/sharing/locks.h"
#include "engine/view_sight.h"
namespace shangdao::engine {

namespace json = boost::json;

namespace {

bool administers(const std::vector<std::string>& scopes) { return scopes.empty() || std::ranges::find(scopes, "admin") != scopes.end(); }

}  // namespace

std::shared_ptr<const Organisation> read_organisation(store::View& view)
{
    auto organisation = std::make_shared<Organisation>();
    organisation->calendar = std::make_shared<const WorkCalendar>(WorkCalendar::china());
    organisation->zone = Zone::find("Asia/Shanghai").value_or(Zone::utc());
    const auto text = view.setting("organisation");
    if (!text) return organisation;
    const auto value = json::parse(*text);
    const auto word = [&](const char* key) { return std::string{value.at(key).as_string()}; };
    organisation->key = word("key");
    organisation->name = word("name");
    organisation->base = parse_currency(word("currency")).value_or(Currency{});
    organisation->zone = Zone::find(word("time_zone")).value_or(Zone::utc());
    return organisation;
}

struct Engine::State {
    EngineOptions options;
    Rooms rooms;
    Behaviours behaviours;
    Records records{behaviours};
    People people;
    std::shared_ptr<Measures> measures = std::make_shared<Measures>();
    std::shared_ptr<Follows> follows = std::make_shared<Follows>();
    Locks locks;
    std::atomic<std::int64_t> rights_differences = 0;
    Seal seal;
    Anchors anchors;
    std::unique_ptr<store::Store> store;
    std::unique_ptr<Jobs> jobs;
    std::set<std::string, std::less<>> people_objects{"member", "role", "member_group", "membership", "sharing_rule", "territory", "territory_member"};

    mutable std::mutex mutex;
    std::shared_ptr<const Organisation> organisation;
    std::vector<std::function<void(std::span<const record::Event>)>> listeners;
    std::uint64_t epoch = 1;

    Result<std::shared_ptr<const record::Catalogue>> build(store::View* view, const std::vector<record::ObjectOverlay>& overlays)
    {
        return build_catalogue(rooms, view, overlays, ++epoch);
    }

    static Result<std::shared_ptr<const record::Catalogue>> build_catalogue(const Rooms& rooms, store::View* view,
                                                                            const std::vector<record::ObjectOverlay>& overlays, std::uint64_t epoch)
    {
        record::CatalogueBuilder builder;
        for (const auto* object : {&job_object, &saved_view_object, &preference_object, &import_plan_object, &approval_object, &notification_object, &follow_object, &share_object, &lock_object, &reveal_object, &export_use_object, &credential_object, &session_object, &api_token_object, &letter_object, &identity_object, &once_object}) builder.add(*object);
        for (const auto* object : rooms.objects) builder.add(*object);
        builder.offer(followed_view);
        builder.offer(locked_view);
        for (const auto& overlay : overlays) builder.overlay(overlay);
        if (rooms.fill_choices) rooms.fill_choices(view, builder);
        return builder.build(epoch);
    }

    store::StoreOptions where(int readers) const
    {
        if (!options.database.empty())
            return store::PostgresOptions{.address = options.database, .schema = options.schema, .readers = readers, .clock = options.clock, .chain_key = options.chain_key};
        return store::SqliteOptions{.file = options.directory / "data.sqlite", .readers = readers, .clock = options.clock, .chain_key = options.chain_key,
                                    .on_fail_stop = options.on_fail_stop, .follower = options.follower};
    }

    // What an organisation that is there already has made of its catalogue; nullptr where the built-in one must come first. Opened with less,
    // the store would take the indexes of custom fields down, only to build them again.
    std::shared_ptr<const record::Catalogue> stored_catalogue(const std::shared_ptr<const record::Catalogue>& built_in)
    {
        const auto store_options = where(1);
        if (const auto* sqlite = std::get_if<store::SqliteOptions>(&store_options); sqlite != nullptr && !std::filesystem::exists(sqlite->file)) return nullptr;
        const auto opened = store::open_store_read_only(store_options, built_in);
        if (!opened) return nullptr;
        const auto view = (*opened)->read();
        auto catalogue = build(view.get(), Definitions::read(*view).overlays);
        return catalogue ? std::move(*catalogue) : nullptr;
    }

    Desk make_desk(const Caller& caller, std::shared_ptr<const Guard> guard) const
    {
        Desk desk;
        {
            const std::scoped_lock lock(mutex);
            desk.organisation = organisation;
        }
        desk.catalogue = guard->catalogue();
        desk.guard = std::move(guard);
        desk.measures = measures;
        desk.follows = follows;
        desk.people = &people;
        desk.language = caller.language;
        desk.via = caller.via;
        desk.request = caller.request;
        desk.member = caller.member;
        desk.scopes = caller.scopes;
        desk.proof = administers(caller.scopes) ? caller.proof : Proof::never;
        desk.moment.now = options.clock->now();
        desk.moment.zone = desk.organisation->zone;
        desk.moment.today = desk.organisation->zone.date_of(desk.moment.now);
        desk.moment.calendar = desk.organisation->calendar;
        desk.moment.me = caller.member;
        desk.moment.my_team = desk.guard->team();
        desk.moment.followed = follows->of(caller.member);
        desk.moment.locked = locks.all();
        desk.moment.base = desk.organisation->base;
        return desk;
    }

    Result<Desk> desk(const Caller& caller) const
    {
        if (caller.kind == Caller::Kind::system) return make_desk(caller, people.system_guard());
        auto guard = people.guard(caller.member, options.clock->now());
        if (!guard) return refuse("not_signed_in");
        if (!caller.scopes.empty()) guard = guard->limited_to(caller.scopes);
        return make_desk(caller, std::move(guard));
    }

    Result<Shoulder> look_over(const Caller& asker, Id member) const
    {
        // People or definitions may be made anew between the two guards.
        for (;;) {
            TRY(auto bounds, desk(asker));
            auto person = people.find(member);
            if (!person) return refuse("not_found", "member", {{"id", to_string(member)}});
            auto guard = people.guard(member, options.clock->now());
            if (!guard) return Shoulder{std::move(bounds), std::move(*person), std::nullopt, nullptr};
            if (guard->catalogue() != bounds.catalogue) continue;
            auto desk = make_desk({.member = member, .via = asker.via, .request = asker.request, .language = asker.language}, guard->within(bounds.guard));
            return Shoulder{std::move(bounds), std::move(*person), std::move(desk), std::move(guard)};
        }
    }

    // On the writer's thread after each COMMIT, before the answers leave.
    void committed(std::span<const record::Event> events, store::Store::Author author)
    {
        bool people_changed = false, definitions_changed = false, views_changed = false;
        for (const auto& event : events) {
            people_changed = people_changed || people_objects.contains(event.object);
            definitions_changed = definitions_changed || event.object == definition_event;
            views_changed = views_changed || event.object == saved_view_object.name;
        }
        if (people_changed || definitions_changed) reload();
        else if (views_changed) people.renew_views(*store->read(), organisation->base);
        std::vector<Id> changed_locks;
        for (const auto& event : events)
            if (event.object == follow_object.name) follows->renew(*store->read(), event.actor);
            else if (event.object == share_object.name) people.shares().renew(*store->read(), event.id);
            else if (event.verb == locked_event || event.verb == unlocked_event) changed_locks.push_back(event.id);
        if (!changed_locks.empty()) locks.renew(*store->read(), changed_locks);
        if (author == store::Store::Author::others && definitions_changed) take_over();
        for (const auto& listener : listeners) listener(events);
    }

    static formula::Moment timeless(const Organisation& organisation)
    {
        formula::Moment timeless;
        timeless.zone = organisation.zone;
        timeless.calendar = organisation.calendar;
        timeless.base = organisation.base;
        return timeless;
    }

    void reload()
    {
        auto view = store->read();
        const auto next = read_organisation(*view);
        {
            const std::scoped_lock lock(mutex);
            organisation = next;
        }
        people.load(*view, store->catalogue(), timeless(*next));
    }

    void load_rights_of_records()
    {
        auto view = store->read();
        people.shares().load(*view);
        locks.load(*view);
    }

    RightsComparison compare_rights()
    {
        auto view = store->read();
        People made;
        Locks made_locks;
        made.load(*view, store->catalogue(), timeless(*read_organisation(*view)));
        made.shares().load(*view);
        made_locks.load(*view);
        return engine::compare_rights(people, locks, made, made_locks, options.clock->now());
    }

    auto rights_epoch() const { return std::tuple{people.epoch(), people.shares().epoch(), locks.all()}; }

    // What another process has made of the catalogue, in a unit of its own.
    void take_over()
    {
        store->submit([this](store::Unit& unit) { return rebuild(unit); }, [this](const store::Store::Outcome& outcome) {
            if (!outcome.result || outcome.failure) log(shangdao::Level::error, "the catalogue could not be rebuilt", {});
            else reload();
        });
    }

    // By the overlays and the choices that live in records (roles, processes), as the unit sees them.
    Result<void> rebuild(store::Unit& unit)
    {
        TRY(auto catalogue, build(&unit, Definitions::read(unit).overlays));
        return unit.redefine(std::move(catalogue));
    }

    // The work is done at a desk made in the unit, so that rights are those of the writer's snapshot. Whoever hears of a new choice can
    // name it: the catalogue that knows it is committed with it.
    Result<std::string> perform(const Caller& caller, store::Unit& unit, const Work_& work)
    {
        bool redefines = false;
        TRY(auto answer, at_desk(caller, unit, work, redefines));
        if (!redefines) return answer;
        CHECK_OK(rebuild(unit));
        record::Event event;
        event.recorded_at = event.happened_at = options.clock->now();
        event.via = record::Via::system;
        event.object = definition_event;
        event.verb = "rebuilt";
        event.changes = "{}";
        unit.append(std::move(event));
        return answer;
    }

    Result<std::string> at_desk(const Caller& caller, store::Unit& unit, const Work_& work, bool& redefines)
    {
        TRY(const auto desk, this->desk(caller));
        Work here{.unit = unit, .desk = desk, .redefines = &redefines};
        try {
            return work(here);
        } catch (const store::NumberOverflow&) {
            return refuse("number_overflow", "formula");
        }
    }
};

Engine::Engine(std::unique_ptr<State> state) : state_(std::move(state)) {}

Engine::~Engine()
{
    if (!state_) return;
    if (state_->jobs) state_->jobs->stop();
    settle();
}

void Engine::settle() noexcept
{
    try {
        if (state_->store) (void)state_->store->write([](store::Unit&) -> Result<void> { return {}; });
    } catch (const std::exception& thrown) {
        log(shangdao::Level::error, "the last units were not written", {{"what", thrown.what()}});
    }
}

Result<std::unique_ptr<Engine>> Engine::open(const EngineOptions& options, Rooms rooms)
{
    auto owned = std::make_unique<State>();
    auto& state = *owned;
    state.options = options;
    state.rooms = std::move(rooms);
    state.seal.key = options.seal_key;
    for (const auto* measure : state.rooms.measures) state.measures->add(*measure);
    add_saved_views(state.behaviours);
    add_saved_plans(state.behaviours);
    add_approvals(state.behaviours, state.records);
    if (state.rooms.add_behaviours) state.rooms.add_behaviours(state.behaviours, state.records);
    for (const auto& object : state.rooms.defining_objects)
        state.behaviours.of(object).aftermaths.push_back([](Work& work, const Object&, const Record*, const Record&, const Occasion&) -> Result<void> {
            if (work.redefines != nullptr) *work.redefines = true;
            return {};
        });

    std::filesystem::create_directories(options.directory);
    TRY(auto built_in, state.build(nullptr, {}));
    auto stored = state.stored_catalogue(built_in);
    TRY(state.store, store::open_store(state.where(options.readers), stored ? std::move(stored) : std::move(built_in)));

    // Overlays and choices are in the store itself; where it was new, or older than this program, they follow the first opening.
    CHECK_OK(state.store->write([&](store::Unit& unit) { return state.rebuild(unit); }));
    state.reload();
    state.follows->load(*state.store->read());
    state.load_rights_of_records();
    auto engine = std::unique_ptr<Engine>(new Engine(std::move(owned)));
    state.jobs = std::make_unique<Jobs>(*engine);
    add_bulk(*state.jobs);
    add_export(*state.jobs);
    add_import_job(*state.jobs);
    add_undo_job(*state.jobs);
    add_erasing(*state.jobs);
    add_person_export(*state.jobs);
    if (state.rooms.add_jobs) state.rooms.add_jobs(*state.jobs);
    state.store->on_commit([&state](std::span<const record::Event> events, store::Store::Author author) { state.committed(events, author); });
    return engine;
}

Result<std::unique_ptr<store::Store>> Engine::look(const store::StoreOptions& options, const Rooms& rooms)
{
    TRY(auto built_in, State::build_catalogue(rooms, nullptr, {}, 1));
    TRY(const auto store, store::open_store_read_only(options, built_in));
    const auto view = store->read();
    TRY(auto whole, State::build_catalogue(rooms, view.get(), Definitions::read(*view).overlays, 2));
    return store::open_store_read_only(options, std::move(whole));
}

Result<store::CheckReport> Engine::check(const store::StoreOptions& options, const Rooms& rooms)
{
    TRY(const auto store, look(options, rooms));
    return store::check_store(options, *store->catalogue());
}

store::Store& Engine::store() { return *state_->store; }
const People& Engine::people() const { return state_->people; }
const Records& Engine::records() const { return state_->records; }
Jobs& Engine::jobs() { return *state_->jobs; }
const Seal& Engine::seal() const { return state_->seal; }
Anchors& Engine::anchors() { return state_->anchors; }
const Clock& Engine::clock() const { return *state_->options.clock; }
bool Engine::is_alone() const { return state_->options.company == EngineOptions::Company::alone; }
bool Engine::is_in_database() const { return !state_->options.database.empty(); }
const std::filesystem::path& Engine::directory() const { return state_->options.directory; }

std::shared_ptr<const Organisation> Engine::organisation() const
{
    const std::scoped_lock lock(state_->mutex);
    return state_->organisation;
}

Result<Desk> Engine::desk(const Caller& caller) const { return state_->desk(caller); }
Result<Shoulder> Engine::look_over(const Caller& asker, Id member) const { return state_->look_over(asker, member); }

void Engine::write(const Caller& caller, Work_ work, std::function<void(Result<std::string>, std::exception_ptr)> reply)
{
    auto answer = std::make_shared<std::string>();
    state_->store->submit(
        [this, caller, work = std::move(work), answer](store::Unit& unit) -> Result<void> {
            TRY(*answer, state_->perform(caller, unit, work));
            return {};
        },
        [answer, reply = std::move(reply)](store::Store::Outcome outcome) {
            if (outcome.failure) reply(std::string{}, outcome.failure);
            else if (!outcome.result) reply(std::unexpected(std::move(outcome.result).error()), nullptr);
            else reply(std::move(*answer), nullptr);
        });
}

Result<std::string> Engine::write_now(const Caller& caller, const Work_& work, store::Urgency urgency)
{
    std::string answer;
    CHECK_OK(state_->store->write([&](store::Unit& unit) -> Result<void> {
        TRY(answer, state_->perform(caller, unit, work));
        return {};
    }, urgency));
    return answer;
}

Result<std::string> Engine::rehearse(const Caller& caller, const Work_& work)
{
    std::string answer;
    CHECK_OK(state_->store->rehearse([&](store::Unit& unit) -> Result<void> {
        bool redefines = false;
        TRY(answer, state_->at_desk(caller, unit, work, redefines));
        return {};
    }));
    return answer;
}

void Engine::restore_order()
{
    const auto restored = state_->store->write([this](store::Unit& unit) { return state_->rebuild(unit); });
    require(restored.has_value(), "the catalogue is the one that was there");
}

void Engine::on_commit(std::function<void(std::span<const record::Event>)> listener) { state_->listeners.push_back(std::move(listener)); }

RightsComparison Engine::compare_rights()
{
    constexpr int attempts_max = 10;
    for (int attempt = 0; attempt < attempts_max; ++attempt) {
        settle();
        const auto epoch = state_->rights_epoch();
        auto found = state_->compare_rights();
        if (found.differences > 0) {
            settle();   // what was committed while it was read is held now
            if (state_->rights_epoch() != epoch) continue;
            log(shangdao::Level::error, "what was held of rights differed from the store, and is made anew", {{"differences", std::to_string(found.differences)}, {"first", found.examples.front()}});
            state_->store->submit([](store::Unit&) -> Result<void> { return {}; }, [state = state_.get()](const store::Store::Outcome&) {
                state->reload();
                state->load_rights_of_records();
            });
            settle();
        }
        state_->rights_differences = found.differences;
        return found;
    }
    log(shangdao::Level::warning, "rights changed too fast to be compared", {});
    return {};
}

std::int64_t Engine::rights_differences() const { return state_->rights_differences; }

Result<void> Engine::set_organisation(Work& work, const Organisation& organisation)
{
    if (!work.desk.guard->general("admin")) return refuse("forbidden", "organisation", {{"action", "edit"}});
    CHECK_OK(check_proof(work.desk.proof));
    const json::object value{{"key", organisation.key}, {"name", organisation.name}, {"currency", organisation.base.text()}, {"time_zone", organisation.zone.name()}};
    work.unit.set_setting("organisation", json::serialize(value));
    record::Event event;
    event.recorded_at = event.happened_at = work.desk.moment.now;
    event.actor = work.desk.member;
    event.via = work.desk.via;
    event.object = definition_event;
    event.verb = "organisation_changed";
    event.changes = json::serialize(json::object{{"organisation", value}});
    work.unit.append(std::move(event));
    return {};
}

Result<void> Engine::seed()
{
    const Caller system{.kind = Caller::Kind::system, .via = record::Via::system};
    const auto seeded = write_now(system, [this](Work& work) -> Result<std::string> {
        if (state_->rooms.seed) CHECK_OK(state_->rooms.seed(work, state_->records));
        return std::string{};
    });
    if (!seeded) return refuse(seeded.error());
    return {};
}

Result<std::int64_t> Engine::define(Work& work, const record::ObjectOverlay& change, std::optional<std::int64_t> expected)
{
    if (!work.desk.guard->general("admin")) return refuse("forbidden", "definition", {{"action", "edit"}});
    auto definitions = Definitions::read(work.unit);
    CHECK_OK(definitions.merge(change, expected, *work.desk.catalogue));
    TRY(auto catalogue, state_->build(&work.unit, definitions.overlays));
    CHECK_OK(check_conditions(*catalogue, work.desk));
    CHECK_OK(check_view_roles(*catalogue, change));
    CHECK_OK(work.unit.redefine(std::move(catalogue)));
    definitions.write(work.unit);
    append_deed(work, definition_event, {}, "defined", R"({"overlay":)" + record::to_json(change) + "}");
    return definitions.version_of(change.object);
}

}  // namespace shangdao::engine
