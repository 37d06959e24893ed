// The cursor says how far it is: the person's records, what to look for in the machinery, and the way down to what belongs to them. Words of the
// person stand in it until they were looked for; the disk is cleaned after that.
#include "engine/persons/erasing.h"

#include <boost/json.hpp>

#include <algorithm>
#include <chrono>

#include "base/log.h"
#include "base/require.h"
#include "base/text.h"
#include "engine/engine_objects.h"
#include "engine/expressions.h"
#include "engine/persons/erased_list.h"
#include "engine/persons/person_records.h"
#include "engine/persons/traces.h"
#include "engine/sharing/locks.h"

namespace shangdao::engine {

namespace {

namespace json = boost::json;
using record::OnErase;

constexpr std::int64_t step_records = 100;
constexpr std::size_t reason_points_max = 255;
constexpr std::size_t step_traces = 200, step_pages = 400;
constexpr std::int64_t scrubs_max = 10;   // then what the log holds goes when it begins anew

std::string text(const json::value& value) { return std::string{value.as_string()}; }

// Where the way down to what belongs to a person stands: at a record, and of what refers to it at which page.
struct Place {
    RecordOf parent;
    std::size_t reverse = 0;
    store::Select::Deleted which = store::Select::Deleted::hide;
    Id after{};
};

struct Erasure {
    enum class Part : unsigned char { persons, traces, belongings, files, disk, told } part = Part::persons;
    std::vector<RecordOf> persons;
    std::vector<std::string> words, files;
    std::vector<Place> way;
    std::int64_t records = 0, dropped_files = 0, scrubs = 0;
    bool clean = false;
};

json::array json_of(const std::vector<std::string>& texts) { return json::array(texts.begin(), texts.end()); }
json::object json_of(const RecordOf& one) { return {{"object", one.object->name()}, {"id", to_string(one.id)}}; }

std::vector<std::string> texts_in(const json::value& value)
{
    std::vector<std::string> texts;
    for (const auto& one : value.as_array()) texts.push_back(text(one));
    return texts;
}

RecordOf record_in(const record::Catalogue& catalogue, const json::value& value) { return {&catalogue.at(text(value.at("object"))), parse_id(value.at("id").as_string()).value_or(Id{})}; }

std::string to_cursor(const Erasure& erasure)
{
    json::array persons, way;
    for (const auto& person : erasure.persons) persons.emplace_back(json_of(person));
    for (const auto& place : erasure.way) {
        auto one = json_of(place.parent);
        one["reverse"] = place.reverse;
        one["bin"] = place.which == store::Select::Deleted::only;
        one["after"] = to_string(place.after);
        way.emplace_back(std::move(one));
    }
    return json::serialize(json::object{{"part", static_cast<int>(erasure.part)}, {"persons", std::move(persons)}, {"words", json_of(erasure.words)}, {"files", json_of(erasure.files)},
                                        {"way", std::move(way)}, {"records", erasure.records}, {"dropped_files", erasure.dropped_files}, {"scrubs", erasure.scrubs}, {"clean", erasure.clean}});
}

Erasure erasure_of(const record::Catalogue& catalogue, const JobRow& row)
{
    Erasure erasure;
    if (row.cursor.empty()) return erasure;
    const auto said = json::parse(row.cursor);
    erasure.part = static_cast<Erasure::Part>(said.at("part").as_int64());
    for (const auto& one : said.at("persons").as_array()) erasure.persons.push_back(record_in(catalogue, one));
    for (const auto& one : said.at("way").as_array())
        erasure.way.push_back({.parent = record_in(catalogue, one), .reverse = one.at("reverse").to_number<std::size_t>(),
                               .which = one.at("bin").as_bool() ? store::Select::Deleted::only : store::Select::Deleted::hide,
                               .after = parse_id(one.at("after").as_string()).value_or(Id{})});
    erasure.words = texts_in(said.at("words"));
    erasure.files = texts_in(said.at("files"));
    erasure.records = said.at("records").as_int64();
    erasure.dropped_files = said.at("dropped_files").as_int64();
    erasure.scrubs = said.at("scrubs").as_int64();
    erasure.clean = said.at("clean").as_bool();
    return erasure;
}

class Erasing {
public:
    Erasing(Work& work, const Records& records, Erasure& erasure) : work_(work), records_(records), erasure_(erasure) {}

    // The records that are about the person; those of a record that is not there any more are none.
    void take_persons(const Object& object, Id id)
    {
        for (const auto& person : records_of_person(work_.unit, *work_.desk.catalogue, object, id))
            if (const auto record = work_.unit.find(*person.object, person.id)) take(*person.object, *record, OnErase::texts);
        redact();
    }

