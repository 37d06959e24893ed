// A notification lies as one row of its recipient. Its event goes to the recipient's open pages alone (serve/rest/change_stream.cpp).
#include "engine/notifications.h"

#include <algorithm>
#include <charconv>

#include "base/json.h"
#include "engine/engine_objects.h"
#include "engine/expressions.h"
#include "engine/follows.h"
#include "engine/people.h"
#include "engine/preferences.h"
#include "engine/records.h"

namespace shangdao::engine {

namespace {

struct Notification;
constexpr record::Choice reasons[] = {
    {.key = "assigned", .label = {"分配给我", "Assigned to me"}},
    {.key = "mentioned", .label = {"提到了我", "Mentioned me"}},
    {.key = "shared", .label = {"共享给我", "Shared with me"}},
    {.key = "approval_asked", .label = {"等我审批", "An approval waits for me"}},
    {.key = "approval_decided", .label = {"审批有了结果", "An approval was decided"}},
    {.key = "followed", .label = {"关注的记录有变化", "A followed record changed"}},
    {.key = "job_done", .label = {"任务完成", "Job done"}},
    {.key = "job_failed", .label = {"任务失败", "Job failed"}},
    {.key = "mail_failed", .label = {"邮件没有送达", "Mail not delivered"}},
    {.key = "due", .label = {"今天到期", "Due today"}},
    {.key = "overdue", .label = {"已逾期", "Overdue"}},
    {.key = "stalled", .label = {"开始停滞", "Began to stall"}},
};
// How they are switched off: a job is one matter, however it ends.
constexpr NotificationReason switches[] = {
    {"assigned", "notify.assigned"}, {"mentioned", "notify.mentioned"}, {"shared", "notify.shared"}, {"approval_asked", "notify.approval"}, {"approval_decided", "notify.approval"}, {"followed", "notify.followed"}, {"job_done", "notify.job"}, {"job_failed", "notify.job"}, {"mail_failed", "notify.mail"},
    {"due", "notify.due"}, {"overdue", "notify.overdue"}, {"stalled", "notify.stalled"},
};
constexpr record::Choice states[] = {{.key = "unread", .label = {"未读", "Unread"}}, {.key = "read", .label = {"已读", "Read"}}};
constexpr record::FieldDef fields[] = {
    {.name = "object", .type = record::Type::text, .label = {"对象", "Object"}, .need = record::Need::required},
    {.name = "record", .type = record::Type::text, .label = {"记录", "Record"}},
    {.name = "reason", .type = record::Type::choice, .label = {"原因", "Reason"}, .choices = reasons},
    {.name = "state", .type = record::Type::choice, .label = {"状态", "State"}, .choices = states},
    {.name = "count", .type = record::Type::number, .label = {"记录数", "Records"}},
    {.name = "fields", .type = record::Type::text, .label = {"字段", "Fields"}, .text_kind = record::TextKind::long_text, .max_length = 65'535},
};
constexpr auto about_object = record::field<Notification, std::string>(fields, "object");
constexpr auto about_record = record::field<Notification, std::string>(fields, "record");   // its id; null: many
constexpr auto reason = record::field<Notification, record::ChoiceKey>(fields, "reason");
constexpr auto state = record::field<Notification, record::ChoiceKey>(fields, "state");
constexpr auto count = record::field<Notification, Number>(fields, "count");           // records; changes of a followed one
constexpr auto changed = record::field<Notification, std::string>(fields, "fields");   // names of fields, "amount,stage"

constexpr std::size_t mentions_max = 20;
constexpr std::int64_t unread_max = 100, scanned_max = 1'000, marked_max = 10'000, forgotten_at_once = 200;
constexpr std::int64_t long_job_us = 10LL * 1'000'000;
constexpr std::int64_t kept_us = 90LL * 24 * 3600 * 1'000'000;

const Object& notifications_of(const Desk& desk) { return desk.catalogue->at("notification"); }

// Whether the recipient wants to be told.
bool tell(Work& work, Id recipient, std::string_view why, const Object& object, Id about, std::int64_t many, const std::string& names = {})
{
    if (!wants_to_be_told(work.unit, work.desk, recipient, why)) return false;
    const auto& notifications = notifications_of(work.desk);
    Record row(notifications);
    row.set(record::slot_id, work.unit.next_id());
    row.set(record::slot_version, Number{1, 0});
    row.set(record::slot_created_at, work.desk.moment.now);
    row.set(record::slot_updated_at, work.desk.moment.now);
    if (work.desk.member && work.desk.member != recipient) row.set(record::slot_created_by, work.desk.member);
    row.set(record::slot_owner, recipient);
    row.set(about_object, std::string{object.name()});
    if (about) row.set(about_record, to_string(about));
    row.set(reason, record::ChoiceKey{std::string{why}});
    row.set(state, record::ChoiceKey{"unread"});
    row.set(count, Number{many, 0});
    if (!names.empty()) row.set(changed, names);
    const auto inserted = work.unit.insert(notifications, row);
    require(inserted.has_value(), "a notification collides with another");
    append_event(work, notifications, nullptr, row, {.verb = "notified"});
    return true;
}

// A notification's record, as its reader may see it.
struct About {
    const Object* object = nullptr;
    std::optional<Record> record;            // none: many
    std::vector<std::string_view> fields;    // what was changed of it, as far as the reader may know
};

std::vector<std::string_view> names_in(std::string_view text)
{
    std::vector<std::string_view> names;
    while (!text.empty()) {
        const auto comma = std::min(text.find(','), text.size());
        names.push_back(text.substr(0, comma));
        text.remove_prefix(std::min(comma + 1, text.size()));
    }
    return names;
}

// A job is its owner's to see; the machinery's objects have no rights of their own.
std::optional<About> about_job(store::View& view, const Desk& desk, const Record& notification, About told)
{
    const auto* text = notification.get(about_record);
    const auto id = text == nullptr ? std::nullopt : parse_id(*text);
    if (id) told.record = view.find(*told.object, *id);
    if (!told.record || told.record->owner() != desk.member) return std::nullopt;
    return told;
}

// nullopt: the reader is not to be told.
std::optional<About> about(store::View& view, const Desk& desk, const Record& notification)
{
    About told{.object = desk.catalogue->find(*notification.get(about_object)), .record = {}, .fields = {}};
    if (told.object == &desk.catalogue->at("job")) return about_job(view, desk, notification, told);
    if (told.object == nullptr || !told.object->routed() || !desk.guard->may(Action::read, *told.object)) return std::nullopt;
    const auto* text = notification.get(about_record);
    if (text == nullptr) return told;
    const auto id = parse_id(*text);
    if (id) told.record = view.find(*told.object, *id);
    if (!told.record || told.record->deleted() || !desk.guard->sees(view, *told.object, *told.record)) return std::nullopt;
    const auto* names = notification.get(changed);
    if (names == nullptr) return told;
    for (const auto name : names_in(*names))
        if (const auto slot = told.object->slot(name); slot && desk.guard->field(*told.object, *slot) >= record::FieldLevel::read) told.fields.push_back(name);
    if (told.fields.empty()) return std::nullopt;   // a hidden field changes nothing
    return told;
}

store::Select own_notifications(const Desk& desk, bool unread_only, std::int64_t limit)
{
    const auto& object = notifications_of(desk);
    store::Select select{.from = &object, .where = field_is(object, record::slot_owner, desk.member), .limit = limit};
    if (unread_only) select.where = both(select.where, field_is(object, state.slot, record::ChoiceKey{"unread"}));
    select.order = {{field_expression(object, record::slot_id), true}};
    return select;
}

std::int64_t unread(store::View& view, const Desk& desk)
{
    std::int64_t found = 0;
    for (const auto& one : view.records(own_notifications(desk, true, scanned_max), desk.moment)) {
        if (about(view, desk, one)) ++found;
        if (found == unread_max) break;
    }
    return found;
}

void append_name(std::string& out, Id id, std::string_view name)
{
    out += R"({"id":")" + to_string(id) + R"(","name":)";
    append_json_string(out, name);
    out += '}';
}

std::string_view name_for(const Desk& desk, const Object& object, const Record& record)
{
    const auto* name = std::get_if<std::string>(&record.at(object.name_slot()));
    if (name != nullptr && object.name() == job_object.name) return *name;   // what kind of work it was
    return name == nullptr || desk.guard->field(object, object.name_slot()) < record::FieldLevel::read ? std::string_view{} : *name;
}

void append_notification(std::string& out, store::View& view, const Desk& desk, const Record& one, const About& told)
{
    out += R"({"id":")" + to_string(one.id()) + R"(","reason":")" + one.get(reason)->key + R"(","at":")" + to_string(*std::get_if<Instant>(&one.at(record::slot_created_at))) + R"(","by":)";
    const auto* by = std::get_if<Id>(&one.at(record::slot_created_by));
    if (by == nullptr) out += "null";
    else view.names(desk.catalogue->at("member"), std::span{by, 1}, [&](Id id, std::string_view name) { append_name(out, id, name); });
    if (out.back() == ':') out += "null";
    out += R"(,"object":)";
    append_json_string(out, told.object->name());
    out += R"(,"record":)";
    if (told.record) append_name(out, told.record->id(), name_for(desk, *told.object, *told.record));
    else out += "null";
    out += R"(,"count":)" + std::to_string(one.get(count)->units) + R"(,"fields":[)";
    for (const auto name : told.fields) {
        if (out.back() != '[') out += ',';
        append_json_string(out, name);
    }
    out += one.get(state)->key == "read" ? R"(],"read":true})" : R"(],"read":false})";
}

// What was changed of a record, as far as this follower may read it: names of fields, joined by commas.
std::string changed_names(const Guard& guard, const Object& object, const Record& before, const Record& now)
{
    std::string names;
    for (std::size_t slot = record::slot_owner; slot < object.slot_count(); ++slot) {
        const auto& field = object.field(slot);
        if (before.at(slot) == now.at(slot) || field.written_by == record::WrittenBy::system || guard.field(object, slot) < record::FieldLevel::read) continue;
        names += (names.empty() ? "" : ",") + std::string{field.name};
    }
    return names;
}

// What is unread of a record is one matter, however often it is changed.
void tell_follower(Work& work, Id follower, const Object& object, Id about, std::string names)
{
    if (!wants_to_be_told(work.unit, work.desk, follower, "followed")) return;
    const auto& notifications = notifications_of(work.desk);
    auto where = both(field_is(notifications, record::slot_owner, follower), field_is(notifications, state.slot, record::ChoiceKey{"unread"}));
    where = both(std::move(where), both(field_is(notifications, reason.slot, record::ChoiceKey{"followed"}), field_is(notifications, about_record.slot, to_string(about))));
    std::int64_t changes = 1;
    for (const auto& before : work.unit.records({.from = &notifications, .where = std::move(where), .limit = 1}, work.desk.moment)) {
        changes += before.get(count)->units;
        const auto* earlier = before.get(changed);
        const auto now = names;
        const auto known = names_in(now);
        for (const auto name : names_in(earlier == nullptr ? std::string_view{} : std::string_view{*earlier}))
            if (std::ranges::find(known, name) == known.end()) (names += names.empty() ? "" : ",") += name;
        work.unit.erase(notifications, before.id());
    }
    tell(work, follower, "followed", object, about, changes, names);
}

// Judged by the follower's own guard: what he may not see does not even move what he was told before. A restored record is told of
// without a field; one that is new is followed by nobody yet.
void tell_followers(Work& work, const Object& object, const Record* before, const Record& now, const std::vector<Id>& told)
{
    if (before == nullptr) return;
    for (const auto follower : work.desk.follows->followers(now.id())) {
        if (follower == work.desk.member || std::ranges::find(told, follower) != told.end()) continue;
        const auto guard = work.desk.people->guard(follower, work.desk.moment.now);
        if (!guard || !guard->sees(work.unit, object, now)) continue;
        auto names = changed_names(*guard, object, *before, now);
        if (!names.empty() || before->deleted()) tell_follower(work, follower, object, now.id(), std::move(names));
    }
}

formula::Expression since(const Object& object, Instant moment)
{
    formula::Node node;
    node.op = formula::Op::less_equal;
    node.args = {literal_expression(object.field(record::slot_created_at), moment), field_expression(object, record::slot_created_at)};
    return std::make_shared<const formula::Node>(std::move(node));
}

bool told_today(Work& work, const DayNews& news)
{
    const auto& object = notifications_of(work.desk);
    const auto midnight = work.desk.moment.zone.start_of(work.desk.moment.today);
    auto where = both(field_is(object, record::slot_owner, news.recipient), field_is(object, reason.slot, record::ChoiceKey{std::string{news.reason}}));
    where = both(std::move(where), field_is(object, about_object.slot, std::string{news.object->name()}));
    return !work.unit.records({.from = &object, .where = both(std::move(where), since(object, midnight)), .limit = 1}, work.desk.moment).empty();
}

// What was read long ago.
void forget_old(Work& work)
{
    const auto& object = notifications_of(work.desk);
    formula::Node older;
    older.op = formula::Op::less;
    older.args = {field_expression(object, record::slot_created_at), literal_expression(object.field(record::slot_created_at), Instant{work.desk.moment.now.us - kept_us})};
    auto select = own_notifications(work.desk, false, forgotten_at_once);
    select.where = both(both(select.where, field_is(object, state.slot, record::ChoiceKey{"read"})), std::make_shared<const formula::Node>(std::move(older)));
    for (const auto& one : work.unit.records(select, work.desk.moment)) work.unit.erase(object, one.id());
}

}  // namespace

const record::ObjectDef notification_object{
    .name = "notification", .plural = "notifications", .label = {"通知", "Notification"}, .plural_label = {"通知", "Notifications"},
    .exposure = record::Exposure::internal, .name_field = "object", .fields = fields,
};

std::span<const NotificationReason> notification_reasons() { return switches; }

std::vector<Id> mentioned_in(std::string_view text)
{
    std::vector<Id> members;
    for (auto at = text.find("@["); at != std::string_view::npos && members.size() < mentions_max; at = text.find("@[", at + 2)) {
        const auto name_end = text.find_first_of("]\n", at + 2);
        if (name_end == std::string_view::npos || !text.substr(name_end).starts_with("](")) continue;
        const auto id_end = text.find(')', name_end);
        if (id_end == std::string_view::npos) continue;
        const auto id = parse_id(text.substr(name_end + 2, id_end - name_end - 2));
        if (id && std::ranges::find(members, *id) == members.end()) members.push_back(*id);
    }
    return members;
}

void notify_of(Work& work, const Object& object, const Record* before, const Record& now, const Occasion& occasion)
{
    const auto me = work.desk.member;
    if (!me || work.batch != nullptr || work.desk.via == record::Via::import || work.desk.via == record::Via::bulk || occasion.history == Occasion::History::history) return;
    if (!object.routed() || now.deleted()) return;
    std::vector<Id> told;
    const auto say = [&](Id recipient, std::string_view why) {
        tell(work, recipient, why, object, now.id(), 1);
        told.push_back(recipient);
    };
    if (object.owned() && now.owner() && now.owner() != me && (before == nullptr || before->owner() != now.owner())) say(now.owner(), "assigned");
    const auto& members = work.desk.catalogue->at("member");
    for (std::size_t slot = record::first_own_slot; slot < object.slot_count(); ++slot) {
        const auto* text = std::get_if<std::string>(&now.at(slot));
        if (text == nullptr || object.field(slot).text_kind != record::TextKind::long_text || (before != nullptr && before->at(slot) == now.at(slot))) continue;
        const auto* old = before == nullptr ? nullptr : std::get_if<std::string>(&before->at(slot));
        const auto known = old == nullptr ? std::vector<Id>{} : mentioned_in(*old);
        for (const auto member : mentioned_in(*text))
            if (member != me && std::ranges::find(known, member) == known.end() && work.unit.find(members, member)) say(member, "mentioned");
    }
    tell_followers(work, object, before, now, told);
}

void notify_of_many(Work& work, Id recipient, const Object& object, std::int64_t many)
{
    if (many > 0 && work.desk.member && recipient != work.desk.member) tell(work, recipient, "assigned", object, {}, many);
}

void notify_of_share(Work& work, Id recipient, const Object& object, Id record)
{
    if (work.desk.member && recipient != work.desk.member) tell(work, recipient, "shared", object, record, 1);
}

void notify_of_job(Work& work, const Record& job, JobEnd end)
{
    const auto* begun = std::get_if<Instant>(&job.at(record::slot_created_at));
    if (!job.owner() || begun == nullptr) return;
    if (end == JobEnd::well && work.desk.moment.now.us - begun->us < long_job_us) return;
    tell(work, job.owner(), end == JobEnd::well ? "job_done" : "job_failed", work.desk.catalogue->at("job"), job.id(), 1);
}

void notify_of_approval(Work& work, Id recipient, std::string_view why, Id approval) { tell(work, recipient, why, work.desk.catalogue->at("approval"), approval, 1); }

void notify_of_mail(Work& work, Id recipient, Id member) { tell(work, recipient, "mail_failed", work.desk.catalogue->at("member"), member, 1); }

bool notify_of_day(Work& work, const DayNews& news)
{
    if (news.records.empty() || told_today(work, news)) return false;
    return tell(work, news.recipient, news.reason, *news.object, news.records.size() == 1 ? news.records.front() : Id{}, std::ssize(news.records));
}

bool is_told(store::View& view, const Desk& desk, const Record& notification) { return about(view, desk, notification).has_value(); }

std::string notifications_answer(store::View& view, const Desk& desk, const NotificationRequest& request)
{
    auto select = own_notifications(desk, request.unread_only, scanned_max);
    if (request.after) select.after = {*request.after, *request.after};
    const auto found = view.records(select, desk.moment);
    std::string out = R"({"data":[)";
    std::int64_t shown = 0;
    std::optional<Id> last;
    bool more = std::ssize(found) == scanned_max;
    for (const auto& one : found) {
        const auto told = about(view, desk, one);
        if (told && shown == request.limit) {
            more = true;
            break;
        }
        last = one.id();
        if (!told) continue;
        if (shown++ > 0) out += ',';
        append_notification(out, view, desk, one, *told);
    }
    out += R"(],"next":)";
    out += more && last ? '"' + to_string(*last) + '"' : "null";
    return out + R"(,"unread":)" + std::to_string(unread(view, desk)) + '}';
}

Result<std::int64_t> mark_read(Work& work, const std::optional<std::vector<Id>>& ids)
{
    const auto& object = notifications_of(work.desk);
    std::vector<Record> rows;
    if (ids) {
        for (const auto id : *ids) {
            auto row = work.unit.find(object, id);
            if (!row || row->owner() != work.desk.member) return refuse("not_found", "notification", {{"id", to_string(id)}});
            rows.push_back(std::move(*row));
        }
    } else {
        rows = work.unit.records(own_notifications(work.desk, true, marked_max), work.desk.moment);
    }
    std::int64_t marked = 0;
    for (const auto& row : rows) {
        if (row.get(state)->key == "read") continue;
        CHECK_OK(work.unit.update(object, row.id(), record::Changes{{state.slot, record::ChoiceKey{"read"}}, {record::slot_updated_at, work.desk.moment.now}}));
        // One event is enough for the member's other pages to count anew.
        if (++marked == 1) append_event(work, object, &row, *work.unit.find(object, row.id()), {.verb = "read"});
    }
    forget_old(work);
    return marked;
}

}  // namespace shangdao::engine
