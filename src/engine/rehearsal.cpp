// What is written again comes in the order it was written first, with all it leans on: the records it refers to, and whoever gave up
// a key that it took.
#include "engine/rehearsal.h"

#include <algorithm>

#include "base/text.h"
#include "record/wire.h"

namespace shangdao::engine {

namespace {

std::uint64_t key_hash(const Object& object, std::size_t slot, const record::Value& value)
{
    std::string text = std::to_string(object.index()) + ':' + std::to_string(slot) + ':';
    if (const auto* plain = std::get_if<std::string>(&value)) text += match_key(*plain);
    else record::append_wire(text, object.field(slot), value);
    return std::hash<std::string>{}(text);
}

bool is_key(const Object& object, std::size_t slot, const record::Value& value)
{
    return object.field(slot).uniqueness == record::Uniqueness::unique && !record::is_null(value);
}

}  // namespace

// The rows of `id` that are not in this unit, with what they lean on.
void Rehearsal::Chunk::gather(Id id, std::vector<KeptRow>& rows)
{
    const auto known = memory_.rows_.find(id);
    if (known == memory_.rows_.end()) return;
    for (const auto& row : known->second) {
        if (!present_.insert(row.get()).second) continue;
        brought_.push_back(row.get());
        rows.push_back(row);
        for (const auto& write : row->writes) {
            gather(write.id, rows);
            for (const auto& change : write.values)
                if (const auto* other = std::get_if<Id>(&change.value); other != nullptr && change.slot != record::slot_id) gather(*other, rows);
            for (const auto key : write.keys.taken)
                if (const auto freed = memory_.freed_.find(key); freed != memory_.freed_.end())
                    for (const auto other : freed->second) gather(other, rows);
        }
    }
}

void Rehearsal::Chunk::need(Id id)
{
    std::vector<KeptRow> rows;
    gather(id, rows);
    std::ranges::sort(rows, {}, [](const KeptRow& row) { return row->number; });
    for (const auto& row : rows) write_again(*row);
}

void Rehearsal::Chunk::write_again(const Row& row)
{
    for (const auto& write : row.writes) {
        const auto& object = unit_.catalogue().object(write.object);
        if (write.kind == Write::Kind::update) {
            // What somebody else has deleted meanwhile stays away: the row that looks for it is refused.
            if (unit_.find(object, write.id)) (void)unit_.update(object, write.id, write.values);
            continue;
        }
        Record record(object);
        for (const auto& change : write.values) record.set(change.slot, change.value);
        (void)unit_.insert(object, record);
    }
}

// The store below may still show a key with the record that an earlier chunk took it from.
void Rehearsal::Chunk::make_room(std::uint64_t key)
{
    if (memory_.freed_.empty()) return;
    const auto freed = memory_.freed_.find(key);
    if (freed == memory_.freed_.end()) return;
    for (const auto holder : freed->second) need(holder);
}

Rehearsal::Keys Rehearsal::Chunk::keys_of(const Object& object, const Record* before, const Record& after)
{
    Keys keys;
    for (std::size_t slot = record::first_own_slot; slot < object.slot_count(); ++slot) {
        if (object.field(slot).uniqueness != record::Uniqueness::unique) continue;
        const auto held = [&](const Record* record) { return record != nullptr && !record->deleted() && is_key(object, slot, record->at(slot)) ? std::optional{key_hash(object, slot, record->at(slot))} : std::nullopt; };
        const auto was = held(before), is = held(&after);
        if (was == is) continue;
        if (was) keys.freed.push_back(*was);
        if (is) keys.taken.push_back(*is);
    }
    return keys;
}

// Whether the keys of a record to be are free, as far as earlier chunks know; what they freed is freed here too.
Result<void> Rehearsal::Chunk::may_take(const Object& object, Id id, const Record& record)
{
    if (record.deleted()) return {};
    for (std::size_t slot = record::first_own_slot; slot < object.slot_count(); ++slot) {
        if (!is_key(object, slot, record.at(slot))) continue;
        const auto key = key_hash(object, slot, record.at(slot));
        make_room(key);
        const auto other = memory_.keys_.find(key);
        if (other != memory_.keys_.end() && other->second != id) return refuse("duplicate_key", std::string{object.field(slot).name}, {{"id", to_string(other->second)}});
    }
    return {};
}

// As earlier chunks left it; nullopt when they did not make it, or when it is in this unit.
std::optional<Record> Rehearsal::Chunk::remembered(const Object& object, Id id) const
{
    const auto known = memory_.rows_.find(id);
    if (known == memory_.rows_.end()) return std::nullopt;
    std::optional<Record> record;
    for (const auto& row : known->second) {
        if (present_.contains(row.get())) return std::nullopt;
        for (const auto& write : row->writes) {
            if (write.id != id) continue;
            if (write.kind == Write::Kind::insertion) record.emplace(object);
            if (!record) return std::nullopt;
            for (const auto& change : write.values) record->set(change.slot, change.value);
        }
    }
    return record;
}

// Who only asks whether a record stands and is seen is answered from memory: written again is what a row reads or changes.
std::vector<Record> Rehearsal::Chunk::find_all(const Object& object, std::span<const Id> ids, std::span<const std::size_t> slots)
{
    if (ids.size() == 1 && std::ranges::equal(slots, object.sight_slots()))
        if (auto record = remembered(object, ids.front())) return {std::move(*record)};
    for (const auto id : ids) need(id);
    return unit_.find_all(object, ids, slots);
}

void Rehearsal::Chunk::names(const Object& object, std::span<const Id> ids, const std::function<void(Id, std::string_view)>& each)
{
    for (const auto id : ids) need(id);
    unit_.names(object, ids, each);
}

std::optional<Id> Rehearsal::Chunk::find_unique(const Object& object, std::size_t slot, const record::Value& value)
{
    const auto key = key_hash(object, slot, value);
    make_room(key);
    if (const auto found = unit_.find_unique(object, slot, value)) return found;
    const auto known = memory_.keys_.find(key);
    return known == memory_.keys_.end() ? std::nullopt : std::optional{known->second};
}

Result<void> Rehearsal::Chunk::insert(const Object& object, const Record& record)
{
    CHECK_OK(may_take(object, record.id(), record));
    CHECK_OK(unit_.insert(object, record));
    Write write{.object = object.index(), .id = record.id(), .values = {}, .keys = keys_of(object, nullptr, record)};
    for (std::size_t slot = 0; slot < record.size(); ++slot)
        if (!record::is_null(record.at(slot))) write.values.push_back({slot, record.at(slot)});
    writing_.push_back(std::move(write));
    return {};
}

Result<void> Rehearsal::Chunk::update(const Object& object, Id id, std::span<const record::Change> changes)
{
    need(id);
    Write write{.object = object.index(), .id = id, .values = {changes.begin(), changes.end()}, .keys = {}, .kind = Write::Kind::update};
    const bool about_keys = std::ranges::any_of(changes, [&](const record::Change& change) { return change.slot == record::slot_deleted_at || object.field(change.slot).uniqueness == record::Uniqueness::unique; });
    if (about_keys) {
        if (const auto before = unit_.find(object, id)) {
            auto after = *before;
            for (const auto& change : changes) after.set(change.slot, change.value);
            write.keys = keys_of(object, &*before, after);
            if (!write.keys.taken.empty()) CHECK_OK(may_take(object, id, after));
        }
    }
    CHECK_OK(unit_.update(object, id, changes));
    writing_.push_back(std::move(write));
    return {};
}

Result<void> Rehearsal::Chunk::attempt(const std::function<Result<void>()>& work)
{
    writing_.clear();
    brought_.clear();
    auto done = unit_.attempt(work);
    if (done) remember_row();
    else
        for (const auto* row : brought_) present_.erase(row);
    return done;
}

void Rehearsal::Chunk::remember_row()
{
    if (writing_.empty()) return;
    std::set<Id> ids;
    for (const auto& write : writing_) {
        for (const auto key : write.keys.freed) {
            if (const auto held = memory_.keys_.find(key); held != memory_.keys_.end() && held->second == write.id) memory_.keys_.erase(held);
            memory_.freed_[key].push_back(write.id);
        }
        for (const auto key : write.keys.taken) memory_.keys_[key] = write.id;
        if (memory_.remembered_.contains(unit_.catalogue().object(write.object).name())) ids.insert(write.id);
    }
    if (ids.empty()) return;
    const auto row = std::make_shared<const Row>(Row{++memory_.rows_kept_, std::move(writing_)});
    for (const auto id : ids) memory_.rows_[id].push_back(row);
    present_.insert(row.get());
}

}  // namespace shangdao::engine
