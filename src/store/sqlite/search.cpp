// Search over several objects: each object's hits come from one compiled statement, so sight, the bin and the filter of tokens
// are judged by the one compiler. Broad words have more hits than anybody reads: the newest of each object are weighed.
#include "store/sqlite/select_rows.h"
#include "store/sqlite/snapshot.h"

namespace shangdao::store::sqlite {

std::vector<SearchHit> Snapshot::search(const SearchQuery& words, std::span<const Object* const> objects, const record::Sight* sight, std::int64_t limit)
{
    if (words.empty() || limit <= 0) return {};
    std::list<sql::Statement> statements;    // what is bound must live until the last step
    std::list<sql::Walk<Query>> walks;
    for (const auto* object : objects) {
        if (layout_->of(*object).searched_slots.empty()) continue;
        const Select select{.from = object, .search = words, .limit = limit, .sight = sight};
        statements.push_back(sql::compile_search(*layout_->catalogue, select, sql::Dialect::sqlite));
        walks.push_back({object->index(), prepared(connection_, statements.back())});
    }
    return sql::taken_in_turns(std::move(walks), limit);
}

}  // namespace shangdao::store::sqlite
