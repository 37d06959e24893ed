// The answer of a failed sign-in is the same whatever was wrong; knocks are counted per account and per address.
#include "serve/rest/session_routes.h"

#include <boost/json.hpp>

#include "base/json.h"
#include "base/secret.h"
#include "base/text.h"
#include "record/wire.h"
#include "serve/cookies.h"
#include "serve/forwarded.h"
#include "serve/oidc/provider.h"
#include "serve/rest/write.h"

namespace shangdao::serve::rest {

namespace {

namespace json = boost::json;

std::string text_of(const json::value& body, const char* key)
{
    const auto* object = body.if_object();
    const auto* value = object == nullptr ? nullptr : object->if_contains(key);
    const auto* text = value == nullptr ? nullptr : value->if_string();
    return text == nullptr ? std::string{} : std::string{*text};
}

std::string session_json(House& house, Id member, std::string_view csrf)
{
    const auto person = house.engine.people().find(member);
    const auto guard = house.engine.people().guard(member, house.engine.clock().now());
    const auto organisation = house.engine.organisation();
    std::string out = R"({"member":{"id":")" + to_string(member) + R"(","name":)";
    append_json_string(out, person->name);
    out += R"(,"email":)";
    append_json_string(out, person->email);
    out += R"(,"roles":[)";
    for (std::size_t i = 0; i < person->roles.size(); ++i) {
        if (i > 0) out += ',';
        append_json_string(out, person->roles[i]);
    }
    out += R"(],"language":)";
    if (person->language) append_json_string(out, *person->language == Language::en ? "en" : "zh");
    else out += "null";
    out += R"(},"organisation":{"key":)";
    append_json_string(out, organisation->key);
    out += R"(,"name":)";
    append_json_string(out, organisation->name);
    out += R"(,"currency":)";
    append_json_string(out, organisation->base.text());
    out += R"(,"time_zone":)";
    append_json_string(out, organisation->zone.name());
    out += R"(},"csrf":)";
    append_json_string(out, csrf);
    // A page that listens to the changes from here on misses nothing of what it reads later.
    out += R"(,"seq":")" + std::to_string(house.engine.store().read()->head()) + '"';
    const auto flag = [&](std::string_view right) { return guard->general(right) ? "true" : "false"; };
    out += std::string{R"(,"rights":{"import":)"} + flag("import") + R"(,"export":)" + flag("export") + R"(,"admin":)" + flag("admin") + R"(,"reveal":)" + flag("reveal") + R"(,"person_export":)" + flag("person_export") + R"(,"erase":)" + flag("erase") + "}}";
    return out;
}

Response signed_in_answer(House& house, const Context& context, const engine::SignedIn& signed_in)
{
    return json_response(200, session_json(house, signed_in.member, signed_in.csrf)).add("Set-Cookie", session_cookie(context.request, signed_in.token, engine::session_age));
}

Result<Response> sign_in(House& house, RateLimit& by_account, RateLimit& by_address, Context& context)
{
    TRY(const auto body, json_body(context.request));
    const auto email = text_of(body, "email");
    const auto password = text_of(body, "password"), code = text_of(body, "code");
    Problems missing;
    if (email.empty()) missing.push_back({"required", "email", {{"name", "email"}}});
    if (password.empty()) missing.push_back({"required", "password", {{"name", "password"}}});
    if (!missing.empty()) return refuse(std::move(missing));
    const auto account = match_key(email);
    for (const auto wait : {by_account.take(account), by_address.take(network_of(context.request.peer))})
        if (wait) return refuse("rate_limited", "", {{"seconds", std::to_string(wait->count())}});
    TRY(const auto signed_in, house.access.sign_in(email, password, context.request.headers.find("User-Agent").value_or(""), code, told_network_of(context.request.peer)));
    by_account.forgive(account);
    return signed_in_answer(house, context, signed_in);
}

Result<Response> who_am_i(House& house, Context& context)
{
    // An anonymous caller is told so without being an error in the browser's console of a page that only asks.
    if (context.visitor.credential == Visitor::Credential::none) return context.refusal("not_signed_in");
    return json_response(200, session_json(house, context.visitor.member, context.visitor.csrf));
}

Result<Response> sign_out(House& house, Context& context)
{
    if (!context.visitor.session.empty()) house.access.sign_out(context.visitor.session);
    return no_content().add("Set-Cookie", session_cookie(context.request, "", std::chrono::seconds{0})).add("Clear-Site-Data", "\"cache\"");
}

// {"language":"en"}: what a member wants to read, everywhere he signs in. Everybody may, whatever the rights on members.
Result<std::string> language_in(const json::value& body)
{
    const auto* object = body.if_object();
    if (object == nullptr || object->empty()) return refuse("required", "language", {{"name", "language"}});
    static constexpr std::string_view fields[] = {"language"};
    Problems problems;
    for (const auto& [name, value] : *object) {
        if (name == fields[0]) continue;
        std::map<std::string, std::string> args{{"name", std::string{name}}};
        if (const auto near = nearest(name, fields)) args["nearest"] = *near;
        problems.push_back({"unknown_field", std::string{name}, std::move(args)});
    }
    const auto language = text_of(body, "language");
    const auto* wanted = object->if_contains("language");
    if (wanted != nullptr && language != "zh" && language != "en")
        problems.push_back({"unknown_choice", "language", {{"value", (wanted->is_string() ? language : json::serialize(*wanted)).substr(0, 40)}}});
    if (!problems.empty()) return refuse(std::move(problems));
    return language;
}

void choose_language(House& house, Context& context, Reply reply)
{
    const auto body = json_body(context.request);
    const auto language = body ? language_in(*body) : Result<std::string>{refuse(body.error())};
    if (!language) return reply(context.refusal(language.error()));
    if (!context.visitor.scopes.empty()) return reply(context.refusal("forbidden"));
    write_and_reply(house, context, 200, [&house, language = *language](engine::Work& work) -> Result<Written> {
        const auto& members = work.desk.catalogue->at("member");
        const auto current = work.unit.find(members, work.desk.member);
        if (!current) return refuse("not_signed_in");
        CHECK_OK(house.engine.records().put(work, members, *current, {{*members.slot("language"), record::ChoiceKey{language}}}, {}));
        return Written{R"({"language":")" + language + "\"}"};
    }, std::move(reply));
}

