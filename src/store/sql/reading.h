// What reads alike in every engine, over its Snapshot: find … setting of a View, its connection() and layout().
#pragma once

#include <list>

#include "base/require.h"
#include "store/sql/ledger.h"
#include "store/sql/slot_columns.h"
#include "store/sql/statement.h"
#include "store/store.h"

namespace shangdao::store::sql {

// Whoever hands a select to a store has checked it: one that cannot be compiled is a bug.
inline Statement must(Result<Statement> statement)
{
    if (!statement) report_bug("a select that cannot be compiled: " + statement.error().front().code, std::source_location::current());
    return std::move(*statement);
}

template <typename Query> Row read_row(const Query& query, const Statement& statement, const formula::Moment& moment)
{
    Row row;
    row.reserve(statement.columns.size());
    int column = 0;
    for (const auto& type : statement.columns) {
        const SlotLayout slot{.first = 0, .columns = {}, .type = type.type, .scale = type.scale};
        if (type.type != record::Type::money) row.push_back(read_slot(query, column, slot));
        else if (query.is_null(column)) row.emplace_back(record::Null{});
        else row.emplace_back(Money::of_base(query.integer(column), moment.base));
        ++column;
    }
    return row;
}

// The hits of one object: their ids, newest first.
template <typename Query> struct Walk {
    std::size_t object;
    Query query;
};

// The objects take turns, a hit each, so that every one with hits has its share and nothing is read that is not shown.
template <typename Query> std::vector<SearchHit> taken_in_turns(std::list<Walk<Query>> walks, std::int64_t limit)
{
    std::vector<SearchHit> hits;
    while (!walks.empty() && std::ssize(hits) < limit) {
        for (auto walk = walks.begin(); walk != walks.end() && std::ssize(hits) < limit;) {
            const bool hit = walk->query.step();
            if (hit) hits.push_back({walk->object, Id{walk->query.integer(0)}});
            walk = hit ? std::next(walk) : walks.erase(walk);
        }
    }
    return hits;
}

// Makes a View or a Unit out of a snapshot: the calls that only read.
template <typename Port, typename Snapshot> class Reading : public Port {
public:
    template <typename... Arguments> explicit Reading(Arguments&&... arguments) : snapshot_(std::forward<Arguments>(arguments)...) {}

    const record::Catalogue& catalogue() const override { return *snapshot_.layout().catalogue; }
    std::optional<Record> find(const Object& object, Id id) override { return snapshot_.find(object, id); }
    std::vector<Record> find_all(const Object& object, std::span<const Id> ids, std::span<const std::size_t> slots) override { return snapshot_.find_all(object, ids, slots); }
    std::optional<Id> find_unique(const Object& object, std::size_t slot, const Value& value) override { return snapshot_.find_unique(object, slot, value); }
    void names(const Object& object, std::span<const Id> ids, const std::function<void(Id, std::string_view)>& each) override { snapshot_.names(object, ids, each); }
    std::vector<Record> records(const Select& select, const formula::Moment& moment) override { return snapshot_.records(select, moment); }
    std::vector<Row> rows(const Select& select, const formula::Moment& moment) override { return snapshot_.rows(select, moment); }
    std::int64_t count(const Select& select, const formula::Moment& moment, std::int64_t at_most) override { return snapshot_.count(select, moment, at_most); }
    std::vector<SearchHit> search(const SearchQuery& words, std::span<const Object* const> objects, const record::Sight* sight, std::int64_t limit) override
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
    std::optional<std::string> setting(std::string_view key) override
    {
        auto query = snapshot_.connection().prepare("SELECT value FROM setting WHERE name = ?1");
        query.bind(1, key);
        if (!query.step()) return std::nullopt;
        return std::string{query.text(0)};
    }

protected:
    Snapshot snapshot_;
};

// Settings of a unit.
template <typename Connection> void write_setting(Connection& connection, std::string_view key, std::optional<std::string_view> value)
{
    if (!value) {
        connection.prepare("DELETE FROM setting WHERE name = ?1").bind(1, key).run();
        return;
    }
    connection.prepare("INSERT INTO setting (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = excluded.value").bind(1, key).bind(2, *value).run();
}

// Which unique keys of a record others have, asked after one was refused: the usual write costs no look-up. `value_of` gives nullptr for a
// slot that the record has not.
template <typename Snapshot>
std::unexpected<Problems> taken_keys(Snapshot& snapshot, const TableLayout& table, Id id, const std::function<const Value*(std::size_t)>& value_of)
{
    Problems problems;
    for (const auto slot : table.unique_slots) {
        const auto* value = value_of(slot);
        if (value == nullptr) continue;
        const auto other = snapshot.find_unique(*table.object, slot, *value);
        if (other && *other != id) problems.push_back({"duplicate_key", std::string{table.object->field(slot).name}, {{"id", to_string(*other)}}});
    }
    if (problems.empty()) problems.push_back({"duplicate_key", "id", {{"id", to_string(id)}}});
    return refuse(std::move(problems));
}

// Live record with this key; statements and keys are alike.
template <typename Connection> std::optional<Id> found_unique(Connection& connection, const TableLayout& table, std::size_t slot, const Value& value)
{
    require(table.object->field(slot).uniqueness == record::Uniqueness::unique, "only a unique field finds one record");
    if (record::is_null(value)) return std::nullopt;
    auto query = connection.prepare(fmt::format("SELECT id FROM {} WHERE {} = ?1 AND deleted_at IS NULL", table.table, table.unique_column(slot)));
    bind_unique(query, 1, table.slots[slot], value);
    if (!query.step()) return std::nullopt;
    return Id{query.integer(0)};
}

}  // namespace shangdao::store::sql
