// What every route does alike.
#include "serve/rest/house.h"

#include <algorithm>
#include <charconv>

#include "base/json.h"
#include "base/text.h"
#include "serve/packing.h"

namespace shangdao::serve::rest {

namespace {

constexpr std::size_t organisation_name_max = 120;

// application/json or a kind of it (application/merge-patch+json), whatever its parameters. A form that another site may send is none.
bool is_json(std::string_view content_type)
{
    const auto type = match_key(trimmed(content_type.substr(0, content_type.find(';'))));
    return type == "application/json" || (type.starts_with("application/") && type.ends_with("+json"));
}

}  // namespace

engine::Caller caller_of(const Context& context)
{
    engine::Caller caller{.member = context.visitor.member, .scopes = context.visitor.scopes, .language = context.language, .proof = context.visitor.proof};
    caller.via = context.visitor.credential == Visitor::Credential::cookie ? record::Via::web : record::Via::api;
    const auto key = context.request.headers.find("Idempotency-Key");
    caller.request = key && key->size() <= 255 && valid_utf8(*key) ? std::string{*key} : context.request.id;
    return caller;
}

Handler reading(House& house, std::function<Result<Response>(Reading&)> function)
{
    return answering([&house, function = std::move(function)](Context& context) -> Result<Response> {
        TRY(const auto desk, house.engine.desk(caller_of(context)));
        const auto view = house.engine.store().read();
        Reading here{*view, desk, context};
        try {
            TRY(auto response, function(here));
            return packed(std::move(response), context.request);
        } catch (const store::NumberOverflow&) {
            return refuse("number_overflow", "formula");
        }
    });
}

Result<const record::Object*> object_named(const engine::Desk& desk, std::string_view plural)
{
    const auto* object = desk.catalogue->find_plural(plural);
    if (object != nullptr && object->routed() && desk.guard->may(engine::Action::read, *object)) return object;
    std::vector<std::string_view> known;
    for (const auto& one : desk.catalogue->objects())
        if (one.routed() && desk.guard->may(engine::Action::read, one)) known.push_back(one.plural());
    std::map<std::string, std::string> args{{"name", std::string{plural}}};
    if (const auto near = nearest(plural, known)) args["nearest"] = *near;
    return refuse("unknown_object", std::string{plural}, std::move(args));
}

Result<Id> id_of(std::string_view text)
{
    if (const auto id = parse_id(text)) return *id;
    return refuse("not_found", "id", {{"id", std::string{text.substr(0, 40)}}});
}

Result<void> only_parameters(const Request& request, std::initializer_list<std::string_view> known)
{
    for (const auto& [name, value] : request.parameters) {
        if (std::ranges::find(known, name) != known.end()) continue;
        std::map<std::string, std::string> args{{"name", name}};
        if (const auto near = nearest(name, std::span{known.begin(), known.size()})) args["nearest"] = *near;
        return refuse("unknown_parameter", name, std::move(args));
    }
    return {};
}

Result<std::int64_t> whole_parameter(const Request& request, std::string_view name, std::int64_t otherwise)
{
    const auto text = request.parameter(name);
    if (!text) return otherwise;
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), value);
    if (error != std::errc{} || end != text->data() + text->size()) return refuse("invalid_value", std::string{name}, {{"expected", "number"}, {"value", std::string{text->substr(0, 40)}}});
    return value;
}

std::vector<std::string> listed(std::string_view text)
{
    std::vector<std::string> words;
    while (!text.empty()) {
        const auto comma = std::min(text.find(','), text.size());
        if (const auto word = trimmed(text.substr(0, comma)); !word.empty()) words.emplace_back(word);
        text.remove_prefix(std::min(comma + 1, text.size()));
    }
    return words;
}

Result<std::string> organisation_name(std::string_view text, const std::string& field)
{
    auto name = nfc(trimmed(text));
    if (name.empty()) return refuse("required", field, {{"name", field}});
    if (code_point_count(name) > organisation_name_max) return refuse("too_long", field, {{"limit", std::to_string(organisation_name_max)}});
    if (control_character(name)) return refuse("invalid_value", field);
    return name;
}

Result<boost::json::value> json_body(const Request& request)
{
    if (trimmed(request.body).empty()) return boost::json::value{};
    if (const auto kind = request.headers.find("Content-Type"); kind && !is_json(*kind)) return refuse("media_type_unsupported", "Content-Type");
    return parse_json(request.body);
}

}  // namespace shangdao::serve::rest
