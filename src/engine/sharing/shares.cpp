// A row of the machinery's own for each record and each who was given it; the ledger keeps its beginning, its changes and its end.
#include <algorithm>

#include "base/json.h"
#include "base/require.h"
#include "engine/answer.h"
#include "engine/expressions.h"
#include "engine/notifications.h"
#include "engine/people.h"
#include "engine/records.h"
#include "engine/sharing/sharing.h"
#include "record/wire.h"

namespace shangdao::engine {

namespace {

constexpr record::Choice grants[] = {{.key = "read", .label = {"查看", "Read"}}, {.key = "edit", .label = {"编辑", "Edit"}}};
constexpr record::FieldDef fields[] = {
    {.name = "object", .type = record::Type::text, .label = {"对象", "Object"}, .need = record::Need::required},
    {.name = "record", .type = record::Type::text, .label = {"记录", "Record"}, .need = record::Need::required, .ordered = record::Ordered::indexed},
    {.name = "grantee", .type = record::Type::text, .label = {"共享给", "Shared with"}, .need = record::Need::required},
    {.name = "level", .type = record::Type::choice, .label = {"级别", "Level"}, .need = record::Need::required, .choices = grants},
    {.name = "until", .type = record::Type::instant, .label = {"到期", "Until"}},
};
constexpr auto of_object = record::field<RecordShare, std::string>(fields, "object");
constexpr auto of_record = record::field<RecordShare, std::string>(fields, "record");     // ids as text, for they are of any object
constexpr auto of_grantee = record::field<RecordShare, std::string>(fields, "grantee");
constexpr auto of_level = record::field<RecordShare, record::ChoiceKey>(fields, "level");
constexpr auto of_until = record::field<RecordShare, Instant>(fields, "until");

constexpr std::int64_t shares_max = 100;            // of one record
constexpr std::ptrdiff_t told_max = 100;              // members of a group that is shared with
constexpr std::int64_t rows_max = 10'000'000;

Id id_in(const Record& row, const record::Field<RecordShare, std::string>& field)
{
    const auto* text = row.get(field);
    return text == nullptr ? Id{} : parse_id(*text).value_or(Id{});
}

Grant grant_of(const Record& row)
{
    const auto* key = row.get(of_level);
    return key != nullptr && key->key == "edit" ? Grant::edit : Grant::read;
}

record::ChoiceKey key_of(Grant grant) { return {grant == Grant::edit ? "edit" : "read"}; }

std::vector<Record> rows_of(store::View& view, Id record)
{
    const auto& shares = view.catalogue().at(share_object.name);
    return view.records({.from = &shares, .where = field_is(shares, of_record.slot, to_string(record)), .limit = shares_max + 1}, {});
}

// A member who is active, or a group; nullptr: neither.
const Object* grantee_object(store::View& view, const Desk& desk, Id grantee)
{
    if (const auto person = desk.people->find(grantee)) return person->active ? &desk.catalogue->at("member") : nullptr;
    const auto* groups = desk.catalogue->find("member_group");
    if (groups == nullptr) return nullptr;
    const auto group = view.find(*groups, grantee);
    return group && !group->deleted() ? groups : nullptr;
}

// Of a large group nobody is told: it would be everybody's noise, and a long write.
void tell_takers(Work& work, const Object& object, Id id, Id grantee)
{
    if (work.desk.people->find(grantee)) return notify_of_share(work, grantee, object, id);
    const auto members = work.desk.people->members_of(grantee);
    if (std::ssize(members) > told_max) return;
    for (const auto member : members) notify_of_share(work, member, object, id);
}

Result<void> may_share(Work& work, const Object& object, const Record& current, Grant grant)
{
    if (!object.owned()) return refuse("not_shareable", std::string{object.name()}, {{"object", std::string{object.name()}}});
    const auto owns = work.desk.guard->check(work.unit, Action::remove, object, current);
    const auto gives = grant == Grant::edit ? work.desk.guard->check(work.unit, Action::edit, object, current) : Result<void>{};
    if (!owns || !gives) return refuse("forbidden", std::string{object.name()}, {{"action", "share"}});
    return {};
}

}  // namespace

const record::ObjectDef share_object{
    .name = "share", .plural = "shares", .label = {"共享", "Share"}, .plural_label = {"共享", "Shares"},
    .exposure = record::Exposure::internal, .name_field = "object", .fields = fields,
};

// ---- in memory

void Shares::load(store::View& view)
{
    const auto& shares = view.catalogue().at(share_object.name);
    const auto rows = view.records({.from = &shares, .limit = rows_max}, {});
    const std::scoped_lock lock(mutex_);
    by_grantee_.clear();
    grantees_.clear();
    for (const auto& row : rows) keep(view.catalogue(), row);
    ++epoch_;
}

void Shares::renew(store::View& view, Id share)
{
    const auto row = view.find(view.catalogue().at(share_object.name), share);
    const std::scoped_lock lock(mutex_);
    forget(share);
    if (row) keep(view.catalogue(), *row);
    ++epoch_;
}

void Shares::forget(Id share)
{
    const auto known = grantees_.find(share);
    if (known == grantees_.end()) return;
    if (auto& theirs = by_grantee_[known->second]; theirs.erase(share) > 0 && theirs.empty()) by_grantee_.erase(known->second);
    grantees_.erase(known);
}

void Shares::keep(const record::Catalogue& catalogue, const Record& row)
{
    const auto* object = catalogue.find(*row.get(of_object));
    if (object == nullptr) return;    // of an object that is gone
    RecordShare share{.id = row.id(), .object = object->index(), .record = id_in(row, of_record), .grantee = id_in(row, of_grantee), .grant = grant_of(row)};
    if (const auto* until = row.get(of_until)) share.until = *until;
    grantees_[share.id] = share.grantee;
    by_grantee_[share.grantee].insert_or_assign(share.id, share);
}

std::vector<RecordShare> Shares::with(Id grantee) const
{
    const std::scoped_lock lock(mutex_);
    std::vector<RecordShare> shares;
    if (const auto found = by_grantee_.find(grantee); found != by_grantee_.end())
        for (const auto& [id, share] : found->second) shares.push_back(share);
    return shares;
}

std::vector<RecordShare> Shares::all() const
{
    const std::scoped_lock lock(mutex_);
    std::vector<RecordShare> shares;
    for (const auto& [grantee, theirs] : by_grantee_)
        for (const auto& [id, share] : theirs) shares.push_back(share);
    return shares;
}

std::uint64_t Shares::epoch() const
{
    const std::scoped_lock lock(mutex_);
    return epoch_;
}

// ---- sharing

Result<void> share(Work& work, const Records& records, const Object& object, Id id, const ShareRequest& request)
{
    TRY(const auto current, records.visible(work.unit, work.desk, object, id));
    CHECK_OK(may_share(work, object, current, request.grant));
    if (request.until && *request.until <= work.desk.moment.now) return refuse("invalid_value", "until", {{"expected", "future"}});
    if (grantee_object(work.unit, work.desk, request.grantee) == nullptr)
        return refuse("unknown_reference", "grantee", {{"id", to_string(request.grantee)}, {"object", "member"}});

    const auto& shares = work.desk.catalogue->at(share_object.name);
    const auto rows = rows_of(work.unit, id);
    const auto row = std::ranges::find(rows, request.grantee, [](const Record& one) { return id_in(one, of_grantee); });
    const auto until = request.until ? record::Value{*request.until} : record::Value{record::Null{}};
    if (row != rows.end()) {
        record::Changes changes;
        for (auto& change : {record::Change{of_level.slot, key_of(request.grant)}, record::Change{of_until.slot, until}})
            if (row->at(change.slot) != change.value) changes.push_back(change);
        if (changes.empty()) return {};
        auto next = *row;
        for (const auto& change : changes) next.set(change.slot, change.value);
        records.update_quietly(work, shares, row->id(), changes);
        append_event(work, shares, &*row, next, {.verb = "changed"});
        return {};
    }
    if (std::ssize(rows) >= shares_max) return refuse("too_many", "share", {{"limit", std::to_string(shares_max)}});
    give(work, records, object, id, request);
    tell_takers(work, object, id, request.grantee);
    return {};
}

void give(Work& work, const Records& records, const Object& object, Id id, const ShareRequest& request)
{
    const auto& shares = work.desk.catalogue->at(share_object.name);
    record::Changes values{{record::slot_owner, work.desk.member}, {of_object.slot, std::string{object.name()}}, {of_record.slot, to_string(id)},
                           {of_grantee.slot, to_string(request.grantee)}, {of_level.slot, key_of(request.grant)}};
    if (request.until) values.push_back({of_until.slot, *request.until});
    const auto next = records.insert_quietly(work, shares, values);
    append_event(work, shares, nullptr, next, {.verb = "shared"});
}

Result<void> unshare(Work& work, const Records& records, const Object& object, Id id, Id grantee)
{
    TRY(const auto current, records.visible(work.unit, work.desk, object, id));
    // Whoever was given it may give it back.
    if (grantee != work.desk.member) CHECK_OK(may_share(work, object, current, Grant::read));
    const auto& shares = work.desk.catalogue->at(share_object.name);
    for (const auto& row : rows_of(work.unit, id)) {
        if (id_in(row, of_grantee) != grantee) continue;
        work.unit.erase(shares, row.id());
        append_event(work, shares, &row, row, {.verb = "unshared"});
    }
    return {};
}

Result<std::string> shares_answer(store::View& view, const Desk& desk, const Records& records, const Object& object, Id id)
{
    TRY(const auto current, records.visible(view, desk, object, id));
    Names names(view, *desk.catalogue);
    struct Shown {
        const Record* row;
        const Object* of;
        Id grantee;
    };
    const auto rows = rows_of(view, id);
    std::vector<Shown> shown;
    const auto& members = desk.catalogue->at("member");
    for (const auto& row : rows) {
        const auto grantee = id_in(row, of_grantee);
        const auto* of = desk.people->find(grantee) ? &members : desk.catalogue->find("member_group");
        if (of == nullptr) continue;
        shown.push_back({&row, of, grantee});
        names.want(of->index(), grantee);
        if (row.owner()) names.want(members.index(), row.owner());
    }
    names.fetch();
    std::string out = R"({"data":[)";
    for (const auto& one : shown) {
        const auto* until = one.row->get(of_until);
        out += out.back() == '[' ? "{" : ",{";
        out += R"("grantee":{"object":)";
        append_json_string(out, one.of->name());
        out += R"(,"id":")" + to_string(one.grantee) + R"(","name":)";
        append_json_string(out, names.of(one.of->index(), one.grantee));
        out += R"(},"level":")" + one.row->get(of_level)->key + R"(","until":)";
        out += until == nullptr ? std::string{"null"} : '"' + to_string(*until) + '"';
        out += R"(,"by":)";
        if (one.row->owner()) record::append_wire_reference(out, one.row->owner(), names.of(members.index(), one.row->owner()));
        else out += "null";
        out += R"(,"since":")" + to_string(std::get<Instant>(one.row->at(record::slot_created_at))) + "\"}";
    }
    const bool may = object.owned() && desk.guard->check(view, Action::remove, object, current).has_value();
    return out + R"(],"may":)" + (may ? "true}" : "false}");
}

}  // namespace shangdao::engine
