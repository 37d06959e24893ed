#include "store/sqlite/snapshot.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/require.h"
#include "store/sql/statement.h"
#include "store/sqlite/select_rows.h"

namespace shangdao::store::sqlite {

std::optional<Record> Snapshot::find(const Object& object, Id id)
{
    const auto& table = layout_->of(object);
    auto query = connection_.prepare(table.find_sql);
    query.bind(1, id.value);
    if (!query.step()) return std::nullopt;
    return read_record(query, table);
}

std::vector<Record> Snapshot::find_all(const Object& object, std::span<const Id> ids, std::span<const std::size_t> slots)
{
    const auto& table = layout_->of(object);
    const bool sight = std::ranges::equal(slots, object.sight_slots());
    auto query = connection_.prepare(slots.empty() ? table.find_sql : sight ? table.sight_sql : fmt::format("SELECT {} FROM {} WHERE id = ?1", table.select_list(slots), table.table));
    std::vector<Record> records;
    records.reserve(ids.size());
    for (const auto id : ids) {
        query.again();
        query.bind(1, id.value);
        if (query.step()) records.push_back(read_record(query, table, slots));
    }
    return records;
}

std::optional<Id> Snapshot::find_unique(const Object& object, std::size_t slot, const Value& value)
{
    return sql::found_unique(connection_, layout_->of(object), slot, value);
}

void Snapshot::names(const Object& object, std::span<const Id> ids, const std::function<void(Id, std::string_view)>& each)
{
    const auto& table = layout_->of(object);
    const auto to_read = kept_names_ != nullptr ? kept_names_->find(epoch_, table.number, ids, each) : std::vector(ids.begin(), ids.end());
    if (to_read.empty()) return;
    std::vector<std::pair<Id, std::string>> read;
    auto query = connection_.prepare(table.name_sql);
    for (const auto id : to_read) {
        query.again();
        query.bind(1, id.value);
        if (!query.step()) continue;
        each(id, query.text(0));
        if (kept_names_ != nullptr) read.emplace_back(id, query.text(0));
    }
    if (!read.empty()) kept_names_->keep(epoch_, table.number, std::move(read));
}

sql::Statement Snapshot::planned(const Select& select, const formula::Moment& moment)
{
    auto wiser = select;
    wiser.broad = broad_slots(connection_, *layout_, select, moment);
    // What waits for the end of the batch is in no cube yet.
    wiser.from_cube = (batch_ == nullptr || batch_->empty()) && (unit_ == nullptr || unit_->empty()) && sql::cube_answers(select);
    return compiled(*layout_->catalogue, wiser, moment);
}

std::vector<Record> Snapshot::records(const Select& select, const formula::Moment& moment)
{
    require(select.outputs.empty() && select.group.empty() && select.measures.empty(), "records() reads whole records");
    const auto& table = layout_->of(*select.from);
    std::vector<Record> records;
    const auto statement = planned(select, moment);
    auto query = prepared(connection_, statement);
    while (query.step()) records.push_back(read_record(query, table, select.slots));
    return records;
}

std::vector<Row> Snapshot::rows(const Select& select, const formula::Moment& moment)
{
    const auto statement = planned(select, moment);
    auto query = prepared(connection_, statement);
    std::vector<Row> rows;
    while (query.step()) rows.push_back(sql::read_row(query, statement, moment));
    return rows;
}

namespace {

// What is seen beyond ownership is few: counted by itself, the rest comes from totals. nullopt: they cannot be told apart.
std::optional<Select> counted_apart(const Select& select)
{
    if (select.sight == nullptr || select.part != Select::Part::whole || !select.from->owned() || !select.from->seen_by_owner_alone()) return std::nullopt;
    const auto& rows = select.sight->rows(*select.from);
    if (rows.kind != record::RowSight::Kind::owners || rows.by_owner_alone()) return std::nullopt;
    auto beyond = select;
    beyond.part = Select::Part::beyond;
    return beyond;
}

}  // namespace

std::int64_t Snapshot::count(const Select& select, const formula::Moment& moment, std::int64_t at_most)
{
    if (const auto total = total_of(connection_, *layout_, select, moment, batch_, unit_)) return std::min(*total, at_most);
    if (const auto beyond = counted_apart(select)) {
        auto owned = select;
        owned.part = Select::Part::owned;
        const auto theirs = count(owned, moment, at_most);
        return theirs < at_most ? theirs + count(*beyond, moment, at_most - theirs) : theirs;
    }
    const auto statement = compiled_count(*layout_->catalogue, select, moment, at_most);
    auto query = prepared(connection_, statement);
    return query.step() ? query.integer(0) : 0;
}

}  // namespace shangdao::store::sqlite
