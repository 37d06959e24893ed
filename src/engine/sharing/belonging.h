// Belonging – which members are where in a tree: groups within groups, territories within territories.
#pragma once

#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/id.h"
#include "store/store.h"

namespace shangdao::engine {

class Belonging {
public:
    // `nodes`: an object with a reference "parent" to itself; `places`: each of its records puts a "member" into the node that its field of the
    // name of `nodes` says. Where the catalogue lacks them, nobody is anywhere.
    void load(store::View& view, const record::Catalogue& catalogue, std::string_view nodes, std::string_view places);

    // Each list holds a node or member once.
    std::vector<Id> nodes_and_above(Id member) const;   // where the member is, and what holds that
    std::vector<Id> nodes_and_below(Id member) const;   // where the member is, and what is within that
    std::vector<Id> members_within(Id node) const;      // of the node and of what is within it

private:
    using Lists = std::unordered_map<Id, std::vector<Id>>;
    static std::vector<Id> reached(const Lists& from, const std::vector<Id>& begin);

    Lists above_, below_;         // of each node: at most one above
    Lists nodes_, members_;       // of each member; of each node
};

}  // namespace shangdao::engine
