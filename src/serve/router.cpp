#include "serve/router.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/require.h"

namespace shangdao::serve {

namespace {

// Takes "/name" off the front.
std::string_view take_segment(std::string_view& rest)
{
    rest.remove_prefix(1);
    const std::size_t end = std::min(rest.find('/'), rest.size());
    const std::string_view segment = rest.substr(0, end);
    rest.remove_prefix(end);
    return segment;
}

bool is_blank(std::string_view segment)
{
    return segment.size() > 2 && segment.front() == '{' && segment.back() == '}';
}

}  // namespace

std::string_view Context::segment(std::string_view name) const
{
    const auto found = std::ranges::find(segments, name, &std::pair<std::string_view, std::string_view>::first);
    require(found != segments.end(), "the route's path has this blank");
    return found->second;
}

bool Router::Node::has_route() const
{
    return std::ranges::any_of(routes, [](const Route* route) { return route != nullptr; });
}

void Router::add(const Route& route)
{
    require(route.path.starts_with('/') && route.handler != nullptr, "a route has a path and a handler");
    require(route.method != Method::head, "HEAD comes with GET");
    Node* node = &root_;
    for (std::string_view rest = route.path; !rest.empty();) {
        const std::string_view segment = take_segment(rest);
        auto& next = is_blank(segment) ? node->blank : node->fixed[std::string(segment)];
        if (!next) next = std::make_unique<Node>();
        node = next.get();
    }
    const Route*& place = node->routes[static_cast<std::size_t>(route.method)];
    require(place == nullptr, fmt::format("{} {} is routed once", to_string(route.method), route.path));
    place = &route;
    routes_.push_back(&route);
}

// Fixed names first; a dead end below one falls back to the blank beside it. Depth is the table's, so this stays short.
const Router::Node* Router::descend(const Node& node, std::string_view rest, std::vector<std::string_view>& blanks)
{
    if (rest.empty()) return node.has_route() ? &node : nullptr;
    const std::string_view segment = take_segment(rest);
    if (const auto found = node.fixed.find(segment); found != node.fixed.end())
        if (const Node* const end = descend(*found->second, rest, blanks)) return end;
    if (!node.blank || segment.empty()) return nullptr;
    blanks.push_back(segment);
    if (const Node* const end = descend(*node.blank, rest, blanks)) return end;
    blanks.pop_back();
    return nullptr;
}

Router::Match Router::match(Method method, std::string_view path) const
{
    Match match;
    std::vector<std::string_view> blanks;
    const Node* const node = descend(root_, path, blanks);
    if (!node) return match;

    match.route = node->routes[static_cast<std::size_t>(method)];
    if (!match.route && method == Method::head) match.route = node->routes[static_cast<std::size_t>(Method::get)];
    if (match.route) {
        std::size_t next = 0;
        for (std::string_view rest = match.route->path; !rest.empty();) {
            const std::string_view segment = take_segment(rest);
            if (is_blank(segment)) match.segments.emplace_back(segment.substr(1, segment.size() - 2), blanks[next++]);
        }
        return match;
    }
    for (const Route* const route : node->routes) {
        if (!route) continue;
        if (!match.allow.empty()) match.allow += ", ";
        match.allow += to_string(route->method);
        if (route->method == Method::get) match.allow += ", HEAD";
    }
    return match;
}

}  // namespace shangdao::serve
