// A path with {plural} becomes one path for each object; schemas come from the field definitions.
#include "serve/rest/openapi.h"

#include <boost/json.hpp>

#include <algorithm>
#include <mutex>

#include "base/json.h"
#include "record/type.h"

namespace shangdao::serve::rest {

namespace {

namespace json = boost::json;
using record::FieldDef;
using record::Object;
using record::Type;

// What the document needs of a route, kept when the server starts.
struct Row {
    Method method;
    std::string path;
    Access access;
    std::string summary, answers, statuses, query;
    Objects objects;
    bool takes_file;                         // raw bytes instead of JSON
};

json::object reference(std::string_view schema) { return {{"$ref", "#/components/schemas/" + std::string{schema}}}; }

std::string camel(std::string_view snake)
{
    std::string out;
    bool up = true;
    for (const char c : snake) {
        if (c == '_') up = true;
        else out += up && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c, up = false;
    }
    return out;
}

json::object text_schema() { return {{"type", "string"}}; }

json::object value_schema(const FieldDef& field)
{
    switch (field.type) {
    case Type::text: return {{"type", json::array{"string", "null"}}, {"maxLength", field.max_length}};
    case Type::number: return {{"type", json::array{"number", "string", "null"}}};
    case Type::share: return {{"type", json::array{"number", "null"}}, {"minimum", 0}, {"maximum", 1}};
    case Type::money: return {{"oneOf", json::array{reference("Money"), json::object{{"type", "null"}}}}};
    case Type::date: return {{"type", json::array{"string", "null"}}, {"format", "date"}};
    case Type::instant: return {{"type", json::array{"string", "null"}}, {"format", "date-time"}};
    case Type::duration: return {{"type", json::array{"string", "null"}}, {"pattern", "^-?[0-9]+(m|h|d|wd)$"}};
    case Type::boolean: return {{"type", json::array{"boolean", "null"}}};
    case Type::choice:
    case Type::choices: {
        json::array keys;
        for (const auto& choice : field.choices) keys.emplace_back(choice.key);
        if (keys.empty()) return field.type == Type::choices ? json::object{{"type", json::array{"array", "null"}}, {"items", text_schema()}} : json::object{{"type", json::array{"string", "null"}}};
        if (field.type == Type::choices) return {{"type", json::array{"array", "null"}}, {"items", json::object{{"type", "string"}, {"enum", std::move(keys)}}}};
        keys.emplace_back(nullptr);
        return {{"type", json::array{"string", "null"}}, {"enum", std::move(keys)}};
    }
    case Type::reference: return {{"oneOf", json::array{reference("Reference"), json::object{{"type", "null"}}}}};
    case Type::address: return {{"oneOf", json::array{reference("Address"), json::object{{"type", "null"}}}}};
    }
    return {};
}

json::object fixed_schemas()
{
    return {
        {"Money", json::object{{"type", "object"}, {"required", json::array{"amount", "currency"}}, {"properties", json::object{{"amount", json::object{{"type", "string"}, {"description", "exact decimal in major units"}}}, {"currency", json::object{{"type", "string"}, {"pattern", "^[A-Z]{3}$"}}}}}}},
        {"Reference", json::object{{"type", "object"}, {"required", json::array{"id"}}, {"properties", json::object{{"id", json::object{{"type", "string"}, {"pattern", "^[0-9]{1,19}$"}}}, {"name", json::object{{"type", json::array{"string", "null"}}}}}}}},
        {"Address", json::object{{"type", "object"}, {"properties", json::object{{"country", text_schema()}, {"region", text_schema()}, {"detail", text_schema()}}}}},
        {"Answer", json::object{{"type", "object"}, {"additionalProperties", true}}},
        {"Problem", json::object{{"type", "object"}, {"required", json::array{"title", "status", "code"}},
            {"properties", json::object{{"type", text_schema()}, {"title", text_schema()}, {"status", json::object{{"type", "integer"}}}, {"code", text_schema()}, {"incident", text_schema()},
                {"errors", json::object{{"type", "array"}, {"items", json::object{{"type", "object"}, {"properties", json::object{{"code", text_schema()}, {"field", text_schema()}, {"say", text_schema()},
                    {"args", json::object{{"type", "object"}, {"additionalProperties", text_schema()}}}}}}}}}}}}},
    };
}

// Each stage with its sums and first records (sales/process/stage_engine/board_answer.h).
json::object board_schema(std::string_view record)
{
    const auto whole = json::object{{"type", "integer"}};
    const auto list = [](json::object items) { return json::object{{"type", "array"}, {"items", std::move(items)}}; };
    const json::object tally{{"count", whole}, {"amount", reference("Money")}, {"weighted_amount", reference("Money")}};
    json::object column{{"key", text_schema()}, {"label", reference("Answer")}, {"goal", reference("Answer")}, {"limit", json::object{{"type", json::array{"string", "null"}}}},
                        {"win_share", json::object{{"type", json::array{"number", "null"}}}}, {"open", text_schema()}, {"data", list(reference(record))}, {"more", json::object{{"type", "boolean"}}}};
    column.insert(tally.begin(), tally.end());
    return {{"type", "object"},
            {"properties", json::object{{"process", reference("Reference")}, {"version", whole}, {"processes", list(reference("Reference"))}, {"moves", reference("Answer")}, {"open", text_schema()},
                                        {"columns", list(json::object{{"type", "object"}, {"properties", std::move(column)}})}, {"total", json::object{{"type", "object"}, {"properties", tally}}}}}};
}

class Document {
public:
    Document(House& house, std::span<const Row> rows, const record::Catalogue& catalogue, const engine::Guard& guard, bool built_in_only)
        : house_(house), rows_(rows), guard_(guard)
    {
        for (const auto& object : catalogue.objects()) {
            if (!object.routed() || !guard.may(engine::Action::read, object)) continue;
            if (!built_in_only || !object.custom()) objects_.push_back(&object);
        }
        built_in_only_ = built_in_only;
    }