    // A page or more of what belongs to them; false when there is no more.
    bool take_belongings()
    {
        std::int64_t taken = 0;
        for (std::size_t pages = 0; pages < step_pages && taken < step_records && !erasure_.way.empty(); ++pages) taken += take_page();
        redact();
        return !erasure_.way.empty();
    }

private:
    std::int64_t take_page()
    {
        auto& place = erasure_.way.back();
        const auto reverses = place.parent.object->reverses();
        if (place.reverse == reverses.size()) {
            erasure_.way.pop_back();
            return 0;
        }
        const auto& reverse = reverses[place.reverse];
        const auto& child = work_.desk.catalogue->object(reverse.object);
        const auto what = child.field(reverse.slot).on_erase;
        const auto page = what == OnErase::keep ? std::vector<Record>{} : page_of_children(work_.unit, child, reverse.slot, place.parent.id, place.which, place.after, step_records);
        if (std::ssize(page) == step_records) {
            place.after = page.back().id();
        } else {
            place.after = {};
            if (what != OnErase::keep && place.which == store::Select::Deleted::hide) {
                place.which = store::Select::Deleted::only;
            } else {
                place.which = store::Select::Deleted::hide;
                ++place.reverse;
            }
        }
        for (const auto& record : page) take(child, record, what);   // `place` may have moved
        return std::ssize(page);
    }

    void take(const Object& object, const Record& record, OnErase what)
    {
        const RecordOf one{&object, record.id()};
        if (std::ranges::find(erasure_.persons, one) != erasure_.persons.end()) return;
        if (object.about_a_person()) {
            erasure_.persons.push_back(one);
            if (erasure_.part == Erasure::Part::persons) add_words(work_.unit, object, record, erasure_.words);
        }
        if (lock_of(work_.unit, record.id())) require(unlock_by_hand(work_, object, record, {}).has_value(), "what is locked is unlocked");
        if (what == OnErase::gone) drop(object, record);
        else records_.update_quietly(work_, object, record.id(), emptied(object, record, what, work_.desk.moment.now));
        taken_.push_back(one);
        ++erasure_.records;
        if (what != OnErase::personal) erasure_.way.push_back({.parent = one});
    }

    void drop(const Object& object, const Record& record)
    {
        const auto* behaviour = records_.behaviours().find(object.name());
        if (behaviour != nullptr && behaviour->files.hash_of)
            if (const auto hash = behaviour->files.hash_of(record)) erasure_.files.push_back(*hash);
        work_.unit.erase(object, record.id());
    }

    void redact()
    {
        if (!taken_.empty()) redact_events(work_.unit, taken_);
        taken_.clear();
    }

