// route – how to add a door to the server. For everyone who writes a handler:
//
//   void get_boat(Context& context, Reply reply)
//   {
//       const auto id = parse_id(context.segment("id"));
//       if (!id) return reply(context.refusal("not_found"));
//       …
//       reply(json_response(200, std::move(text)).add("ETag", "\"3\""));
//   }
//
//   const Route boat_routes[] = {
//       {.method = Method::get, .path = "/api/v1/boats/{id}", .access = Access::member, .summary = "Read one boat", .handler = get_boat},
//       {.method = Method::post, .path = "/api/v1/boats", .access = Access::member, .summary = "Add a boat",
//        .handler = answering([](Context& context) -> Result<Response> { TRY(auto boat, …); return json_response(201, …); })},
//   };
//
// - Before a handler runs: the request is well formed and complete, the caller is known (Access), and for unsafe methods
//   with a cookie the origin and the token were checked. Rights on records are the engine's matter.
// - A handler runs on a worker thread. It must not block on a write (D12): hand the unit over with `std::move(reply)` and
//   return; Reply may be called later from the writer's thread. `context` dies when the handler returns: copy what the
//   late answer needs (language, id).
// - A refusal is answered with `problem_response(problems, language)`, or returned from an `answering` handler. An
//   exception that leaves a handler becomes 503, 507 or 500 (D29). A dropped Reply becomes 500.
// - {name} in a path takes one segment, decoded, never empty. Fixed segments win over blanks. HEAD comes with GET.
// - Tables must outlive the Site; one table a file is the custom, joined where the program is wired.
#pragma once

#include <concepts>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/id.h"
#include "base/label.h"
#include "base/result.h"
#include "engine/proof.h"
#include "serve/edge.h"
#include "serve/http.h"
#include "serve/problem.h"

namespace shangdao::serve {

enum class Access : std::uint8_t { anonymous, member, admin };

// Who is at this door, as far as the door knows. Filled by the gate (sessions, tokens) before the handler runs.
struct Visitor {
    enum class Credential : std::uint8_t { none, cookie, token };
    enum class Rank : std::uint8_t { member, admin };
    Credential credential = Credential::none;
    Rank rank = Rank::member;
    Id member{};
    std::string organisation;  // key
    std::string csrf;  // expected X-CSRF-Token when the credential is a cookie
    std::vector<std::string> scopes;  // of a token; empty: everything the member may
    std::optional<Language> language;  // the member's own choice
    std::string session;  // handle of the session, for signing out
    std::string pass;  // which session or token it was, for who stays behind the door
    engine::Proof proof = engine::Proof::fresh;  // of a session
};

struct Context {
    const Request& request;
    Request* owned;  // the same request, to move body or body_file out of
    std::vector<std::pair<std::string_view, std::string_view>> segments;  // blanks of the path
    Visitor visitor;
    Language language = Language::zh;  // of Accept-Language

    std::string_view segment(std::string_view name) const;  // a bug when the path has no such blank
    std::optional<std::string_view> parameter(std::string_view name) const { return request.parameter(name); }
    Response refusal(std::string_view code) const { return problem_response(code, language); }
    Response refusal(const Problems& problems) const { return problem_response(problems, language); }
};

using Handler = std::function<void(Context&, Reply)>;

// Which objects a {plural} of the path stands for; the handler answers the others as if the path were not there.
enum class Objects : std::uint8_t { every, staged };

enum class OriginCheck : std::uint8_t { unsafe_methods, off };

struct Route {
    Method method = Method::get;
    std::string_view path{};  // "/api/v1/{plural}/{id}"
    Access access = Access::member;
    std::string_view summary{};  // one line, for /openapi.json
    std::string_view answers = "application/json";  // the media type of a good answer, for /openapi.json
    std::string_view statuses{};   // of good answers, "200,202", for /openapi.json; empty: 200, of a deletion 204
    std::string_view query{};      // query parameters, "after,limit", for /openapi.json; '!' before those that must be there
    Objects objects = Objects::every;
    Handler handler{};
    BodyRule body{};  // in memory unless said otherwise: 1 MiB, 16 KiB where everybody may knock
    OriginCheck origin = OriginCheck::unsafe_methods;
};

// For handlers that answer at once: a returned refusal becomes a problem answer in the caller's language.
template <std::invocable<Context&> F>
Handler answering(F function)
{
    return [function = std::move(function)](Context& context, Reply reply) {
        Result<Response> result = function(context);
        reply(result ? std::move(*result) : problem_response(result.error(), context.language));
    };
}

}  // namespace shangdao::serve