    std::string text()
    {
        json::object schemas = fixed_schemas();
        json::array tags{json::object{{"name", "system"}, {"description", "Sign-in, questions, jobs, running the server"}}};
        for (const auto* object : objects_) {
            schemas[camel(object->name())] = object_schema(*object, Shape::answer);
            schemas[camel(object->name()) + "Input"] = object_schema(*object, Shape::input);
            const auto label = built_in_only_ ? object->def().plural_label : object->plural_label();
            tags.push_back(json::object{{"name", object->plural()}, {"description", std::string{label.zh} + " " + std::string{label.en}}});
        }
        json::object paths;
        for (const auto& row : rows_) {
            if (row.path.contains("{plural}")) {
                for (const auto* object : objects_)
                    if (row.objects == Objects::every || object->def().staged == record::Staged::yes) add(paths, row, object);
            } else {
                add(paths, row, nullptr);
            }
        }
        const json::object document{
            {"openapi", "3.1.0"},
            {"info", json::object{{"title", "Shangdao 商道"}, {"version", house_.version}, {"summary", "Sales management, self-hosted"}, {"license", json::object{{"name", "Apache-2.0"}, {"identifier", "Apache-2.0"}}}}},
            {"servers", json::array{json::object{{"url", "/"}}}},
            {"security", json::array{json::object{{"bearer", json::array{}}}, json::object{{"session", json::array{}}}}},
            {"tags", std::move(tags)},
            {"paths", std::move(paths)},
            {"components", json::object{{"schemas", std::move(schemas)},
                {"securitySchemes", json::object{{"bearer", json::object{{"type", "http"}, {"scheme", "bearer"}}}, {"session", json::object{{"type", "apiKey"}, {"in", "cookie"}, {"name", "sid"}}}}}}}};
        std::string out;
        append_json(out, document);
        return out;
    }

private:
    enum class Shape { answer, input };

