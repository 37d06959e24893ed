// Snapshot – everything a View answers, over one connection; the reader's views and the writer's units both stand on it.
#pragma once

#include "store/sql/reading.h"
#include "store/sqlite/layout.h"
#include "store/sqlite/ledger.h"
#include "store/sqlite/name_cache.h"
#include "store/sqlite/totals.h"
#include "store/store.h"

namespace shangdao::store::sqlite {

class Snapshot {
public:
    Snapshot(Connection& connection, std::shared_ptr<const Layout> layout) : connection_(connection), layout_(std::move(layout)) {}

    Connection& connection() { return connection_; }
    const Layout& layout() const { return *layout_; }
    const std::shared_ptr<const Layout>& shared_layout() const { return layout_; }
    void use(std::shared_ptr<const Layout> layout) { layout_ = std::move(layout); }
    // Totals that are not in the table yet; both outlive the snapshot.
    void wait_for(const TotalChanges* batch, const TotalChanges* unit) { batch_ = batch, unit_ = unit; }

    // Names kept between reads; `epoch` was asked before the snapshot began. The cache outlives the snapshot.
    void use_names(NameCache& kept, NameCache::Epoch epoch) { kept_names_ = &kept, epoch_ = epoch; }

    std::optional<Record> find(const Object& object, Id id);
    std::vector<Record> find_all(const Object& object, std::span<const Id> ids, std::span<const std::size_t> slots);
    std::optional<Id> find_unique(const Object& object, std::size_t slot, const Value& value);
    void names(const Object& object, std::span<const Id> ids, const std::function<void(Id, std::string_view)>& each);
    std::vector<Record> records(const Select& select, const formula::Moment& moment);
    std::vector<Row> rows(const Select& select, const formula::Moment& moment);
    std::int64_t count(const Select& select, const formula::Moment& moment, std::int64_t at_most);
    std::vector<SearchHit> search(const SearchQuery& words, std::span<const Object* const> objects, const record::Sight* sight,
                                  std::int64_t limit);

private:
    sql::Statement planned(const Select& select, const formula::Moment& moment);

    Connection& connection_;
    std::shared_ptr<const Layout> layout_;
    const TotalChanges* batch_ = nullptr;
    const TotalChanges* unit_ = nullptr;
    NameCache* kept_names_ = nullptr;    // nullptr: of a unit, which sees what is not committed
    NameCache::Epoch epoch_ = 0;
};

template <typename Port> using Reading = sql::Reading<Port, Snapshot>;

}  // namespace shangdao::store::sqlite
