// The bytes are on disk before the unit begins; who may not attach is refused before they are kept.
#include "serve/rest/attachment_routes.h"

#include "base/text.h"
#include "sales/customer/attachment/attaching.h"
#include "serve/rest/download.h"
#include "serve/rest/write.h"

namespace shangdao::serve::rest {

namespace {

using customer::AttachedTo;

struct Arrived {
    AttachedTo to;
    std::string name;
    engine::KeptFile kept;
};

Result<Arrived> arrive(House& house, Context& context)
{
    const auto& request = context.request;
    CHECK_OK(only_parameters(request, {"name", "object", "id"}));
    Problems problems;
    for (const auto* name : {"name", "object", "id"})
        if (trimmed(request.parameter(name).value_or("")).empty()) problems.push_back({"required", name, {{"name", name}}});
    if (!problems.empty()) return refuse(std::move(problems));
    TRY(const auto id, id_of(*request.parameter("id")));
    Arrived arrived{.to = {std::string{*request.parameter("object")}, id}, .name = engine::clean_file_name(*request.parameter("name")), .kept = {}};
    if (arrived.name.empty()) return refuse("invalid_value", "name", {{"expected", "file name"}, {"value", std::string{request.parameter("name")->substr(0, 40)}}});
    {
        TRY(const auto desk, house.engine.desk(caller_of(context)));
        const auto view = house.engine.store().read();
        CHECK_OK(customer::may_attach(*view, desk, house.engine.records(), arrived.to));
    }
    auto& file = context.owned->body_file;
    if (!file || file->size() == 0) return refuse("file_empty", "name");
    arrived.kept = engine::keep_file(customer::attachment_shelf(house.engine), file->path());
    (void)file->keep();
    // What an Idempotency-Key remembers of the body.
    context.owned->body = arrived.kept.hash;
    return arrived;
}

void attach(House& house, Context& context, Reply reply)
{
    auto arrived = arrive(house, context);
    if (!arrived) return reply(context.refusal(arrived.error()));
    write_and_reply(house, context, 201, [&house, arrived = std::move(*arrived)](engine::Work& work) -> Result<Written> {
        TRY(const auto record, customer::attach(work, house.engine.records(), arrived.to, arrived.name, arrived.kept));
        return Written{engine::record_answer(work.unit, work.desk, work.desk.catalogue->at("attachment"), record), record.version(), "/api/v1/attachments/" + to_string(record.id())};
    }, std::move(reply));
}

Result<Response> content(House& house, Reading& here)
{
    TRY(const auto id, id_of(here.context.segment("id")));
    TRY(const auto file, customer::attached_file(here.view, here.desk, house.engine.records(), id));
    const auto path = engine::find_kept_file(customer::attachment_shelf(house.engine), file.hash);
    if (!path) return refuse("not_found", "attachment", {{"id", to_string(id)}});
    return file_answer(*path, file.name, file.media_type, engine::may_be_shown(file.media_type) ? Disposition::show : Disposition::save);
}

}  // namespace

std::vector<Route> attachment_routes(House& house)
{
    return {
        {.method = Method::post, .path = "/api/v1/attachments", .summary = "Attach a file, as raw bytes, to a record", .statuses = "201", .query = "!object,!id,!name",
         .handler = [&house](Context& context, Reply reply) { attach(house, context, std::move(reply)); }, .body = {attachment_bytes_max, BodyRule::Where::file}},
        {.method = Method::get, .path = "/api/v1/attachments/{id}/content", .summary = "The bytes of an attachment", .answers = "application/octet-stream",
         .handler = reading(house, [&house](Reading& here) { return content(house, here); })},
    };
}

}  // namespace shangdao::serve::rest
