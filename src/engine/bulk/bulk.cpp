// The records are found once, in one snapshot, and judged one by one when their turn comes.
#include "engine/bulk/bulk.h"

#include <boost/json.hpp>

#include <algorithm>
#include <map>

#include "base/json.h"
#include "base/text.h"
#include "engine/bulk/matched.h"
#include "engine/engine_objects.h"
#include "engine/expressions.h"
#include "engine/kept_problem.h"
#include "engine/rehearsal.h"
#include "engine/sharing/locks.h"
#include "engine/undo/taking_back.h"

namespace shangdao::engine {

namespace {

namespace json = boost::json;

constexpr std::size_t ids_max = 10'000, each_max = 1'000;
constexpr std::int64_t trial_max = 50'000;
constexpr std::int64_t chunk_records = 500;
constexpr std::int64_t page_ids = 1'000;
constexpr std::string_view bulk_kind = "bulk", undo_kind = "bulk_undo";

// What was asked, read against one desk's definitions.
struct Asked {
    const Object* object = nullptr;
    std::vector<Id> ids;                      // sorted; empty: the select
    store::Select select;
    enum class Deed : unsigned char { change, remove, restore, verb } deed = Deed::change;
    record::Changes changes;
    std::map<Id, Result<record::Changes>> each;   // instead of one for all; what cannot be read is refused when its turn comes
    const record::VerbDef* verb = nullptr;
    std::optional<Arguments> arguments;
};

Result<void> only_keys(const json::object& body, std::initializer_list<std::string_view> known)
{
    for (const auto& [key, value] : body) {
        const std::string_view name = key;
        if (std::ranges::find(known, name) != known.end()) continue;
        std::map<std::string, std::string> args{{"name", std::string{name}}};
        if (const auto near = nearest(name, std::span{known.begin(), known.size()})) args["nearest"] = *near;
        return refuse("unknown_field", std::string{name}, std::move(args));
    }
    return {};
}

Result<std::string> text_at(const json::object& body, std::string_view name)
{
    const auto* value = body.if_contains(name);
    if (value == nullptr || value->is_null()) return std::string{};
    if (!value->is_string()) return refuse("invalid_value", std::string{name}, {{"expected", "text"}, {"value", json::serialize(*value).substr(0, 40)}});
    return std::string{value->as_string()};
}

Result<std::vector<Id>> read_ids(const json::value& value)
{
    if (!value.is_array()) return refuse("invalid_value", "ids", {{"expected", "[id]"}, {"value", json::serialize(value).substr(0, 40)}});
    if (value.as_array().size() > ids_max) return refuse("too_many", "ids", {{"limit", std::to_string(ids_max)}});
    std::vector<Id> ids;
    for (const auto& one : value.as_array()) {
        const auto id = one.is_string() ? parse_id(one.as_string()) : std::nullopt;
        if (!id) return refuse("invalid_value", "ids", {{"expected", "id"}, {"value", json::serialize(one).substr(0, 40)}});
        ids.push_back(*id);
    }
    if (ids.empty()) return refuse("required", "ids");
    std::ranges::sort(ids);
    const auto [first, last] = std::ranges::unique(ids);
    ids.erase(first, last);
    return ids;
}

// {"<id>":{fields},…}: the ids are those of the records meant.
Result<void> read_each(const Desk& desk, const json::value& value, Asked& asked)
{
    if (!value.is_object()) return refuse("invalid_value", "each", {{"expected", "object"}, {"value", json::serialize(value).substr(0, 40)}});
    if (value.as_object().empty()) return refuse("required", "each");
    if (value.as_object().size() > each_max) return refuse("too_many", "each", {{"limit", std::to_string(each_max)}});
    for (const auto& [key, fields] : value.as_object()) {
        const auto id = parse_id(key);
        if (!id) return refuse("invalid_value", "each", {{"expected", "id"}, {"value", std::string{key}.substr(0, 40)}});
        asked.each.emplace(*id, read_changes(desk, *asked.object, fields));
    }
    for (const auto& [id, changes] : asked.each) asked.ids.push_back(id);
    return {};
}

Result<void> read_deed(const Desk& desk, const json::object& body, Asked& asked)
{
    const auto* change = body.if_contains("change");
    const auto* verb = body.if_contains("verb");
    const auto* each = body.if_contains("each");
    if ((change != nullptr) + (verb != nullptr) + (each != nullptr) != 1) return refuse("required", "change");
    if (verb == nullptr && !desk.guard->may(Action::edit, *asked.object)) return refuse("forbidden", std::string{asked.object->name()}, {{"action", "edit"}});
    if (each != nullptr) return read_each(desk, *each, asked);
    if (change != nullptr) {
        TRY(asked.changes, read_changes(desk, *asked.object, *change));
        if (asked.changes.empty()) return refuse("required", "change");
        return {};
    }
    if (!verb->is_object()) return refuse("invalid_value", "verb", {{"expected", "object"}, {"value", json::serialize(*verb).substr(0, 40)}});
    CHECK_OK(only_keys(verb->as_object(), {"name", "arguments"}));
    TRY(const auto name, text_at(verb->as_object(), "name"));
    if (name == "delete" || name == "restore") {
        if (!desk.guard->may(Action::remove, *asked.object)) return refuse("forbidden", std::string{asked.object->name()}, {{"action", "delete"}});
        asked.deed = name == "delete" ? Asked::Deed::remove : Asked::Deed::restore;
        if (asked.deed == Asked::Deed::restore) asked.select.deleted = store::Select::Deleted::only;
        return {};
    }
    asked.deed = Asked::Deed::verb;
    asked.verb = verb_of(*asked.object, name);
    if (asked.verb == nullptr) return refuse("unknown_verb", name, {{"name", name}, {"object", std::string{asked.object->name()}}});
    if (!desk.guard->has_verb_right(*asked.object, *asked.verb)) return refuse("forbidden", std::string{asked.object->name()}, {{"action", name}});
    const auto* arguments = verb->as_object().if_contains("arguments");
    TRY(asked.arguments, read_arguments(desk, *asked.object, *asked.verb, arguments == nullptr ? json::value(json::object()) : *arguments));
    return {};
}

Result<Asked> read_bulk(const Desk& desk, std::string_view plural, const json::value& body)
{
    const auto* object = desk.catalogue->find_plural(plural);
    if (object == nullptr || !object->routed() || !desk.guard->may(Action::read, *object))
        return refuse("unknown_object", std::string{plural}, {{"name", std::string{plural}}});
    if (!desk.guard->may(Action::change_many, *object)) return refuse("forbidden", std::string{plural}, {{"action", "bulk"}});
    if (!body.is_object()) return refuse("invalid_value", "", {{"expected", "object"}, {"value", json::serialize(body).substr(0, 40)}});
    const auto& said = body.as_object();
    CHECK_OK(only_keys(said, {"filter", "q", "ids", "change", "each", "verb", "dry_run"}));
    Asked asked;
    asked.object = object;
    const auto* ids = said.if_contains("ids");
    const bool by_question = said.contains("filter") || said.contains("q");
    if ((ids != nullptr) + by_question + said.contains("each") != 1) return refuse("required", "ids");
    if (said.contains("each")) {
        // Read with the deed.
    } else if (ids != nullptr) {
        TRY(asked.ids, read_ids(*ids));
    } else {
        TRY(const auto filter, text_at(said, "filter"));
        TRY(const auto search, text_at(said, "q"));
        TRY(asked.select, list_select(desk, *object, {.filter = filter, .search = search}));
        asked.select.order.clear();
    }
    CHECK_OK(read_deed(desk, said, asked));
    return asked;
}

// The records meant, by id, at most `most`.
std::vector<Id> matched_ids(store::View& view, const Desk& desk, const Asked& asked, std::int64_t most = INT64_MAX)
{
    if (!asked.ids.empty()) return asked.ids;
    std::vector<Id> ids;
    auto select = asked.select;
    select.outputs = {{"id", field_expression(*asked.object, record::slot_id)}};
    select.limit = page_ids;
    while (std::ssize(ids) < most) {
        const auto page = view.rows(select, desk.moment);
        for (const auto& row : page) ids.push_back(std::get<Id>(row[0]));
        if (std::ssize(page) < page_ids) break;
        select.after = {record::Value{ids.back()}};
    }
    return ids;
}

Result<Record> change_one(Work& work, const Records& records, const Asked& asked, Id id)
{
    if (asked.each.empty()) return records.change(work, *asked.object, id, std::nullopt, asked.changes);
    const auto& own = asked.each.at(id);
    if (!own) return std::unexpected(own.error());
    return records.change(work, *asked.object, id, std::nullopt, *own);
}

// True when the record differs afterwards.
Result<bool> apply_one(Work& work, const Records& records, const Asked& asked, Id id)
{
    const auto before = work.unit.find(*asked.object, id);
    if (!before || !work.desk.guard->sees(work.unit, *asked.object, *before)) return refuse("not_found", std::string{asked.object->name()}, {{"id", to_string(id)}});
    const auto& guard = *work.desk.guard;
    CHECK_OK(asked.verb == &unlock_verb() ? guard.allow(work.unit, Action::change_many, *asked.object, *before) : guard.check(work.unit, Action::change_many, *asked.object, *before));
    if (asked.deed == Asked::Deed::remove) {
        CHECK_OK(records.remove(work, *asked.object, id, std::nullopt));
        return true;
    }
    const bool turns_lock = asked.verb == &lock_verb() || asked.verb == &unlock_verb();   // which is no field of the record
    const bool was_locked = turns_lock && lock_of(work.unit, id);
    const auto now = asked.deed == Asked::Deed::change    ? change_one(work, records, asked, id)
                     : asked.deed == Asked::Deed::restore ? records.restore(work, *asked.object, id)
                                                          : records.perform(work, *asked.object, id, std::nullopt, *asked.verb, *asked.arguments);
    if (!now) return std::unexpected(now.error());
    return now->version() != before->version() || (turns_lock && lock_of(work.unit, id).has_value() != was_locked);
}

void count_refusal(BulkTally& tally, const Problem& problem)
{
    const auto known = std::ranges::find_if(tally.refused, [&](const BulkRefusal& one) { return one.problem.code == problem.code && one.problem.field == problem.field; });
    if (known != tally.refused.end()) {
        ++known->count;
        // What is not said of all of them is said of none.
        std::erase_if(known->problem.args, [&](const auto& arg) {
            const auto here = problem.args.find(arg.first);
            return here == problem.args.end() || here->second != arg.second;
        });
        return;
    }
    tally.refused.push_back({problem, 1});
    tally.refused.back().problem.args.erase("id");   // of the one that met it first
}

// Each record in a savepoint of its own. Verbs of the business tell their own story; a change of many is one event (D10).
void apply(Work& work, const Records& records, const Asked& asked, std::span<const Id> ids, BulkTally& tally)
{
    EventBatch batch;
    const bool one_event = asked.deed != Asked::Deed::verb || asked.verb == &hand_over_verb();
    Work one{.unit = work.unit, .desk = work.desk, .cause = work.cause, .batch = one_event ? &batch : nullptr, .redefines = work.redefines};
    for (const auto id : ids) {
        const auto mark = batch.mark();
        bool differs = false;
        const auto done = work.unit.attempt([&]() -> Result<void> {
            TRY(differs, apply_one(one, records, asked, id));
            return {};
        });
        if (!done) {
            batch.drop_since(mark);
            count_refusal(tally, done.error().front());
            if (!asked.each.empty()) tally.kept.emplace_back(id, done.error());
        } else if (differs) {
            ++tally.changed;
        }
    }
    batch.flush(work.unit, work.desk);
}

// A job's cursor, kept when it has ended: what was done, and its trail.
struct Progress {
    std::int64_t done = 0;
    BulkTally tally;
    Trail trail;
};

json::array refused_json(const BulkTally& tally)
{
    json::array out;
    for (const auto& one : tally.refused) {
        auto entry = kept_problem(one.problem);
        entry["count"] = one.count;
        out.emplace_back(std::move(entry));
    }
    return out;
}

std::string to_json(const Progress& progress)
{
    json::object out{{"done", progress.done}, {"matched", progress.tally.matched}, {"changed", progress.tally.changed}, {"refused", refused_json(progress.tally)}};
    keep_trail(out, progress.trail);
    return json::serialize(out);
}

Progress progress_of(std::string_view cursor)
{
    Progress progress;
    if (cursor.empty()) return progress;
    const auto value = json::parse(cursor);
    const auto& said = value.as_object();
    progress.done = said.at("done").to_number<std::int64_t>();
    progress.tally.matched = said.at("matched").to_number<std::int64_t>();
    progress.tally.changed = said.at("changed").to_number<std::int64_t>();
    for (const auto& one : said.at("refused").as_array()) progress.tally.refused.push_back({problem_of(one.as_object()), one.at("count").to_number<std::int64_t>()});
    progress.trail = trail_of(said);
    return progress;
}

std::string result_of(const Progress& progress)
{
    return json::serialize(json::object{{"matched", progress.tally.matched}, {"changed", progress.tally.changed}, {"refused", refused_json(progress.tally)}, {"undo", !progress.trail.events.empty()}});
}

std::filesystem::path matched_file(const Engine& engine, Id job) { return engine.directory() / "files" / "bulk" / to_string(job); }

PlannedStep failed(Problems problems) { return {.step = {.state = Step::State::failed, .problems = std::move(problems)}}; }

PlannedStep bulk_step(Engine& engine, const Desk& desk, const JobRow& row)
{
    const auto arguments = json::parse(row.arguments);
    const std::string plural{arguments.at("object").as_string()};
    const auto body = arguments.at("body");
    auto progress = progress_of(row.cursor);
    if (row.cursor.empty()) {
        const auto asked = read_bulk(desk, plural, body);
        if (!asked) return failed(asked.error());
        const auto ids = matched_ids(*engine.store().read(), desk, *asked);
        write_matched(matched_file(engine, row.id), ids);
        progress.tally.matched = std::ssize(ids);
    }
    auto ids = read_matched(matched_file(engine, row.id), progress.done, chunk_records);
    if (!ids) return failed({{"job_broken", {}, {}}});
    progress.done += std::ssize(*ids);
    const bool last = progress.done >= progress.tally.matched;
    PlannedStep planned{.step = {.done = progress.done, .total = progress.tally.matched, .state = last ? Step::State::finished : Step::State::more}};
    planned.write = [&engine, plural, body, progress, ids = std::move(*ids)](Work& work, Step& step) -> Result<void> {
        TRY(const auto asked, read_bulk(work.desk, plural, body));
        auto next = progress;
        const auto head = work.unit.head();
        apply(work, engine.records(), asked, ids, next.tally);
        append(next.trail.events, {head + 1, work.unit.head()});
        step.cursor = to_json(next);
        if (step.state == Step::State::finished) step.result = result_of(next);
        return {};
    };
    return planned;
}

std::string text_of(const std::string* text) { return text == nullptr ? std::string{} : *text; }

}  // namespace

namespace {

Result<BulkTally> rehearsed(Engine& engine, const Caller& caller, std::string_view plural, const boost::json::value& body)
{
    TRY(const auto desk, engine.desk(caller));
    TRY(const auto asked, read_bulk(desk, plural, body));
    const auto ids = matched_ids(*engine.store().read(), desk, asked, trial_max + 1);
    BulkTally tally;
    Rehearsal memory;
    memory.remember({std::string{asked.object->name()}});
    tally.matched = std::ssize(ids);
    if (tally.matched > trial_max) return refuse("too_many", std::string{plural}, {{"limit", std::to_string(trial_max)}});
    for (std::size_t from = 0; from < ids.size(); from += chunk_records) {
        const auto chunk = std::span{ids}.subspan(from, std::min<std::size_t>(chunk_records, ids.size() - from));
        const auto tried = engine.rehearse(caller, [&](Work& work) -> Result<std::string> {
            TRY(const auto now, read_bulk(work.desk, plural, body));
            Rehearsal::Chunk unit(work.unit, memory);
            Work here{unit, work.desk, work.cause};
            apply(here, engine.records(), now, chunk, tally);
            return std::string{};
        });
        if (!tried) return std::unexpected(tried.error());
    }
    return tally;
}

}  // namespace

Result<BulkTally> try_bulk(Engine& engine, const Caller& caller, std::string_view plural, const boost::json::value& body)
{
    try {
        return rehearsed(engine, caller, plural, body);
    } catch (const store::NumberOverflow&) {
        return refuse("number_overflow", "filter");
    }
}

Result<Id> begin_bulk(Work& work, std::string_view plural, const boost::json::value& body)
{
    TRY(const auto asked, read_bulk(work.desk, plural, body));
    CHECK_OK(check_proof_of_job(work.desk.proof, *asked.object));
    return Jobs::enqueue(work, bulk_kind, json::serialize(json::object{{"object", plural}, {"body", body}}));
}

Result<Id> begin_bulk_undo(Work& work, Id bulk)
{
    const auto& jobs = work.desk.catalogue->at("job");
    const auto job = work.unit.find(jobs, bulk);
    if (!job || (job->owner() != work.desk.member && !work.desk.guard->general("admin"))) return refuse("not_found", "job", {{"id", to_string(bulk)}});
    if (text_of(job->get(job::kind)) != bulk_kind) return refuse("nothing_to_undo", "job");
    const auto* state = job->get(job::state);
    if (state->key == "waiting" || state->key == "running") return refuse("job_unended", "job", {{"id", to_string(bulk)}});
    const auto arguments = json::parse(text_of(job->get(job::arguments)));
    const auto* object = work.desk.catalogue->find_plural(std::string_view{arguments.at("object").as_string()});
    if (object == nullptr || !work.desk.guard->may(Action::change_many, *object)) return refuse("forbidden", "bulk", {{"action", "bulk"}});
    CHECK_OK(check_proof_of_job(work.desk.proof, *object));
    return begin_taking_back(work, *job, undo_kind, "bulk");
}

void add_bulk(Jobs& jobs)
{
    jobs.add_kind(std::string{bulk_kind}, bulk_step);
    jobs.add_kind(std::string{undo_kind}, [](Engine& engine, const Desk&, const JobRow& row) { return take_back_step(engine, row, "bulk"); });
}

}  // namespace shangdao::engine
