#include "serve/hosts.h"

#include <algorithm>

#include "base/require.h"
#include "serve/language.h"
#include "serve/problem.h"

namespace shangdao::serve {

namespace {

constexpr std::size_t name_max = 253;

std::string lowered(std::string_view text)
{
    std::string name{text};
    for (char& byte : name)
        if (byte >= 'A' && byte <= 'Z') byte += 'a' - 'A';
    if (name.ends_with('.')) name.pop_back();
    return name;
}

// What a Host field names, without its port.
std::string_view without_port(std::string_view host)
{
    const auto end = host.starts_with('[') ? host.find(']') + 1 : host.find(':');
    return host.substr(0, end);
}

bool is_in_name(char byte) { return (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') || byte == '-' || byte == '.'; }

bool asks_for_the_process(const Request& request) { return request.path == "/healthz" || request.path == "/readyz"; }

}  // namespace

Result<std::string> host_name(std::string_view text, const std::string& field)
{
    auto name = lowered(text);
    const bool known = !name.empty() && name.size() <= name_max && std::ranges::all_of(name, is_in_name) && name.find("..") == std::string::npos && name.front() != '.';
    if (!known) return shangdao::refuse("invalid_value", field, {{"expected", "host"}});
    return name;
}

bool Hosts::add(std::span<const std::string> names, Application& application)
{
    if (names.empty() ? first_ != nullptr : under_any_name_ != nullptr) return false;
    if (first_ == nullptr) first_ = &application;
    if (names.empty()) under_any_name_ = &application;
    return std::ranges::all_of(names, [&](const std::string& name) { return by_name_.emplace(name, &application).second; });
}

Application* Hosts::application_of(const Request& request) const
{
    if (under_any_name_ != nullptr) return under_any_name_;
    const auto host = request.headers.find("Host");
    const auto found = host ? by_name_.find(lowered(without_port(*host))) : by_name_.end();
    if (found != by_name_.end()) return found->second;
    return asks_for_the_process(request) ? first_ : nullptr;
}

BodyRule Hosts::body_rule(const Request& head) const
{
    const auto* application = application_of(head);
    return application == nullptr ? BodyRule{.refusal = "unknown_host"} : application->body_rule(head);
}

void Hosts::serve(Request request, Reply reply)
{
    if (auto* application = application_of(request)) return application->serve(std::move(request), std::move(reply));
    reply(refusal("unknown_host", request));
}

Response Hosts::refusal(std::string_view code, const Request& request) const
{
    return problem_response(code, accepted_language(request.headers.find("Accept-Language")));
}

}  // namespace shangdao::serve