    Work& work_;
    const Records& records_;
    Erasure& erasure_;
    std::vector<RecordOf> taken_;
};

// Made files and brought ones hold whoever stands in them, packed, so all of them go: what is still wanted is made or brought again. An import
// that has not ended keeps its files; they go with their age.
std::int64_t drop_passing_files(Engine& engine)
{
    std::string under_way;
    {
        const auto view = engine.store().read();
        const auto& jobs = view->catalogue().at("job");
        for (const std::string_view state : {"waiting", "running"}) {
            const store::Select select{.from = &jobs, .where = field_is(jobs, job::state.slot, record::ChoiceKey{std::string{state}}), .limit = 1'000};
            for (const auto& job : view->records(select, {})) {
                under_way += to_string(job.id()) + " ";
                if (const auto* arguments = job.get(job::arguments)) under_way += *arguments;
            }
        }
    }
    std::int64_t dropped = 0;
    std::error_code ignored;
    for (const std::string_view kind : {"exports", "imports"})
        for (const auto& entry : std::filesystem::directory_iterator(engine.directory() / "files" / kind, ignored)) {
            const auto name = entry.path().filename().string();
            const auto id = name.substr(0, name.find_first_of(".-"));
            if (!under_way.contains(id) && std::filesystem::remove(entry.path(), ignored)) ++dropped;
        }
    return dropped;
}

std::int64_t drop_files(Engine& engine, const std::vector<std::string>& hashes)
{
    auto dropped = drop_passing_files(engine);
    for (const auto& object : engine.store().catalogue()->objects()) {
        const auto* behaviour = engine.records().behaviours().find(object.name());
        if (behaviour != nullptr && behaviour->files.drop && !hashes.empty()) dropped += behaviour->files.drop(engine, hashes);
    }
    return dropped;
}

Sought sought_of(Engine& engine, const record::Catalogue& catalogue, const Erasure& erasure)
{
    Sought sought{.ids = {}, .words = erasure.words};
    for (const auto& person : erasure.persons) sought.ids.insert(person.id.value);
    each_belonging(engine.store(), catalogue, erasure.persons, [&](const Object&, const Record& record) { sought.ids.insert(record.id().value); });
    return sought;
}

void keep_step(Step& step, const Erasure& erasure)
{
    step.cursor = to_cursor(erasure);
    step.done = erasure.records;
}

// What can be read and done outside a unit is done first; the rest, with the cursor, in one.
PlannedStep erase_step(Engine& engine, const Desk& desk, const JobRow& row)
{
    using Part = Erasure::Part;
    const auto arguments = json::parse(row.arguments);
    auto erasure = erasure_of(*desk.catalogue, row);
    PlannedStep planned;
    switch (erasure.part) {
    case Part::persons:
        planned.write = [&engine, arguments, erasure](Work& work, Step& step) mutable -> Result<void> {
            const auto person = record_in(*work.desk.catalogue, arguments);
            Erasing(work, engine.records(), erasure).take_persons(*person.object, person.id);
            erasure.part = Part::traces;
            return keep_step(step, erasure), Result<void>{};
        };
        return planned;
    case Part::traces: {
        auto found = find_traces(engine.store(), *desk.catalogue, sought_of(engine, *desk.catalogue, erasure), step_traces);
        planned.write = [erasure, found = std::move(found)](Work& work, Step& step) mutable -> Result<void> {
            for (const auto& one : found) work.unit.erase(work.desk.catalogue->at(one.object->name()), one.id);
            redact_events(work.unit, found);
            if (found.size() < step_traces) {
                erasure.part = Part::belongings;
                erasure.words.clear();
            }
            return keep_step(step, erasure), Result<void>{};
        };
        return planned;
    }
    case Part::belongings:
        planned.write = [&engine, row, erasure](Work& work, Step& step) mutable -> Result<void> {
            erasure = erasure_of(*work.desk.catalogue, row);
            if (!Erasing(work, engine.records(), erasure).take_belongings()) erasure.part = Part::files;
            return keep_step(step, erasure), Result<void>{};
        };
        return planned;
    case Part::files:
        erasure.dropped_files = drop_files(engine, erasure.files);
        erasure.part = Part::disk;
        erasure.files.clear();
        keep_step(planned.step, erasure);
        return planned;
    case Part::disk:
        erasure.clean = engine.store().scrub();
        if (erasure.clean || ++erasure.scrubs == scrubs_max) erasure.part = Part::told;
        keep_step(planned.step, erasure);
        return planned;
    case Part::told:
        std::vector<ErasedPerson> persons;
        for (const auto& person : erasure.persons) persons.push_back({std::string{person.object->name()}, person.id, desk.moment.now});
        add_erased(erased_list(engine.directory()), persons);
        planned.write = [arguments, erasure](Work& work, Step& step) -> Result<void> {
            for (const auto& person : erasure.persons) append_deed(work, person.object->name(), person.id, "erased", "{}", text(arguments.at("reason")));
            step.done = erasure.records;
            step.state = Step::State::finished;
            step.result = json::serialize(json::object{{"records", erasure.records}, {"files", erasure.dropped_files}, {"clean", erasure.clean}});
            return {};
        };
        return planned;
    }
    return planned;
}

Id enqueue(Work& work, const Object& object, Id id, const std::string& reason)
{
    return Jobs::enqueue(work, erase_job_kind, json::serialize(json::object{{"object", object.name()}, {"id", to_string(id)}, {"reason", reason}}));
}

// {"reason":text}, which is required: it is what is left to say why.
Result<std::string> reason_in(const json::value& body)
{
    static constexpr std::string_view known[] = {"reason"};
    const auto* map = body.if_object();
    if (map == nullptr) return refuse("invalid_value", "", {{"expected", "object"}});
    for (const auto& [name, value] : *map) {
        if (name == known[0]) continue;
        std::map<std::string, std::string> args{{"name", std::string{name.substr(0, 80)}}};
        if (const auto near = nearest(name, known)) args["nearest"] = *near;
        return refuse("unknown_field", std::string{name.substr(0, 80)}, std::move(args));
    }
    const auto* reason = map->if_contains(known[0]);
    const auto* given = reason == nullptr ? nullptr : reason->if_string();
    if (reason != nullptr && !reason->is_null() && given == nullptr) return refuse("invalid_value", "reason", {{"expected", "text"}});
    auto clean = given == nullptr ? std::string{} : nfc(trimmed(std::string_view{*given}));
    if (clean.empty()) return refuse("required", "reason", {{"name", "reason"}});
    if (code_point_count(clean) > reason_points_max) return refuse("too_long", "reason", {{"limit", std::to_string(reason_points_max)}});
    return clean;
}

}  // namespace

Result<Id> begin_erasing(Work& work, const Records& records, const Object& object, Id id, const json::value& body)
{
    CHECK_OK(check_person(work, records, object, id, "erase"));
    TRY(const auto reason, reason_in(body));
    CHECK_OK(check_proof(work.desk.proof));
    return enqueue(work, object, id, reason);
}

std::int64_t erase_again(Engine& engine)
{
    std::int64_t erased = 0;
    for (const auto& person : read_erased(erased_list(engine.directory()))) {
        Id job;
        const auto queued = engine.write_now({.kind = Caller::Kind::system, .via = record::Via::system}, [&](Work& work) -> Result<std::string> {
            job = {};
            const auto* object = work.desk.catalogue->find(person.object);
            const auto record = object == nullptr || !object->about_a_person() ? std::nullopt : work.unit.find(*object, person.id);
            if (record && record::is_null(record->at(*object->erased_slot()))) job = enqueue(work, *object, person.id, "restored");
            return std::string{};
        });
        if (!queued || !job) continue;
        engine.jobs().run_to_end(job);
        ++erased;
    }
    if (erased > 0) log(shangdao::Level::info, "persons of an older backup were erased again", {{"persons", std::to_string(erased)}});
    return erased;
}

void add_erasing(Jobs& jobs) { jobs.add_kind(std::string{erase_job_kind}, erase_step); }

}  // namespace shangdao::engine