// First run: whoever holds the one-time link names the organisation and becomes its administrator.
Result<Response> set_up(House& house, Context& context)
{
    TRY(const auto body, json_body(context.request));
    const std::scoped_lock turn(house.setting_up);
    if (house.setup_token.empty() || house.access.anyone_can_sign_in()) return refuse("setup_closed");
    if (!shangdao::equal_in_constant_time(text_of(body, "token"), house.setup_token)) return refuse("setup_refused");

    engine::Organisation organisation = *house.engine.organisation();
    Problems problems;
    auto organisation_is = organisation_name(text_of(body, "organisation"), "organisation");
    if (organisation_is) organisation.name = std::move(*organisation_is);
    else problems = std::move(organisation_is.error());
    const auto currency = parse_currency(text_of(body, "currency"));
    const auto zone = Zone::find(text_of(body, "time_zone"));
    const auto email = text_of(body, "email"), password = text_of(body, "password");
    const auto catalogue = house.engine.store().catalogue();
    const auto& members = catalogue->at("member");
    // As every record of a member is read.
    const auto text = [&](const char* field, Problem missing) {
        auto value = record::text_value(members.field(*members.slot(field)), text_of(body, field));
        if (!value) problems.insert(problems.end(), value.error().begin(), value.error().end());
        else if (std::holds_alternative<record::Null>(*value)) problems.push_back(std::move(missing));
        return value.value_or(record::Value{});
    };
    const auto name = text("name", {"required", "name", {{"name", "name"}}});
    const auto address = text("email", {"invalid_value", "email", {{"expected", "email"}}});
    if (!currency) problems.push_back({"unknown_currency", "currency", {{"value", text_of(body, "currency")}}});
    if (!zone) problems.push_back({"unknown_time_zone", "time_zone", {{"value", text_of(body, "time_zone")}}});
    if (code_point_count(password) < engine::password_length_min) problems.push_back({"too_short", "password", {{"limit", std::to_string(engine::password_length_min)}}});
    if (password.size() > engine::password_length_max) problems.push_back({"too_long", "password", {{"limit", std::to_string(engine::password_length_max)}}});
    if (!problems.empty()) return refuse(std::move(problems));
    organisation.base = *currency;
    organisation.zone = *zone;

    const engine::Caller system{.kind = engine::Caller::Kind::system, .via = record::Via::web, .request = context.request.id, .language = context.language};
    TRY(const auto created, house.engine.write_now(system, [&](engine::Work& work) -> Result<std::string> {
        CHECK_OK(house.engine.set_organisation(work, organisation));
        const auto& object = work.desk.catalogue->at("member");
        TRY(const auto member, house.engine.records().create(work, object, {{*members.slot("name"), name}, {*members.slot("email"), address},
            {*members.slot("roles"), record::ChoiceKeys{{"admin"}}}, {*members.slot("active"), true}}));
        return to_string(member.id());
    }));
    CHECK_OK(house.access.set_password(system, *parse_id(created), password));
    TRY(const auto signed_in, house.access.sign_in(email, password, context.request.headers.find("User-Agent").value_or(""), {}, told_network_of(context.request.peer)));
    return signed_in_answer(house, context, signed_in);
}

}  // namespace

