// Records are walked by id, so a record that leaves the filter by being changed neither hides its neighbour nor comes twice.
#include "engine/bulk/bulk.h"

#include <boost/json.hpp>

#include <algorithm>

#include "base/json.h"
#include "base/text.h"
#include "engine/expressions.h"

namespace shangdao::engine {

namespace {

namespace json = boost::json;

constexpr std::size_t ids_max = 10'000;
constexpr std::int64_t trial_max = 50'000;
constexpr std::int64_t chunk_records = 500;

// What was asked, read against one desk's definitions.
struct Asked {
    const Object* object = nullptr;
    std::vector<Id> ids;                      // sorted; empty: the select
    store::Select select;
    enum class Deed : unsigned char { change, remove, restore, verb } deed = Deed::change;
    record::Changes changes;
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

Result<void> read_deed(const Desk& desk, const json::object& body, Asked& asked)
{
    const auto* change = body.if_contains("change");
    const auto* verb = body.if_contains("verb");
    if ((change == nullptr) == (verb == nullptr)) return refuse("required", "change");
    if (change != nullptr) {
        if (!desk.guard->may(Action::edit, *asked.object)) return refuse("forbidden", std::string{asked.object->name()}, {{"action", "edit"}});
        TRY(asked.changes, read_changes(desk, *asked.object, *change));
        if (asked.changes.empty()) return refuse("required", "change");
        return {};
    }
    if (!verb->is_object()) return refuse("invalid_value", "verb", {{"expected", "{name, arguments}"}, {"value", json::serialize(*verb).substr(0, 40)}});
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
    if (object == nullptr || object->def().exposure != record::Exposure::routed || !desk.guard->may(Action::read, *object))
        return refuse("unknown_object", std::string{plural}, {{"name", std::string{plural}}});
    if (!desk.guard->may(Action::change_many, *object)) return refuse("forbidden", std::string{plural}, {{"action", "bulk"}});
    if (!body.is_object()) return refuse("invalid_value", "", {{"expected", "{filter or ids, change or verb}"}, {"value", json::serialize(body).substr(0, 40)}});
    const auto& said = body.as_object();
    CHECK_OK(only_keys(said, {"filter", "q", "ids", "change", "verb", "dry_run"}));
    Asked asked;
    asked.object = object;
    const auto* ids = said.if_contains("ids");
    if ((ids != nullptr) == (said.contains("filter") || said.contains("q"))) return refuse("required", "ids");
    if (ids != nullptr) {
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

// The next records behind `after`, at most a chunk.
std::vector<Id> next_ids(store::View& view, const Desk& desk, const Asked& asked, Id after)
{
    std::vector<Id> ids;
    if (!asked.ids.empty()) {
        auto from = std::ranges::upper_bound(asked.ids, after);
        while (from != asked.ids.end() && std::ssize(ids) < chunk_records) ids.push_back(*from++);
        return ids;
    }
    auto select = asked.select;
    select.limit = chunk_records;
    if (after) select.after = {record::Value{after}};
    for (const auto& record : view.records(select, desk.moment)) ids.push_back(record.id());
    return ids;
}

std::int64_t total_of(store::View& view, const Desk& desk, const Asked& asked, std::int64_t at_most = INT64_MAX)
{
    return asked.ids.empty() ? view.count(asked.select, desk.moment, at_most) : std::ssize(asked.ids);
}

// True when the record differs afterwards.
Result<bool> apply_one(Work& work, const Records& records, const Asked& asked, Id id)
{
    const auto before = work.unit.find(*asked.object, id);
    if (!before || !work.desk.guard->sees(work.unit, *asked.object, *before)) return refuse("not_found", std::string{asked.object->name()}, {{"id", to_string(id)}});
    CHECK_OK(work.desk.guard->check(work.unit, Action::change_many, *asked.object, *before));
    if (asked.deed == Asked::Deed::remove) {
        CHECK_OK(records.remove(work, *asked.object, id, std::nullopt));
        return true;
    }
    const auto now = asked.deed == Asked::Deed::change    ? records.change(work, *asked.object, id, std::nullopt, asked.changes)
                     : asked.deed == Asked::Deed::restore ? records.restore(work, *asked.object, id)
                                                          : records.perform(work, *asked.object, id, std::nullopt, *asked.verb, *asked.arguments);
    if (!now) return std::unexpected(now.error());
    return now->version() != before->version();
}

void count_refusal(BulkTally& tally, const Problem& problem)
{
    const auto known = std::ranges::find_if(tally.refused, [&](const BulkRefusal& one) { return one.problem.code == problem.code && one.problem.field == problem.field; });
    if (known == tally.refused.end()) tally.refused.push_back({problem, 1});
    else ++known->count;
}

// Each record in a savepoint of its own. Verbs tell their own story; a change of many is one event (D10).
void apply(Work& work, const Records& records, const Asked& asked, const std::vector<Id>& ids, BulkTally& tally)
{
    EventBatch batch;
    Work one{work.unit, work.desk, work.cause, asked.deed == Asked::Deed::verb ? nullptr : &batch};
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
        } else if (differs) {
            ++tally.changed;
        }
    }
    batch.flush(work.unit, work.desk);
}

// A job's cursor: the last id, and the tally so far.
struct Progress {
    Id after{};
    std::int64_t done = 0, total = 0;
    BulkTally tally;
};

std::string refused_json(const BulkTally& tally)
{
    std::string out = "[";
    for (const auto& one : tally.refused) {
        out += out.back() == '[' ? R"({"code":)" : R"(,{"code":)";
        append_json_string(out, one.problem.code);
        out += R"(,"field":)";
        append_json_string(out, one.problem.field);
        out += R"(,"count":)" + std::to_string(one.count) + "}";
    }
    return out + "]";
}

std::string cursor_of(const Progress& progress)
{
    return R"({"after":")" + to_string(progress.after) + R"(","done":)" + std::to_string(progress.done) + R"(,"total":)" + std::to_string(progress.total) + R"(,"changed":)" +
           std::to_string(progress.tally.changed) + R"(,"refused":)" + refused_json(progress.tally) + "}";
}

Progress progress_of(const std::string& cursor)
{
    Progress progress;
    const auto said = json::parse(cursor);
    progress.after = *parse_id(said.at("after").as_string());
    progress.done = said.at("done").to_number<std::int64_t>();
    progress.total = said.at("total").to_number<std::int64_t>();
    progress.tally.changed = said.at("changed").to_number<std::int64_t>();
    for (const auto& one : said.at("refused").as_array())
        progress.tally.refused.push_back({{std::string{one.at("code").as_string()}, std::string{one.at("field").as_string()}, {}}, one.at("count").to_number<std::int64_t>()});
    return progress;
}

PlannedStep bulk_step(Engine& engine, const Desk& desk, const JobRow& row)
{
    const auto arguments = json::parse(row.arguments);
    const std::string plural{arguments.at("object").as_string()};
    const auto body = arguments.at("body");
    const auto asked = read_bulk(desk, plural, body);
    if (!asked) return {.step = {.state = Step::State::failed, .problems = asked.error()}};

    const auto view = engine.store().read();
    auto progress = row.cursor.empty() ? Progress{} : progress_of(row.cursor);
    if (row.cursor.empty()) progress.total = total_of(*view, desk, *asked);
    auto ids = next_ids(*view, desk, *asked, progress.after);
    const bool last = std::ssize(ids) < chunk_records;
    progress.done += std::ssize(ids);
    if (!ids.empty()) progress.after = ids.back();
    PlannedStep planned{.step = {.done = progress.done, .total = std::max(progress.total, progress.done), .state = last ? Step::State::finished : Step::State::more}};
    planned.write = [&engine, plural, body, progress, ids = std::move(ids)](Work& work, Step& step) -> Result<void> {
        TRY(const auto now, read_bulk(work.desk, plural, body));
        auto next = progress;
        apply(work, engine.records(), now, ids, next.tally);
        if (step.state == Step::State::more) step.cursor = cursor_of(next);
        else step.result = R"({"changed":)" + std::to_string(next.tally.changed) + R"(,"refused":)" + refused_json(next.tally) + "}";
        return {};
    };
    return planned;
}

}  // namespace

Result<BulkTally> try_bulk(Engine& engine, const Caller& caller, std::string_view plural, const boost::json::value& body)
{
    TRY(const auto desk, engine.desk(caller));
    TRY(const auto asked, read_bulk(desk, plural, body));
    const auto view = engine.store().read();
    BulkTally tally;
    tally.matched = total_of(*view, desk, asked, trial_max + 1);
    if (tally.matched > trial_max) return refuse("too_many", std::string{plural}, {{"limit", std::to_string(trial_max)}});
    for (Id after{};;) {
        const auto ids = next_ids(*view, desk, asked, after);
        if (ids.empty()) return tally;
        const auto tried = engine.rehearse(caller, [&](Work& work) -> Result<std::string> {
            TRY(const auto now, read_bulk(work.desk, plural, body));
            apply(work, engine.records(), now, ids, tally);
            return std::string{};
        });
        if (!tried) return std::unexpected(tried.error());
        if (std::ssize(ids) < chunk_records) return tally;
        after = ids.back();
    }
}

Result<Id> begin_bulk(Work& work, std::string_view plural, const boost::json::value& body)
{
    TRY(const auto asked, read_bulk(work.desk, plural, body));
    (void)asked;
    return Jobs::enqueue(work, "bulk", json::serialize(json::object{{"object", plural}, {"body", body}}));
}

void add_bulk(Jobs& jobs) { jobs.add_kind("bulk", bulk_step); }

}  // namespace shangdao::engine
