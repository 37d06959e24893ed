// House – what the routes serve: one opened organisation and the doors to it. Lives as long as the server.
#pragma once

#include <mutex>
#include <string>

#include "engine/access/access.h"
#include "engine/engine.h"
#include "serve/event_stream.h"
#include "serve/route.h"

namespace shangdao::serve {
class Mailer;
namespace oidc {
struct ProviderSettings;
}
}  // namespace shangdao::serve

namespace shangdao::serve::rest {

struct House {
    engine::Engine& engine;
    engine::Access& access;
    std::string setup_token;                 // open until somebody can sign in; empty: set-up is closed
    std::string version;
    Mailer* mailer = nullptr;                // none: links are handed over by hand
    const oidc::ProviderSettings* provider = nullptr;   // none: members sign in by password alone
    std::mutex setting_up{};                 // one first administrator, however often the link is taken at the same moment
};

// The caller as the engine wants it: member, scopes, door, request id or Idempotency-Key, language.
engine::Caller caller_of(const Context& context);

// Reads and answers on a worker thread: desk and snapshot are made, a refusal becomes a problem.
struct Reading {
    store::View& view;
    const engine::Desk& desk;
    Context& context;
};
Handler reading(House& house, std::function<Result<Response>(Reading&)> function);

// A routed object by its plural; unknown, internal and unreadable ones answer alike.
Result<const record::Object*> object_named(const engine::Desk& desk, std::string_view plural);
Result<Id> id_of(std::string_view text);

// Query parameters that this route knows; others are refused with the nearest word.
Result<void> only_parameters(const Request& request, std::initializer_list<std::string_view> known);
Result<std::int64_t> whole_parameter(const Request& request, std::string_view name, std::int64_t otherwise);
std::vector<std::string> listed(std::string_view comma_separated);

// The name of an organisation, as it is kept. Refusals required, too_long, invalid_value of `field`.
Result<std::string> organisation_name(std::string_view text, const std::string& field);

// The body as JSON; empty body is null. A Content-Type that says something else is refused; none at all is taken for JSON.
Result<boost::json::value> json_body(const Request& request);

}  // namespace shangdao::serve::rest
