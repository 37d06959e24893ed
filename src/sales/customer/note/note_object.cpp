// The definition table of notes.
#include "sales/customer/note/note.h"

namespace shangdao::customer {

namespace {

using namespace record;

constexpr FieldDef fields[] = {
    {.name = "subject", .type = Type::text, .label = {"标题", "Subject"}, .help = {"不填则取正文开头", "Taken from the text when left empty"}, .synonyms = "主题|title|note title", .searched = Searched::yes},
    {.name = "body", .type = Type::text, .label = {"内容", "Body"}, .synonyms = "备注|正文|note|note content|content", .need = Need::required, .searched = Searched::yes,
     .text_kind = TextKind::long_text, .max_length = 65'535},
    {.name = "account", .type = Type::reference, .label = {"客户", "Account"}, .synonyms = "客户名称|account name|parent id", .target = "account", .reverse = "notes"},
    {.name = "contact", .type = Type::reference, .label = {"联系人", "Contact"}, .synonyms = "contact name", .target = "contact", .reverse = "notes", .on_erase = OnErase::gone},
    {.name = "deal", .type = Type::reference, .label = {"商机", "Deal"}, .synonyms = "商机名称|deal name", .target = "deal", .reverse = "notes"},
    {.name = "lead", .type = Type::reference, .label = {"线索", "Lead"}, .synonyms = "lead name", .target = "lead", .reverse = "notes", .on_erase = OnErase::gone},
    {.name = "activity", .type = Type::reference, .label = {"活动", "Activity"}, .target = "activity", .reverse = "notes", .on_erase = OnErase::gone},
    {.name = "pinned", .type = Type::boolean, .label = {"置顶", "Pinned"}},
};

constexpr std::string_view basics[] = {"subject", "body", "pinned"};
constexpr std::string_view about[] = {"account", "contact", "deal", "lead", "activity"};
constexpr Section layout[] = {{.label = {"备注", "Note"}, .fields = basics}, {.label = {"关联", "About"}, .fields = about}};
constexpr std::string_view list_columns[] = {"subject", "account", "deal", "created_at", "owner"};
constexpr std::string_view key_fields[] = {"account", "deal", "pinned"};
constexpr std::string_view seen_through[] = {"account", "contact", "deal", "lead", "activity"};

}  // namespace

constinit const ObjectDef Note::def{
    .name = "note", .plural = "notes", .label = {"备注", "Note"}, .plural_label = {"备注", "Notes"}, .icon = "sticky-note", .group = "customer",
    .name_field = "subject", .fields = fields, .layout = layout, .list_columns = list_columns, .key_fields = key_fields, .seen_through = seen_through};

constinit const Field<Note, std::string> Note::subject = field<Note, std::string>(fields, "subject");
constinit const Field<Note, std::string> Note::body = field<Note, std::string>(fields, "body");

}  // namespace shangdao::customer
