// A row is erased when its record is unlocked; the ledger keeps who locked and unlocked it, and why.
#include "engine/sharing/locks.h"

#include <unordered_set>

#include "base/json.h"
#include "engine/answer.h"
#include "engine/records.h"
#include "record/wire.h"

namespace shangdao::engine {

namespace {

constexpr record::FieldDef fields[] = {
    {.name = "object", .type = record::Type::text, .label = {"对象", "Object"}, .need = record::Need::required},
    {.name = "record", .type = record::Type::text, .label = {"记录", "Record"}, .need = record::Need::required, .uniqueness = record::Uniqueness::unique},
    {.name = "reason", .type = record::Type::text, .label = {"原因", "Reason"}, .need = record::Need::required},
};
constexpr auto of_object = record::field<RecordLock, std::string>(fields, "object");
constexpr auto of_record = record::field<RecordLock, std::string>(fields, "record");   // its id
constexpr auto of_reason = record::field<RecordLock, std::string>(fields, "reason");

constexpr std::int64_t rows_max = 10'000'000;

std::string name_of_member(store::View& view, Id member)
{
    std::string name;
    view.names(view.catalogue().at("member"), std::span{&member, 1}, [&](Id, std::string_view found) { name = found; });
    return name;
}

}  // namespace

const record::ObjectDef lock_object{
    .name = "record_lock", .plural = "record_locks", .label = {"锁定", "Lock"}, .plural_label = {"锁定", "Locks"},
    .exposure = record::Exposure::internal, .name_field = "object", .fields = fields,
};

std::optional<RecordLock> lock_of(store::View& view, Id record)
{
    const auto* locks = view.catalogue().find(lock_object.name);
    if (locks == nullptr) return std::nullopt;
    const auto id = view.find_unique(*locks, of_record.slot, to_string(record));
    const auto row = id ? view.find(*locks, *id) : std::nullopt;
    if (!row) return std::nullopt;
    return RecordLock{.id = row->id(), .by = row->owner(), .since = std::get<Instant>(row->at(record::slot_created_at)), .reason = *row->get(of_reason)};
}

Problem locked_problem(store::View& view, const Object& object, Id record, const RecordLock& lock)
{
    return {"record_locked", std::string{object.name()}, {{"id", to_string(record)}, {"by", lock.by ? name_of_member(view, lock.by) : std::string{}}, {"reason", lock.reason}, {"since", to_string(lock.since)}}};
}

// ---- in memory

void Locks::load(store::View& view)
{
    const auto& locks = view.catalogue().at(lock_object.name);
    record::OwnerSet ids;
    for (const auto& row : view.records({.from = &locks, .limit = rows_max}, {}))
        if (const auto id = parse_id(*row.get(of_record))) ids.insert(*id);
    keep(std::move(ids));
}

void Locks::renew(store::View& view, std::span<const Id> records)
{
    const std::unordered_set<Id> changed(records.begin(), records.end());
    record::OwnerSet ids;
    for (const auto record : *all())
        if (!changed.contains(record)) ids.insert(record);
    for (const auto record : changed)
        if (lock_of(view, record)) ids.insert(record);
    keep(std::move(ids));
}

void Locks::keep(record::OwnerSet ids)
{
    auto kept = std::make_shared<const record::OwnerSet>(std::move(ids));
    const std::scoped_lock lock(mutex_);
    ids_ = std::move(kept);
}

std::shared_ptr<const record::OwnerSet> Locks::all() const
{
    const std::scoped_lock lock(mutex_);
    return ids_;
}

// ---- the verbs

const record::VerbDef& lock_verb()
{
    static constexpr record::FieldDef arguments[] = {
        {.name = "reason", .type = record::Type::text, .label = {"原因", "Reason"}, .help = {"看到这条记录的人都会看到", "Whoever sees the record reads it"}, .need = record::Need::required},
    };
    static constexpr record::VerbDef verb{.name = "lock", .label = {"锁定", "Lock"}, .arguments = arguments, .right = "lock"};
    return verb;
}

const record::VerbDef& unlock_verb()
{
    static constexpr record::FieldDef arguments[] = {{.name = "reason", .type = record::Type::text, .label = {"原因", "Reason"}, .need = record::Need::required}};
    static constexpr record::VerbDef verb{.name = "unlock", .label = {"解锁", "Unlock"}, .arguments = arguments, .right = "lock"};
    return verb;
}

Result<Record> lock_by_hand(Work& work, const Records& records, const Object& object, const Record& current, const std::string& reason)
{
    const auto by = work.desk.member ? record::Value{work.desk.member} : record::Value{record::Null{}};
    records.insert_quietly(work, work.desk.catalogue->at(lock_object.name),
                           {{record::slot_owner, by}, {of_object.slot, std::string{object.name()}}, {of_record.slot, to_string(current.id())}, {of_reason.slot, reason}});
    append_event(work, object, &current, current, {.verb = std::string{locked_event}, .reason = reason});
    return current;
}

Result<Record> unlock_by_hand(Work& work, const Object& object, const Record& current, const std::string& reason)
{
    const auto held = lock_of(work.unit, current.id());
    if (!held) return current;
    work.unit.erase(work.desk.catalogue->at(lock_object.name), held->id);
    append_event(work, object, &current, current, {.verb = std::string{unlocked_event}, .reason = reason});
    return current;
}

Result<std::string> lock_answer(store::View& view, const Desk& desk, const Records& records, const Object& object, Id id)
{
    TRY(const auto current, records.visible(view, desk, object, id));
    std::string out = R"({"lock":)";
    if (const auto held = lock_of(view, id)) {
        out += R"({"by":)";
        if (held->by) record::append_wire_reference(out, held->by, name_of_member(view, held->by));
        else out += "null";
        out += R"(,"since":")" + to_string(held->since) + R"(","reason":)";
        append_json_string(out, held->reason);
        out += '}';
    } else {
        out += "null";
    }
    const bool may = object.owned() && desk.guard->has_verb_right(object, lock_verb()) && desk.guard->owns_enough(Action::edit, object, current);
    return out + R"(,"may":)" + (may ? "true}" : "false}");
}

}  // namespace shangdao::engine
