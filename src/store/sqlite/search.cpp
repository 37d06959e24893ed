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
    SearchHit hit;
};

}  // namespace

std::vector<SearchHit> Snapshot::search(const SearchQuery& words, std::span<const Object* const> objects, const record::Sight* sight, std::int64_t limit)
{
    if (words.empty() || limit <= 0) return {};
    std::vector<std::vector<Weighed>> found(objects.size());
    const auto ask = [&](std::size_t i, std::int64_t most) {
        const Select select{.from = objects[i], .search = words, .limit = most, .sight = sight};
        const auto statement = sql::compile_search(*layout_->catalogue, select, sql::Dialect::sqlite);
        auto query = prepared(connection_, statement);
        found[i].clear();
        while (query.step()) found[i].push_back({query.integer(1), {objects[i]->index(), Id{query.integer(0)}}});
    };
    // Where several objects have hits, half of the answer from each is more than enough.
    const auto half = (limit + 1) / 2;
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < objects.size(); ++i) {
        if (layout_->of(*objects[i]).searched_slots.empty()) continue;
        ask(i, half);
        sum += std::ssize(found[i]);
    }
    for (std::size_t i = 0; sum < limit && i < objects.size(); ++i)
        if (std::ssize(found[i]) == half) ask(i, limit);
    std::vector<Weighed> weighed;
    for (const auto& of_object : found) weighed.insert(weighed.end(), of_object.begin(), of_object.end());
    std::ranges::stable_sort(weighed, {}, &Weighed::length);
    if (std::ssize(weighed) > limit) weighed.resize(static_cast<std::size_t>(limit));
    std::vector<SearchHit> hits;
    for (const auto& one : weighed) hits.push_back(one.hit);
    return hits;
}

}  // namespace shangdao::store::sqlite
