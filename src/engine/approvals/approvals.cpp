// An approval is a row that its verbs alone change; what is asked lies in it as a client would send it.
#include "engine/approvals/approvals.h"

#include <boost/json.hpp>

#include <algorithm>

#include "base/json.h"
#include "base/require.h"
#include "engine/expressions.h"
#include "engine/notifications.h"
#include "engine/people.h"
#include "engine/sharing/sharing.h"
#include "record/wire.h"

namespace shangdao::engine {

namespace json = boost::json;

namespace {

using record::ChoiceKey;
using record::FieldClass;
using record::Need;
using record::Type;
using record::WrittenBy;

struct Approval;
constexpr record::Choice kinds[] = {{.key = "exception", .label = {"阶段例外", "Exception to a gate"}}};
constexpr record::Choice states[] = {
    {.key = "asked", .label = {"待审批", "Asked"}, .tone = "warn"},      {.key = "granted", .label = {"已批准", "Granted"}, .tone = "good"},
    {.key = "refused", .label = {"已驳回", "Refused"}, .tone = "bad"},   {.key = "withdrawn", .label = {"已撤回", "Withdrawn"}},
    {.key = "lapsed", .label = {"已过期", "Lapsed"}},
};
constexpr record::FieldDef fields[] = {
    {.name = "reason", .type = Type::text, .label = {"申请理由", "Reason"}, .need = Need::required, .written_by = WrittenBy::system, .max_length = 500},
    {.name = "kind", .type = Type::choice, .label = {"审批事项", "Kind"}, .need = Need::required, .written_by = WrittenBy::system, .choices = kinds},
    {.name = "state", .type = Type::choice, .label = {"审批状态", "State"}, .need = Need::required, .written_by = WrittenBy::verb, .ordered = record::Ordered::indexed, .choices = states},
    {.name = "object", .type = Type::text, .label = {"对象", "Object"}, .need = Need::required, .written_by = WrittenBy::system},
    {.name = "record", .type = Type::text, .label = {"记录", "Record"}, .need = Need::required, .written_by = WrittenBy::system, .ordered = record::Ordered::indexed},
    {.name = "verb", .type = Type::text, .label = {"申请的操作", "Verb"}, .need = Need::required, .written_by = WrittenBy::system},
    // What was asked may name what not everybody reads.
    {.name = "arguments", .type = Type::text, .label = {"参数", "Arguments"}, .written_by = WrittenBy::system, .field_class = FieldClass::secret, .text_kind = record::TextKind::long_text, .max_length = 65'535},
    {.name = "standing", .type = Type::text, .label = {"申请时的状态", "Standing"}, .written_by = WrittenBy::system, .field_class = FieldClass::secret},
    {.name = "seen_version", .type = Type::number, .label = {"申请时的版本", "Version seen"}, .written_by = WrittenBy::system},
    {.name = "asked_of", .type = Type::reference, .label = {"审批人", "Asked of"}, .need = Need::required, .written_by = WrittenBy::system, .target = "member", .reverse = "approvals_asked"},
    {.name = "until", .type = Type::instant, .label = {"有效期至", "Until"}, .written_by = WrittenBy::system},
    {.name = "decided_by", .type = Type::reference, .label = {"决定人", "Decided by"}, .written_by = WrittenBy::verb, .target = "member", .reverse = "approvals_decided"},
    {.name = "decided_at", .type = Type::instant, .label = {"决定时间", "Decided at"}, .written_by = WrittenBy::verb},
    {.name = "note", .type = Type::text, .label = {"审批意见", "Note"}, .written_by = WrittenBy::verb, .max_length = 500},
};
constexpr auto reason = record::field<Approval, std::string>(fields, "reason");
constexpr auto kind = record::field<Approval, ChoiceKey>(fields, "kind");
constexpr auto state = record::field<Approval, ChoiceKey>(fields, "state");
constexpr auto of_object = record::field<Approval, std::string>(fields, "object");
constexpr auto of_record = record::field<Approval, std::string>(fields, "record");   // its id
constexpr auto of_verb = record::field<Approval, std::string>(fields, "verb");
constexpr auto arguments = record::field<Approval, std::string>(fields, "arguments");
constexpr auto standing = record::field<Approval, std::string>(fields, "standing");
constexpr auto seen_version = record::field<Approval, Number>(fields, "seen_version");
constexpr auto asked_of = record::field<Approval, Id>(fields, "asked_of");
constexpr auto until = record::field<Approval, Instant>(fields, "until");
constexpr auto decided_by = record::field<Approval, Id>(fields, "decided_by");
constexpr auto decided_at = record::field<Approval, Instant>(fields, "decided_at");
constexpr auto note = record::field<Approval, std::string>(fields, "note");

constexpr record::FieldDef grant_arguments[] = {{.name = "note", .type = Type::text, .label = {"审批意见", "Note"}, .max_length = 500}};
constexpr record::FieldDef refuse_arguments[] = {{.name = "note", .type = Type::text, .label = {"驳回理由", "Why not"}, .need = Need::required, .max_length = 500}};
constexpr record::VerbDef verbs[] = {
    {.name = "grant", .label = {"批准", "Grant"}, .arguments = grant_arguments, .tone = record::VerbTone::good},
    {.name = "refuse", .label = {"驳回", "Refuse"}, .arguments = refuse_arguments, .tone = record::VerbTone::bad},
    {.name = "withdraw", .label = {"撤回申请", "Withdraw"}},
};
constexpr std::string_view asked_section[] = {"kind", "reason", "owner", "asked_of", "state", "until"};
constexpr std::string_view decided_section[] = {"decided_by", "decided_at", "note"};
constexpr record::Section layout[] = {{.label = {"申请", "What is asked"}, .fields = asked_section}, {.label = {"决定", "Decision"}, .fields = decided_section}};
constexpr std::string_view columns[] = {"reason", "kind", "state", "owner", "asked_of", "created_at", "until", "decided_by"};
constexpr std::string_view key_fields[] = {"state", "owner", "asked_of", "until", "decided_by", "note"};
constexpr record::ViewDef views[] = {
    {.key = "waiting_for_me", .label = {"等我审批", "Waiting for me"}, .filter = "state = \"asked\" and asked_of = me()", .sort = "created_at"},
    {.key = "asked_by_me", .label = {"我的申请", "Asked by me"}, .filter = "owner = me()", .sort = "-created_at"},
};

const Object& approvals_of(const record::Catalogue& catalogue) { return catalogue.at(approval_object.name); }

const Matter* matter_of(const Behaviours& behaviours, const Object& object, std::string_view verb)
{
    const auto* behaviour = behaviours.find(object.name());
    if (behaviour == nullptr) return nullptr;
    const auto found = std::ranges::find_if(behaviour->matters, [&](const Matter& matter) { return std::ranges::find(matter.verbs, verb) != matter.verbs.end(); });
    return found == behaviour->matters.end() ? nullptr : &*found;
}

bool waits(const Record& approval, Instant now) { return approval.get(state)->key == "asked" && now < *approval.get(until); }

std::optional<Record> waiting(store::View& view, const Desk& desk, const Object& object, Id id)
{
    const auto& approvals = approvals_of(*desk.catalogue);
    const store::Select select{.from = &approvals, .where = both(field_is(approvals, of_record.slot, to_string(id)), field_is(approvals, state.slot, ChoiceKey{"asked"}))};
    for (auto& one : view.records(select, desk.moment))
        if (*one.get(of_object) == object.name() && waits(one, desk.moment.now)) return std::move(one);
    return std::nullopt;
}

// A refusal of what was asked, told to who decides.
std::unexpected<Problems> unfit(Problems why = {})
{
    why.insert(why.begin(), Problem{"approval_unfit", "", {}});
    return refuse(std::move(why));
}

// ---- asking

// What stands in the way is found by trying. A matter's verbs refuse before their first write; a try that succeeds is taken back with its unit.
Result<void> check_in_the_way(Work& work, const Records& records, const Object& object, Id id, const ApprovalRequest& request, const record::VerbDef& verb, const Matter& matter)
{
    TRY(const auto read, read_arguments(work.desk, object, verb, request.arguments));
    const auto tried = records.perform(work, object, id, request.expected, verb, read);
    if (tried) return refuse("approval_needless", "verb", {{"verb", request.verb}});
    if (std::ranges::all_of(tried.error(), [&](const Problem& problem) { return problem.code == matter.refusal; })) return {};
    return refuse(tried.error());
}

void tell_of(Work& work, std::string_view verb, const Record& approval)
{
    append_deed(work, *approval.get(of_object), *parse_id(*approval.get(of_record)), "approval_" + std::string{verb});
}

// ---- deciding

Result<void> check_decider(const Work& work, const Record& current)
{
    if (!waits(current, work.desk.moment.now)) return refuse("approval_closed", "state", {{"state", current.get(state)->key}});
    if (!work.desk.member) return refuse("forbidden", std::string{approval_object.name}, {{"action", "grant"}});
    if (current.owner() == work.desk.member) return refuse("approval_own");
    return {};
}

struct Asked {
    const Object* object = nullptr;
    Record record;
    Desk desk;                       // the asker's rights, the decider's hand
    const record::VerbDef* verb = nullptr;
};

// Refusals forbidden for who may not decide, approval_unfit where what was asked is there no more.
Result<Asked> asked_by(const Work& work, const Records& records, const Record& current)
{
    const auto guard = work.desk.people->guard(current.owner(), work.desk.moment.now);
    const auto* object = work.desk.catalogue->find(*current.get(of_object));
    const auto* verb = object == nullptr ? nullptr : verb_of(*object, *current.get(of_verb));
    const auto* matter = verb == nullptr ? nullptr : matter_of(records.behaviours(), *object, verb->name);
    if (!guard || matter == nullptr) return unfit();
    auto desk = work.desk;
    desk.guard = guard;
    desk.scopes.clear();
    desk.on_behalf = current.owner();
    desk.approved = matter->kind;
    desk.moment.me = current.owner();
    desk.moment.my_team = guard->team();
    auto record = records.visible(work.unit, desk, *object, *parse_id(*current.get(of_record)));
    if (!record) return unfit(record.error());
    TRY(const auto judged, matter->judge(work.unit, desk, *object, *record, current.owner()));
    const bool named = std::ranges::find(judged.deciders, work.desk.member) != judged.deciders.end();
    if (!(named || work.desk.guard->general("admin")) || !work.desk.guard->sees(work.unit, *object, *record))
        return refuse("forbidden", std::string{approval_object.name}, {{"action", "grant"}});
    return Asked{object, std::move(*record), std::move(desk), judged.standing == *current.get(standing) ? verb : nullptr};
}

Result<Record> decide(Work& work, const Records& records, const Object& approvals, const Record& current, std::string_view decision, const record::Value& said)
{
    record::Changes changes{{state.slot, ChoiceKey{std::string{decision}}}, {decided_at.slot, work.desk.moment.now}};
    if (work.desk.member) changes.push_back({decided_by.slot, work.desk.member});
    if (!record::is_null(said)) changes.push_back({note.slot, said});
    return records.put(work, approvals, current, changes, {.verb = std::string{decision}});
}

Result<Record> grant(Work& work, const Records& records, const Object& approvals, const Record& current, const Arguments& given)
{
    CHECK_OK(check_decider(work, current));
    TRY(const auto asked, asked_by(work, records, current));
    if (asked.verb == nullptr) return unfit();
    Work acting{.unit = work.unit, .desk = asked.desk, .redefines = work.redefines};
    const auto read = read_arguments(asked.desk, *asked.object, *asked.verb, json::parse(*current.get(arguments)));
    if (!read) return unfit(read.error());
    const auto done = records.perform(acting, *asked.object, asked.record.id(), std::nullopt, *asked.verb, *read);
    if (!done) return unfit(done.error());
    TRY(auto granted, decide(work, records, approvals, current, "granted", given.at("note")));
    notify_of_approval(work, granted.owner(), "approval_decided", granted.id());
    return granted;
}

Result<Record> turn_down(Work& work, const Records& records, const Object& approvals, const Record& current, const Arguments& given)
{
    CHECK_OK(check_decider(work, current));
    if (const auto asked = asked_by(work, records, current); !asked && asked.error().front().code == "forbidden") return refuse(asked.error());
    TRY(auto refused, decide(work, records, approvals, current, "refused", given.at("note")));
    tell_of(work, "refused", refused);
    notify_of_approval(work, refused.owner(), "approval_decided", refused.id());
    return refused;
}

Result<Record> withdraw(Work& work, const Records& records, const Object& approvals, const Record& current)
{
    if (!waits(current, work.desk.moment.now)) return refuse("approval_closed", "state", {{"state", current.get(state)->key}});
    if (current.owner() != work.desk.member) return refuse("forbidden", std::string{approval_object.name}, {{"action", "withdraw"}});
    TRY(auto withdrawn, decide(work, records, approvals, current, "withdrawn", record::Null{}));
    tell_of(work, "withdrawn", withdrawn);
    return withdrawn;
}

// What was asked and decided stays as it was.
Result<void> keep_approval(Work&, const Object&, const Record* before, Record&, const Occasion& occasion)
{
    static constexpr std::string_view decisions[] = {"granted", "refused", "withdrawn", "lapsed"};
    if (before != nullptr && occasion.turn == Occasion::Turn::on && std::ranges::find(decisions, occasion.verb) != std::end(decisions)) return {};
    return refuse("forbidden", std::string{approval_object.name}, {{"action", before == nullptr ? "create" : "edit"}});
}

}  // namespace

const record::ObjectDef approval_object{
    .name = "approval", .plural = "approvals", .label = {"审批", "Approval"}, .plural_label = {"审批", "Approvals"}, .icon = "stamp", .group = "system",
    .name_field = "reason", .fields = fields, .verbs = verbs, .layout = layout, .list_columns = columns, .key_fields = key_fields, .views = views,
};

Result<Record> ask_approval(Work& work, const Records& records, const Object& object, Id id, const ApprovalRequest& request)
{
    const auto& approvals = approvals_of(*work.desk.catalogue);
    if (!work.desk.member) return refuse("forbidden", std::string{approval_object.name}, {{"action", "create"}});
    TRY(const auto why, record::from_wire(fields[reason.slot - record::first_own_slot], request.reason, work.desk.organisation->base));
    if (record::is_null(why)) return refuse("required", "reason", {{"name", "reason"}});
    TRY(const auto current, records.visible(work.unit, work.desk, object, id));
    const auto* verb = verb_of(object, request.verb);
    const auto* matter = verb == nullptr ? nullptr : matter_of(records.behaviours(), object, verb->name);
    if (matter == nullptr) return refuse("not_approvable", "verb", {{"verb", request.verb.substr(0, 80)}});
    CHECK_OK(check_in_the_way(work, records, object, id, request, *verb, *matter));
    TRY(const auto judged, matter->judge(work.unit, work.desk, object, current, work.desk.member));
    if (judged.deciders.empty()) return refuse("nobody_decides", "verb");
    if (const auto other = waiting(work.unit, work.desk, object, id)) return refuse("approval_waits", "", {{"name", work.desk.people->name_of(*other->get(asked_of))}});

    auto asked = request.arguments.is_object() ? json::serialize(request.arguments) : std::string{"{}"};
    const auto next = records.insert_quietly(work, approvals, {
        {record::slot_owner, work.desk.member}, {reason.slot, why}, {kind.slot, ChoiceKey{std::string{matter->kind}}}, {state.slot, ChoiceKey{"asked"}},
        {of_object.slot, std::string{object.name()}}, {of_record.slot, to_string(id)}, {of_verb.slot, request.verb}, {arguments.slot, std::move(asked)},
        {standing.slot, judged.standing}, {seen_version.slot, Number{current.version(), 0}}, {asked_of.slot, judged.deciders.front()}, {until.slot, work.desk.moment.now + approval_stands}});
    append_event(work, approvals, nullptr, next, {.verb = "created"});
    for (const auto decider : judged.deciders) {
        give(work, records, approvals, next.id(), {.grantee = decider, .grant = Grant::edit});
        notify_of_approval(work, decider, "approval_asked", next.id());
    }
    tell_of(work, "asked", next);
    return next;
}

void add_approvals(Behaviours& behaviours, const Records& records)
{
    auto& approval = behaviours.of(approval_object.name);
    approval.rules = {keep_approval};
    approval.verbs["grant"] = [&records](Work& work, const Object& of, const Record& current, const Arguments& given) { return grant(work, records, of, current, given); };
    approval.verbs["refuse"] = [&records](Work& work, const Object& of, const Record& current, const Arguments& given) { return turn_down(work, records, of, current, given); };
    approval.verbs["withdraw"] = [&records](Work& work, const Object& of, const Record& current, const Arguments&) { return withdraw(work, records, of, current); };
}

std::int64_t lapse_approvals(Work& work, const Records& records, std::int64_t limit)
{
    const auto& approvals = approvals_of(*work.desk.catalogue);
    const Instant next{work.desk.moment.now.us + 1};
    const auto over = both(field_is(approvals, state.slot, ChoiceKey{"asked"}), field_before(approvals, until.slot, next));
    const auto found = work.unit.records({.from = &approvals, .where = over, .limit = limit}, work.desk.moment);
    for (const auto& one : found) {
        const auto lapsed = decide(work, records, approvals, one, "lapsed", record::Null{});
        require(lapsed.has_value(), "an approval whose time is over lapses");
        tell_of(work, "lapsed", *lapsed);
        notify_of_approval(work, lapsed->owner(), "approval_decided", lapsed->id());
    }
    return std::ssize(found);
}

std::string waiting_approval(store::View& view, const Desk& desk, const Object& object, Id id)
{
    const auto one = waiting(view, desk, object, id);
    if (!one) return "null";
    const auto& approvals = approvals_of(*desk.catalogue);
    const bool sees = desk.guard->may(Action::read, approvals) && desk.guard->sees(view, approvals, *one);
    std::string out = R"({"id":)" + (sees ? '"' + to_string(one->id()) + '"' : std::string{"null"}) + R"(,"verb":)";
    append_json_string(out, *one->get(of_verb));
    out += R"(,"asked_by":)";
    record::append_wire_reference(out, one->owner(), desk.people->name_of(one->owner()));
    out += R"(,"asked_of":)";
    record::append_wire_reference(out, *one->get(asked_of), desk.people->name_of(*one->get(asked_of)));
    return out + R"(,"until":")" + to_string(*one->get(until)) + "\"}";
}

}  // namespace shangdao::engine
