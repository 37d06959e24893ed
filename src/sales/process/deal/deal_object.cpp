// The definition table of deals and their verbs.
#include "sales/process/deal/deal.h"

#include "sales/customer/choices.h"
#include "sales/process/stage_engine/staged.h"

namespace shangdao::process {

namespace {

using namespace record;

constexpr Choice outcomes[] = {
    {.key = "open", .label = {"进行中", "Open"}, .synonyms = "跟进中|在途|in progress|prospecting|engaging"},
    {.key = "won", .label = {"赢单", "Won"}, .tone = "good", .synonyms = "成交|已成交|closed won|closedwon|赢得"},
    {.key = "lost", .label = {"输单", "Lost"}, .tone = "bad", .synonyms = "丢单|失败|无效|closed lost|closedlost|closed-lost to competition"},
};

constexpr Choice loss_reasons[] = {
    {.key = "price", .label = {"价格", "Price"}, .synonyms = "价格太高|too expensive|太贵"},
    {.key = "rival", .label = {"输给竞争对手", "Lost to a rival"}, .synonyms = "竞争对手|竞品|competitor|competition"},
    {.key = "fit", .label = {"产品不匹配", "Did not fit"}, .synonyms = "功能不足|不匹配|missing features"},
    {.key = "timing", .label = {"时机不对", "Timing"}, .synonyms = "时机|项目延期|postponed"},
    {.key = "budget", .label = {"预算取消", "Budget gone"}, .synonyms = "没有预算|no budget"},
    {.key = "no_decision", .label = {"客户不做决定", "No decision"}, .synonyms = "无决定|项目取消|cancelled"},
    {.key = "lost_contact", .label = {"失去联系", "Lost contact"}, .synonyms = "联系不上|unresponsive|no response"},
    {.key = "other", .label = {"其他", "Other"}},
    {.key = "unknown_imported", .label = {"导入时未知", "Unknown (imported)"}, .tone = "warn"},
};

constexpr Choice deal_types[] = {
    {.key = "new", .label = {"新客户", "New business"}, .synonyms = "新签|new customer"}, {.key = "expansion", .label = {"增购", "Expansion"}, .synonyms = "existing business|upgrade|增值"},
    {.key = "renewal", .label = {"续约", "Renewal"}, .synonyms = "续费|复购"},
};

constexpr FieldDef fields[] = {
    {.name = "name", .type = Type::text, .label = {"商机名称", "Deal name"}, .synonyms = "商机|项目名称|deal|deal title|opportunity|opportunity name|potential name|deal - title", .need = Need::required,
     .searched = Searched::yes, .ordered = Ordered::indexed},
    {.name = "code", .type = Type::text, .label = {"商机编号", "Deal code"}, .synonyms = "商机编码|编号|opportunity id|opportunity_id|deal id|deal - id|potentialid|record id|唯一性id|id", .uniqueness = Uniqueness::unique,
     .searched = Searched::yes, .max_length = 80},
    {.name = "account", .type = Type::reference, .label = {"客户", "Account"}, .synonyms = "客户名称|公司|account name|company|associated company|organization - name", .target = "account", .reverse = "deals"},
    {.name = "contact", .type = Type::reference, .label = {"联系人", "Contact"}, .synonyms = "主要联系人|contact name|associated contact", .target = "contact", .reverse = "deals"},
    {.name = "product", .type = Type::reference, .label = {"产品", "Product"}, .synonyms = "产品名称|意向产品|product name|item", .target = "product", .reverse = "deals"},
    {.name = "amount", .type = Type::money, .label = {"金额", "Amount"}, .synonyms = "商机金额|预计金额|销售金额|合同金额|close value|close_value|deal value|deal - value|value|total amount", .ordered = Ordered::indexed,
     .rate_date = "closed_on"},
    {.name = "stage", .type = Type::choice, .label = {"阶段", "Stage"}, .synonyms = "商机阶段|销售阶段|deal stage|deal_stage|stagename|sales stage|deal - stage", .written_by = WrittenBy::verb,
     .choices_from = "process"},
    {.name = "outcome", .type = Type::choice, .label = {"结果", "Outcome"}, .synonyms = "商机状态|输赢|赢单状态|deal - status|status|is won", .written_by = WrittenBy::verb, .choices = outcomes},
    {.name = "win_share", .type = Type::share, .label = {"赢率", "Win share"}, .help = {"进入阶段时取该阶段的赢率，可手动调整", "Taken from the stage when it is entered; may be adjusted"}, .synonyms = "概率|probability|probability (%)"},
    {.name = "opened_on", .type = Type::date, .label = {"开始日期", "Opened on"}, .synonyms = "立项日期|engage date|engage_date|create date|start date"},
    {.name = "expected_on", .type = Type::date, .label = {"预计成交日期", "Expected to close on"}, .synonyms = "预计签单日期|预计成交时间|closing date|expected close date|deal - expected close date", .ordered = Ordered::indexed},
    {.name = "closed_on", .type = Type::date, .label = {"成交日期", "Closed on"}, .synonyms = "结束日期|赢单日期|输单日期|close date|close_date|closedate|deal closed on|won time", .ordered = Ordered::indexed},
    {.name = "loss_reason", .type = Type::choice, .label = {"输单原因", "Loss reason"}, .synonyms = "丢单原因|closed lost reason|lost reason|reason for loss", .choices = loss_reasons},
    {.name = "loss_note", .type = Type::text, .label = {"输单说明", "Loss note"}, .synonyms = "丢单说明", .text_kind = TextKind::long_text, .max_length = 65'535},
    {.name = "competitor", .type = Type::text, .label = {"竞争对手", "Competitor"}, .synonyms = "竞品|competitors|main competitor"},
    {.name = "deal_type", .type = Type::choice, .label = {"商机类型", "Deal type"}, .synonyms = "业务类型|类型|type", .choices = deal_types},
    {.name = "source", .type = Type::choice, .label = {"来源", "Source"}, .synonyms = "商机来源|lead source|original source", .choices = customer::sources},
    {.name = "budget", .type = Type::money, .label = {"预算", "Budget"}, .synonyms = "客户预算|budget amount"},
    {.name = "decision_maker", .type = Type::reference, .label = {"决策人", "Decision maker"}, .synonyms = "关键决策人|拍板人", .target = "contact", .reverse = "decided_deals"},
    {.name = "next_step", .type = Type::text, .label = {"下一步", "Next step"}, .synonyms = "下一步计划|nextstep|next action"},
    {.name = "next_step_on", .type = Type::date, .label = {"下一步日期", "Next step on"}, .synonyms = "下次跟进时间|下次跟进日期|next activity date"},
    {.name = "lead", .type = Type::reference, .label = {"来源线索", "From lead"}, .written_by = WrittenBy::system, .target = "lead", .reverse = "deals"},
    {.name = "process", .type = Type::reference, .label = {"流程", "Process"}, .help = {"创建后不再改变", "Never changes once created"}, .synonyms = "销售流程|pipeline", .target = "process", .reverse = "deals",
     .on_delete = OnDelete::refuse},
    {.name = "process_version", .type = Type::reference, .label = {"流程版本", "Process version"}, .written_by = WrittenBy::system, .target = "process_version", .reverse = "deals", .on_delete = OnDelete::refuse},
    {.name = "stage_entered_at", .type = Type::instant, .label = {"进入阶段时间", "In this stage since"}, .written_by = WrittenBy::system},
    {.name = "stalled_since", .type = Type::date, .label = {"停滞起始", "Stalled since"}, .help = {"超过阶段时限的第一天；筛选：stalled_since <= today()", "The first day beyond the stage's limit; filter: stalled_since <= today()"},
     .written_by = WrittenBy::system},
    {.name = "cycle_days", .type = Type::number, .label = {"成交周期", "Cycle, days"}, .help = {"从开始日期到成交日期的天数", "Days from opened to closed"}, .written_by = WrittenBy::system},
    {.name = "gate_debt", .type = Type::text, .label = {"欠项清单", "Gate debt"}, .written_by = WrittenBy::system, .text_kind = TextKind::long_text, .max_length = 65'535},
    {.name = "remarks", .type = Type::text, .label = {"备注", "Remarks"}, .synonyms = "说明|描述|description|remark", .text_kind = TextKind::long_text, .max_length = 65'535},
    {.name = "territory", .type = Type::reference, .label = {"区域", "Territory"}, .help = {"新建时取客户的区域；区域成员可以看到其中的记录", "Taken from the account of a new deal; its members see what lies in it"}, .synonyms = "片区|销售区域|sales territory",
     .target = "territory", .reverse = "deals"},
};

constexpr FieldDef advance_arguments[] = {
    {.name = "to", .type = Type::text, .label = {"目标阶段", "To"}, .help = {"不填则为下一阶段", "The next stage when left empty"}, .max_length = 40}};
constexpr FieldDef step_back_arguments[] = {
    {.name = "to", .type = Type::text, .label = {"目标阶段", "To"}, .help = {"不填则为上一阶段", "The previous stage when left empty"}, .max_length = 40},
    {.name = "reason", .type = Type::text, .label = {"原因", "Reason"}},
};
constexpr FieldDef win_arguments[] = {
    {.name = "amount", .type = Type::money, .label = {"成交金额", "Amount"}},
    {.name = "closed_on", .type = Type::date, .label = {"成交日期", "Closed on"}},
};
constexpr FieldDef lose_arguments[] = {
    {.name = "loss_reason", .type = Type::choice, .label = {"输单原因", "Loss reason"}, .need = Need::required, .choices = loss_reasons},
    {.name = "note", .type = Type::text, .label = {"输单说明", "Note"}, .text_kind = TextKind::long_text, .max_length = 65'535},
    {.name = "competitor", .type = Type::text, .label = {"竞争对手", "Competitor"}},
    {.name = "closed_on", .type = Type::date, .label = {"结束日期", "Closed on"}},
};
constexpr FieldDef reopen_arguments[] = {{.name = "reason", .type = Type::text, .label = {"原因", "Reason"}, .need = Need::required}};

constexpr VerbDef verbs[] = {
    {.name = "advance", .label = {"推进", "Advance"}, .arguments = advance_arguments},
    {.name = "step_back", .label = {"退回", "Step back"}, .arguments = step_back_arguments},
    {.name = "win", .label = {"赢单", "Win"}, .arguments = win_arguments, .tone = VerbTone::good},
    {.name = "lose", .label = {"输单", "Lose"}, .arguments = lose_arguments, .tone = VerbTone::bad},
    {.name = "reopen", .label = {"重新打开", "Reopen"}, .arguments = reopen_arguments, .right = "reopen"},
    adopt_version_verb,
};

constexpr std::string_view basics[] = {"name", "code", "account", "contact", "product", "amount", "deal_type", "source", "territory"};
constexpr std::string_view progress[] = {"process", "stage", "outcome", "win_share", "opened_on", "expected_on", "closed_on", "next_step", "next_step_on"};
constexpr std::string_view qualification[] = {"decision_maker", "budget", "competitor"};
constexpr std::string_view loss[] = {"loss_reason", "loss_note"};
constexpr std::string_view more[] = {"remarks", "lead", "stage_entered_at", "stalled_since", "cycle_days", "process_version"};
constexpr Section layout[] = {
    {.label = {"基本信息", "Basics"}, .fields = basics},
    {.label = {"进展", "Progress"}, .fields = progress},
    {.label = {"判断依据", "Qualification"}, .fields = qualification},
    {.label = {"输单", "Loss"}, .fields = loss},
    {.label = {"其他", "More"}, .fields = more},
};
constexpr ViewDef views[] = {
    {.key = "mine_open", .label = {"我的在途", "My open deals"}, .filter = "owner = me() and outcome = \"open\""},
    {.key = "team_open", .label = {"团队在途", "My team's open deals"}, .filter = "owner in my_team() and outcome = \"open\"", .group = "stage"},
    {.key = "closing", .label = {"本月预计成交", "Closing this month"}, .filter = "outcome = \"open\" and expected_on in this_month()", .sort = "expected_on"},
    {.key = "stalled", .label = {"停滞", "Stalled"}, .filter = "outcome = \"open\" and stalled_since <= today()", .sort = "-amount"},
    {.key = "no_next_step", .label = {"没有下一步", "No next step"}, .filter = "outcome = \"open\" and next_step_on is null"},
    {.key = "won_this_quarter", .label = {"本季赢单", "Won this quarter"}, .filter = "outcome = \"won\" and closed_on in this_quarter()", .sort = "-amount"},
};
constexpr std::string_view list_columns[] = {"name", "account", "amount", "stage", "outcome", "expected_on", "next_step", "owner", "updated_at"};
constexpr std::string_view key_fields[] = {"account", "amount", "expected_on", "contact", "product", "next_step", "next_step_on", "owner"};
constexpr std::string_view indexes[] = {"owner,stage,amount", "outcome,stage,amount", "outcome,stage,stage_entered_at", "owner,outcome,stalled_since,next_step_on,amount"};
constexpr std::string_view cube_by[] = {"stage", "outcome"};
constexpr std::string_view cube_sums[] = {"amount"};

}  // namespace

constinit const ObjectDef Deal::def{
    .name = "deal", .plural = "deals", .label = {"商机", "Deal"}, .plural_label = {"商机", "Deals"}, .icon = "handshake", .group = "process",
    .staged = Staged::yes, .fields = fields, .verbs = verbs, .layout = layout, .list_columns = list_columns, .key_fields = key_fields, .views = views, .indexes = indexes, .cube = {.by = cube_by, .sums = cube_sums}};

constinit const Field<Deal, std::string> Deal::name = field<Deal, std::string>(fields, "name");
constinit const Field<Deal, std::string> Deal::code = field<Deal, std::string>(fields, "code");
constinit const Field<Deal, Id> Deal::account = field<Deal, Id>(fields, "account");
constinit const Field<Deal, Id> Deal::contact = field<Deal, Id>(fields, "contact");
constinit const Field<Deal, Id> Deal::product = field<Deal, Id>(fields, "product");
constinit const Field<Deal, Money> Deal::amount = field<Deal, Money>(fields, "amount");
constinit const Field<Deal, ChoiceKey> Deal::stage = field<Deal, ChoiceKey>(fields, "stage");
constinit const Field<Deal, ChoiceKey> Deal::outcome = field<Deal, ChoiceKey>(fields, "outcome");
constinit const Field<Deal, Share> Deal::win_share = field<Deal, Share>(fields, "win_share");
constinit const Field<Deal, Date> Deal::opened_on = field<Deal, Date>(fields, "opened_on");
constinit const Field<Deal, Date> Deal::expected_on = field<Deal, Date>(fields, "expected_on");
constinit const Field<Deal, Date> Deal::closed_on = field<Deal, Date>(fields, "closed_on");
constinit const Field<Deal, ChoiceKey> Deal::loss_reason = field<Deal, ChoiceKey>(fields, "loss_reason");
constinit const Field<Deal, std::string> Deal::loss_note = field<Deal, std::string>(fields, "loss_note");
constinit const Field<Deal, ChoiceKey> Deal::source = field<Deal, ChoiceKey>(fields, "source");
constinit const Field<Deal, Money> Deal::budget = field<Deal, Money>(fields, "budget");
constinit const Field<Deal, Id> Deal::decision_maker = field<Deal, Id>(fields, "decision_maker");
constinit const Field<Deal, std::string> Deal::competitor = field<Deal, std::string>(fields, "competitor");
constinit const Field<Deal, std::string> Deal::next_step = field<Deal, std::string>(fields, "next_step");
constinit const Field<Deal, Date> Deal::next_step_on = field<Deal, Date>(fields, "next_step_on");
constinit const Field<Deal, Number> Deal::cycle_days = field<Deal, Number>(fields, "cycle_days");
constinit const Field<Deal, Id> Deal::territory = field<Deal, Id>(fields, "territory");
constinit const Field<Deal, Id> Deal::lead = field<Deal, Id>(fields, "lead");

}  // namespace shangdao::process
