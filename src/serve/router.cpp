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
const Route* Router::descend(const Node& node, Method method, std::string_view rest, std::vector<std::string_view>& blanks)
{
    if (rest.empty()) return node.route_of(method);
    const std::string_view segment = take_segment(rest);
    if (const auto found = node.fixed.find(segment); found != node.fixed.end())
        if (const Route* const route = descend(*found->second, method, rest, blanks)) return route;
    if (!node.blank || segment.empty()) return nullptr;
    blanks.push_back(segment);
    if (const Route* const route = descend(*node.blank, method, rest, blanks)) return route;
    blanks.pop_back();
    return nullptr;
}

Router::Match Router::match(Method method, std::string_view path) const
{
    Match match;
    std::vector<std::string_view> blanks;
    match.route = descend(root_, method == Method::head ? Method::get : method, path, blanks);
    if (match.route) {
        std::size_t next = 0;
        for (std::string_view rest = match.route->path; !rest.empty();) {
            const std::string_view segment = take_segment(rest);
            if (is_blank(segment)) match.segments.emplace_back(segment.substr(1, segment.size() - 2), blanks[next++]);
        }
        return match;
    }
    for (const auto one : {Method::get, Method::post, Method::put, Method::patch, Method::del, Method::options}) {
        if (!descend(root_, one, path, blanks)) continue;
        if (!match.allow.empty()) match.allow += ", ";
        match.allow += to_string(one);
        if (one == Method::get) match.allow += ", HEAD";
    }
    return match;
}

}  // namespace shangdao::serve
