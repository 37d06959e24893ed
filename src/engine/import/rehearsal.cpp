// A key that an update gave up in an earlier chunk still counts as taken in the store below: such a row is judged stricter
// than in earnest. Everything else is judged alike.
#include "engine/import/rehearsal.h"

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

// Writes the rows of `id` again, and first what they refer to.
void Rehearsal::Chunk::need(Id id)
{
    const auto known = memory_.rows_.find(id);
    if (known == memory_.rows_.end()) return;
    for (const auto& row : known->second) {
        if (!present_.insert(row.get()).second) continue;
        brought_.push_back(row.get());
        for (const auto& write : *row) {
            const auto& object = unit_.catalogue().object(write.object);
            for (const auto& change : write.values)
                if (const auto* other = std::get_if<Id>(&change.value); other != nullptr && change.slot != record::slot_id) need(*other);
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
}

std::optional<Id> Rehearsal::Chunk::taken(const Object& object, std::size_t slot, const record::Value& value) const
{
    const auto known = memory_.keys_.find(key_hash(object, slot, value));
    return known == memory_.keys_.end() ? std::nullopt : std::optional{known->second};
}

// As earlier chunks left it; nullopt when they did not make it, or when it is in this unit.
std::optional<Record> Rehearsal::Chunk::remembered(const Object& object, Id id) const
{
    const auto known = memory_.rows_.find(id);
    if (known == memory_.rows_.end()) return std::nullopt;
    std::optional<Record> record;
    for (const auto& row : known->second) {
        if (present_.contains(row.get())) return std::nullopt;
        for (const auto& write : *row) {
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
    if (const auto found = unit_.find_unique(object, slot, value)) return found;
    return taken(object, slot, value);
}

Result<void> Rehearsal::Chunk::insert(const Object& object, const Record& record)
{
    Write write{.object = object.index(), .id = record.id(), .values = {}};
    for (std::size_t slot = 0; slot < record.size(); ++slot) {
        const auto& value = record.at(slot);
        if (record::is_null(value)) continue;
        if (is_key(object, slot, value))
            if (const auto other = taken(object, slot, value); other && *other != record.id()) return refuse("duplicate_key", std::string{object.field(slot).name}, {{"id", to_string(*other)}});
        write.values.push_back({slot, value});
    }
    CHECK_OK(unit_.insert(object, record));
    writing_.push_back(std::move(write));
    return {};
}

Result<void> Rehearsal::Chunk::update(const Object& object, Id id, std::span<const record::Change> changes)
{
    need(id);
    for (const auto& change : changes)
        if (is_key(object, change.slot, change.value))
            if (const auto other = taken(object, change.slot, change.value); other && *other != id) return refuse("duplicate_key", std::string{object.field(change.slot).name}, {{"id", to_string(*other)}});
    CHECK_OK(unit_.update(object, id, changes));
    writing_.push_back({.object = object.index(), .id = id, .values = {changes.begin(), changes.end()}, .kind = Write::Kind::update});
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
        const auto& object = unit_.catalogue().object(write.object);
        for (const auto& change : write.values)
            if (is_key(object, change.slot, change.value)) memory_.keys_[key_hash(object, change.slot, change.value)] = write.id;
        if (memory_.remembered_.contains(object.name())) ids.insert(write.id);
    }
    if (ids.empty()) return;
    const auto row = std::make_shared<const std::vector<Write>>(std::move(writing_));
    for (const auto id : ids) memory_.rows_[id].push_back(row);
    present_.insert(row.get());
}

}  // namespace shangdao::engine
