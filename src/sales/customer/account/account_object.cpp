// The definition table of accounts.
#include "sales/customer/account/account.h"

#include "sales/customer/choices.h"

namespace shangdao::customer {

namespace {

using namespace record;

constexpr Choice tiers[] = {
    {.key = "A", .label = {"A 级", "Tier A"}, .tone = "good", .synonyms = "重点客户|vip|key"},
    {.key = "B", .label = {"B 级", "Tier B"}, .synonyms = "普通客户"},
    {.key = "C", .label = {"C 级", "Tier C"}, .synonyms = "一般客户"},
    {.key = "D", .label = {"D 级", "Tier D"}, .synonyms = "低价值客户"},
};

constexpr Choice account_types[] = {
    {.key = "prospect", .label = {"潜在客户", "Prospect"}, .synonyms = "意向客户|未成交"},
    {.key = "customer", .label = {"成交客户", "Customer"}, .tone = "good", .synonyms = "已成交|多次成交|客户"},
    {.key = "partner", .label = {"合作伙伴", "Partner"}, .synonyms = "渠道|代理商|distributor|reseller"},
    {.key = "competitor", .label = {"竞争对手", "Competitor"}, .synonyms = "竞品"},
    {.key = "supplier", .label = {"供应商", "Supplier"}, .synonyms = "vendor"},
    {.key = "other", .label = {"其他", "Other"}, .synonyms = "investor|analyst|press"},
};

constexpr FieldDef fields[] = {
    {.name = "name", .type = Type::text, .label = {"客户名称", "Account name"},
     .synonyms = "客户|公司|公司名称|企业名称|单位名称|account|account name|company|company name|organization - name|organization|customer", .need = Need::required,
     .searched = Searched::yes, .ordered = Ordered::indexed},
    {.name = "short_name", .type = Type::text, .label = {"简称", "Short name"}, .synonyms = "客户简称", .searched = Searched::yes, .max_length = 80},
    {.name = "code", .type = Type::text, .label = {"客户编号", "Account code"}, .synonyms = "客户编码|account number|account no|accountid|account id|record id|唯一性id|id",
     .uniqueness = Uniqueness::unique, .searched = Searched::yes, .max_length = 80},
    {.name = "account_type", .type = Type::choice, .label = {"客户类型", "Account type"}, .synonyms = "类型|成交状态|type|客户分类", .choices = account_types},
    {.name = "tier", .type = Type::choice, .label = {"客户分级", "Tier"}, .synonyms = "客户级别|级别|等级|rating|grade", .choices = tiers},
    {.name = "industry", .type = Type::choice, .label = {"行业", "Industry"}, .synonyms = "所属行业|1级行业|sector|vertical", .choices = industries},
    {.name = "source", .type = Type::choice, .label = {"客户来源", "Source"}, .synonyms = "来源|account source|lead source|original source", .choices = sources},
    {.name = "employees", .type = Type::number, .label = {"员工人数", "Employees"}, .synonyms = "人员规模|人数|规模|no. of employees|number of employees|numberofemployees|headcount"},
    {.name = "annual_revenue", .type = Type::money, .label = {"年营业额", "Annual revenue"}, .synonyms = "营业额|年收入|营收|revenue|annual revenue|annualrevenue|turnover"},
    {.name = "founded_year", .type = Type::number, .label = {"成立年份", "Founded in"}, .synonyms = "成立时间|year established|year_established|year founded|founded"},
    {.name = "credit_code", .type = Type::text, .label = {"统一社会信用代码", "Unified social credit code"}, .synonyms = "信用代码|税号|tax id|vat number", .searched = Searched::yes, .max_length = 40},
    {.name = "phone", .type = Type::text, .label = {"电话", "Phone"}, .synonyms = "联系电话|公司电话|tel|telephone|phone number", .searched = Searched::yes, .text_kind = TextKind::phone},
    {.name = "email", .type = Type::text, .label = {"邮箱", "E-mail"}, .synonyms = "邮件|email address|e-mail", .searched = Searched::yes, .text_kind = TextKind::email},
    {.name = "website", .type = Type::text, .label = {"网站", "Website"}, .synonyms = "网址|官网|url|company domain name|domain|web site", .text_kind = TextKind::url},
    {.name = "address", .type = Type::address, .label = {"地址", "Address"}, .synonyms = "详细地址|公司地址|office location|office_location|billing address|location|billing street"},
    {.name = "parent_account", .type = Type::reference, .label = {"上级客户", "Parent account"}, .synonyms = "母公司|上级公司|所属集团|subsidiary of|subsidiary_of|parent account|parentid|parent",
     .target = "account", .reverse = "subsidiaries"},
    {.name = "next_follow_up_on", .type = Type::date, .label = {"下次跟进", "Next follow-up on"}, .synonyms = "下次跟进时间|next followed time|next follow up"},
    {.name = "remarks", .type = Type::text, .label = {"备注", "Remarks"}, .synonyms = "说明|描述|remark|description|notes", .text_kind = TextKind::long_text, .max_length = 65'535},
    {.name = "territory", .type = Type::reference, .label = {"区域", "Territory"}, .help = {"区域成员可以看到其中的记录", "Its members see what lies in it"}, .synonyms = "片区|销售区域|sales territory",
     .target = "territory", .reverse = "accounts"},
};

constexpr std::string_view basics[] = {"name", "short_name", "code", "account_type", "tier", "industry", "source", "parent_account", "territory"};
constexpr std::string_view reach[] = {"phone", "email", "website", "address", "next_follow_up_on"};
constexpr std::string_view company[] = {"employees", "annual_revenue", "founded_year", "credit_code"};
constexpr std::string_view more[] = {"remarks"};
constexpr Section layout[] = {
    {.label = {"基本信息", "Basics"}, .fields = basics},
    {.label = {"联系方式", "How to reach them"}, .fields = reach},
    {.label = {"企业信息", "The company"}, .fields = company},
    {.label = {"其他", "More"}, .fields = more},
};
constexpr ViewDef views[] = {
    {.key = "mine", .label = {"我的客户", "My accounts"}, .filter = "owner = me()"},
    {.key = "due", .label = {"该回访了", "Due for a visit"}, .filter = "next_follow_up_on <= today()", .sort = "next_follow_up_on"},
};
constexpr std::string_view list_columns[] = {"name", "tier", "industry", "account_type", "phone", "next_follow_up_on", "owner", "updated_at"};
constexpr std::string_view key_fields[] = {"tier", "industry", "account_type", "phone", "website", "owner"};
constexpr std::string_view indexes[] = {"owner,tier"};

}  // namespace

constinit const ObjectDef Account::def{
    .name = "account", .plural = "accounts", .label = {"客户", "Account"}, .plural_label = {"客户", "Accounts"}, .icon = "building-2", .group = "customer",
    .fields = fields, .layout = layout, .list_columns = list_columns, .key_fields = key_fields, .views = views, .indexes = indexes};

constinit const Field<Account, std::string> Account::name = field<Account, std::string>(fields, "name");
constinit const Field<Account, ChoiceKey> Account::industry = field<Account, ChoiceKey>(fields, "industry");
constinit const Field<Account, ChoiceKey> Account::tier = field<Account, ChoiceKey>(fields, "tier");
constinit const Field<Account, Id> Account::territory = field<Account, Id>(fields, "territory");
constinit const Field<Account, ChoiceKey> Account::source = field<Account, ChoiceKey>(fields, "source");
constinit const Field<Account, Number> Account::employees = field<Account, Number>(fields, "employees");
constinit const Field<Account, Money> Account::annual_revenue = field<Account, Money>(fields, "annual_revenue");
constinit const Field<Account, Number> Account::founded_year = field<Account, Number>(fields, "founded_year");
constinit const Field<Account, std::string> Account::phone = field<Account, std::string>(fields, "phone");
constinit const Field<Account, std::string> Account::website = field<Account, std::string>(fields, "website");
constinit const Field<Account, Address> Account::address = field<Account, Address>(fields, "address");
constinit const Field<Account, Id> Account::parent_account = field<Account, Id>(fields, "parent_account");

}  // namespace shangdao::customer
