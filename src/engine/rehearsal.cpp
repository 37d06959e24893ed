// What is written again comes in the order it was written first, with all it leans on: the records it refers to, and whoever gave up
// a key that it took.
#include "engine/rehearsal.h"

#include <algorithm>
#include <utility>

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

template <typename Take> void Rehearsal::Chunk::each_row(Id id, Take take) const
{
    for (const auto* rows : {&std::as_const(memory_.rows_), &own_})
        if (const auto known = rows->find(id); known != rows->end())
            for (const auto& row : known->second) take(row);
}

// The rows of `id` that are not in this unit, with what they lean on.
void Rehearsal::Chunk::gather(Id id, std::vector<KeptRow>& rows)
{
    each_row(id, [&](const KeptRow& row) {
        if (!present_.insert(row.get()).second) return;
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
    });
}

void Rehearsal::Chunk::need(Id id)
{
    std::vector<KeptRow> rows;
    gather(id, rows);
    std::ranges::sort(rows, {}, [](const KeptRow& row) { return row->number; });
    for (const auto& row : rows)
        for (const auto& one : row->writes) write(one);
    if (std::ranges::find(writing_, id, &Write::id) != writing_.end()) write_attempt();
}

void Rehearsal::Chunk::need_all()
{
    for (; put_off_from_ < put_off_.size(); ++put_off_from_) {
        const auto& row = put_off_[put_off_from_];
        if (!present_.insert(row.get()).second) continue;
        brought_.push_back(row.get());
        for (const auto& one : row->writes) write(one);
    }
    if (!writing_.empty()) write_attempt();
}

void Rehearsal::Chunk::write(const Write& write)
{
    free_key_.reset();
    const auto& object = unit_.catalogue().object(write.object);
    if (write.kind == Write::Kind::update) {
        // What somebody else has deleted meanwhile stays away: the row that looks for it is refused.
        if (unit_.find(object, write.id)) (void)unit_.update(object, write.id, write.values);
        return;
    }
    Record record(object);
    for (const auto& change : write.values) record.set(change.slot, change.value);
    (void)unit_.insert(object, record);
}

void Rehearsal::Chunk::write_attempt()
{
    free_key_.reset();
    if (writes_ == Writes::at_once) return;
    writes_ = Writes::at_once;
    for (const auto& one : writing_) write(one);
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

// Whose the key is: as this attempt has it, as the rows before left it, as it stands in the unit.
std::optional<Id> Rehearsal::Chunk::holder_of(const Object& object, std::size_t slot, const record::Value& value)
{
    const auto key = key_hash(object, slot, value);
    make_room(key);
    bool freed = false;
    for (auto one = writing_.rbegin(); one != writing_.rend() && !freed; ++one) {
        if (std::ranges::count(one->keys.taken, key) > 0) return one->id;
        freed = std::ranges::count(one->keys.freed, key) > 0;
    }
    if (const auto known = memory_.keys_.find(key); !freed && known != memory_.keys_.end()) return known->second;
    if (free_key_ == key) return std::nullopt;
    const auto found = unit_.find_unique(object, slot, value);
    if (!found) free_key_ = key;
    return found;
}

Result<void> Rehearsal::Chunk::may_take(const Object& object, Id id, const Record& record)
{
    if (record.deleted()) return {};
    Problems problems;
    for (std::size_t slot = record::first_own_slot; slot < object.slot_count(); ++slot) {
        if (!is_key(object, slot, record.at(slot))) continue;
        if (const auto other = holder_of(object, slot, record.at(slot)); other && *other != id)
            problems.push_back({"duplicate_key", std::string{object.field(slot).name}, {{"id", to_string(*other)}}});
    }
    if (!problems.empty()) return refuse(std::move(problems));
    return {};
}

// As the rows before left it; nullopt when they did not make it, or when it is in this unit.
std::optional<Record> Rehearsal::Chunk::remembered(const Object& object, Id id) const
{
    std::optional<Record> record;
    bool elsewhere = false;
    each_row(id, [&](const KeptRow& row) {
        elsewhere = elsewhere || present_.contains(row.get());
        for (const auto& write : row->writes) {
            if (write.id != id || elsewhere) continue;
            if (write.kind == Write::Kind::insertion) record.emplace(object);
            else if (!record) elsewhere = true;    // it was there before
            if (record) for (const auto& change : write.values) record->set(change.slot, change.value);
        }
    });
    return elsewhere ? std::nullopt : record;
}

// Who only asks whether a record stands and is seen is answered from memory: written is what a row reads or changes.
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
    return holder_of(object, slot, value);
}

Result<void> Rehearsal::Chunk::insert(const Object& object, const Record& record)
{
    CHECK_OK(may_take(object, record.id(), record));
    if (writes_ == Writes::at_once) {
        free_key_.reset();
        CHECK_OK(unit_.insert(object, record));
    }
    Write write{.object = object.index(), .id = record.id(), .values = {}, .keys = keys_of(object, nullptr, record)};
    write.values.reserve(record.size());
    for (std::size_t slot = 0; slot < record.size(); ++slot)
        if (!record::is_null(record.at(slot))) write.values.push_back({slot, record.at(slot)});
    writing_.push_back(std::move(write));
    return {};
}

Result<void> Rehearsal::Chunk::update(const Object& object, Id id, std::span<const record::Change> changes)
{
    need(id);
    write_attempt();
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
    free_key_.reset();
    CHECK_OK(unit_.update(object, id, changes));
    writing_.push_back(std::move(write));
    return {};
}

void Rehearsal::Chunk::erase(const Object& object, Id id)
{
    need(id);
    write_attempt();
    unit_.erase(object, id);
}

Result<void> Rehearsal::Chunk::redefine(std::shared_ptr<const record::Catalogue> catalogue)
{
    need_all();
    write_attempt();
    return unit_.redefine(std::move(catalogue));
}

Result<void> Rehearsal::Chunk::attempt(const std::function<Result<void>()>& work)
{
    writing_.clear();
    brought_.clear();
    writes_ = Writes::put_off;
    const auto put_off_from = put_off_from_;
    auto done = unit_.attempt(work);
    if (done) {
        remember_row();
    } else {
        for (const auto* row : brought_) present_.erase(row);
        put_off_from_ = put_off_from;
        free_key_.reset();
    }
    writing_.clear();
    writes_ = Writes::at_once;
    return done;
}

void Rehearsal::Chunk::remember_row()
{
    if (writing_.empty()) return;
    const auto row = std::make_shared<const Row>(Row{++memory_.rows_kept_, std::move(writing_)});
    for (const auto& write : row->writes) {
        for (const auto key : write.keys.freed) {
            if (const auto held = memory_.keys_.find(key); held != memory_.keys_.end() && held->second == write.id) memory_.keys_.erase(held);
            memory_.freed_[key].push_back(write.id);
        }
        for (const auto key : write.keys.taken) memory_.keys_[key] = write.id;
        auto& rows = memory_.remembered_.contains(unit_.catalogue().object(write.object).name()) ? memory_.rows_ : own_;
        if (auto& of_record = rows[write.id]; of_record.empty() || of_record.back() != row) of_record.push_back(row);
    }
    if (writes_ == Writes::at_once) present_.insert(row.get());
    put_off_.push_back(row);
}

}  // namespace shangdao::engine
