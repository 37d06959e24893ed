// The definition table of consents.
#include "sales/customer/consent/consent.h"

namespace shangdao::customer {

namespace {

using namespace record;

constexpr Choice purposes[] = {
    {.key = "marketing", .label = {"营销联系", "Marketing"}, .synonyms = "营销|推广|newsletter"},
    {.key = "service", .label = {"服务与回访", "Service and follow-up"}, .synonyms = "回访|服务通知"},
    {.key = "profiling", .label = {"画像与评分", "Profiling and scoring"}, .synonyms = "用户画像|自动化决策|automated decisions"},
    {.key = "sharing", .label = {"提供给第三方", "Sharing with third parties"}, .synonyms = "对外提供|third party"},
    {.key = "transfer", .label = {"出境", "Transfer abroad"}, .synonyms = "跨境|个人信息出境|cross-border"},
    {.key = "sensitive", .label = {"处理敏感个人信息", "Sensitive personal data"}, .synonyms = "敏感信息"},
    {.key = "other", .label = {"其他", "Other"}},
};

constexpr Choice channels[] = {
    {.key = "web_form", .label = {"网页表单", "Web form"}, .synonyms = "官网|表单"}, {.key = "paper", .label = {"纸质签字", "Paper, signed"}, .synonyms = "书面|签字"},
    {.key = "email", .label = {"邮件", "E-mail"}},                                   {.key = "wechat", .label = {"微信", "WeChat"}},
    {.key = "phone", .label = {"电话", "Phone"}, .synonyms = "口头|录音"},           {.key = "meeting", .label = {"当面", "In person"}, .synonyms = "展会|面谈"},
    {.key = "other", .label = {"其他", "Other"}},
};

constexpr FieldDef fields[] = {
    {.name = "text_version", .type = Type::text, .label = {"同意文本", "Text agreed to"}, .help = {"文本的名称和版本，如：隐私政策 2026-03 版", "Name and version of the text: Privacy notice 2026-03"}, .synonyms = "文本版本|隐私政策版本|version",
     .need = Need::required, .max_length = 120},
    {.name = "purpose", .type = Type::choice, .label = {"用途", "Purpose"}, .synonyms = "处理目的|目的", .need = Need::required, .choices = purposes},
    {.name = "contact", .type = Type::reference, .label = {"联系人", "Contact"}, .synonyms = "contact name", .target = "contact", .reverse = "consents", .on_erase = OnErase::personal},
    {.name = "lead", .type = Type::reference, .label = {"线索", "Lead"}, .synonyms = "lead name", .target = "lead", .reverse = "consents", .on_erase = OnErase::personal},
    {.name = "channel", .type = Type::choice, .label = {"渠道", "Channel"}, .synonyms = "取得方式|方式", .choices = channels},
    {.name = "given_at", .type = Type::instant, .label = {"同意时间", "Given at"}, .help = {"不填则为现在", "Now when left empty"}, .synonyms = "授权时间|consent date", .ordered = Ordered::indexed},
    {.name = "evidence", .type = Type::text, .label = {"凭据", "Evidence"}, .help = {"在哪里可以查到：合同编号、录音编号、表单地址", "Where it can be looked up: number of a contract or recording, address of a form"}, .field_class = FieldClass::personal, .text_kind = TextKind::long_text,
     .max_length = 2'000},
    {.name = "withdrawn_at", .type = Type::instant, .label = {"撤回时间", "Withdrawn at"}, .written_by = WrittenBy::verb},
};

constexpr FieldDef withdraw_arguments[] = {
    {.name = "withdrawn_at", .type = Type::instant, .label = {"撤回时间", "Withdrawn at"}, .help = {"不填则为现在", "Now when left empty"}},
};
constexpr VerbDef verbs[] = {
    {.name = "withdraw", .label = {"撤回同意", "Withdraw"}, .arguments = withdraw_arguments, .tone = VerbTone::bad},
};

constexpr std::string_view basics[] = {"purpose", "text_version", "contact", "lead", "channel", "given_at", "withdrawn_at", "evidence"};
constexpr Section layout[] = {{.label = {"同意", "Consent"}, .fields = basics}};
constexpr std::string_view list_columns[] = {"text_version", "purpose", "contact", "lead", "channel", "given_at", "withdrawn_at"};
constexpr std::string_view key_fields[] = {"purpose", "contact", "lead", "given_at", "withdrawn_at"};
constexpr std::string_view seen_through[] = {"contact", "lead"};
constexpr ViewDef views[] = {
    {.key = "live", .label = {"有效", "Live"}, .filter = "withdrawn_at is null", .sort = "-given_at"},
    {.key = "withdrawn", .label = {"已撤回", "Withdrawn"}, .filter = "withdrawn_at is not null", .sort = "-withdrawn_at"},
};

}  // namespace

constinit const ObjectDef Consent::def{
    .name = "consent", .plural = "consents", .label = {"同意记录", "Consent"}, .plural_label = {"同意记录", "Consents"}, .icon = "signature", .group = "customer", .name_field = "text_version", .fields = fields, .verbs = verbs,
    .layout = layout, .list_columns = list_columns, .key_fields = key_fields, .seen_through = seen_through, .views = views};

constinit const Field<Consent, Instant> Consent::given_at = field<Consent, Instant>(fields, "given_at");
constinit const Field<Consent, Instant> Consent::withdrawn_at = field<Consent, Instant>(fields, "withdrawn_at");
constinit const Field<Consent, Id> Consent::contact = field<Consent, Id>(fields, "contact");
constinit const Field<Consent, Id> Consent::lead = field<Consent, Id>(fields, "lead");

}  // namespace shangdao::customer
