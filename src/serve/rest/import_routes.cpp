// Files are streamed to disk and read on a worker thread; imports and their undoing are jobs. All of it needs the right
// `import`; a file and an import belong to the member who brought them.
#include "serve/rest/import_routes.h"

#include <boost/json.hpp>

#include <algorithm>
#include <fstream>

#include "base/bytes.h"
#include "base/fault.h"
#include "base/json.h"
#include "base/secret.h"
#include "base/text.h"
#include "engine/engine_objects.h"
#include "engine/expressions.h"
#include "engine/import/draft.h"
#include "engine/import/import_undo.h"
#include "engine/import/refused_table.h"
#include "engine/import/saved_plan.h"
#include "exchange/formats.h"
#include "record/wire.h"
#include "serve/problem.h"
#include "serve/rest/sentences.h"
#include "serve/rest/write.h"

namespace shangdao::serve::rest {

namespace {

namespace json = boost::json;

constexpr std::uint64_t upload_bytes_max = std::uint64_t{1} << 30;  // administrators
constexpr std::uint64_t upload_bytes_max_member = std::uint64_t{200} << 20;
constexpr std::uint64_t plan_bytes_max = std::uint64_t{2} << 20;
constexpr std::size_t draft_files_max = 20;
constexpr std::size_t words_shown_max = 300;
constexpr std::size_t sample_rows_shown = 5, sample_rows_read = 200;

Result<void> may_import(const engine::Desk& desk)
{
    if (!desk.guard->general("import")) return refuse("forbidden", "import", {{"action", "import"}});
    return {};
}

// The file's own hash, so that an Idempotency-Key stands for these bytes.
std::string hash_of_file(const std::string& path)
{
    std::ifstream in(path, std::ios::binary);
    std::string chained(32, '\0'), piece(1 << 20, '\0');
    while (in.read(piece.data(), std::ssize(piece)), in.gcount() > 0) {
        const auto hash = sha256(chained + piece.substr(0, static_cast<std::size_t>(in.gcount())));
        chained.assign(hash.begin(), hash.end());
    }
    return base64url(bytes_of(chained));
}

void upload(House& house, Context& context, Reply reply)
{
    const auto refused = [&](const Problems& problems) { reply(context.refusal(problems)); };
    const auto desk = house.engine.desk(caller_of(context));
    if (!desk) return refused(desk.error());
    if (const auto may = may_import(*desk); !may) return refused(may.error());
    if (const auto known = only_parameters(context.request, {"name"}); !known) return refused(known.error());
    const auto& body = context.owned->body_file;
    if (!body || body->size() == 0) return refused({{"file_empty", "body", {}}});
    const auto most = context.visitor.rank == Visitor::Rank::admin ? upload_bytes_max : upload_bytes_max_member;
    if (body->size() > most) return refused({{"too_large", "body", {{"limit", std::to_string(most)}}}});
    const auto facts = engine::look_at(body->path(), sample_rows_shown, engine::Rows::all);
    if (!facts) return refused(facts.error());
    const auto hash = hash_of_file(body->path());
    const auto kept = engine::keep_upload(house.engine, *desk, body->path(), context.parameter("name").value_or(""));
    if (!kept) return refused(kept.error());
    (void)context.owned->body_file->keep();
    context.owned->body = hash;
    write_and_reply(
        house, context, 201,
        [answer = engine::upload_answer(*kept, *facts)](engine::Work&) -> Result<Written> {
            return Written{.body = answer};
        },
        std::move(reply));
}

Result<std::vector<engine::Upload>> uploads_of(House& house, const engine::Desk& desk, const json::value& list)
{
    const auto* ids = list.if_array();
    if (ids == nullptr || ids->empty() || ids->size() > draft_files_max)
        return refuse("invalid_value", "files", {{"expected", "1…20"}});
    std::vector<engine::Upload> uploads;
    for (const auto& entry : *ids) {
        const auto id = entry.is_string() ? parse_id(entry.as_string()) : std::nullopt;
        if (!id)
            return refuse("unknown_file", "files",
                          {{"name", entry.is_string() ? std::string{entry.as_string()}.substr(0, 40)
                                                      : json::serialize(entry).substr(0, 40)}});
        TRY(auto upload, engine::find_upload(house.engine, desk, *id));
        const bool twice = std::ranges::count(uploads, upload.name, &engine::Upload::name) > 0;
        if (twice) upload.name = to_string(upload.id) + " " + upload.name;
        uploads.push_back(std::move(upload));
    }
    return uploads;
}

// A saved plan by its id, or the text of one, fitted to the files.
Result<engine::ImportPlan> fitted_plan(House& house, Reading& here, const json::value& chosen,
                                       const std::vector<engine::DraftFile>& files)
{
    if (!chosen.is_string()) return refuse("invalid_value", "plan", {{"expected", "text"}});
    const std::string_view text{chosen.as_string()};
    if (const auto id = parse_id(text)) {
        TRY(auto saved, engine::saved_plan(here.view, here.desk, house.engine.records(), *id, files));
        return std::move(saved.fit.plan);
    }
    TRY(auto plan, engine::parse_plan(text));
    return engine::fitted(std::move(plan), files).plan;
}

Result<Response> draft(House& house, Reading& here)
{
    CHECK_OK(may_import(here.desk));
    TRY(const auto body, json_body(here.context.request));
    const auto* map = body.if_object();
    const auto* list = map == nullptr ? nullptr : map->if_contains("files");
    if (list == nullptr) return refuse("required", "files", {{"name", "files"}});
    for (const auto& [key, value] : *map)
        if (key != "files" && key != "plan")
            return refuse("unknown_parameter", std::string{key}, {{"name", std::string{key}}});
    TRY(const auto uploads, uploads_of(house, here.desk, *list));
    std::vector<engine::DraftFile> files;
    for (const auto& upload : uploads) {
        TRY(auto facts, engine::look_at(upload.path, sample_rows_read, engine::Rows::sample));
        files.push_back({upload, std::move(facts)});
    }
    auto drafted = engine::draft_plan(here.desk, files);
    if (const auto* chosen = map->if_contains("plan"); chosen != nullptr && !chosen->is_null()) {
        TRY(drafted.plan, fitted_plan(house, here, *chosen, files));
    }
    return json_response(200, engine::draft_answer(drafted, engine::plans_for(here.view, here.desk, files)));
}

// What a field makes of a word, in wire form; null where it cannot read it, or where the member has no such field.
json::value read_as(const engine::Desk& desk, const record::Object* object, std::optional<std::size_t> slot,
                    const std::string& word)
{
    if (object == nullptr || !slot || desk.guard->field(*object, *slot) < record::FieldLevel::edit) return nullptr;
    const auto& field = object->field(*slot);
    const auto value = record::from_text(field, word, {.base = desk.organisation->base, .zone = &desk.moment.zone});
    if (!value) return nullptr;
    std::string wire;
    record::append_wire(wire, field, *value);
    return json::parse(wire);
}

// The words of a column, over the whole file: what a person maps to choices. With `object` and `field`, what each is read as.
Result<Response> words(House& house, Reading& here)
{
    CHECK_OK(may_import(here.desk));
    CHECK_OK(only_parameters(here.context.request, {"column", "sheet", "encoding", "delimiter", "object", "field"}));
    TRY(const auto id, id_of(here.context.segment("id")));
    const auto upload = engine::find_upload(house.engine, here.desk, id);
    if (!upload) return refuse("not_found", "file", {{"id", to_string(id)}});
    const auto column = here.context.parameter("column");
    if (!column) return refuse("required", "column", {{"name", "column"}});
    exchange::ReadOptions options;
    if (const auto encoding = here.context.parameter("encoding")) options.encoding = std::string{*encoding};
    if (const auto delimiter = here.context.parameter("delimiter").value_or(""); !delimiter.empty())
        options.delimiter = delimiter == "tab" ? '\t' : delimiter.front();
    TRY(const auto found, engine::column_words(upload->path, here.context.parameter("sheet").value_or(""), options,
                                               *column, words_shown_max));
    const auto* object = here.desk.catalogue->find(here.context.parameter("object").value_or(""));
    if (object != nullptr &&
        (object->def().exposure != record::Exposure::routed || !here.desk.guard->may(engine::Action::create, *object)))
        object = nullptr;
    const auto slot = object == nullptr ? std::nullopt : object->slot(here.context.parameter("field").value_or(""));
    json::array told;
    for (const auto& [word, rows] : found.words)
        told.emplace_back(
            json::object{{"word", word}, {"rows", rows}, {"value", read_as(here.desk, object, slot, word)}});
    return json_response(
        200, json::serialize(json::object{{"words", std::move(told)}, {"empty", found.empty}, {"more", found.more}}));
}

Result<engine::ImportRequest> request_of(House& house, const engine::Desk& desk, const json::value& body)
{
    const auto* map = body.if_object();
    if (map == nullptr) return refuse("invalid_value", "", {{"expected", "object"}});
    for (const auto& [key, value] : *map)
        if (key != "plan" && key != "files" && key != "dry_run")
            return refuse("unknown_parameter", std::string{key}, {{"name", std::string{key}}});
    const auto* plan = map->if_contains("plan");
    if (plan == nullptr || !plan->is_string() || trimmed(std::string_view{plan->as_string()}).empty())
        return refuse("required", "plan", {{"name", "plan"}});
    const auto* files = map->if_contains("files");
    if (files == nullptr || !files->is_object()) return refuse("required", "files", {{"name", "files"}});
    engine::ImportRequest request{.plan = std::string{plan->as_string()}, .files = {}};
    if (const auto* dry = map->if_contains("dry_run")) {
        if (!dry->is_bool())
            return refuse("invalid_value", "dry_run",
                          {{"expected", "true, false"}, {"value", json::serialize(*dry).substr(0, 40)}});
        if (dry->as_bool()) request.mode = engine::ImportMode::dry_run;
    }
    for (const auto& [name, id] : files->as_object()) {
        const auto known = id.is_string() ? parse_id(id.as_string()) : std::nullopt;
        if (!known) return refuse("unknown_file", "files." + std::string{name}, {{"name", std::string{name}}});
        TRY(const auto upload, engine::find_upload(house.engine, desk, *known));
        request.files[std::string{name}] = upload.path;
    }
    return request;
}

void start(House& house, Context& context, Reply reply)
{
    const auto checked = [&]() -> Result<engine::ImportRequest> {
        TRY(const auto desk, house.engine.desk(caller_of(context)));
        CHECK_OK(may_import(desk));
        TRY(const auto body, json_body(context.request));
        TRY(auto request, request_of(house, desk, body));
        CHECK_OK(engine::check_import(house.engine, desk, request));
        return request;
    };
    auto request = checked();
    if (!request) {
        // An unknown object or file in a plan is a mistake in the plan, not a missing page.
        const auto& first = request.error().front();
        const bool in_plan =
            first.code != "forbidden" && (first.field.starts_with("objects[") || first.field.starts_with("plan"));
        return reply(problem_response(request.error(), context.language, in_plan ? std::optional{422} : std::nullopt));
    }
    queue_and_reply(
        house, context,
        [request = std::move(*request)](engine::Work& work) -> Result<Id> {
            CHECK_OK(may_import(work.desk));
            return engine::start_import(work, request);
        },
        std::move(reply));
}

void undo(House& house, Context& context, Reply reply)
{
    const auto id = id_of(context.segment("id"));
    if (!id) return reply(context.refusal(id.error()));
    queue_and_reply(
        house, context, [id = *id](engine::Work& work) { return engine::start_undo(work, id); }, std::move(reply));
}

json::object answer_of(const engine::ImportRecord& import, const Reading& here, const House& house)
{
    auto result = json::parse(with_sentences(engine::import_result(import.progress, import.request.mode, import.id),
                                             here.context.language))
                      .as_object();
    const auto plan = engine::parse_plan(import.request.plan);
    json::object out{
        {"id", to_string(import.id)},
        {"name", plan ? plan->name : std::string{}},
        {"state", import.state},
        {"progress", json::object{{"done", import.progress.counts().rows()}, {"total", import.progress.total}}},
        {"by", json::object{{"id", to_string(import.by)}, {"name", house.engine.people().name_of(import.by)}}},
        {"created_at", to_string(import.created_at)},
        {"finished_at", import.finished_at ? json::value(to_string(*import.finished_at)) : json::value(nullptr)},
        {"undo",
         import.progress.trail.undo ? json::value(to_string(import.progress.trail.undo)) : json::value(nullptr)}};
    const bool lasts = import.undo_ends && here.desk.moment.now <= *import.undo_ends;
    out["undo_until"] = lasts ? json::value(to_string(*import.undo_ends)) : json::value(nullptr);
    result.erase("import");
    // Its owner goes on from here, or again, with another browser.
    if (import.by == here.desk.member) {
        json::object files;
        for (const auto& [name, path] : import.request.files) files[name] = path.stem().string();
        out["plan"] = import.request.plan;
        out["files"] = std::move(files);
    }
    for (auto& [key, value] : result) out[key] = std::move(value);
    return out;
}

Result<Response> list(House& house, Reading& here)
{
    CHECK_OK(may_import(here.desk));
    CHECK_OK(only_parameters(here.context.request, {"limit", "after"}));
    TRY(const auto limit, whole_parameter(here.context.request, "limit", 20));
    if (limit < 1 || limit > 100) return refuse("invalid_value", "limit", {{"expected", "1…100"}});
    const auto& jobs = here.desk.catalogue->at("job");
    store::Select select{.from = &jobs,
                         .where = engine::field_is(jobs, *jobs.slot("kind"), std::string{engine::import_job_kind}),
                         .limit = limit + 1};
    if (!here.desk.guard->general("admin"))
        select.where = engine::both(select.where, engine::field_is(jobs, record::slot_owner, here.desk.member));
    select.order = {{engine::field_expression(jobs, record::slot_id), true}};
    if (const auto after = here.context.parameter("after")) {
        const auto id = parse_id(*after);
        if (!id) return refuse("cursor_stale", "after");
        select.after = {*id, *id};
    }
    auto found = here.view.records(select, here.desk.moment);
    const bool more = std::ssize(found) > limit;
    if (more) found.pop_back();
    json::array data;
    for (const auto& job : found) {
        auto entry = answer_of(engine::import_of(job), here, house);
        for (const auto* only_of_one : {"problems", "columns", "plan", "files"}) entry.erase(only_of_one);
        data.emplace_back(std::move(entry));
    }
    return json_response(200, json::serialize(json::object{
                                  {"data", std::move(data)},
                                  {"next", more ? json::value(to_string(found.back().id())) : json::value(nullptr)}}));
}

Result<engine::ImportRecord> found(Reading& here)
{
    CHECK_OK(may_import(here.desk));
    TRY(const auto id, id_of(here.context.segment("id")));
    return engine::find_import(here.view, here.desk, id);
}

Result<Response> one(House& house, Reading& here)
{
    TRY(const auto import, found(here));
    return json_response(200, json::serialize(answer_of(import, here, house)));
}

// The cells are the importer's own file; nobody else gets them, an administrator of imports neither.
Result<Response> errors(House& house, Reading& here)
{
    TRY(const auto import, found(here));
    if (import.by != here.desk.member) return refuse("not_found", "import", {{"id", to_string(import.id)}});
    CHECK_OK(only_parameters(here.context.request, {"format"}));
    const std::string asked{here.context.parameter("format").value_or("csv")};
    const auto format = std::ranges::find(exchange::formats(), asked, &exchange::Format::name);
    if (format == exchange::formats().end())
        return refuse("invalid_value", "format", {{"expected", "csv, xlsx"}, {"value", asked.substr(0, 40)}});
    const auto name = "refused-" + to_string(import.id) + "." + asked;
    const auto path = house.engine.directory() / "files" / "imports" / (here.context.request.id + "-" + name);
    std::error_code ignored;
    std::filesystem::create_directories(path.parent_path(), ignored);
    CHECK_OK(engine::write_refused_table(house.engine, import, asked, path, here.context.language,
                                         [&](const Problem& problem) { return say(problem, here.context.language); }));
    Response response;
    response.content_type = std::string{format->media_type} + (asked == "csv" ? "; charset=utf-8" : "");
    response.policy = Policy::download;
    response.file = ResponseFile{path.string(), true};
    response.add("Content-Disposition", "attachment; filename=\"" + name + "\"");
    return response;
}

}  // namespace

std::vector<Route> import_routes(House& house)
{
    const auto read = [&](Result<Response> (*function)(House&, Reading&)) {
        return reading(house, [&house, function](Reading& here) { return function(house, here); });
    };
    const auto write = [&](void (*function)(House&, Context&, Reply)) {
        return [&house, function](Context& context, Reply reply) { function(house, context, std::move(reply)); };
    };
    return {
        {.method = Method::post,
         .path = "/api/v1/imports/files",
         .summary = "Bring a CSV or XLSX file; says what it holds",
         .statuses = "201",
         .query = "!name",
         .handler = write(upload),
         .body = {.bytes_max = upload_bytes_max, .where = BodyRule::Where::file}},
        {.method = Method::post,
         .path = "/api/v1/imports/draft",
         .summary = "A first plan for files: object, fields, values",
         .handler = read(draft)},
        {.method = Method::get,
         .path = "/api/v1/imports/files/{id}/words",
         .summary = "The words of one column of a brought file, with their rows",
         .query = "!column,delimiter,encoding,field,object,sheet",
         .handler = read(words)},
        {.method = Method::post,
         .path = "/api/v1/imports",
         .summary = "Import by a plan, or rehearse it",
         .statuses = "202",
         .handler = write(start),
         .body = {.bytes_max = plan_bytes_max}},
        {.method = Method::get,
         .path = "/api/v1/imports",
         .summary = "Past imports",
         .query = "after,limit",
         .handler = read(list)},
        {.method = Method::get,
         .path = "/api/v1/imports/{id}",
         .summary = "One import: progress, counts, problems",
         .handler = read(one)},
        {.method = Method::get,
         .path = "/api/v1/imports/{id}/errors",
         .summary = "Refused rows as they were, with reasons: csv or xlsx",
         .answers = "application/octet-stream",
         .query = "format",
         .handler = read(errors)},
        {.method = Method::post,
         .path = "/api/v1/imports/{id}/undo",
         .summary = "Take a whole import back",
         .statuses = "202",
         .handler = write(undo)},
    };
}

}  // namespace shangdao::serve::rest