    // As the program came: what an organisation calls a field, and its own choices, are told to its members.
    const FieldDef& told_field(const Object& object, std::size_t slot) const
    {
        const auto& fields = object.def().fields;
        const auto own = built_in_only_ ? std::ranges::find(fields, object.field(slot).name, &FieldDef::name) : fields.end();
        return own == fields.end() ? object.field(slot) : *own;
    }

    json::object object_schema(const Object& object, Shape shape) const
    {
        json::object properties;
        json::array required;
        for (std::size_t slot = 0; slot < object.slot_count(); ++slot) {
            const auto& field = told_field(object, slot);
            if (guard_.field(object, slot) == record::FieldLevel::hidden) continue;
            if (built_in_only_ && field.name.starts_with("x_")) continue;
            json::object schema;
            if (slot == record::slot_id) {
                schema = {{"type", "string"}};
            } else if (slot == record::slot_version) {
                schema = {{"type", "integer"}};
            } else if (shape == Shape::input) {
                if (field.written_by != record::WrittenBy::anyone && slot != record::slot_owner) continue;
                schema = field.type == Type::reference ? json::object{{"type", json::array{"string", "null"}}} : value_schema(field);
                if (field.need == record::Need::required) required.emplace_back(field.name);
            } else {
                schema = value_schema(field);
            }
            if (shape == Shape::input && slot < record::slot_owner) continue;
            schema["title"] = field.label.en;
            schema["description"] = field.label.zh;
            properties[field.name] = std::move(schema);
        }
        json::object out{{"type", "object"}, {"properties", std::move(properties)}};
        if (!required.empty()) out["required"] = std::move(required);
        return out;
    }

