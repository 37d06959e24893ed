// The definition table of activities and their verb.
#include "sales/customer/activity/activity.h"

namespace shangdao::customer {

namespace {

using namespace record;

constexpr Choice kinds[] = {
    {.key = "call", .label = {"电话", "Call"}, .synonyms = "电话沟通|通话|phone|phone call|outbound|inbound"},
    {.key = "email", .label = {"邮件", "E-mail"}, .synonyms = "mail|e-mail"},
    {.key = "meeting", .label = {"会议", "Meeting"}, .synonyms = "event|会面|demo"},
    {.key = "visit", .label = {"拜访", "Visit"}, .synonyms = "外勤|上门|客户拜访|site visit|check-in"},
    {.key = "task", .label = {"任务", "Task"}, .synonyms = "待办|to-do|todo"},
};

constexpr Choice states[] = {
    {.key = "open", .label = {"待办", "Open"}, .synonyms = "未完成|进行中|not started|in progress|scheduled|deferred|waiting for input"},
    {.key = "done", .label = {"已完成", "Done"}, .tone = "good", .synonyms = "完成|completed|held|attended|closed"},
    {.key = "cancelled", .label = {"已取消", "Cancelled"}, .synonyms = "取消|canceled|not held"},
};

constexpr Choice outcomes[] = {
    {.key = "interested", .label = {"有意向", "Interested"}, .tone = "good", .synonyms = "感兴趣|positive"},
    {.key = "agreed", .label = {"达成一致", "Agreed"}, .tone = "good", .synonyms = "同意|已约定|meeting set"},
    {.key = "neutral", .label = {"正常沟通", "Talked"}, .synonyms = "已沟通|接通|connected|completed"},
    {.key = "call_back", .label = {"稍后再联系", "Call back later"}, .synonyms = "再联系|callback|call back"},
    {.key = "no_answer", .label = {"无人接听", "No answer"}, .tone = "warn", .synonyms = "未接通|没人接|no response|missed|left message"},
    {.key = "not_interested", .label = {"无意向", "Not interested"}, .tone = "bad", .synonyms = "拒绝|negative|rejected"},
    {.key = "wrong_number", .label = {"号码错误", "Wrong number"}, .tone = "bad", .synonyms = "空号|invalid number"},
    {.key = "other", .label = {"其他", "Other"}},
};

constexpr Choice directions[] = {{.key = "out", .label = {"呼出", "Outgoing"}, .synonyms = "outbound|去电"}, {.key = "in", .label = {"呼入", "Incoming"}, .synonyms = "inbound|来电"}};

constexpr Choice priorities[] = {
    {.key = "high", .label = {"高", "High"}, .tone = "warn", .synonyms = "紧急|urgent|highest"}, {.key = "normal", .label = {"中", "Normal"}, .synonyms = "普通|medium"},
    {.key = "low", .label = {"低", "Low"}, .synonyms = "lowest"},
};

constexpr FieldDef fields[] = {
    {.name = "subject", .type = Type::text, .label = {"主题", "Subject"}, .synonyms = "标题|活动名称|任务名称|title|name|activity", .need = Need::required, .searched = Searched::yes},
    {.name = "kind", .type = Type::choice, .label = {"类型", "Kind"}, .synonyms = "活动类型|跟进方式|跟进类型|type|activity type|call type", .need = Need::required, .choices = kinds},
    {.name = "state", .type = Type::choice, .label = {"状态", "State"}, .synonyms = "任务状态|完成状态|status|completed", .choices = states},
    {.name = "account", .type = Type::reference, .label = {"客户", "Account"}, .synonyms = "客户名称|account name|accountid|related to", .target = "account", .reverse = "activities"},
    {.name = "contact", .type = Type::reference, .label = {"联系人", "Contact"}, .synonyms = "联系人姓名|contact name|contactid|who id", .target = "contact", .reverse = "activities", .on_erase = OnErase::texts},
    {.name = "deal", .type = Type::reference, .label = {"商机", "Deal"}, .synonyms = "商机名称|deal name|potentialid|opportunity", .target = "deal", .reverse = "activities"},
    {.name = "lead", .type = Type::reference, .label = {"线索", "Lead"}, .synonyms = "线索姓名|leadid|lead name", .target = "lead", .reverse = "activities", .on_erase = OnErase::texts},
    {.name = "due_on", .type = Type::date, .label = {"截止日期", "Due on"}, .synonyms = "到期日|计划日期|due date|deadline", .ordered = Ordered::indexed},
    {.name = "starts_at", .type = Type::instant, .label = {"开始时间", "Starts at"}, .synonyms = "计划时间|start time|call start time|start datetime|开始"},
    {.name = "ends_at", .type = Type::instant, .label = {"结束时间", "Ends at"}, .synonyms = "end time|end datetime|结束"},
    {.name = "done_at", .type = Type::instant, .label = {"完成时间", "Done at"}, .synonyms = "实际时间|跟进时间|closed time|completed at|完成日期"},
    {.name = "minutes", .type = Type::number, .label = {"时长（分钟）", "Length in minutes"}, .synonyms = "时长|通话时长|duration|call duration (in minutes)"},
    {.name = "direction", .type = Type::choice, .label = {"方向", "Direction"}, .synonyms = "呼叫方向|call direction", .choices = directions},
    {.name = "priority", .type = Type::choice, .label = {"优先级", "Priority"}, .synonyms = "重要程度", .choices = priorities},
    {.name = "place", .type = Type::text, .label = {"地点", "Place"}, .synonyms = "地址|拜访地点|location|venue"},
    {.name = "outcome", .type = Type::choice, .label = {"结果", "Outcome"}, .synonyms = "沟通结果|跟进结果|call result|result", .choices = outcomes},
    {.name = "next_step", .type = Type::text, .label = {"下一步", "Next step"}, .synonyms = "下一步计划|后续动作|next action"},
    {.name = "next_step_on", .type = Type::date, .label = {"下一步日期", "Next step on"}, .synonyms = "下次跟进时间|下次联系|next follow up"},
    {.name = "body", .type = Type::text, .label = {"内容", "Body"}, .synonyms = "跟进内容|沟通内容|详情|备注|description|notes|remark|comments", .searched = Searched::yes, .text_kind = TextKind::long_text,
     .max_length = 65'535},
};

constexpr FieldDef complete_arguments[] = {
    {.name = "outcome", .type = Type::choice, .label = {"结果", "Outcome"}, .choices = outcomes},
    {.name = "body", .type = Type::text, .label = {"内容", "Body"}, .text_kind = TextKind::long_text, .max_length = 65'535},
    {.name = "minutes", .type = Type::number, .label = {"时长（分钟）", "Length in minutes"}},
    {.name = "next_step", .type = Type::text, .label = {"下一步", "Next step"}},
    {.name = "next_step_on", .type = Type::date, .label = {"下一步日期", "Next step on"}},
};

constexpr VerbDef verbs[] = {
    {.name = "complete", .label = {"完成", "Complete"}, .arguments = complete_arguments, .tone = VerbTone::good},
};

constexpr std::string_view basics[] = {"subject", "kind", "state", "priority", "direction", "place"};
constexpr std::string_view about[] = {"account", "contact", "deal", "lead"};
constexpr std::string_view when[] = {"due_on", "starts_at", "ends_at", "done_at", "minutes"};
constexpr std::string_view result[] = {"outcome", "body", "next_step", "next_step_on"};
constexpr Section layout[] = {
    {.label = {"基本信息", "Basics"}, .fields = basics},
    {.label = {"关联", "About"}, .fields = about},
    {.label = {"时间", "When"}, .fields = when},
    {.label = {"结果与下一步", "Outcome and next step"}, .fields = result},
};
constexpr ViewDef views[] = {
    {.key = "mine_open", .label = {"我的待办", "My open tasks"}, .filter = "owner = me() and state = \"open\"", .sort = "due_on"},
    {.key = "overdue", .label = {"已逾期", "Overdue"}, .filter = "state = \"open\" and due_on < today()", .sort = "due_on"},
};
constexpr std::string_view list_columns[] = {"subject", "kind", "state", "account", "deal", "due_on", "done_at", "outcome", "owner"};
constexpr std::string_view key_fields[] = {"kind", "state", "account", "deal", "due_on", "outcome"};
constexpr std::string_view seen_through[] = {"account", "contact", "lead", "deal"};
constexpr std::string_view indexes[] = {"owner,state,due_on,done_at"};

}  // namespace

constinit const ObjectDef Activity::def{
    .name = "activity", .plural = "activities", .label = {"活动", "Activity"}, .plural_label = {"活动", "Activities"}, .icon = "calendar-check", .group = "customer",
    .name_field = "subject", .fields = fields, .verbs = verbs, .layout = layout, .list_columns = list_columns, .key_fields = key_fields,
    .seen_through = seen_through, .views = views, .indexes = indexes};

constinit const Field<Activity, std::string> Activity::subject = field<Activity, std::string>(fields, "subject");
constinit const Field<Activity, ChoiceKey> Activity::kind = field<Activity, ChoiceKey>(fields, "kind");
constinit const Field<Activity, ChoiceKey> Activity::state = field<Activity, ChoiceKey>(fields, "state");
constinit const Field<Activity, ChoiceKey> Activity::outcome = field<Activity, ChoiceKey>(fields, "outcome");
constinit const Field<Activity, Id> Activity::account = field<Activity, Id>(fields, "account");
constinit const Field<Activity, Id> Activity::contact = field<Activity, Id>(fields, "contact");
constinit const Field<Activity, Id> Activity::lead = field<Activity, Id>(fields, "lead");
constinit const Field<Activity, Id> Activity::deal = field<Activity, Id>(fields, "deal");
constinit const Field<Activity, Date> Activity::due_on = field<Activity, Date>(fields, "due_on");
constinit const Field<Activity, Instant> Activity::starts_at = field<Activity, Instant>(fields, "starts_at");
constinit const Field<Activity, Instant> Activity::ends_at = field<Activity, Instant>(fields, "ends_at");
constinit const Field<Activity, Instant> Activity::done_at = field<Activity, Instant>(fields, "done_at");
constinit const Field<Activity, Number> Activity::minutes = field<Activity, Number>(fields, "minutes");
constinit const Field<Activity, std::string> Activity::next_step = field<Activity, std::string>(fields, "next_step");
constinit const Field<Activity, Date> Activity::next_step_on = field<Activity, Date>(fields, "next_step_on");
constinit const Field<Activity, std::string> Activity::body = field<Activity, std::string>(fields, "body");

}  // namespace shangdao::customer
