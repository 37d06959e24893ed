// The definition table of contacts.
#include "sales/customer/contact/contact.h"

#include "sales/customer/choices.h"

namespace shangdao::customer {

namespace {

using namespace record;

constexpr Choice genders[] = {
    {.key = "male", .label = {"男", "Male"}, .synonyms = "男士|先生|m|man|mr"},
    {.key = "female", .label = {"女", "Female"}, .synonyms = "女士|小姐|f|woman|ms|mrs"},
    {.key = "unstated", .label = {"未说明", "Not stated"}, .synonyms = "未知|unknown|other"},
};

constexpr Choice salutations[] = {
    {.key = "mr", .label = {"先生", "Mr"}, .synonyms = "mr."},     {.key = "ms", .label = {"女士", "Ms"}, .synonyms = "ms.|mrs.|mrs"},
    {.key = "doctor", .label = {"博士", "Dr"}, .synonyms = "dr."}, {.key = "professor", .label = {"教授", "Professor"}, .synonyms = "prof."},
    {.key = "director", .label = {"总", "Director"}, .synonyms = "总经理"}, {.key = "engineer", .label = {"工", "Engineer"}, .synonyms = "工程师"},
};

constexpr Choice interests[] = {
    {.key = "golf", .label = {"高尔夫", "Golf"}},           {.key = "football", .label = {"足球", "Football"}, .synonyms = "soccer"},
    {.key = "basketball", .label = {"篮球", "Basketball"}}, {.key = "badminton", .label = {"羽毛球", "Badminton"}},
    {.key = "table_tennis", .label = {"乒乓球", "Table tennis"}}, {.key = "running", .label = {"跑步", "Running"}, .synonyms = "马拉松"},
    {.key = "swimming", .label = {"游泳", "Swimming"}},     {.key = "fitness", .label = {"健身", "Fitness"}},
    {.key = "hiking", .label = {"登山徒步", "Hiking"}, .synonyms = "登山|徒步"}, {.key = "fishing", .label = {"钓鱼", "Fishing"}},
    {.key = "reading", .label = {"阅读", "Reading"}, .synonyms = "读书"}, {.key = "tea", .label = {"茶", "Tea"}, .synonyms = "品茶|茶道"},
    {.key = "wine", .label = {"酒", "Wine"}, .synonyms = "红酒|白酒"}, {.key = "food", .label = {"美食", "Food"}},
    {.key = "travel", .label = {"旅行", "Travel"}, .synonyms = "旅游"}, {.key = "photography", .label = {"摄影", "Photography"}},
    {.key = "music", .label = {"音乐", "Music"}},           {.key = "calligraphy", .label = {"书法", "Calligraphy"}, .synonyms = "字画"},
    {.key = "chess", .label = {"棋牌", "Chess and cards"}, .synonyms = "围棋|象棋"}, {.key = "technology", .label = {"科技数码", "Technology"}},
    {.key = "parenting", .label = {"亲子", "Parenting"}},   {.key = "other", .label = {"其他", "Other"}},
};

constexpr Choice decision_roles[] = {
    {.key = "decision_maker", .label = {"决策人", "Decision maker"}, .synonyms = "决策者|拍板人|economic buyer"},
    {.key = "influencer", .label = {"影响者", "Influencer"}, .synonyms = "影响人|technical evaluator"},
    {.key = "champion", .label = {"内线支持者", "Champion"}, .synonyms = "教练|coach"},
    {.key = "user", .label = {"使用者", "User"}, .synonyms = "使用人|end user"},
    {.key = "purchaser", .label = {"采购", "Purchaser"}, .synonyms = "采购人|procurement|buyer"},
    {.key = "gatekeeper", .label = {"把关人", "Gatekeeper"}, .synonyms = "守门人"},
    {.key = "other", .label = {"其他", "Other"}},
};

constexpr Choice stances[] = {
    {.key = "supports", .label = {"支持", "Supports us"}, .tone = "good"}, {.key = "neutral", .label = {"中立", "Neutral"}},
    {.key = "opposes", .label = {"反对", "Opposes us"}, .tone = "bad"},
};

constexpr FieldDef fields[] = {
    {.name = "name", .type = Type::text, .label = {"姓名", "Name"}, .synonyms = "联系人|联系人姓名|contact|contact name|full name|person - name|last name", .need = Need::required,
     .field_class = FieldClass::personal, .searched = Searched::yes, .ordered = Ordered::indexed, .text_kind = TextKind::person},
    {.name = "code", .type = Type::text, .label = {"联系人编号", "Contact code"}, .synonyms = "contactid|contact id|record id|唯一性id", .uniqueness = Uniqueness::unique, .max_length = 80},
    {.name = "account", .type = Type::reference, .label = {"客户", "Account"}, .synonyms = "客户名称|公司|所属客户|account name|company|company name|associated company|organization - name",
     .target = "account", .reverse = "contacts"},
    {.name = "salutation", .type = Type::choice, .label = {"称谓", "Salutation"}, .synonyms = "称呼|title of address", .choices = salutations},
    {.name = "job_title", .type = Type::text, .label = {"职务", "Job title"}, .synonyms = "职位|岗位|title|position|job"},
    {.name = "department", .type = Type::text, .label = {"部门", "Department"}, .synonyms = "所在部门|dept"},
    {.name = "decision_role", .type = Type::choice, .label = {"决策角色", "Role in the decision"}, .synonyms = "角色|联系人角色|buying role|contact role", .choices = decision_roles},
    {.name = "stance", .type = Type::choice, .label = {"态度", "Stance"}, .synonyms = "立场|关系", .choices = stances},
    {.name = "mobile", .type = Type::text, .label = {"手机", "Mobile"}, .synonyms = "手机号|手机号码|移动电话|mobile phone|cell phone|person - phone", .field_class = FieldClass::personal,
     .searched = Searched::yes, .text_kind = TextKind::phone},
    {.name = "phone", .type = Type::text, .label = {"电话", "Phone"}, .synonyms = "座机|办公电话|tel|telephone|phone number|work phone", .field_class = FieldClass::personal, .searched = Searched::yes,
     .text_kind = TextKind::phone},
    {.name = "email", .type = Type::text, .label = {"邮箱", "E-mail"}, .synonyms = "邮件|电子邮箱|email address|e-mail|person - email (work)", .field_class = FieldClass::personal, .searched = Searched::yes,
     .text_kind = TextKind::email},
    {.name = "wechat", .type = Type::text, .label = {"微信", "WeChat"}, .synonyms = "微信号|wechat id", .field_class = FieldClass::personal, .searched = Searched::yes, .max_length = 80},
    {.name = "gender", .type = Type::choice, .label = {"性别", "Gender"}, .synonyms = "sex", .field_class = FieldClass::personal, .choices = genders},
    {.name = "birthday", .type = Type::date, .label = {"生日", "Birthday"}, .synonyms = "出生日期|date of birth|birthdate|birth date", .field_class = FieldClass::personal},
    {.name = "interests", .type = Type::choices, .label = {"兴趣爱好", "Interests"}, .synonyms = "爱好|兴趣|hobbies", .field_class = FieldClass::personal, .choices = interests},
    {.name = "address", .type = Type::address, .label = {"地址", "Address"}, .synonyms = "联系地址|mailing address|mailing street", .field_class = FieldClass::personal},
    {.name = "source", .type = Type::choice, .label = {"来源", "Source"}, .synonyms = "联系人来源|lead source|original source", .choices = sources},
    {.name = "remarks", .type = Type::text, .label = {"备注", "Remarks"}, .synonyms = "说明|描述|remark|description|notes", .text_kind = TextKind::long_text, .max_length = 65'535},
    {.name = "erased_at", .type = Type::instant, .label = {"抹除时间", "Erased at"}, .written_by = WrittenBy::system},
};

constexpr std::string_view basics[] = {"name", "salutation", "account", "department", "job_title", "decision_role", "stance", "source", "code"};
constexpr std::string_view reach[] = {"mobile", "phone", "email", "wechat", "address"};
constexpr std::string_view person[] = {"gender", "birthday", "interests", "remarks"};
constexpr Section layout[] = {
    {.label = {"基本信息", "Basics"}, .fields = basics},
    {.label = {"联系方式", "How to reach them"}, .fields = reach},
    {.label = {"个人信息", "The person"}, .fields = person},
};
constexpr std::string_view list_columns[] = {"name", "account", "job_title", "mobile", "email", "decision_role", "owner", "updated_at"};
constexpr std::string_view key_fields[] = {"account", "job_title", "mobile", "email", "decision_role", "owner"};
constexpr std::string_view seen_through[] = {"account"};

}  // namespace

constinit const ObjectDef Contact::def{
    .name = "contact", .plural = "contacts", .label = {"联系人", "Contact"}, .plural_label = {"联系人", "Contacts"}, .icon = "contact-round", .group = "customer", .about = About::person,
    .fields = fields, .layout = layout, .list_columns = list_columns, .key_fields = key_fields, .seen_through = seen_through};

constinit const Field<Contact, std::string> Contact::name = field<Contact, std::string>(fields, "name");
constinit const Field<Contact, Id> Contact::account = field<Contact, Id>(fields, "account");
constinit const Field<Contact, std::string> Contact::job_title = field<Contact, std::string>(fields, "job_title");
constinit const Field<Contact, std::string> Contact::department = field<Contact, std::string>(fields, "department");
constinit const Field<Contact, std::string> Contact::mobile = field<Contact, std::string>(fields, "mobile");
constinit const Field<Contact, std::string> Contact::email = field<Contact, std::string>(fields, "email");
constinit const Field<Contact, std::string> Contact::wechat = field<Contact, std::string>(fields, "wechat");
constinit const Field<Contact, ChoiceKey> Contact::gender = field<Contact, ChoiceKey>(fields, "gender");
constinit const Field<Contact, Date> Contact::birthday = field<Contact, Date>(fields, "birthday");
constinit const Field<Contact, ChoiceKeys> Contact::interests = field<Contact, ChoiceKeys>(fields, "interests");
constinit const Field<Contact, ChoiceKey> Contact::decision_role = field<Contact, ChoiceKey>(fields, "decision_role");

}  // namespace shangdao::customer
