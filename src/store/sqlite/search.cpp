// Search over several objects: each object's hits come from one compiled statement, so sight, the bin and the filter of tokens
// are judged by the one compiler. Broad words have more hits than anybody reads: the newest of each object are weighed. The
// shorter the name of a record, the more specific is the hit.
#include <algorithm>
#include <list>

#include "store/sqlite/select_rows.h"
#include "store/sqlite/snapshot.h"

namespace shangdao::store::sqlite {
namespace {

struct Weighed {
    std::int64_t length;
    SearchHit hit;
};

// One object's hits, newest first.
struct Walk {
    Walk(Connection& connection, std::size_t index, sql::Statement compiled) : object(index), statement(std::move(compiled)), query(prepared(connection, statement)) {}

    std::size_t object;
    sql::Statement statement;
    Query query;
};

}  // namespace

std::vector<SearchHit> Snapshot::search(const SearchQuery& words, std::span<const Object* const> objects, const record::Sight* sight, std::int64_t limit)
{
    if (words.empty() || limit <= 0) return {};
    // The objects take turns, a hit each, so that every one with hits has its share and nothing is read that is not shown.
    std::list<Walk> walks;
    for (const auto* object : objects) {
        if (layout_->of(*object).searched_slots.empty()) continue;
        const Select select{.from = object, .search = words, .limit = limit, .sight = sight};
        walks.emplace_back(connection_, object->index(), sql::compile_search(*layout_->catalogue, select, sql::Dialect::sqlite));
    }
    std::vector<Weighed> weighed;
    while (!walks.empty() && std::ssize(weighed) < limit) {
        for (auto walk = walks.begin(); walk != walks.end() && std::ssize(weighed) < limit;) {
            const bool hit = walk->query.step();
            if (hit) weighed.push_back({walk->query.integer(1), {walk->object, Id{walk->query.integer(0)}}});
            walk = hit ? std::next(walk) : walks.erase(walk);
        }
    }
    std::ranges::stable_sort(weighed, {}, &Weighed::length);
    std::vector<SearchHit> hits;
    for (const auto& one : weighed) hits.push_back(one.hit);
    return hits;
}

}  // namespace shangdao::store::sqlite