    static std::string operation_id(const Row& row, std::string_view path)
    {
        std::string id{to_string(row.method)};
        std::ranges::transform(id, id.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
        std::string word;
        for (const char c : path.substr(path.starts_with("/api/v1") ? 7 : 0)) {
            if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_') word += c;
            else if (!word.empty()) id += "_" + std::exchange(word, {});
        }
        return word.empty() ? id : id + "_" + word;
    }

    static json::array parameters(std::string_view path, const Row& row)
    {
        json::array list;
        for (auto open = path.find('{'); open != std::string_view::npos; open = path.find('{', open + 1)) {
            const auto name = path.substr(open + 1, path.find('}', open) - open - 1);
            list.push_back(json::object{{"name", name}, {"in", "path"}, {"required", true}, {"schema", text_schema()}});
        }
        for (const auto& word : listed(row.query)) {
            const std::string_view name = word;
            const bool required = name.starts_with('!');
            list.push_back(json::object{{"name", name.substr(required ? 1 : 0)}, {"in", "query"}, {"required", required}, {"schema", text_schema()}});
        }
        if (row.method == Method::patch || row.method == Method::del)
            list.push_back(json::object{{"name", "If-Match"}, {"in", "header"}, {"required", row.path == "/api/v1/{plural}/{id}"}, {"schema", text_schema()}});
        return list;
    }

    static json::object content(json::object schema) { return {{"application/json", json::object{{"schema", std::move(schema)}}}}; }

    void add(json::object& paths, const Row& row, const Object* object) const
    {
        auto path = row.path;
        if (object != nullptr) path.replace(path.find("{plural}"), 8, object->plural());
        const auto answer = object != nullptr && (row.path == "/api/v1/{plural}/{id}" || row.path == "/api/v1/{plural}/{id}/actions/{verb}" || (row.path == "/api/v1/{plural}" && row.method == Method::post))
                                ? reference(camel(object->name()))
                            : object != nullptr && row.path == "/api/v1/{plural}"
                                ? json::object{{"type", "object"}, {"properties", json::object{{"data", json::object{{"type", "array"}, {"items", reference(camel(object->name()))}}}, {"next", json::object{{"type", json::array{"string", "null"}}}}, {"count", json::object{{"type", "integer"}}}}}}
                            : object != nullptr && row.path == "/api/v1/{plural}/board" ? board_schema(camel(object->name()))
                                : reference("Answer");
        json::object responses;
        const auto statuses = row.statuses.empty() ? std::string_view{row.method == Method::del ? "204" : "200"} : std::string_view{row.statuses};
        for (const auto& status : listed(statuses)) {
            if (status == "204") responses[status] = json::object{{"description", "Done"}};
            else responses[status] = json::object{{"description", status == "202" ? "Begun, as a job" : "OK"}, {"content", row.answers == "application/json" ? content(status == "202" ? reference("Answer") : answer) : json::object{{row.answers, json::object{{"schema", text_schema()}}}}}};
        }
        responses["4XX"] = json::object{{"description", "Refused: what is wrong and what to do"}, {"content", json::object{{"application/problem+json", json::object{{"schema", reference("Problem")}}}}}};
        json::object operation{{"operationId", operation_id(row, path)}, {"summary", row.summary}, {"tags", json::array{object == nullptr ? std::string_view{"system"} : object->plural()}}, {"responses", std::move(responses)}};
        if (auto list = parameters(path, row); !list.empty()) operation["parameters"] = std::move(list);
        if (row.method == Method::post || row.method == Method::patch) {
            auto schema = object != nullptr && (row.path == "/api/v1/{plural}" || row.path == "/api/v1/{plural}/{id}") ? reference(camel(object->name()) + "Input") : reference("Answer");
            if (row.method == Method::patch && object != nullptr && schema.contains("$ref")) schema = {{"type", "object"}, {"description", "Fields to change, as in " + camel(object->name()) + "Input"}};
            auto taken = row.takes_file ? json::object{{"application/octet-stream", json::object{{"schema", text_schema()}}}} : content(std::move(schema));
            operation["requestBody"] = json::object{{"required", row.takes_file || row.path == "/api/v1/{plural}"}, {"content", std::move(taken)}};
        }
        if (row.access == Access::anonymous) operation["security"] = json::array{};
        std::string method{to_string(row.method)};
        std::ranges::transform(method, method.begin(), [](char c) { return static_cast<char>(c - 'A' + 'a'); });
        auto& item = paths[path];
        if (!item.is_object()) item = json::object{};
        item.as_object()[method] = std::move(operation);
    }

    House& house_;
    std::span<const Row> rows_;
    const engine::Guard& guard_;
    std::vector<const Object*> objects_;
    bool built_in_only_ = true;
};

}  // namespace

std::vector<Route> openapi_routes(House& house, const std::vector<std::vector<Route>>& tables)
{
    auto rows = std::make_shared<std::vector<Row>>();
    for (const auto& table : tables)
        for (const auto& route : table) rows->push_back({route.method, std::string{route.path}, route.access, std::string{route.summary}, std::string{route.answers}, std::string{route.statuses}, std::string{route.query}, route.objects, route.body.where == BodyRule::Where::file});
    // To strangers it is always the same, and whoever knocks often makes no work.
    struct Kept {
        std::once_flag made;
        std::shared_ptr<const std::string> text;
    };
    return {{.method = Method::get, .path = "/openapi.json", .access = Access::anonymous, .summary = "This description",
             .handler = answering([&house, rows, kept = std::make_shared<Kept>()](Context& context) -> Result<Response> {
                 const bool anonymous = context.visitor.credential == Visitor::Credential::none;
                 const auto caller = anonymous ? engine::Caller{.kind = engine::Caller::Kind::system} : caller_of(context);
                 TRY(const auto desk, house.engine.desk(caller));
                 const auto document = [&] { return Document(house, *rows, *desk.catalogue, *desk.guard, anonymous).text(); };
                 if (!anonymous) return json_response(200, document());
                 std::call_once(kept->made, [&] { kept->text = std::make_shared<const std::string>(document()); });
                 auto response = json_response(200, {});
                 response.shared_body = kept->text;
                 return response;
             })}};
}

}  // namespace shangdao::serve::rest
