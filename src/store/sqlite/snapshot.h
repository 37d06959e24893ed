// Snapshot – everything a View answers, over one connection; the reader's views and the writer's units both stand on it.
#pragma once

#include "store/sql/statement.h"
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
    std::optional<std::string> setting(std::string_view key);

private:
    sql::Statement planned(const Select& select, const formula::Moment& moment);

    Connection& connection_;
    std::shared_ptr<const Layout> layout_;
    const TotalChanges* batch_ = nullptr;
    const TotalChanges* unit_ = nullptr;
    NameCache* kept_names_ = nullptr;    // nullptr: of a unit, which sees what is not committed
    NameCache::Epoch epoch_ = 0;
};

// Makes a View or a Unit out of a snapshot: the calls that only read.
template <typename Port> class Reading : public Port {
public:
    Reading(Connection& connection, std::shared_ptr<const Layout> layout) : snapshot_(connection, std::move(layout)) {}

    const record::Catalogue& catalogue() const override { return *snapshot_.layout().catalogue; }
    std::optional<Record> find(const Object& object, Id id) override { return snapshot_.find(object, id); }
    std::vector<Record> find_all(const Object& object, std::span<const Id> ids, std::span<const std::size_t> slots) override { return snapshot_.find_all(object, ids, slots); }
    std::optional<Id> find_unique(const Object& object, std::size_t slot, const Value& value) override
    {
        return snapshot_.find_unique(object, slot, value);
    }
    void names(const Object& object, std::span<const Id> ids, const std::function<void(Id, std::string_view)>& each) override
    {
        snapshot_.names(object, ids, each);
    }
    std::vector<Record> records(const Select& select, const formula::Moment& moment) override { return snapshot_.records(select, moment); }
    std::vector<Row> rows(const Select& select, const formula::Moment& moment) override { return snapshot_.rows(select, moment); }
    std::int64_t count(const Select& select, const formula::Moment& moment, std::int64_t at_most) override
    {
        return snapshot_.count(select, moment, at_most);
    }
    std::vector<SearchHit> search(const SearchQuery& words, std::span<const Object* const> objects, const record::Sight* sight,
                                  std::int64_t limit) override
    {
        return snapshot_.search(words, objects, sight, limit);
    }
    std::optional<Event> event(std::int64_t seq) override { return read_event(snapshot_.connection(), seq); }
    std::vector<Event> events_after(std::int64_t seq, std::int64_t limit) override { return read_events_after(snapshot_.connection(), seq, limit); }
    std::vector<Event> history(std::span<const std::pair<const Object*, Id>> records, std::int64_t before, std::int64_t limit) override
    {
        std::vector<Id> ids;
        for (const auto& [object, id] : records) ids.push_back(id);
        return read_history(snapshot_.connection(), ids, before, limit);
    }
    std::int64_t head() override { return read_head(snapshot_.connection()); }
    std::optional<std::string> setting(std::string_view key) override { return snapshot_.setting(key); }

protected:
    Snapshot snapshot_;
};

}  // namespace shangdao::store::sqlite
