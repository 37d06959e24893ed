// A row is erased when its member no longer follows; the ledger keeps both its beginning and its end.
#include "engine/follows.h"

#include <algorithm>
#include <map>

#include "base/json.h"
#include "base/require.h"
#include "engine/expressions.h"
#include "engine/records.h"

namespace shangdao::engine {

namespace {

struct Follow;
constexpr record::FieldDef fields[] = {
    {.name = "object", .type = record::Type::text, .label = {"对象", "Object"}, .need = record::Need::required},
    {.name = "record", .type = record::Type::text, .label = {"记录", "Record"}, .need = record::Need::required},
};
constexpr auto of_object = record::field<Follow, std::string>(fields, "object");
constexpr auto of_record = record::field<Follow, std::string>(fields, "record");   // its id

constexpr std::int64_t follows_max = 500;         // of one member
constexpr std::int64_t rows_max = 10'000'000;

std::vector<Record> rows_of(store::View& view, const Object& follows, Id member)
{
    return view.records({.from = &follows, .where = field_is(follows, record::slot_owner, member), .limit = follows_max}, {});
}

Id record_of(const Record& row)
{
    const auto* text = row.get(of_record);
    return text == nullptr ? Id{} : parse_id(*text).value_or(Id{});
}

const std::shared_ptr<const record::OwnerSet>& nothing()
{
    static const auto none = std::make_shared<const record::OwnerSet>();
    return none;
}

}  // namespace

const record::ObjectDef follow_object{
    .name = "follow", .plural = "follows", .label = {"关注", "Follow"}, .plural_label = {"关注", "Follows"},
    .exposure = record::Exposure::internal, .name_field = "object", .fields = fields,
};

void Follows::load(store::View& view)
{
    const auto& follows = view.catalogue().at(follow_object.name);
    std::unordered_map<Id, record::OwnerSet> found;
    for (const auto& row : view.records({.from = &follows, .limit = rows_max}, {})) found[row.owner()].insert(record_of(row));
    const std::scoped_lock lock(mutex_);
    by_member_.clear();
    by_record_.clear();
    for (auto& [member, records] : found) keep(member, std::make_shared<const record::OwnerSet>(std::move(records)));
}

void Follows::renew(store::View& view, Id member)
{
    record::OwnerSet records;
    for (const auto& row : rows_of(view, view.catalogue().at(follow_object.name), member)) records.insert(record_of(row));
    const std::scoped_lock lock(mutex_);
    if (const auto before = by_member_.find(member); before != by_member_.end())
        for (const auto record : *before->second)
            if (auto& members = by_record_[record]; std::erase(members, member) > 0 && members.empty()) by_record_.erase(record);
    keep(member, std::make_shared<const record::OwnerSet>(std::move(records)));
}

void Follows::keep(Id member, std::shared_ptr<const record::OwnerSet> records)
{
    for (const auto record : *records) {
        auto& members = by_record_[record];
        members.insert(std::ranges::lower_bound(members, member), member);
    }
    by_member_[member] = std::move(records);
}

std::shared_ptr<const record::OwnerSet> Follows::of(Id member) const
{
    const std::scoped_lock lock(mutex_);
    const auto found = by_member_.find(member);
    return found == by_member_.end() ? nothing() : found->second;
}

std::vector<Id> Follows::followers(Id record) const
{
    const std::scoped_lock lock(mutex_);
    const auto found = by_record_.find(record);
    return found == by_record_.end() ? std::vector<Id>{} : found->second;
}

Result<void> follow(Work& work, const Records& records, const Object& object, Id id, Following wanted)
{
    TRY(const auto seen, records.visible(work.unit, work.desk, object, id));
    const auto& follows = work.desk.catalogue->at(follow_object.name);
    const auto own = rows_of(work.unit, follows, work.desk.member);
    const auto row = std::ranges::find(own, seen.id(), record_of);
    if ((row != own.end()) == (wanted == Following::begins)) return {};
    if (wanted == Following::ends) {
        work.unit.erase(follows, row->id());
        append_event(work, follows, &*row, *row, {.verb = "unfollowed"});
        return {};
    }
    if (std::ssize(own) >= follows_max) return refuse("too_many", "follow", {{"limit", std::to_string(follows_max)}});
    Record next(follows);
    next.set(record::slot_id, work.unit.next_id());
    next.set(record::slot_version, Number{1, 0});
    next.set(record::slot_created_at, work.desk.moment.now);
    next.set(record::slot_created_by, work.desk.member);
    next.set(record::slot_updated_at, work.desk.moment.now);
    next.set(record::slot_owner, work.desk.member);
    next.set(of_object, std::string{object.name()});
    next.set(of_record, to_string(id));
    const auto inserted = work.unit.insert(follows, next);
    require(inserted.has_value(), "a follow collides with another");
    append_event(work, follows, nullptr, next, {.verb = "followed"});
    return {};
}

std::string follows_answer(store::View& view, const Desk& desk)
{
    std::map<const Object*, std::vector<Id>> by_object;
    for (const auto& row : rows_of(view, desk.catalogue->at(follow_object.name), desk.member))
        if (const auto* object = desk.catalogue->find(*row.get(of_object)); object != nullptr && object->routed() && desk.guard->may(Action::read, *object))
            by_object[object].push_back(record_of(row));
    std::string out = R"({"data":[)";
    for (const auto& [object, ids] : by_object)
        for (const auto& found : view.find_all(*object, ids, object->sight_slots())) {
            if (found.deleted() || !desk.guard->sees(view, *object, found)) continue;
            out += out.back() == '[' ? R"({"object":)" : R"(,{"object":)";
            append_json_string(out, object->name());
            out += R"(,"id":")" + to_string(found.id()) + "\"}";
        }
    return out + "]}";
}

}  // namespace shangdao::engine
