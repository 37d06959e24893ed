// The definition table of attachments. What describes the bytes is written by the system alone: nobody claims a size.
#include "sales/customer/attachment/attachment.h"

namespace shangdao::customer {

namespace {

using namespace record;

constexpr FieldDef fields[] = {
    {.name = "file_name", .type = Type::text, .label = {"文件名", "File name"}, .need = Need::required, .searched = Searched::yes},
    {.name = "media_type", .type = Type::text, .label = {"文件类型", "Media type"}, .written_by = WrittenBy::system, .max_length = 127},
    {.name = "size_bytes", .type = Type::number, .label = {"大小（字节）", "Size in bytes"}, .written_by = WrittenBy::system},
    {.name = "content_hash", .type = Type::text, .label = {"内容摘要", "Content hash"}, .written_by = WrittenBy::system, .max_length = 64},
    {.name = "description", .type = Type::text, .label = {"说明", "Description"}},
    {.name = "account", .type = Type::reference, .label = {"客户", "Account"}, .target = "account", .reverse = "attachments"},
    {.name = "contact", .type = Type::reference, .label = {"联系人", "Contact"}, .target = "contact", .reverse = "attachments", .on_erase = OnErase::gone},
    {.name = "deal", .type = Type::reference, .label = {"商机", "Deal"}, .target = "deal", .reverse = "attachments"},
    {.name = "lead", .type = Type::reference, .label = {"线索", "Lead"}, .target = "lead", .reverse = "attachments", .on_erase = OnErase::gone},
    {.name = "activity", .type = Type::reference, .label = {"活动", "Activity"}, .target = "activity", .reverse = "attachments", .on_erase = OnErase::gone},
};

constexpr std::string_view basics[] = {"file_name", "media_type", "size_bytes", "description"};
constexpr std::string_view about[] = {"account", "contact", "deal", "lead", "activity"};
constexpr Section layout[] = {{.label = {"文件", "File"}, .fields = basics}, {.label = {"关联", "About"}, .fields = about}};
constexpr std::string_view list_columns[] = {"file_name", "media_type", "size_bytes", "account", "deal", "created_at", "owner"};
constexpr std::string_view key_fields[] = {"media_type", "size_bytes"};
constexpr std::string_view seen_through[] = {"account", "contact", "deal", "lead", "activity"};

}  // namespace

constinit const ObjectDef Attachment::def{
    .name = "attachment", .plural = "attachments", .label = {"附件", "Attachment"}, .plural_label = {"附件", "Attachments"}, .icon = "paperclip", .group = "customer",
    .name_field = "file_name", .fields = fields, .layout = layout, .list_columns = list_columns, .key_fields = key_fields, .seen_through = seen_through};

constinit const Field<Attachment, std::string> Attachment::file_name = field<Attachment, std::string>(fields, "file_name");
constinit const Field<Attachment, std::string> Attachment::media_type = field<Attachment, std::string>(fields, "media_type");
constinit const Field<Attachment, Number> Attachment::size_bytes = field<Attachment, Number>(fields, "size_bytes");
constinit const Field<Attachment, std::string> Attachment::content_hash = field<Attachment, std::string>(fields, "content_hash");

}  // namespace shangdao::customer
