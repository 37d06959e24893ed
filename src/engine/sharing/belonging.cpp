// Trees are small: a walk answers each question, and a ring ends where it began.
#include "engine/sharing/belonging.h"

#include <unordered_set>

namespace shangdao::engine {

namespace {

constexpr std::int64_t rows_max = 1'000'000;

Id reference_at(const record::Record& record, std::optional<std::size_t> slot)
{
    const auto* id = slot ? std::get_if<Id>(&record.at(*slot)) : nullptr;
    return id == nullptr ? Id{} : *id;
}

}  // namespace

void Belonging::load(store::View& view, const record::Catalogue& catalogue, std::string_view nodes, std::string_view places)
{
    const auto* tree = catalogue.find(nodes);
    const auto* places_object = catalogue.find(places);
    if (tree == nullptr || places_object == nullptr) return;
    std::unordered_set<Id> live;
    for (const auto& node : view.records({.from = tree, .limit = rows_max}, {})) {
        live.insert(node.id());
        if (const auto parent = reference_at(node, tree->slot("parent"))) {
            above_[node.id()].push_back(parent);
            below_[parent].push_back(node.id());
        }
    }
    const auto node_slot = places_object->slot(nodes), member_slot = places_object->slot("member");
    for (const auto& place : view.records({.from = places_object, .limit = rows_max}, {})) {
        const auto node = reference_at(place, node_slot), member = reference_at(place, member_slot);
        if (!member || !live.contains(node)) continue;
        nodes_[member].push_back(node);
        members_[node].push_back(member);
    }
}

std::vector<Id> Belonging::reached(const Lists& from, const std::vector<Id>& begin)
{
    std::vector<Id> found;
    std::unordered_set<Id> known;
    const auto take = [&](const std::vector<Id>& ids) {
        for (const auto id : ids)
            if (known.insert(id).second) found.push_back(id);
    };
    take(begin);
    for (std::size_t next = 0; next < found.size(); ++next)
        if (const auto more = from.find(found[next]); more != from.end()) take(more->second);
    return found;
}

std::vector<Id> Belonging::nodes_and_above(Id member) const
{
    const auto own = nodes_.find(member);
    return own == nodes_.end() ? std::vector<Id>{} : reached(above_, own->second);
}

std::vector<Id> Belonging::nodes_and_below(Id member) const
{
    const auto own = nodes_.find(member);
    return own == nodes_.end() ? std::vector<Id>{} : reached(below_, own->second);
}

std::vector<Id> Belonging::members_within(Id node) const
{
    std::vector<Id> found;
    std::unordered_set<Id> known;
    for (const auto one : reached(below_, {node}))
        if (const auto members = members_.find(one); members != members_.end())
            for (const auto member : members->second)
                if (known.insert(member).second) found.push_back(member);
    return found;
}

}  // namespace shangdao::engine
