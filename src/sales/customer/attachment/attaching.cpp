// The references that an attachment is seen through are the places it may belong to.
#include "sales/customer/attachment/attaching.h"

#include <algorithm>

#include "base/text.h"
#include "sales/customer/attachment/attachment.h"

namespace shangdao::customer {

namespace {

using engine::Desk;
using engine::Records;
using record::Object;

const Object& attachments(const Desk& desk) { return desk.catalogue->at("attachment"); }

Result<std::size_t> place_of(const Desk& desk, const std::string& name)
{
    const auto& object = attachments(desk);
    std::vector<std::string_view> known;
    for (const auto slot : object.seen_through()) {
        const auto& target = desk.catalogue->object(object.target(slot));
        if (!desk.guard->may(engine::Action::read, target)) continue;
        if (target.name() == name) return slot;
        known.push_back(target.name());
    }
    std::map<std::string, std::string> args{{"name", name}};
    if (const auto near = nearest(name, known)) args["nearest"] = *near;
    return refuse("unknown_object", "object", std::move(args));
}

}  // namespace

std::filesystem::path attachment_shelf(const std::filesystem::path& directory) { return directory / "files" / "kept"; }
std::filesystem::path attachment_shelf(const engine::Engine& engine) { return attachment_shelf(engine.directory()); }

Result<void> may_attach(store::View& view, const Desk& desk, const Records& records, const AttachedTo& to)
{
    TRY(const auto slot, place_of(desk, to.object));
    CHECK_OK(records.visible(view, desk, desk.catalogue->object(attachments(desk).target(slot)), to.id));
    if (!desk.guard->may(engine::Action::create, attachments(desk))) return refuse("forbidden", "attachment", {{"action", "create"}});
    return {};
}

Result<record::Record> attach(engine::Work& work, const Records& records, const AttachedTo& to, const std::string& name, const engine::KeptFile& kept)
{
    CHECK_OK(may_attach(work.unit, work.desk, records, to));
    TRY(const auto slot, place_of(work.desk, to.object));
    record::Changes values{{Attachment::file_name.slot, name},
                           {Attachment::media_type.slot, engine::media_type_of(kept.head, name)},
                           {Attachment::size_bytes.slot, Number{static_cast<std::int64_t>(kept.bytes), 0}},
                           {Attachment::content_hash.slot, kept.hash},
                           {slot, to.id}};
    std::ranges::sort(values, {}, &record::Change::slot);
    return records.create(work, attachments(work.desk), values);
}

Result<AttachedFile> attached_file(store::View& view, const Desk& desk, const Records& records, Id id)
{
    const auto& object = attachments(desk);
    TRY(const auto found, records.visible(view, desk, object, id));
    bool belongs = false, seen = false;
    for (const auto slot : object.seen_through()) {
        const auto* parent = std::get_if<Id>(&found.at(slot));
        if (parent == nullptr) continue;
        belongs = true;
        seen = seen || records.visible(view, desk, desk.catalogue->object(object.target(slot)), *parent).has_value();
    }
    const auto* hash = found.get(Attachment::content_hash);
    if ((belongs && !seen) || hash == nullptr) return refuse("not_found", "attachment", {{"id", to_string(id)}});
    const auto* media_type = found.get(Attachment::media_type);
    return AttachedFile{*hash, *found.get(Attachment::file_name), media_type == nullptr ? std::string{"application/octet-stream"} : *media_type};
}

}  // namespace shangdao::customer