std::vector<Route> session_routes(House& house, RateLimit& by_account, RateLimit& by_address)
{
    return {
        {.method = Method::get, .path = "/api/v1/session", .access = Access::anonymous, .summary = "Who is signed in",
         .handler = answering([&house](Context& context) { return who_am_i(house, context); })},
        {.method = Method::post, .path = "/api/v1/session", .access = Access::anonymous, .summary = "Sign in",
         .handler = answering([&house, &by_account, &by_address](Context& context) { return sign_in(house, by_account, by_address, context); })},
        {.method = Method::del, .path = "/api/v1/session", .access = Access::anonymous, .summary = "Sign out",
         .handler = answering([&house](Context& context) { return sign_out(house, context); })},
        {.method = Method::patch, .path = "/api/v1/session", .summary = "Choose one's own language",
         .handler = [&house](Context& context, Reply reply) { choose_language(house, context, std::move(reply)); }},
        {.method = Method::get, .path = "/api/v1/setup", .access = Access::anonymous, .summary = "Is the first set-up still open, can the server mail, and which provider may one sign in by",
         .handler = answering([&house](Context&) -> Result<Response> {
             const bool is_open = !house.setup_token.empty() && !house.access.anyone_can_sign_in();
             std::string out = std::string{R"({"open":)"} + (is_open ? "true" : "false") + R"(,"mail":)" + (house.mailer != nullptr ? "true" : "false") + R"(,"provider":)";
             if (house.provider != nullptr) append_json_string(out, house.provider->name);
             else out += "null";
             return json_response(200, out + "}");
         })},
        {.method = Method::post, .path = "/api/v1/setup", .access = Access::anonymous, .summary = "First set-up, with the one-time link",
         .handler = answering([&house](Context& context) { return set_up(house, context); })},
        {.method = Method::get, .path = "/api/v1/describe", .summary = "Objects and fields as this member may use them",
         .handler = reading(house, [](Reading& here) -> Result<Response> { return json_response(200, engine::describe_answer(here.desk)); })},
    };
}

}  // namespace shangdao::serve::rest
