// Search over several objects: each object's hits come from one compiled statement, so sight, the bin and the filter of tokens
// are judged by the one compiler. Broad words have more hits than anybody reads: the newest of each object are weighed. The
// shorter the name of a record, the more specific is the hit.
#include <algorithm>

#include "store/sqlite/select_rows.h"
#include "store/sqlite/snapshot.h"

namespace shangdao::store::sqlite {
namespace {

struct Weighed {
    std::int64_t length;
    std::size_t place;
    SearchHit hit;
};

}  // namespace

std::vector<SearchHit> Snapshot::search(const SearchQuery& words, std::span<const Object* const> objects, const record::Sight* sight, std::int64_t limit)
{
    if (words.empty() || limit <= 0) return {};
    std::vector<Weighed> weighed;
    for (const auto* object : objects) {
        if (layout_->of(*object).searched_slots.empty()) continue;
        const Select select{.from = object, .search = words, .limit = limit, .sight = sight};
        const auto statement = sql::compile_search(*layout_->catalogue, select, sql::Dialect::sqlite);
        auto query = prepared(connection_, statement);
        while (query.step()) weighed.push_back({query.integer(1), weighed.size(), {object->index(), Id{query.integer(0)}}});
    }
    std::ranges::sort(weighed, {}, [](const Weighed& one) { return std::pair{one.length, one.place}; });
    if (std::ssize(weighed) > limit) weighed.resize(static_cast<std::size_t>(limit));
    std::vector<SearchHit> hits;
    for (const auto& one : weighed) hits.push_back(one.hit);
    return hits;
}

}  // namespace shangdao::store::sqlite
