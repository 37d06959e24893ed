// The definition table of leads and their verbs.
#include "sales/process/lead/lead.h"

#include "sales/customer/choices.h"
#include "sales/process/stage_engine/staged.h"

namespace shangdao::process {

namespace {

using namespace record;

constexpr Choice outcomes[] = {
    {.key = "open", .label = {"跟进中", "Open"}, .synonyms = "未处理|待跟进|not contacted|contacted|attempted to contact|contact in future|pre-qualified|new"},
    {.key = "converted", .label = {"已转化", "Converted"}, .tone = "good", .synonyms = "已转换|转商机"},
    {.key = "disqualified", .label = {"不合格", "Disqualified"}, .tone = "bad", .synonyms = "无效|junk lead|lost lead|not qualified|unqualified"},
};

constexpr Choice disqualify_reasons[] = {
    {.key = "no_need", .label = {"没有需求", "No need"}, .synonyms = "无需求"},
    {.key = "no_budget", .label = {"没有预算", "No budget"}, .synonyms = "无预算"},
    {.key = "not_target", .label = {"非目标客户", "Not a target"}, .synonyms = "不是目标客户"},
    {.key = "unreachable", .label = {"联系不上", "Cannot be reached"}, .synonyms = "空号|联系不到"},
    {.key = "rival", .label = {"已选竞品", "Chose a rival"}, .synonyms = "竞争对手"},
    {.key = "duplicate", .label = {"重复", "Duplicate"}, .synonyms = "重复线索"},
    {.key = "other", .label = {"其他", "Other"}},
    {.key = "unknown_imported", .label = {"导入时未知", "Unknown (imported)"}, .tone = "warn"},
};

constexpr FieldDef fields[] = {
    {.name = "name", .type = Type::text, .label = {"姓名", "Name"}, .synonyms = "线索名称|线索姓名|联系人|lead name|full name|last name|contact name", .need = Need::required, .field_class = FieldClass::personal,
     .searched = Searched::yes, .ordered = Ordered::indexed, .text_kind = TextKind::person},
    {.name = "code", .type = Type::text, .label = {"线索编号", "Lead code"}, .synonyms = "leadid|lead id|record id|唯一性id|prospect id", .uniqueness = Uniqueness::unique, .max_length = 80},
    {.name = "company", .type = Type::text, .label = {"公司", "Company"}, .synonyms = "公司名称|企业名称|客户名称|单位|company name|account name|organization", .searched = Searched::yes},
    {.name = "job_title", .type = Type::text, .label = {"职务", "Job title"}, .synonyms = "职位|title|position"},
    {.name = "department", .type = Type::text, .label = {"部门", "Department"}, .synonyms = "所在部门"},
    {.name = "mobile", .type = Type::text, .label = {"手机", "Mobile"}, .synonyms = "手机号|手机号码|mobile phone|cell", .field_class = FieldClass::personal, .searched = Searched::yes, .text_kind = TextKind::phone},
    {.name = "phone", .type = Type::text, .label = {"电话", "Phone"}, .synonyms = "座机|联系电话|tel|telephone|phone number", .field_class = FieldClass::personal, .searched = Searched::yes, .text_kind = TextKind::phone},
    {.name = "email", .type = Type::text, .label = {"邮箱", "E-mail"}, .synonyms = "邮件|email address|e-mail", .field_class = FieldClass::personal, .searched = Searched::yes, .text_kind = TextKind::email},
    {.name = "wechat", .type = Type::text, .label = {"微信", "WeChat"}, .synonyms = "微信号", .field_class = FieldClass::personal, .max_length = 80},
    {.name = "channel", .type = Type::choice, .label = {"渠道", "Channel"}, .synonyms = "来源|线索来源|推广渠道|lead source|source|lead origin|original source", .choices = customer::sources},
    {.name = "channel_detail", .type = Type::text, .label = {"渠道详情", "Channel detail"}, .synonyms = "来源详情|市场活动名称|campaign|source detail"},
    {.name = "utm_source", .type = Type::text, .label = {"UTM 来源", "UTM source"}},
    {.name = "utm_medium", .type = Type::text, .label = {"UTM 媒介", "UTM medium"}},
    {.name = "utm_campaign", .type = Type::text, .label = {"UTM 活动", "UTM campaign"}},
    {.name = "industry", .type = Type::choice, .label = {"行业", "Industry"}, .synonyms = "所属行业|sector", .choices = customer::industries},
    {.name = "address", .type = Type::address, .label = {"地址", "Address"}, .synonyms = "省市区|详细地址|city|country"},
    {.name = "website", .type = Type::text, .label = {"网站", "Website"}, .synonyms = "网址|url", .text_kind = TextKind::url},
    {.name = "product", .type = Type::reference, .label = {"意向产品", "Product"}, .synonyms = "产品|感兴趣的产品|product interest", .target = "product", .reverse = "leads"},
    {.name = "need", .type = Type::text, .label = {"需求描述", "What is needed"}, .synonyms = "需求|线索详情|销售线索详情|备注|description|remark|notes", .text_kind = TextKind::long_text, .max_length = 65'535},
    {.name = "score", .type = Type::number, .label = {"评分", "Score"}, .synonyms = "线索评分|lead score|lead number"},
    {.name = "stage", .type = Type::choice, .label = {"阶段", "Stage"}, .synonyms = "线索阶段|lead stage|lead status|lifecycle stage", .written_by = WrittenBy::verb, .choices_from = "process"},
    {.name = "outcome", .type = Type::choice, .label = {"结果", "Outcome"}, .synonyms = "线索状态|业务状态|状态|status|converted", .written_by = WrittenBy::verb, .choices = outcomes},
    {.name = "disqualify_reason", .type = Type::choice, .label = {"不合格原因", "Reason for disqualifying"}, .synonyms = "线索无效原因|无效原因|unqualified reason", .choices = disqualify_reasons},
    {.name = "next_step", .type = Type::text, .label = {"下一步", "Next step"}, .synonyms = "下一步计划|next action"},
    {.name = "next_step_on", .type = Type::date, .label = {"下一步日期", "Next step on"}, .synonyms = "下次跟进时间|next follow up"},
    {.name = "opened_on", .type = Type::date, .label = {"开始日期", "Opened on"}, .synonyms = "获取日期|创建日期|create date"},
    {.name = "closed_on", .type = Type::date, .label = {"结束日期", "Closed on"}, .synonyms = "转换日期|converted date"},
    {.name = "converted_at", .type = Type::instant, .label = {"转化时间", "Converted at"}, .synonyms = "转换时间", .written_by = WrittenBy::system},
    {.name = "converted_account", .type = Type::reference, .label = {"转化为客户", "Converted account"}, .written_by = WrittenBy::system, .target = "account", .reverse = "source_leads"},
    {.name = "converted_contact", .type = Type::reference, .label = {"转化为联系人", "Converted contact"}, .written_by = WrittenBy::system, .target = "contact", .reverse = "source_leads", .on_erase = OnErase::texts},
    {.name = "converted_deal", .type = Type::reference, .label = {"转化为商机", "Converted deal"}, .written_by = WrittenBy::system, .target = "deal", .reverse = "source_leads"},
    {.name = "process", .type = Type::reference, .label = {"流程", "Process"}, .help = {"创建后不再改变", "Never changes once created"}, .target = "process", .reverse = "leads", .on_delete = OnDelete::refuse},
    {.name = "process_version", .type = Type::reference, .label = {"流程版本", "Process version"}, .written_by = WrittenBy::system, .target = "process_version", .reverse = "leads", .on_delete = OnDelete::refuse},
    {.name = "stage_entered_at", .type = Type::instant, .label = {"进入阶段时间", "In this stage since"}, .written_by = WrittenBy::system},
    {.name = "stalled_since", .type = Type::date, .label = {"停滞起始", "Stalled since"}, .help = {"超过阶段时限的第一天", "The first day beyond the stage's limit"}, .written_by = WrittenBy::system},
    {.name = "gate_debt", .type = Type::text, .label = {"欠项清单", "Gate debt"}, .written_by = WrittenBy::system, .text_kind = TextKind::long_text, .max_length = 65'535},
    {.name = "territory", .type = Type::reference, .label = {"区域", "Territory"}, .help = {"区域成员可以看到其中的记录", "Its members see what lies in it"}, .synonyms = "片区|销售区域|sales territory",
     .target = "territory", .reverse = "leads"},
    {.name = "erased_at", .type = Type::instant, .label = {"抹除时间", "Erased at"}, .written_by = WrittenBy::system},
};

constexpr FieldDef advance_arguments[] = {
    {.name = "to", .type = Type::text, .label = {"目标阶段", "To"}, .help = {"不填则为下一阶段", "The next stage when left empty"}, .max_length = 40}};
constexpr FieldDef step_back_arguments[] = {
    {.name = "to", .type = Type::text, .label = {"目标阶段", "To"}, .help = {"不填则为上一阶段", "The previous stage when left empty"}, .max_length = 40},
    {.name = "reason", .type = Type::text, .label = {"原因", "Reason"}},
};
constexpr FieldDef convert_arguments[] = {
    {.name = "account", .type = Type::reference, .label = {"已有客户", "Existing account"}, .help = {"不填则按名称查找或新建", "Found by name or created when left empty"}, .target = "account"},
    {.name = "account_name", .type = Type::text, .label = {"客户名称", "Account name"}, .help = {"不填则取线索的公司", "The lead's company when left empty"}},
    {.name = "contact", .type = Type::reference, .label = {"已有联系人", "Existing contact"}, .target = "contact"},
    {.name = "contact_name", .type = Type::text, .label = {"联系人姓名", "Contact name"}, .help = {"不填则取线索的姓名", "The lead's name when left empty"}, .text_kind = TextKind::person},
    {.name = "deal_name", .type = Type::text, .label = {"商机名称", "Deal name"}},
    {.name = "amount", .type = Type::money, .label = {"金额", "Amount"}, .copy_of = "deal.amount"},
    {.name = "expected_on", .type = Type::date, .label = {"预计成交日期", "Expected to close on"}, .copy_of = "deal.expected_on"},
    {.name = "stage", .type = Type::text, .label = {"商机阶段", "Deal stage"}, .help = {"不填则为第一阶段", "The first stage when left empty"}, .max_length = 40},
};
constexpr FieldDef disqualify_arguments[] = {
    {.name = "reason", .type = Type::choice, .label = {"不合格原因", "Reason for disqualifying"}, .need = Need::required, .choices = disqualify_reasons}};
constexpr FieldDef reopen_arguments[] = {{.name = "reason", .type = Type::text, .label = {"原因", "Reason"}, .need = Need::required}};

constexpr VerbDef verbs[] = {
    {.name = "advance", .label = {"推进", "Advance"}, .arguments = advance_arguments},
    {.name = "step_back", .label = {"退回", "Step back"}, .arguments = step_back_arguments},
    {.name = "convert", .label = {"转化", "Convert"}, .arguments = convert_arguments, .tone = VerbTone::good},
    {.name = "disqualify", .label = {"判为不合格", "Disqualify"}, .arguments = disqualify_arguments, .tone = VerbTone::bad},
    {.name = "reopen", .label = {"重新打开", "Reopen"}, .arguments = reopen_arguments},
    adopt_version_verb,
};

constexpr std::string_view basics[] = {"name", "company", "job_title", "department", "industry", "product", "territory", "need"};
constexpr std::string_view reach[] = {"mobile", "phone", "email", "wechat", "website", "address"};
constexpr std::string_view origin[] = {"channel", "channel_detail", "utm_source", "utm_medium", "utm_campaign", "code"};
constexpr std::string_view progress[] = {"stage", "outcome", "score", "next_step", "next_step_on", "opened_on", "closed_on", "disqualify_reason"};
constexpr std::string_view converted[] = {"converted_at", "converted_account", "converted_contact", "converted_deal", "process", "process_version", "stage_entered_at", "stalled_since"};
constexpr Section layout[] = {
    {.label = {"基本信息", "Basics"}, .fields = basics},     {.label = {"联系方式", "How to reach them"}, .fields = reach},
    {.label = {"来源", "Where it came from"}, .fields = origin}, {.label = {"进展", "Progress"}, .fields = progress},
    {.label = {"转化", "Conversion"}, .fields = converted},
};
constexpr ViewDef views[] = {
    {.key = "new", .label = {"新线索", "New leads"}, .filter = "outcome = \"open\" and created_at in last_days(7)"},
    {.key = "today", .label = {"今日要跟进", "To follow up today"}, .filter = "owner = me() and outcome = \"open\" and next_step_on <= today()", .sort = "next_step_on"},
    {.key = "mine_open", .label = {"我的线索", "My open leads"}, .filter = "owner = me() and outcome = \"open\""},
};
constexpr std::string_view list_columns[] = {"name", "company", "mobile", "channel", "stage", "outcome", "score", "next_step_on", "owner", "created_at"};
constexpr std::string_view key_fields[] = {"company", "mobile", "email", "channel", "product", "score", "owner"};
constexpr std::string_view indexes[] = {"owner,stage", "outcome,stage,stage_entered_at"};
constexpr std::string_view cube_by[] = {"stage", "outcome"};

}  // namespace

constinit const ObjectDef Lead::def{
    .name = "lead", .plural = "leads", .label = {"线索", "Lead"}, .plural_label = {"线索", "Leads"}, .icon = "sprout", .group = "process",
    .staged = Staged::yes, .about = About::person, .fields = fields, .verbs = verbs, .layout = layout, .list_columns = list_columns, .key_fields = key_fields, .views = views, .indexes = indexes, .cube = {.by = cube_by}};

constinit const Field<Lead, std::string> Lead::name = field<Lead, std::string>(fields, "name");
constinit const Field<Lead, std::string> Lead::company = field<Lead, std::string>(fields, "company");
constinit const Field<Lead, std::string> Lead::phone = field<Lead, std::string>(fields, "phone");
constinit const Field<Lead, std::string> Lead::mobile = field<Lead, std::string>(fields, "mobile");
constinit const Field<Lead, std::string> Lead::email = field<Lead, std::string>(fields, "email");
constinit const Field<Lead, std::string> Lead::wechat = field<Lead, std::string>(fields, "wechat");
constinit const Field<Lead, std::string> Lead::job_title = field<Lead, std::string>(fields, "job_title");
constinit const Field<Lead, ChoiceKey> Lead::channel = field<Lead, ChoiceKey>(fields, "channel");
constinit const Field<Lead, Id> Lead::territory = field<Lead, Id>(fields, "territory");
constinit const Field<Lead, ChoiceKey> Lead::industry = field<Lead, ChoiceKey>(fields, "industry");
constinit const Field<Lead, Address> Lead::address = field<Lead, Address>(fields, "address");
constinit const Field<Lead, Id> Lead::product = field<Lead, Id>(fields, "product");
constinit const Field<Lead, Number> Lead::score = field<Lead, Number>(fields, "score");
constinit const Field<Lead, std::string> Lead::need = field<Lead, std::string>(fields, "need");
constinit const Field<Lead, ChoiceKey> Lead::outcome = field<Lead, ChoiceKey>(fields, "outcome");
constinit const Field<Lead, ChoiceKey> Lead::disqualify_reason = field<Lead, ChoiceKey>(fields, "disqualify_reason");
constinit const Field<Lead, std::string> Lead::next_step = field<Lead, std::string>(fields, "next_step");
constinit const Field<Lead, Date> Lead::next_step_on = field<Lead, Date>(fields, "next_step_on");
constinit const Field<Lead, Date> Lead::opened_on = field<Lead, Date>(fields, "opened_on");
constinit const Field<Lead, Instant> Lead::converted_at = field<Lead, Instant>(fields, "converted_at");
constinit const Field<Lead, Id> Lead::converted_account = field<Lead, Id>(fields, "converted_account");
constinit const Field<Lead, Id> Lead::converted_contact = field<Lead, Id>(fields, "converted_contact");
constinit const Field<Lead, Id> Lead::converted_deal = field<Lead, Id>(fields, "converted_deal");

}  // namespace shangdao::process
