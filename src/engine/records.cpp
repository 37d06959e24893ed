// Creating, changing, removing – the same road for every object and every door (REST, import, bulk, verb).
#include "engine/records.h"

#include <algorithm>
#include <array>

#include "base/require.h"
#include "engine/expressions.h"
#include "engine/notifications.h"
#include "engine/rates.h"
#include "engine/sharing/locks.h"
#include "engine/sharing/sharing.h"

namespace shangdao::engine {

namespace {

using record::FieldLevel;
using record::Value;
using record::Change;
using record::Changes;

constexpr std::string_view no_place{};

void stamp(Record& record, const Desk& desk, bool created)
{
    const auto member = desk.member ? Value{desk.member} : Value{record::Null{}};
    if (created) {
        record.set(record::slot_created_at, desk.moment.now);
        record.set(record::slot_created_by, member);
    }
    record.set(record::slot_updated_at, desk.moment.now);
    record.set(record::slot_updated_by, member);
}

Changes differing(const Record& before, const Record& now)
{
    Changes changes;
    for (std::size_t slot = record::slot_updated_at; slot < now.size(); ++slot)
        if (before.at(slot) != now.at(slot)) changes.push_back({slot, now.at(slot)});
    return changes;
}

bool only_stamps(const Changes& changes)
{
    return std::ranges::all_of(changes, [](const Change& change) { return change.slot == record::slot_updated_at || change.slot == record::slot_updated_by; });
}

// The references of a write: each new one points to a live record. What the actor gives he must see, and that is judged before any rule
// reads what it points to; what rules then add, from records he sees, need not be seen by him (the harbour of his boat).
class References {
public:
    References(Work& work, const Object& object, const Record* before) : work_(work), object_(object), before_(before) {}

    Result<void> given(const Record& next) { return check(next, true); }
    Result<void> added(const Record& next) { return check(next, false); }

private:
    Result<void> check(const Record& next, bool seen)
    {
        Problems problems;
        for (std::size_t slot = record::slot_owner; slot < object_.slot_count(); ++slot) {
            const auto* id = std::get_if<Id>(&next.at(slot));
            if (id == nullptr || object_.field(slot).type != record::Type::reference) continue;
            if (before_ != nullptr && before_->at(slot) == next.at(slot)) continue;
            if (std::ranges::find(good_, std::pair{slot, *id}) != good_.end()) continue;
            const auto& target = work_.desk.catalogue->object(object_.target(slot));
            if (stands(target, *id, seen && slot != record::slot_owner)) good_.emplace_back(slot, *id);
            else problems.push_back({"unknown_reference", std::string{object_.field(slot).name}, {{"id", to_string(*id)}, {"object", std::string{target.name()}}}});
        }
        if (!problems.empty()) return refuse(std::move(problems));
        return {};
    }

    bool stands(const Object& target, Id id, bool seen)
    {
        if (work_.found != nullptr && work_.found->has(id, seen)) return true;
        const auto found = work_.unit.find_all(target, std::array{id}, target.sight_slots());
        if (found.empty() || found.front().deleted() || (seen && !work_.desk.guard->sees(work_.unit, target, found.front()))) return false;
        if (work_.found != nullptr) work_.found->add(id, seen);
        return true;
    }

