// Snapshot – everything a View answers, over one connection; the reader's views and the writer's units both stand on it.
#pragma once

#include "store/postgres/layout.h"
#include "store/sql/reading.h"

namespace shangdao::store::postgres {

class Snapshot {
public:
    Snapshot(Connection& connection, std::shared_ptr<const Layout> layout) : connection_(connection), layout_(std::move(layout)) {}

    Connection& connection() { return connection_; }
    const Layout& layout() const { return *layout_; }
    void use(std::shared_ptr<const Layout> layout) { layout_ = std::move(layout); }

    std::optional<Record> find(const Object& object, Id id);
    std::vector<Record> find_all(const Object& object, std::span<const Id> ids, std::span<const std::size_t> slots);
    std::optional<Id> find_unique(const Object& object, std::size_t slot, const Value& value);
    void names(const Object& object, std::span<const Id> ids, const std::function<void(Id, std::string_view)>& each);
    std::vector<Record> records(const Select& select, const formula::Moment& moment);
    std::vector<Row> rows(const Select& select, const formula::Moment& moment);
    std::int64_t count(const Select& select, const formula::Moment& moment, std::int64_t at_most);
    std::vector<SearchHit> search(const SearchQuery& words, std::span<const Object* const> objects, const record::Sight* sight, std::int64_t limit);

private:
    void each_row(const sql::Statement& statement, const std::function<void(const Query&)>& take);

    Connection& connection_;
    std::shared_ptr<const Layout> layout_;
};

template <typename Port> using Reading = sql::Reading<Port, Snapshot>;

// `statement` need not outlive the query.
Query prepared(Connection& connection, const sql::Statement& statement);

}  // namespace shangdao::store::postgres
