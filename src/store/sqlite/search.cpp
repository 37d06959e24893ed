// Search over several objects: each object's hits come from one compiled Select, so sight, the bin and the filter of tokens
// are judged by the one compiler. The number of tokens a record is found under tells how specific a hit is.
#include <fmt/format.h>

#include <algorithm>

#include "store/sqlite/select_rows.h"
#include "store/sqlite/snapshot.h"

namespace shangdao::store::sqlite {
namespace {

// Broad words have more hits than anybody reads: of each object this many times the limit are weighed.
constexpr std::int64_t weighed_times_limit = 4;

formula::Expression id_of(const Object& object)
{
    auto node = std::make_shared<formula::Node>();
    node->op = formula::Op::field;
    node->type = {.type = record::Type::reference, .target = object.index()};
    node->path = {record::slot_id};
    node->object = object.index();
    return node;
}

struct Weighed {
    std::int64_t length;
    std::size_t place;
    SearchHit hit;
};

}  // namespace

std::vector<SearchHit> Snapshot::search(std::span<const std::string> tokens, std::span<const Object* const> objects, const record::Sight* sight,
                                        std::int64_t limit)
{
    if (tokens.empty() || limit <= 0) return {};
    std::vector<Weighed> weighed;
    for (const auto* object : objects) {
        Select select{.from = object, .search = {tokens.begin(), tokens.end()}, .limit = limit * weighed_times_limit, .sight = sight};
        select.outputs.push_back({"id", id_of(*object)});
        for (const auto& row : rows(select, {})) {
            const auto id = std::get<Id>(row.front());
            auto length = connection_.prepare("SELECT length(tokens) FROM search_doc WHERE doc = ?1");
            length.bind(1, id.value);
            weighed.push_back({length.step() ? length.integer(0) : 0, weighed.size(), {object->index(), id}});
        }
    }
    std::ranges::sort(weighed, {}, [](const Weighed& one) { return std::pair{one.length, one.place}; });
    if (std::ssize(weighed) > limit) weighed.resize(static_cast<std::size_t>(limit));
    std::vector<SearchHit> hits;
    for (const auto& one : weighed) hits.push_back(one.hit);
    return hits;
}

}  // namespace shangdao::store::sqlite