    Work& work_;
    const Object& object_;
    const Record* before_;
    std::vector<std::pair<std::size_t, Id>> good_;
};

// Whose key is taken is told to those who see that record; the others learn only that it is taken.
Result<void> told_to_actor(Work& work, const Object& object, Result<void> written)
{
    if (written) return written;
    auto problems = std::move(written.error());
    for (auto& problem : problems) {
        const auto id = problem.args.find("id");
        if (problem.code != "duplicate_key" || id == problem.args.end()) continue;
        const auto other = work.unit.find(object, parse_id(id->second).value_or(Id{}));
        if (!other || !work.desk.guard->sees(work.unit, object, *other)) problem.args.erase(id);
    }
    return refuse(std::move(problems));
}

// An amount whose rate day is set keeps the worth it was given then, whatever the rate table says later (D4).
bool frozen(const Object& object, const record::FieldDef& field, const Record* before, const Record& next, std::size_t slot)
{
    const auto day = field.rate_date.empty() ? std::nullopt : object.slot(field.rate_date);
    const auto* was = before == nullptr ? nullptr : std::get_if<Money>(&before->at(slot));
    const auto* is = std::get_if<Money>(&next.at(slot));
    return day && was != nullptr && was->minor == is->minor && was->currency == is->currency && was->base_minor == is->base_minor &&
           !record::is_null(before->at(*day)) && before->at(*day) == next.at(*day);
}

}  // namespace

Result<void> Records::complete(Work& work, const Object& object, const Record* before, Record& next) const
{
    Problems problems;
    for (std::size_t slot = record::first_own_slot; slot < object.slot_count(); ++slot) {
        const auto& field = object.field(slot);
        if (field.need == record::Need::required && record::is_null(next.at(slot)))
            problems.push_back({"required", std::string{field.name}, {{"name", std::string{field.name}}}});
        require(record::fits(field.type, next.at(slot)), "a slot holds a value of another type than its field");
        if (auto* money = std::get_if<Money>(&next.at(slot)); money != nullptr && !frozen(object, field, before, next, slot))
            if (auto converted = in_base(work, object, field, next, *money); !converted) problems.insert(problems.end(), converted.error().begin(), converted.error().end());
    }
    if (auto unmet = conditions_.check(work, object, before, next); !unmet) problems.insert(problems.end(), unmet.error().begin(), unmet.error().end());
    if (!problems.empty()) return refuse(std::move(problems));
    return {};
}

Result<void> Records::run_rules(Work& work, const Object& object, const Record* before, Record& next, const Occasion& occasion) const
{
    const auto* behaviour = behaviours_.find(object.name());
    if (behaviour == nullptr) return {};
    for (const auto& rule : behaviour->rules) CHECK_OK(rule(work, object, before, next, occasion));
    return {};
}

Result<void> Records::run_aftermaths(Work& work, const Object& object, const Record* before, const Record& now, const Occasion& occasion) const
{
    const auto* behaviour = behaviours_.find(object.name());
    if (behaviour == nullptr) return {};
    for (const auto& aftermath : behaviour->aftermaths) CHECK_OK(aftermath(work, object, before, now, occasion));
    return {};
}

Result<Record> Records::create(Work& work, const Object& object, const Changes& values, const Occasion& occasion) const
{
    const auto& desk = work.desk;
    if (!desk.guard->may(Action::create, object)) return refuse("forbidden", std::string{object.name()}, {{"action", "create"}});

    Record next(object);
    next.set(record::slot_id, work.unit.next_id());
    next.set(record::slot_version, Number{1, 0});
    stamp(next, desk, true);
    if (object.owned() && desk.member) next.set(record::slot_owner, desk.member);
    for (const auto& change : values) next.set(change.slot, change.value);
    if (!object.owned()) next.set(record::slot_owner, record::Null{});

    // Giving a new record to somebody else needs the right to edit that person's records.
    if (object.owned() && next.owner() != desk.member && desk.guard->level(Action::edit, object) != Level::all) {
        const auto& team = desk.guard->team();
        const bool mine = desk.guard->level(Action::edit, object) == Level::team && team && team->contains(next.owner());
        if (!mine) return refuse("forbidden", "owner", {{"action", "create"}});
    }
    References references(work, object, nullptr);
    CHECK_OK(references.given(next));
    CHECK_OK(run_rules(work, object, nullptr, next, occasion));
    CHECK_OK(complete(work, object, nullptr, next));
    CHECK_OK(references.added(next));
    CHECK_OK(check_proof(desk.proof, object, nullptr, next));

    CHECK_OK(told_to_actor(work, object, work.unit.insert(object, next)));
    const auto seq = append_event(work, object, nullptr, next, occasion);
    Work after{work.unit, desk, seq, work.batch, work.found, work.redefines};
    CHECK_OK(run_aftermaths(after, object, nullptr, next, occasion));
    notify_of(after, object, nullptr, next, occasion);
    return next;
}

Result<Record> Records::visible(store::View& view, const Desk& desk, const Object& object, Id id) const
{
    auto record = view.find(object, id);
    if (!record || record->deleted() || !desk.guard->sees(view, object, *record))
        return refuse("not_found", std::string{object.name()}, {{"id", to_string(id)}});
    return std::move(*record);
}

namespace {

Result<void> check_version(const Record& current, std::optional<std::int64_t> expected)
{
    if (!expected || *expected == current.version()) return {};
    return refuse("version_stale", std::string{no_place}, {{"expected", std::to_string(*expected)}, {"current", std::to_string(current.version())}});
}

}  // namespace

Result<Record> Records::change(Work& work, const Object& object, Id id, std::optional<std::int64_t> expected, const Changes& changes,
                               const Occasion& occasion) const
{
    TRY(auto current, visible(work.unit, work.desk, object, id));
    CHECK_OK(work.desk.guard->check(work.unit, Action::edit, object, current));
    CHECK_OK(check_version(current, expected));
    for (const auto& change : changes)
        if (change.slot == record::slot_owner && change.value != current.at(record::slot_owner))
            return refuse("read_only_field", "owner", {{"name", "owner"}, {"written_by", "verb"}});
    return put(work, object, current, changes, occasion);
}

namespace {

// A territory opens what lies in it. What is only shared with somebody he opens to nobody, himself included.
Result<void> check_opening(const Work& work, const Object& object, const Record& before, const Changes& differences)
{
    for (const auto& change : differences)
        if (names_territory(object, change.slot) && !work.desk.guard->owns_enough(Action::edit, object, before))
            return refuse("forbidden", std::string{object.field(change.slot).name}, {{"action", "edit"}});
    return {};
}

// Nothing is written about somebody who was erased; the record may still change hands or go to the bin.
Result<void> check_not_erased(const Object& object, const Record& before, const Changes& differences)
{
    const auto erased = object.erased_slot();
    if (!erased || record::is_null(before.at(*erased))) return {};
    if (std::ranges::none_of(differences, [](const Change& change) { return change.slot >= record::first_own_slot; })) return {};
    return refuse("record_erased", std::string{object.name()});
}

}  // namespace

Result<Record> Records::put(Work& work, const Object& object, const Record& before, const Changes& changes, const Occasion& occasion) const
{
    auto next = before;
    for (const auto& change : changes) next.set(change.slot, change.value);
    stamp(next, work.desk, false);
    References references(work, object, &before);
    CHECK_OK(references.given(next));
    CHECK_OK(run_rules(work, object, &before, next, occasion));
    CHECK_OK(complete(work, object, &before, next));
    CHECK_OK(references.added(next));

    const auto differences = differing(before, next);
    if (only_stamps(differences) && occasion.verb == "changed") return before;
    CHECK_OK(check_not_erased(object, before, differences));
    CHECK_OK(check_opening(work, object, before, differences));
    CHECK_OK(check_proof(work.desk.proof, object, &before, next));
    CHECK_OK(told_to_actor(work, object, work.unit.update(object, before.id(), differences)));
    next.set(record::slot_version, Number{before.version() + 1, 0});
    const auto seq = append_event(work, object, &before, next, occasion);
    Work after{work.unit, work.desk, seq, work.batch, work.found, work.redefines};
    CHECK_OK(run_aftermaths(after, object, &before, next, occasion));
    notify_of(after, object, &before, next, occasion);
    return next;
}

Result<void> Records::remove(Work& work, const Object& object, Id id, std::optional<std::int64_t> expected) const
{
    TRY(auto current, visible(work.unit, work.desk, object, id));
    CHECK_OK(work.desk.guard->check(work.unit, Action::remove, object, current));
    CHECK_OK(check_version(current, expected));

    for (const auto& reverse : object.reverses()) {
        const auto& child = work.desk.catalogue->object(reverse.object);
        const auto policy = child.field(reverse.slot).on_delete;
        if (policy == record::OnDelete::keep) continue;
        store::Select select{.from = &child, .where = field_is(child, reverse.slot, id), .limit = 1'001};
        const auto children = work.unit.records(select, work.desk.moment);
        if (policy == record::OnDelete::refuse && !children.empty())
            return refuse("still_referenced", std::string{object.name()}, {{"by", std::string{child.name()}}, {"count", std::to_string(children.size())}});
        if (children.size() > 1'000) return refuse("too_many", std::string{child.name()}, {{"limit", "1000"}});
        for (const auto& one : children) CHECK_OK(remove(work, child, one.id(), std::nullopt));
    }
    const Changes changes{{record::slot_deleted_at, work.desk.moment.now}, {record::slot_deleted_by, work.desk.member ? Value{work.desk.member} : Value{record::Null{}}}};
    CHECK_OK(put(work, object, current, changes, {.verb = "deleted"}));
    return {};
}

Result<Record> Records::restore(Work& work, const Object& object, Id id) const
{
    auto current = work.unit.find(object, id);
    if (!current || !work.desk.guard->sees(work.unit, object, *current)) return refuse("not_found", std::string{object.name()}, {{"id", to_string(id)}});
    CHECK_OK(work.desk.guard->check(work.unit, Action::remove, object, *current));
    if (!current->deleted()) return std::move(*current);
    return put(work, object, *current, {{record::slot_deleted_at, record::Null{}}, {record::slot_deleted_by, record::Null{}}}, {.verb = "restored"});
}

Result<Record> Records::perform(Work& work, const Object& object, Id id, std::optional<std::int64_t> expected, const record::VerbDef& verb,
                                const Arguments& arguments) const
{
    TRY(auto current, visible(work.unit, work.desk, object, id));
    const auto& guard = *work.desk.guard;
    const bool by_owner = std::ranges::find(verbs_of_owners(), &verb) != verbs_of_owners().end();   // whose it is comes before whether it is locked
    if (!guard.has_verb_right(object, verb) || (by_owner && !guard.owns_enough(Action::edit, object, current)))
        return refuse("forbidden", std::string{object.name()}, {{"action", std::string{verb.name}}});
    const auto action = verb.right == "delete" ? Action::remove : Action::edit;
    CHECK_OK(&verb == &unlock_verb() ? guard.allow(work.unit, action, object, current) : guard.check(work.unit, action, object, current));
    CHECK_OK(check_version(current, expected));

    if (by_owner) {
        const auto* reason = arguments.get<std::string>("reason");
        const auto why = reason == nullptr ? std::string{} : *reason;
        if (&verb == &lock_verb()) return lock_by_hand(work, *this, object, current, why);
        if (&verb == &unlock_verb()) return unlock_by_hand(work, object, current, why);
        return hand_over(work, object, current, *arguments.get<Id>("owner"), why);
    }
    const auto* behaviour = behaviours_.find(object.name());
    require(behaviour != nullptr, "an object with verbs has no behaviour");
    const auto function = behaviour->verbs.find(verb.name);
    require(function != behaviour->verbs.end(), "a verb of a definition has no function");
    return function->second(work, object, current, arguments);
}

Result<Record> Records::hand_over(Work& work, const Object& object, const Record& current, Id owner, const std::string& reason) const
{
    // What is only shared with somebody is not his to give away, or to take.
    if (!work.desk.guard->owns_enough(Action::edit, object, current)) return refuse("forbidden", std::string{object.name()}, {{"id", to_string(current.id())}});
    if (current.owner() == owner) return current;
    const auto& members = work.desk.catalogue->at("member");
    const auto member = work.unit.find(members, owner);
    const auto active_slot = members.slot("active");
    const bool* active = member && active_slot ? std::get_if<bool>(&member->at(*active_slot)) : nullptr;
    if (!member || member->deleted() || (active != nullptr && !*active)) return refuse("unknown_reference", "owner", {{"id", to_string(owner)}, {"object", "member"}});
    return put(work, object, current, {{record::slot_owner, owner}}, {.verb = "handed_over", .reason = reason});
}

Record Records::insert_quietly(Work& work, const Object& object, const Changes& values) const
{
    Record next(object);
    next.set(record::slot_id, work.unit.next_id());
    next.set(record::slot_version, Number{1, 0});
    stamp(next, work.desk, true);
    for (const auto& change : values) next.set(change.slot, change.value);
    const auto inserted = work.unit.insert(object, next);
    require(inserted.has_value(), "a bookkeeping record collides with another");
    return next;
}

void Records::update_quietly(Work& work, const Object& object, Id id, const Changes& changes) const
{
    const auto updated = work.unit.update(object, id, changes);
    require(updated.has_value(), "a bookkeeping record collides with another");
}

const record::VerbDef& hand_over_verb()
{
    static constexpr record::FieldDef arguments[] = {
        {.name = "owner", .type = record::Type::reference, .label = {"新负责人", "New owner"}, .need = record::Need::required, .target = "member"},
        {.name = "reason", .type = record::Type::text, .label = {"说明", "Reason"}},
    };
    static constexpr record::VerbDef verb{.name = "hand_over", .label = {"移交", "Hand over"}, .arguments = arguments};
    return verb;
}

std::span<const record::VerbDef* const> verbs_of_owners()
{
    static const std::array verbs{&hand_over_verb(), &lock_verb(), &unlock_verb()};
    return verbs;
}

const record::VerbDef* verb_of(const Object& object, std::string_view name)
{
    if (const auto* own = object.verb(name)) return own;
    if (!object.owned()) return nullptr;
    const auto found = std::ranges::find(verbs_of_owners(), name, &record::VerbDef::name);
    return found == verbs_of_owners().end() ? nullptr : *found;
}

}  // namespace shangdao::engine
