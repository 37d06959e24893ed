// Router – method and path to Route, in time proportional to the path, by a tree of segments.
#pragma once

#include <array>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "serve/route.h"

namespace shangdao::serve {

class Router {
public:
    // Two routes of one method and one shape are a bug. The routes must outlive the Router.
    void add(const Route& route);

    using Segments = std::vector<std::pair<std::string_view, std::string_view>>;
    struct Match {
        const Route* route = nullptr;   // nullptr: see `allow`
        Segments segments;              // views into the route's and the request's path
        std::string allow;              // not empty: the path exists, these methods may be used ("GET, HEAD, PATCH")
    };
    // HEAD falls back to GET. A fixed name wins over a blank for the methods it has; the others are the blank's. `path` must outlive the Match.
    Match match(Method method, std::string_view path) const;
    const std::vector<const Route*>& routes() const { return routes_; }

private:
    struct Node {
        std::map<std::string, std::unique_ptr<Node>, std::less<>> fixed;
        std::unique_ptr<Node> blank;
        std::array<const Route*, 7> routes{};
        const Route* route_of(Method method) const { return routes[static_cast<std::size_t>(method)]; }
    };
    static const Route* descend(const Node& node, Method method, std::string_view rest, std::vector<std::string_view>& blanks);

    Node root_;
    std::vector<const Route*> routes_;
};

}  // namespace shangdao::serve
