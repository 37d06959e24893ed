#include "store/postgres/snapshot.h"

#include <unordered_map>

namespace shangdao::store::postgres {
namespace {

std::vector<std::int64_t> numbers_of(std::span<const Id> ids)
{
    std::vector<std::int64_t> numbers;
    numbers.reserve(ids.size());
    for (const auto id : ids) numbers.push_back(id.value);
    return numbers;
}

}  // namespace

Query prepared(Connection& connection, const sql::Statement& statement)
{
    auto query = connection.prepare(statement.text);
    int index = 0;
    for (const auto& value : statement.binds) {
        ++index;
        std::visit(sql::Each{[&](bool truth) { query.bind(index, std::int64_t{truth}); },
                             [&](std::int64_t number) { query.bind(index, number); },
                             [&](const std::string& text) { query.bind(index, std::string_view{text}); },
                             [&](const sql::Bytes& bytes) { query.bind_blob(index, bytes.bytes); },
                             [&](const std::shared_ptr<const record::OwnerSet>& owners) {
                                 if (owners) query.bind_numbers(index, numbers_of(std::vector<Id>(owners->begin(), owners->end())));
                                 else query.bind_null(index);
                             },
                             [&](const std::shared_ptr<const sql::Numbers>& numbers) { numbers ? query.bind_numbers(index, *numbers) : query.bind_null(index); },
                             [&](const std::shared_ptr<const WorkCalendar>&) { report_bug("a calendar is bound as numbers", std::source_location::current()); }},
                   value);
    }
    return query;
}

std::optional<Record> Snapshot::find(const Object& object, Id id)
{
    const auto& table = layout_->of(object);
    auto query = connection_.prepare(table.find_sql);
    query.bind(1, id.value);
    if (!query.step()) return std::nullopt;
    return sql::read_record(query, table);
}

std::vector<Record> Snapshot::find_all(const Object& object, std::span<const Id> ids, std::span<const std::size_t> slots)
{
    if (ids.empty()) return {};
    const auto& table = layout_->of(object);
    auto query = connection_.prepare(fmt::format("SELECT {} FROM {} WHERE id = ANY (?1::bigint[])", table.select_list(slots), table.table));
    query.bind_numbers(1, numbers_of(ids));
    std::unordered_map<Id, Record> found;
    while (query.step()) {
        auto record = sql::read_record(query, table, slots);
        const auto id = record.id();
        found.emplace(id, std::move(record));
    }
    std::vector<Record> records;
    records.reserve(found.size());
    for (const auto id : ids)
        if (const auto one = found.find(id); one != found.end()) records.push_back(one->second);
    return records;
}

std::optional<Id> Snapshot::find_unique(const Object& object, std::size_t slot, const Value& value)
{
    return sql::found_unique(connection_, layout_->of(object), slot, value);
}

void Snapshot::names(const Object& object, std::span<const Id> ids, const std::function<void(Id, std::string_view)>& each)
{
    if (ids.empty()) return;
    const auto& table = layout_->of(object);
    auto query = connection_.prepare(fmt::format("SELECT id, {} FROM {} WHERE id = ANY (?1::bigint[])", in_quotes(table.slots[object.name_slot()].columns.front()), table.table));
    query.bind_numbers(1, numbers_of(ids));
    std::unordered_map<Id, std::string> found;
    while (query.step()) found.emplace(Id{query.integer(0)}, query.text(1));
    for (const auto id : ids)
        if (const auto one = found.find(id); one != found.end()) each(id, one->second);
}

// A number that overflows ends its statement, not the transaction: a savepoint in the same trip.
void Snapshot::each_row(const sql::Statement& statement, const std::function<void(const Query&)>& take)
{
    auto query = prepared(connection_, statement);
    connection_.execute("SAVEPOINT reading");
    try {
        while (query.step()) take(query);
    } catch (const NumberOverflow&) {
        connection_.execute("ROLLBACK TO SAVEPOINT reading");
        connection_.execute("RELEASE SAVEPOINT reading");
        throw;
    }
    connection_.execute("RELEASE SAVEPOINT reading");
}

std::vector<Record> Snapshot::records(const Select& select, const formula::Moment& moment)
{
    require(select.outputs.empty() && select.group.empty() && select.measures.empty(), "records() reads whole records");
    const auto& table = layout_->of(*select.from);
    std::vector<Record> records;
    each_row(sql::must(sql::compile(*layout_->catalogue, select, moment, sql::Dialect::postgres)), [&](const Query& row) { records.push_back(sql::read_record(row, table, select.slots)); });
    return records;
}

std::vector<Row> Snapshot::rows(const Select& select, const formula::Moment& moment)
{
    const auto statement = sql::must(sql::compile(*layout_->catalogue, select, moment, sql::Dialect::postgres));
    std::vector<Row> rows;
    each_row(statement, [&](const Query& row) { rows.push_back(sql::read_row(row, statement, moment)); });
    return rows;
}

std::int64_t Snapshot::count(const Select& select, const formula::Moment& moment, std::int64_t at_most)
{
    std::int64_t n = 0;
    each_row(sql::must(sql::compile_count(*layout_->catalogue, select, moment, sql::Dialect::postgres, at_most)), [&](const Query& row) { n = row.integer(0); });
    return n;
}

std::vector<SearchHit> Snapshot::search(const SearchQuery& words, std::span<const Object* const> objects, const record::Sight* sight, std::int64_t limit)
{
    if (words.empty() || limit <= 0) return {};
    // Planned once and by the text index: its statistics say nothing of rare words, of which it would rather read whole tables.
    connection_.execute("SET LOCAL plan_cache_mode TO force_generic_plan");
    connection_.execute("SET LOCAL enable_seqscan TO off");
    std::list<sql::Walk<Query>> walks;
    for (const auto* object : objects) {
        if (layout_->of(*object).searched_slots.empty()) continue;
        const Select select{.from = object, .search = words, .limit = limit, .sight = sight};
        walks.push_back({object->index(), prepared(connection_, sql::compile_search(*layout_->catalogue, select, sql::Dialect::postgres))});
    }
    auto hits = sql::taken_in_turns(std::move(walks), limit);
    connection_.execute("SET LOCAL plan_cache_mode TO auto");
    connection_.execute("SET LOCAL enable_seqscan TO on");
    return hits;
}

}  // namespace shangdao::store::postgres
