// The default documents. Exit criteria are facts the buyer does or confirms; only two of them block – an amount after needs, a
// date after the solution – because a gate that annoys is filled with lies.
#include "sales/process/stage_engine/default_processes.h"

#include <array>

namespace shangdao::process {

namespace {

constexpr std::string_view seven_stages = R"json({
"stages": [
 {"key": "identify", "name": {"zh": "潜在客户识别", "en": "Identify"}, "kind": "sell", "limit": "3wd", "win_share": 0.05,
  "goal": {"zh": "确认对方在目标客群内，来源清楚，不是重复", "en": "In a target segment, source known, not a duplicate"},
  "exit": [
   {"field": "account", "strength": "warn", "say": {"zh": "请关联客户", "en": "Name the account"}},
   {"field": "source", "strength": "hint", "say": {"zh": "建议填写来源", "en": "Say where it came from"}}],
  "playbook": [{"task": "查重并核对工商信息"}, {"task": "确认来源与负责人"}]},
 {"key": "first_contact", "name": {"zh": "初步接触", "en": "First contact"}, "kind": "sell", "limit": "5wd", "win_share": 0.10,
  "goal": {"zh": "与对方有来有往，并约定下次沟通", "en": "Two-way contact made and the next meeting dated"},
  "exit": [
   {"field": "contact", "strength": "warn", "say": {"zh": "请填写联系人", "en": "Name the contact"}},
   {"done": ["call", "email", "meeting", "visit"], "at_least": 1, "strength": "hint", "say": {"zh": "建议先完成一次沟通记录", "en": "Log at least one conversation"}}],
  "playbook": [{"task": "首次电话：自我介绍与来意"}, {"task": "约定下次沟通时间"}]},
 {"key": "needs", "name": {"zh": "需求分析", "en": "Needs analysis"}, "kind": "sell", "limit": "10wd", "win_share": 0.25,
  "goal": {"zh": "需求清单经客户确认，明确决策人", "en": "Needs confirmed by the buyer, decision maker named"},
  "exit": [
   {"field": "amount", "strength": "block", "say": {"zh": "请填写预计金额", "en": "Estimate the amount"}},
   {"field": "decision_maker", "strength": "warn", "say": {"zh": "请确认关键决策人", "en": "Name the decision maker"}},
   {"field": "budget", "strength": "hint", "say": {"zh": "建议了解客户预算", "en": "Find out the budget"}}],
  "playbook": [{"task": "SPIN 提问清单"}, {"task": "整理需求清单并请客户确认"}]},
 {"key": "solution", "name": {"zh": "方案制定", "en": "Solution"}, "kind": "sell", "limit": "10wd", "win_share": 0.40,
  "goal": {"zh": "方案逐条对应需求，内部可行性与价格通过", "en": "A draft linked to each need; feasibility and price agreed inside"},
  "exit": [
   {"field": "expected_on", "strength": "block", "say": {"zh": "请填写预计成交日期", "en": "Estimate the closing date"}},
   {"field": "product", "strength": "warn", "say": {"zh": "请选择产品", "en": "Choose the product"}}],
  "playbook": [{"task": "方案初稿"}, {"task": "内部评审"}]},
 {"key": "presentation", "name": {"zh": "方案展示", "en": "Presentation"}, "kind": "sell", "limit": "7wd", "win_share": 0.55,
  "goal": {"zh": "向决策人展示并取得书面反馈", "en": "Shown to the decision maker, feedback in writing"},
  "exit": [
   {"done": ["meeting", "visit"], "at_least": 1, "strength": "hint", "say": {"zh": "建议完成一次会议或拜访", "en": "Hold a meeting or pay a visit"}},
   {"field": "next_step", "strength": "hint", "say": {"zh": "建议写明下一步", "en": "Write down the next step"}}],
  "playbook": [{"task": "演示前对齐议程"}, {"task": "收集反馈与未决问题"}]},
 {"key": "negotiation", "name": {"zh": "谈判与异议处理", "en": "Negotiation"}, "kind": "sell", "limit": "15wd", "win_share": 0.75,
  "goal": {"zh": "异议逐条关闭，价格与条款达成一致", "en": "Objections closed, price and terms agreed"},
  "exit": [
   {"check": "amount > 0", "key": "amount_positive", "strength": "block", "say": {"zh": "金额须大于零", "en": "The amount must be above zero"}},
   {"field": "competitor", "strength": "hint", "say": {"zh": "建议记录竞争对手", "en": "Note the competitor"}}],
  "playbook": [{"task": "异议清单"}, {"task": "折扣申请"}]},
 {"key": "closing", "name": {"zh": "成交与签约", "en": "Closing"}, "kind": "sell", "limit": "10wd", "win_share": 0.90,
  "goal": {"zh": "双方签署合同，录入首笔回款计划", "en": "Contract signed by both sides, first payment planned"},
  "exit": [
   {"field": "amount", "strength": "block", "say": {"zh": "请填写成交金额", "en": "Enter the amount"}},
   {"field": "account", "strength": "warn", "say": {"zh": "请关联客户", "en": "Name the account"}}],
  "playbook": [{"task": "合同盖章"}, {"task": "交接给交付团队"}]}
],
"moves": {"skip": "forbid", "back": "with_reason"}})json";

constexpr std::string_view lead_stages = R"json({
"stages": [
 {"key": "new", "name": {"zh": "新线索", "en": "New"}, "kind": "sell", "limit": "1wd",
  "goal": {"zh": "尽快首次响应", "en": "Answer quickly"},
  "exit": [{"check": "mobile is not null or phone is not null or email is not null or wechat is not null", "key": "reachable", "strength": "warn",
            "say": {"zh": "请至少填写一种联系方式", "en": "Enter at least one way to reach them"}}],
  "playbook": [{"task": "30 分钟内首次联系"}]},
 {"key": "contacted", "name": {"zh": "已联系", "en": "Contacted"}, "kind": "sell", "limit": "5wd",
  "goal": {"zh": "确认是否有真实需求", "en": "Find out whether there is a real need"},
  "exit": [{"field": "need", "strength": "hint", "say": {"zh": "建议记录需求", "en": "Write down what is needed"}}],
  "playbook": [{"task": "BANT 四问"}]},
 {"key": "qualified", "name": {"zh": "已确认", "en": "Qualified"}, "kind": "sell", "limit": "3wd",
  "goal": {"zh": "转化为客户、联系人与商机", "en": "Convert into account, contact and deal"},
  "exit": [{"field": "company", "strength": "warn", "say": {"zh": "请填写公司名称", "en": "Name the company"}}]}
],
"moves": {"skip": "allow", "back": "free"}})json";

constexpr std::array<DefaultProcess, 2> defaults{{
    {.key = "general", .runs_on = "deal", .name = {"通用销售流程", "General sales process"}, .document = seven_stages},
    {.key = "lead_general", .runs_on = "lead", .name = {"通用线索流程", "General lead process"}, .document = lead_stages},
}};

}  // namespace

std::span<const DefaultProcess> default_processes() { return defaults; }

}  // namespace shangdao::process
