// The newest event first, each from its end: what was done last is taken back first.
#include "engine/undo/taking_back.h"

#include <boost/json.hpp>

#include <algorithm>

#include "base/require.h"
#include "engine/engine_objects.h"
#include "engine/expressions.h"
#include "engine/sharing/locks.h"
#include "record/wire.h"

namespace shangdao::engine {

namespace {

namespace json = boost::json;

constexpr std::size_t step_records = 1'000;
constexpr std::size_t shown_kept = 50;

std::string text(const json::value& value) { return std::string{value.as_string()}; }

struct UndoPlace {
    std::int64_t seq = 0;             // the event being taken back; 0: not begun
    std::int64_t entries_done = 0;    // of it, from its end
    std::int64_t done = 0, total = 0; // events
    std::int64_t removed = 0, restored = 0, kept = 0;
    json::array listed;

    json::object counts() const { return {{"removed", removed}, {"restored", restored}, {"kept", kept}}; }
    std::string cursor() const
    {
        auto out = counts();
        out["seq"] = seq;
        out["entries_done"] = entries_done;
        out["done"] = done;
        out["total"] = total;
        out["listed"] = listed;
        return json::serialize(out);
    }
    static UndoPlace of(std::string_view cursor)
    {
        UndoPlace place;
        if (cursor.empty()) return place;
        const auto value = json::parse(cursor);
        const auto whole = [&](const char* name) { return value.at(name).to_number<std::int64_t>(); };
        place.seq = whole("seq");
        place.entries_done = whole("entries_done");
        place.done = whole("done");
        place.total = whole("total");
        place.removed = whole("removed");
        place.restored = whole("restored");
        place.kept = whole("kept");
        place.listed = value.at("listed").as_array();
        return place;
    }
    void keep(const Object& object, Id id, const std::string& code, const std::vector<std::string>& fields)
    {
        ++kept;
        if (listed.size() >= shown_kept) return;
        json::array names;
        for (const auto& field : fields) names.emplace_back(field);
        listed.emplace_back(json::object{{"object", object.name()}, {"id", to_string(id)}, {"code", code}, {"fields", std::move(names)}});
    }
};

// The seq before `seq` within the ranges; 0 when there is none. 0 asks for the last one.
std::int64_t seq_before(const EventRanges& ranges, std::int64_t seq)
{
    for (auto range = ranges.rbegin(); range != ranges.rend(); ++range) {
        if (seq == 0 || seq > range->last) return range->last;
        if (seq > range->first) return seq - 1;
    }
    return 0;
}

bool holds(const record::FieldDef& field, const record::Value& value, const json::value& wire)
{
    std::string now;
    record::append_wire(now, field, value);
    return json::parse(now) == wire;
}

// One record's part of an event.
struct Part {
    const Object& object;
    Id id;
    const json::object& changes;
};

// Live records that hang on this one: those that cannot be without it, or also those that somebody tied to it. What the system noted
// about it, a passage say, is its own.
enum class Hanging : unsigned char { tied, bound };
bool is_needed(Work& work, const Object& object, Id id, Hanging which)
{
    for (const auto& reverse : object.reverses()) {
        const auto& child = work.desk.catalogue->object(reverse.object);
        const auto& field = child.field(reverse.slot);
        const bool tied = which == Hanging::tied && field.written_by != record::WrittenBy::system;
        if (!child.routed() || (field.on_delete == record::OnDelete::keep && !tied)) continue;
        const store::Select select{.from = &child, .where = field_is(child, reverse.slot, id), .limit = 1};
        if (!work.unit.records(select, work.desk.moment).empty()) return true;
    }
    return false;
}

// Of the fields those whose names this member may know.
std::vector<std::string> seen(const Work& work, const Object& object, std::vector<std::string> fields)
{
    std::erase_if(fields, [&](const std::string& name) {
        const auto slot = object.slot(name);
        return !slot || work.desk.guard->field(object, *slot) == record::FieldLevel::hidden;
    });
    return fields;
}

void remove_created(Work& work, const Records& records, const Part& part, UndoPlace& place)
{
    const auto current = work.unit.find(part.object, part.id);
    if (!current || current->deleted()) return;   // already gone: nothing of it is left
    std::vector<std::string> changed;
    for (std::size_t slot = record::slot_owner; slot < part.object.slot_count(); ++slot) {
        const auto& field = part.object.field(slot);
        if (field.field_class == record::FieldClass::secret || field.written_by == record::WrittenBy::system) continue;
        const auto* then = part.changes.if_contains(field.name);
        if (then != nullptr ? !holds(field, current->at(slot), *then) : !record::is_null(current->at(slot))) changed.emplace_back(field.name);
    }
    if (!changed.empty()) return place.keep(part.object, part.id, "changed_since", seen(work, part.object, changed));
    if (is_needed(work, part.object, part.id, Hanging::tied)) return place.keep(part.object, part.id, "still_referenced", {});
    const auto removed = records.remove(work, part.object, part.id, std::nullopt);
    if (!removed) return place.keep(part.object, part.id, removed.error().front().code, {});
    ++place.removed;
}

// What an event changed and its record still holds, as it was before.
struct Before {
    record::Changes plain, by_verb, by_system;
    std::vector<std::string> changed;      // since, by somebody else
};

Before values_before(const Work& work, const Part& part, const Record& current)
{
    Before before;
    bool moved_on = false;
    for (const auto& [name, pair] : part.changes) {
        const auto slot = part.object.slot(name);
        if (!slot || !pair.is_array() || pair.as_array().size() != 2) continue;
        const auto& field = part.object.field(*slot);
        const bool by_verb = field.written_by == record::WrittenBy::verb && *slot != record::slot_owner;
        auto value = holds(field, current.at(*slot), pair.as_array()[1]) ? record::from_wire(field, pair.as_array()[0], work.desk.organisation->base) : Result<record::Value>{refuse("changed_since")};
        if (value) {
            (field.written_by == record::WrittenBy::system ? before.by_system : by_verb ? before.by_verb : before.plain).push_back({*slot, std::move(*value)});
        } else if (field.written_by != record::WrittenBy::system) {
            before.changed.emplace_back(name);
            moved_on = moved_on || by_verb;
        }
    }
    // What verbs write belongs together: once part of it went on, the rest is not given back.
    if (moved_on) {
        for (const auto& change : before.by_verb) before.changed.emplace_back(part.object.field(change.slot).name);
        before.by_verb.clear();
        before.by_system.clear();
    }
    return before;
}

// The old value was there before: a gate that it does not meet is kept as a debt (D30), not refused.
Result<Record> give_back(Work& work, const Records& records, const Object& object, const Record& current, Before before)
{
    CHECK_OK(work.desk.guard->check(work.unit, Action::edit, object, current));
    auto old = std::move(before.plain);
    const auto add = [&](record::Changes& more) { old.insert(old.end(), more.begin(), more.end()); };
    const auto* behaviour = records.behaviours().find(object.name());
    const bool verbs = !before.by_verb.empty() || !before.by_system.empty() || old.empty();
    add(before.by_verb);
    if (verbs && behaviour != nullptr && behaviour->take_back) {
        add(before.by_system);
        std::ranges::sort(old, {}, &record::Change::slot);
        return behaviour->take_back(work, object, current, old);
    }
    std::ranges::sort(old, {}, &record::Change::slot);
    return records.put(work, object, current, old, {.verb = "changed", .history = Occasion::History::history});
}

void restore_changed(Work& work, const Records& records, const Part& part, UndoPlace& place)
{
    const auto current = work.unit.find(part.object, part.id);
    if (!current || current->deleted()) return;
    auto before = values_before(work, part, *current);
    const auto changed = std::move(before.changed);
    if (!before.plain.empty() || !before.by_verb.empty() || !before.by_system.empty()) {
        const auto given = give_back(work, records, part.object, *current, std::move(before));
        if (!given) return place.keep(part.object, part.id, given.error().front().code, {});
        if (given->version() != current->version()) ++place.restored;
    }
    if (!changed.empty()) place.keep(part.object, part.id, "changed_since", seen(work, part.object, changed));
}

// A record in the bin comes out again unless it was put there anew since; one that was taken out goes back.
void turn_removal(Work& work, const Records& records, const Part& part, std::string_view verb, UndoPlace& place)
{
    const auto current = work.unit.find(part.object, part.id);
    const bool in_bin = verb == "deleted";
    if (!current || current->deleted() != in_bin) return;
    const auto* pair = part.changes.if_contains("deleted_at");
    const bool same = pair != nullptr && pair->is_array() && pair->as_array().size() == 2 &&
                      holds(part.object.field(record::slot_deleted_at), current->at(record::slot_deleted_at), pair->as_array()[1]);
    if (!same) return place.keep(part.object, part.id, "changed_since", {"deleted_at"});
    if (!in_bin && is_needed(work, part.object, part.id, Hanging::bound)) return place.keep(part.object, part.id, "still_referenced", {});
    Result<void> turned;
    if (!in_bin) turned = records.remove(work, part.object, part.id, std::nullopt);
    else if (const auto restored = records.restore(work, part.object, part.id); !restored) turned = std::unexpected(restored.error());
    if (!turned) return place.keep(part.object, part.id, turned.error().front().code, {});
    ++(in_bin ? place.restored : place.removed);
}

// A lock goes where it is still the one that was put on; one that was taken off is put on anew.
void turn_lock(Work& work, const Records& records, const Part& part, const record::Event& event, UndoPlace& place)
{
    const auto now = lock_of(work.unit, part.id);
    const bool was_put_on = event.verb == locked_event;
    if (was_put_on && !now) return;
    if (was_put_on ? now->by != event.actor || now->reason != event.reason : now.has_value()) return place.keep(part.object, part.id, "changed_since", {});
    const auto& verb = was_put_on ? unlock_verb() : lock_verb();
    const auto turned = records.perform(work, part.object, part.id, std::nullopt, verb, Arguments(verb, {event.reason}));
    if (!turned) return place.keep(part.object, part.id, turned.error().front().code, {});
    ++place.restored;
}

// Up to 1,000 records of one event, each in an attempt of its own.
void take_back(Work& work, const Records& records, const record::Event& event, UndoPlace& place)
{
    const auto* object = work.desk.catalogue->find(event.object);
    const auto changes = json::parse(event.changes);
    std::vector<std::pair<Id, const json::object*>> entries;
    if (const auto* one = changes.if_object()) entries.emplace_back(event.id, one);
    else
        for (const auto& entry : changes.as_array()) entries.emplace_back(parse_id(text(entry.at("id"))).value_or(Id{}), &entry.at("changes").as_object());
    const auto left = static_cast<std::size_t>(std::ssize(entries) - place.entries_done);
    const auto now = std::min(left, step_records);
    for (std::size_t i = 0; i < now && object != nullptr; ++i) {
        const auto& [id, part] = entries[left - 1 - i];
        const Part record{*object, id, *part};
        auto after = place;
        const auto mark = work.batch->mark();
        const auto done = work.unit.attempt([&]() -> Result<void> {
            if (event.verb == "created") remove_created(work, records, record, after);
            else if (event.verb == "deleted" || event.verb == "restored") turn_removal(work, records, record, event.verb, after);
            else if (event.verb == locked_event || event.verb == unlocked_event) turn_lock(work, records, record, event, after);
            else restore_changed(work, records, record, after);
            // A refusal inside is a record kept; what it had begun to write goes back.
            if (after.kept > place.kept && after.removed == place.removed && after.restored == place.restored) return refuse("changed_since");
            return {};
        });
        if (!done) work.batch->drop_since(mark);
        place = std::move(after);
    }
    place.entries_done += static_cast<std::int64_t>(now);
    if (now < left) return;
    place.entries_done = 0;
    ++place.done;
}

}  // namespace

Result<Id> begin_taking_back(Work& work, const Record& job, std::string_view kind, std::string_view about)
{
    const auto& jobs = work.desk.catalogue->at("job");
    const auto trail = trail_of(job);
    if (trail.undo) {
        const auto before = work.unit.find(jobs, trail.undo);
        const auto* state = before ? before->get(job::state) : nullptr;
        if (state != nullptr && state->key != "failed" && state->key != "cancelled") return refuse("already_undone", std::string{about});
    }
    const auto ends = undo_ends(job);
    if (!ends) return refuse("nothing_to_undo", std::string{about});
    if (work.desk.moment.now > *ends) return refuse("undo_expired", std::string{about}, {{"days", std::to_string(undo_days)}, {"until", to_string(work.desk.moment.zone.date_of(*ends))}});
    const auto undo = Jobs::enqueue(work, kind, json::serialize(json::object{{about, to_string(job.id())}}));
    auto cursor = json::parse(*job.get(job::cursor)).as_object();
    keep_trail(cursor, {trail.events, undo});
    CHECK_OK(work.unit.update(jobs, job.id(), record::Changes{{job::cursor.slot, json::serialize(cursor)}}));
    return undo;
}

PlannedStep take_back_step(Engine& engine, const JobRow& row, std::string_view about)
{
    const auto id = parse_id(json::parse(row.arguments).at(about).as_string()).value_or(Id{});
    const auto job = [&] {
        const auto view = engine.store().read();
        return view->find(view->catalogue().at("job"), id);
    }();
    require(job.has_value(), "what is taken back has no job");
    const auto ranges = trail_of(*job).events;
    auto place = UndoPlace::of(row.cursor);
    if (place.total == 0)
        for (const auto& range : ranges) place.total += range.last - range.first + 1;
    if (place.entries_done == 0) place.seq = seq_before(ranges, place.seq);
    std::optional<record::Event> event;
    if (place.seq > 0) event = engine.store().read()->event(place.seq);
    PlannedStep planned{.step = {.cursor = row.cursor, .done = place.done, .total = place.total, .result = {}, .problems = {}}};
    planned.write = [&engine, place, ranges, event = std::move(event), about = std::string{about}, id](Work& work, Step& step) mutable -> Result<void> {
        auto after = place;
        EventBatch batch;
        Work here{.unit = work.unit, .desk = work.desk, .cause = work.cause, .batch = &batch, .redefines = work.redefines};
        if (event) take_back(here, engine.records(), *event, after);
        batch.flush(work.unit, work.desk);
        step.cursor = after.cursor();
        step.done = after.done;
        step.total = after.total;
        if (after.entries_done > 0 || seq_before(ranges, after.seq) > 0) return {};
        auto result = after.counts();
        result[about] = to_string(id);
        result["kept_records"] = after.listed;
        step.state = Step::State::finished;
        step.result = json::serialize(result);
        return {};
    };
    return planned;
}

}  // namespace shangdao::engine
