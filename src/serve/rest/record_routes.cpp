// Lists, single records, creation, change, removal, verbs, timeline, history.
#include "serve/rest/record_routes.h"

#include <boost/json.hpp>

#include "base/json.h"
#include "base/text.h"
#include "engine/conditions.h"
#include "engine/duplicates.h"
#include "serve/rest/write.h"

namespace shangdao::serve::rest {

namespace {

namespace json = boost::json;
using engine::Desk;
using engine::ListRequest;
using engine::Work;

constexpr std::size_t array_max = 1'000;

Result<ListRequest> list_request(const Request& request)
{
    CHECK_OK(only_parameters(request, {"filter", "sort", "fields", "limit", "after", "at", "count", "q", "deleted"}));
    const auto text = [&](std::string_view name) { return std::string{request.parameter(name).value_or("")}; };
    ListRequest list{.filter = text("filter"), .sort = text("sort"), .fields = listed(text("fields")), .search = text("q"), .after = text("after")};
    TRY(list.limit, whole_parameter(request, "limit", 50));
    if (request.parameter("at")) {
        TRY(list.at, whole_parameter(request, "at", 0));
    }
    const auto count = text("count");
    if (count == "exact") list.count = ListRequest::Count::exact;
    else if (count == "estimate") list.count = ListRequest::Count::estimate;
    else if (!count.empty() && count != "none") return refuse("invalid_value", "count", {{"expected", "none, estimate, exact"}, {"value", count}});
    if (const auto deleted = text("deleted"); deleted == "only") list.deleted = store::Select::Deleted::only;
    else if (!deleted.empty() && deleted != "hide") return refuse("invalid_value", "deleted", {{"expected", "hide, only"}, {"value", deleted.substr(0, 40)}});
    return list;
}

Result<Response> list(House& house, Reading& here)
{
    TRY(const auto* object, object_named(here.desk, here.context.segment("plural")));
    TRY(const auto request, list_request(here.context.request));
    TRY(auto body, engine::list_answer(here.view, here.desk, house.engine.seal(), house.engine.anchors(), *object, request));
    return json_response(200, std::move(body));
}

struct Found {
    const record::Object* object;
    record::Record record;
};

Result<Found> found(House& house, Reading& here)
{
    TRY(const auto* object, object_named(here.desk, here.context.segment("plural")));
    TRY(const auto id, id_of(here.context.segment("id")));
    TRY(auto record, house.engine.records().visible(here.view, here.desk, *object, id));
    return Found{object, std::move(record)};
}

Result<Response> get(House& house, Reading& here)
{
    TRY(const auto one, found(house, here));
    return json_response(200, engine::record_answer(here.view, here.desk, *one.object, one.record)).add("ETag", "\"" + std::to_string(one.record.version()) + "\"");
}

Result<Response> timeline(House& house, Reading& here)
{
    CHECK_OK(only_parameters(here.context.request, {"after", "limit"}));
    TRY(const auto one, found(house, here));
    TRY(const auto before, whole_parameter(here.context.request, "after", 0));
    TRY(const auto limit, whole_parameter(here.context.request, "limit", 50));
    TRY(auto body, engine::timeline_answer(here.view, here.desk, *one.object, one.record, before, limit));
    return json_response(200, std::move(body));
}

Result<Response> history(House& house, Reading& here)
{
    CHECK_OK(only_parameters(here.context.request, {"field", "after", "limit"}));
    TRY(const auto one, found(house, here));
    engine::HistoryRequest request{.field = std::string{here.context.request.parameter("field").value_or("")}};
    TRY(request.before, whole_parameter(here.context.request, "after", 0));
    TRY(request.limit, whole_parameter(here.context.request, "limit", 50));
    TRY(auto body, engine::history_answer(here.view, here.desk, *one.object, one.record, request));
    return json_response(200, std::move(body));
}

Result<Response> compare(House& house, Reading& here)
{
    CHECK_OK(only_parameters(here.context.request, {"from", "to"}));
    TRY(const auto one, found(house, here));
    TRY(const auto from, whole_parameter(here.context.request, "from", 0));
    TRY(const auto to, whole_parameter(here.context.request, "to", 0));
    TRY(auto body, engine::compare_answer(here.view, here.desk, *one.object, one.record, from, to));
    return json_response(200, std::move(body));
}

Result<Response> duplicates(House&, Reading& here)
{
    TRY(const auto* object, object_named(here.desk, here.context.segment("plural")));
    TRY(const auto body, json_body(here.context.request));
    TRY(const auto changes, engine::read_changes(here.desk, *object, body));
    return json_response(200, R"({"data":)" + engine::duplicates_json(engine::find_duplicates(here.view, here.desk, *object, changes, Id{})) + "}");
}

// {"id"?,"values"}: of a record that is there, or of one to be.
Result<Response> form(House& house, Reading& here)
{
    TRY(const auto* object, object_named(here.desk, here.context.segment("plural")));
    TRY(const auto body, json_body(here.context.request));
    const auto* map = body.if_object();
    const auto part = [&](const char* key) { return map == nullptr ? nullptr : map->if_contains(key); };
    std::optional<engine::Record> current;
    if (const auto* id = part("id"); id != nullptr && id->is_string()) {
        TRY(const auto wanted, id_of(id->as_string()));
        TRY(current, house.engine.records().visible(here.view, here.desk, *object, wanted));
    }
    const auto* values = part("values");
    return json_response(200, engine::form_answer(here.view, here.desk, *object, current ? &*current : nullptr, values == nullptr ? boost::json::value{} : *values));
}

Written answer_of(Work& work, const record::Object& object, const record::Record& record, std::string extra = {})
{
    auto body = engine::record_answer(work.unit, work.desk, object, record);
    if (!extra.empty()) body.insert(body.size() - 1, "," + extra);
    return {std::move(body), record.version()};
}

// Inside the unit: the object as the writer's snapshot knows it.
Result<const record::Object*> object_here(const Work& work, std::string_view plural) { return object_named(work.desk, plural); }

Result<Written> create_one(House& house, Work& work, std::string_view plural, const json::value& body)
{
    TRY(const auto* object, object_here(work, plural));
    TRY(const auto changes, engine::read_creation(work.desk, house.engine.records().behaviours(), *object, body));
    TRY(const auto record, house.engine.records().create(work, *object, changes));
    std::vector<engine::Duplicate> similar;
    if (engine::has_twins(*object)) similar = engine::find_duplicates(work.unit, work.desk, *object, changes, record.id());
    auto written = answer_of(work, *object, record, similar.empty() ? std::string{} : R"("duplicates":)" + engine::duplicates_json(similar));
    written.location = "/api/v1/" + std::string{plural} + "/" + to_string(record.id());
    return written;
}

// All or nothing: a refusal of one names its place in the array and nothing is created.
Result<Written> create_all(House& house, Work& work, std::string_view plural, const json::array& bodies)
{
    Written all{.body = R"({"data":[)"};
    Problems problems;
    for (std::size_t i = 0; i < bodies.size(); ++i) {
        auto one = create_one(house, work, plural, bodies[i]);
        if (one) {
            all.body += (i > 0 ? "," : "") + one->body;
            continue;
        }
        for (auto& problem : one.error()) problem.field = "[" + std::to_string(i) + "]" + (problem.field.empty() ? "" : ".") + problem.field;
        problems.insert(problems.end(), one.error().begin(), one.error().end());
    }
    if (!problems.empty()) return refuse(std::move(problems));
    all.body += "]}";
    return all;
}

// Each element in a unit of its own; 207 with one verdict per element once the last is in.
void create_each(House& house, Context& context, std::string plural, json::array bodies, Reply reply)
{
    struct Gathering {
        explicit Gathering(std::size_t n, Reply r) : parts(n), missing(n), reply(std::move(r)) {}
        std::mutex mutex;
        std::vector<std::string> parts;
        std::size_t missing;
        Reply reply;
    };
    if (bodies.empty()) return reply(json_response(207, R"({"data":[]})"));
    auto gathering = std::make_shared<Gathering>(bodies.size(), std::move(reply));
    for (std::size_t i = 0; i < bodies.size(); ++i) {
        house.engine.write(
            caller_of(context),
            [&house, plural, body = std::move(bodies[i])](Work& work) -> Result<std::string> {
                TRY(auto one, create_one(house, work, plural, body));
                return std::move(one.body);
            },
            [gathering, i, language = context.language](Result<std::string> answer, std::exception_ptr failure) {
                std::string part;
                if (failure) {
                    part = R"({"status":503})";
                } else if (answer) {
                    part = R"({"status":201,"record":)" + *answer + "}";
                } else {
                    const auto problem = problem_response(answer.error(), language);
                    part = R"({"status":)" + std::to_string(problem.status) + R"(,"problem":)" + problem.body + "}";
                }
                const std::scoped_lock lock(gathering->mutex);
                gathering->parts[i] = std::move(part);
                if (--gathering->missing > 0) return;
                std::string body = R"({"data":[)";
                for (std::size_t k = 0; k < gathering->parts.size(); ++k) body += (k > 0 ? "," : "") + gathering->parts[k];
                gathering->reply(json_response(207, body + "]}"));
            });
    }
}

void create(House& house, Context& context, Reply reply)
{
    auto body = json_body(context.request);
    if (!body) return reply(context.refusal(body.error()));
    const auto plural = std::string{context.segment("plural")};
    auto* many = body->if_array();
    if (many != nullptr && many->size() > array_max) return reply(context.refusal(Problems{{"too_many", "", {{"limit", std::to_string(array_max)}}}}));
    if (many != nullptr && context.parameter("partial") == "true") return create_each(house, context, plural, std::move(*many), std::move(reply));
    write_and_reply(house, context, 201, [&house, plural, body = std::move(*body)](Work& work) -> Result<Written> {
        if (const auto* all = body.if_array()) return create_all(house, work, plural, *all);
        return create_one(house, work, plural, body);
    }, std::move(reply));
}

// What unsafe routes on one record share: its place, and the version the client has seen.
struct Target {
    std::string plural;
    Id id{};
    std::optional<std::int64_t> version;
};

Result<Target> target_of(const Context& context, bool version_needed)
{
    TRY(const auto id, id_of(context.segment("id")));
    Target target{std::string{context.segment("plural")}, id, std::nullopt};
    if (version_needed || context.request.headers.find("If-Match")) {
        TRY(target.version, if_match(context.request));
    }
    return target;
}

void patch(House& house, Context& context, Reply reply)
{
    auto target = target_of(context, true);
    if (!target) return reply(context.refusal(target.error()));
    auto body = json_body(context.request);
    if (!body) return reply(context.refusal(body.error()));
    write_and_reply(house, context, 200, [&house, target = std::move(*target), body = std::move(*body)](Work& work) -> Result<Written> {
        TRY(const auto* object, object_here(work, target.plural));
        TRY(const auto changes, engine::read_changes(work.desk, *object, body));
        TRY(const auto record, house.engine.records().change(work, *object, target.id, target.version, changes));
        return answer_of(work, *object, record);
    }, std::move(reply));
}

void remove(House& house, Context& context, Reply reply)
{
    auto target = target_of(context, true);
    if (!target) return reply(context.refusal(target.error()));
    write_and_reply(house, context, 204, [&house, target = std::move(*target)](Work& work) -> Result<Written> {
        TRY(const auto* object, object_here(work, target.plural));
        CHECK_OK(house.engine.records().remove(work, *object, target.id, target.version));
        return Written{};
    }, std::move(reply));
}

Problem unknown_verb(const record::Object& object, const std::string& name)
{
    std::vector<std::string_view> known{"restore"};
    for (const auto& verb : object.def().verbs) known.push_back(verb.name);
    if (object.owned())
        for (const auto* verb : engine::verbs_of_owners()) known.push_back(verb->name);
    std::map<std::string, std::string> args{{"name", name}, {"object", std::string{object.name()}}};
    if (const auto near = nearest(name, known)) args["nearest"] = *near;
    return {"unknown_verb", name, std::move(args)};
}

void act(House& house, Context& context, Reply reply)
{
    auto target = target_of(context, false);
    if (!target) return reply(context.refusal(target.error()));
    auto body = json_body(context.request);
    if (!body) return reply(context.refusal(body.error()));
    auto verb_name = std::string{context.segment("verb")};
    write_and_reply(house, context, 200, [&house, target = std::move(*target), verb_name, body = std::move(*body)](Work& work) -> Result<Written> {
        TRY(const auto* object, object_here(work, target.plural));
        if (verb_name == "restore") {
            TRY(const auto record, house.engine.records().restore(work, *object, target.id));
            return answer_of(work, *object, record);
        }
        const auto* verb = engine::verb_of(*object, verb_name);
        if (verb == nullptr) return refuse(Problems{unknown_verb(*object, verb_name)});
        TRY(const auto arguments, engine::read_arguments(work.desk, *object, *verb, body));
        TRY(const auto record, house.engine.records().perform(work, *object, target.id, target.version, *verb, arguments));
        return answer_of(work, *object, record);
    }, std::move(reply));
}

}  // namespace

std::vector<Route> record_routes(House& house)
{
    const auto read = [&](Result<Response> (*function)(House&, Reading&)) {
        return reading(house, [&house, function](Reading& here) { return function(house, here); });
    };
    const auto write = [&](void (*function)(House&, Context&, Reply)) {
        return [&house, function](Context& context, Reply reply) { function(house, context, std::move(reply)); };
    };
    return {
        {.method = Method::get, .path = "/api/v1/{plural}", .summary = "List records", .query = "filter,sort,fields,limit,after,at,count,q,deleted", .handler = read(list)},
        {.method = Method::post, .path = "/api/v1/{plural}", .summary = "Create a record, or up to 1,000 at once", .statuses = "201,207", .query = "partial", .handler = write(create)},
        {.method = Method::post, .path = "/api/v1/{plural}/duplicates", .summary = "Records that look like this one", .handler = read(duplicates)},
        {.method = Method::post, .path = "/api/v1/{plural}/form", .summary = "What a form leaves out and asks for, with these values", .handler = read(form)},
        {.method = Method::get, .path = "/api/v1/{plural}/{id}", .summary = "Read a record", .handler = read(get)},
        {.method = Method::patch, .path = "/api/v1/{plural}/{id}", .summary = "Change fields of a record", .handler = write(patch)},
        {.method = Method::del, .path = "/api/v1/{plural}/{id}", .summary = "Move a record to the bin", .handler = write(remove)},
        {.method = Method::get, .path = "/api/v1/{plural}/{id}/timeline", .summary = "What happened to a record", .query = "after,limit", .handler = read(timeline)},
        {.method = Method::get, .path = "/api/v1/{plural}/{id}/history", .summary = "Who made what of a record's fields", .query = "field,after,limit", .handler = read(history)},
        {.method = Method::get, .path = "/api/v1/{plural}/{id}/compare", .summary = "How two versions of a record differ", .query = "from,to", .handler = read(compare)},
        {.method = Method::post, .path = "/api/v1/{plural}/{id}/actions/{verb}", .summary = "Perform a verb on a record", .handler = write(act)},
    };
}

}  // namespace shangdao::serve::rest
