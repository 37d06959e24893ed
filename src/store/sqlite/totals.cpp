#include "store/sqlite/totals.h"

#include <fmt/format.h>

#include <algorithm>

#include "store/sql/statement.h"

namespace shangdao::store::sqlite {
namespace {

constexpr std::int64_t everyone = 0, nobody = -1;

constexpr std::int64_t broad_percent = 2;    // D31
constexpr std::size_t owners_asked_max = 30;    // of more, one walk over all that are kept is quicker than asking for each

// What a filter asks of the totals: at most one owner and one choice.
struct Asked {
    std::optional<Id> owner;
    std::optional<std::pair<std::size_t, std::string>> choice;    // slot, key
};

const formula::Node* field_of(const formula::Node& node)
{
    return node.op == formula::Op::field && node.path.size() == 1 ? &node : nullptr;
}

// The constant right of an `=`, when it is one.
std::optional<Value> constant(const formula::Node& node, const formula::Moment& moment, const formula::Node& left)
{
    if (node.op == formula::Op::literal) return node.value;
    // me() is the only call of no argument that yields a reference.
    if (node.op == formula::Op::call && node.args.empty() && node.type.type == record::Type::reference && !node.type.list &&
        left.type.type == record::Type::reference && moment.me)
        return Value{moment.me};
    return std::nullopt;
}

bool take_equality(const formula::Node& node, const TableLayout& table, const formula::Moment& moment, Asked& asked)
{
    if (node.op != formula::Op::equal || node.args.size() != 2) return false;
    const auto* left = field_of(*node.args[0]);
    if (left == nullptr) return false;
    const auto value = constant(*node.args[1], moment, *left);
    if (!value || record::is_null(*value)) return false;
    const auto slot = left->path.front();
    if (slot == record::slot_owner) {
        const auto* id = std::get_if<Id>(&*value);
        if (id == nullptr || asked.owner) return false;
        asked.owner = *id;
        return true;
    }
    if (asked.choice || std::ranges::find(table.counted_slots, slot) == table.counted_slots.end()) return false;
    if (const auto* key = std::get_if<record::ChoiceKey>(&*value)) asked.choice = {slot, key->key};
    else if (const auto* text = std::get_if<std::string>(&*value)) asked.choice = {slot, *text};
    else return false;
    return true;
}

bool take_condition(const formula::Node& node, const TableLayout& table, const formula::Moment& moment, Asked& asked)
{
    if (node.op != formula::Op::all_of) return take_equality(node, table, moment, asked);
    return std::ranges::all_of(node.args, [&](const auto& part) { return take_condition(*part, table, moment, asked); });
}

class Sum {
    static constexpr std::string_view of_owner = "SELECT n FROM total WHERE object = ?1 AND field = ?2 AND choice = ?3 AND owner = ?4";
    static constexpr std::string_view of_owners = "SELECT n FROM total WHERE object = ?1 AND field = ?2 AND choice = ?3 AND visible(?4, owner)";

public:
    Sum(Connection& connection, const TableLayout& table, std::string field, std::string choice, const TotalChanges* batch,
        const TotalChanges* unit)
        : connection_(connection), table_(table), field_(std::move(field)), choice_(std::move(choice)), batch_(batch), unit_(unit)
    {
    }

    std::int64_t of(std::int64_t owner) const
    {
        auto kept = prepared(of_owner);
        return of(owner, kept);
    }

    std::int64_t of_all(const record::OwnerSet& owners) const
    {
        std::int64_t n = 0;
        if (owners.size() > owners_asked_max && batch_ == nullptr && unit_ == nullptr) {
            auto kept = prepared(of_owners);
            kept.bind_owners(4, &owners);
            while (kept.step()) n += kept.integer(0);
            return n;
        }
        auto kept = prepared(of_owner);
        for (const auto owner : owners) n += of(owner.value, kept);
        return n;
    }

private:
    Query prepared(std::string_view sql) const
    {
        auto query = connection_.prepare(sql);
        query.bind(1, table_.number).bind(2, std::string_view{field_}).bind(3, std::string_view{choice_});
        return query;
    }

    std::int64_t of(std::int64_t owner, Query& kept) const
    {
        kept.again();
        kept.bind(4, owner);
        std::int64_t n = kept.step() ? kept.integer(0) : 0;
        if (batch_ != nullptr) n += batch_->of(table_.number, field_, choice_, owner);
        if (unit_ != nullptr) n += unit_->of(table_.number, field_, choice_, owner);
        return n;
    }

    Connection& connection_;
    const TableLayout& table_;
    std::string field_, choice_;
    const TotalChanges* batch_;
    const TotalChanges* unit_;
};

// The rows `total` should hold for one field of an object, as a SELECT of field, choice, owner, n.
struct FieldCount {
    std::string field, rows;
};

std::vector<FieldCount> counts_of(const TableLayout& table)
{
    const auto owner = table.object->owned() ? fmt::format("coalesce({}, {})", in_quotes(table.slots[record::slot_owner].columns.front()), nobody)
                                             : std::to_string(nobody);
    std::vector<FieldCount> counts;
    const auto add = [&](const std::string& field, const std::string& choice) {
        const auto rows = [&](std::string_view who) {
            return fmt::format("SELECT '{}' AS field, {} AS choice, {} AS owner, count(*) AS n FROM {} WHERE deleted_at IS NULL GROUP BY 2, 3",
                               field, choice, who, table.table);
        };
        counts.push_back({field, fmt::format("{} UNION ALL {}", rows(owner), rows(std::to_string(everyone)))});
    };
    add("", "''");
    for (const auto slot : table.counted_slots) {
        const auto& column = table.slots[slot].columns.front();
        add(column, fmt::format("coalesce({}, '')", in_quotes(column)));
    }
    return counts;
}

// The cells that a cube should hold, as a SELECT of its stored columns.
std::string cells_of(const TableLayout& table)
{
    std::string keys = fmt::format("coalesce({}, {})", in_quotes(table.slots[record::slot_owner].columns.front()), nobody), group = "1", sums;
    for (std::size_t i = 0; i < table.cube_slots.size(); ++i) {
        keys += fmt::format(", coalesce({}, '')", in_quotes(table.slots[table.cube_slots[i]].columns.front()));
        group += fmt::format(", {}", 2 + i);
    }
    for (const auto slot : table.summed_slots) sums += fmt::format(", coalesce(sum({0}), 0), count({0})", table.order_column(slot));
    return fmt::format("SELECT {}, count(*){} FROM {} WHERE deleted_at IS NULL GROUP BY {}", keys, sums, table.table, group);
}

}  // namespace

bool counts_by(const TableLayout& table, std::size_t slot)
{
    const auto among = [slot](const std::vector<std::size_t>& slots) { return std::ranges::find(slots, slot) != slots.end(); };
    return slot == record::slot_owner || slot == record::slot_deleted_at || among(table.counted_slots) || among(table.cube_slots) || among(table.summed_slots);
}

std::optional<Counted> counted_of(const Record& record, const TableLayout& table)
{
    if (record.deleted()) return std::nullopt;
    const auto key = [&](std::size_t slot) {
        const auto* choice = std::get_if<record::ChoiceKey>(&record.at(slot));
        return choice != nullptr ? choice->key : std::string{};
    };
    Counted counted;
    const auto owner = table.object->owned() ? record.owner() : Id{};
    counted.owner = owner ? owner.value : nobody;
    for (const auto slot : table.counted_slots) counted.choices.push_back(key(slot));
    for (const auto slot : table.cube_slots) counted.cell.push_back(key(slot));
    for (const auto slot : table.summed_slots) {
        const auto& value = record.at(slot);
        if (const auto* money = std::get_if<Money>(&value)) counted.summed.emplace_back(money->base_minor);
        else if (const auto* number = std::get_if<Number>(&value)) counted.summed.emplace_back(rescale(number->units, number->scale, table.slots[slot].scale));
        else counted.summed.emplace_back(std::nullopt);
    }
    return counted;
}

std::optional<Counted> read_counted(Connection& connection, const TableLayout& table, Id id)
{
    auto query = connection.prepare(table.counted_sql);
    query.bind(1, id.value);
    if (!query.step() || !query.is_null(0)) return std::nullopt;
    Counted counted{.owner = query.is_null(1) || !table.object->owned() ? nobody : query.integer(1), .choices = {}, .cell = {}, .summed = {}};
    int column = 2;
    for (std::size_t i = 0; i < table.counted_slots.size(); ++i) counted.choices.emplace_back(query.text(column++));
    for (std::size_t i = 0; i < table.cube_slots.size(); ++i) counted.cell.emplace_back(query.text(column++));
    for (std::size_t i = 0; i < table.summed_slots.size(); ++i, ++column)
        counted.summed.push_back(query.is_null(column) ? std::nullopt : std::optional{query.integer(column)});
    return counted;
}

void TotalChanges::count(const TableLayout& table, const Counted& counted, std::int64_t by)
{
    const auto add = [&](const std::string& field, const std::string& choice) {
        changes_[{table.number, field, choice, everyone}] += by;
        changes_[{table.number, field, choice, counted.owner}] += by;
    };
    add({}, {});
    for (std::size_t i = 0; i < table.counted_slots.size(); ++i) add(table.slots[table.counted_slots[i]].columns.front(), counted.choices[i]);
    if (table.cube_slots.empty()) return;
    auto& cell = cells_[{table.number, counted.owner, counted.cell}];
    cell.n += by;
    cell.sums.resize(table.summed_slots.size());
    for (std::size_t i = 0; i < cell.sums.size(); ++i) {
        if (!counted.summed[i]) continue;
        cell.sums[i].first += by * *counted.summed[i];
        cell.sums[i].second += by;
    }
}

void TotalChanges::apply(const TableLayout& table, const std::optional<Counted>& before, const std::optional<Counted>& after)
{
    if (before) count(table, *before, -1);
    if (after) count(table, *after, 1);
}

void TotalChanges::add(const TableLayout& table, const std::optional<Counted>& before, const std::optional<Counted>& after)
{
    apply(table, before, after);
    ++steps_;
    if (attempt_) attempt_->push_back({&table, before, after});
}

void TotalChanges::begin_attempt()
{
    attempt_.emplace();
}

void TotalChanges::end_attempt(bool keep)
{
    if (!keep)
        for (const auto& [table, before, after] : *attempt_) apply(*table, after, before);
    attempt_.reset();
}

void TotalChanges::take(TotalChanges&& other)
{
    steps_ += other.steps_;
    if (changes_.empty()) changes_.swap(other.changes_);
    for (const auto& [key, by] : other.changes_) changes_[key] += by;
    if (cells_.empty()) cells_.swap(other.cells_);
    for (const auto& [key, cell] : other.cells_) {
        auto& mine = cells_[key];
        mine.n += cell.n;
        mine.sums.resize(cell.sums.size());
        for (std::size_t i = 0; i < cell.sums.size(); ++i) {
            mine.sums[i].first += cell.sums[i].first;
            mine.sums[i].second += cell.sums[i].second;
        }
    }
    other = {};
}

void TotalChanges::write(Connection& connection, const Layout& layout) const
{
    for (const auto& [key, by] : changes_) write(connection, key, by);
    for (const auto& [key, cell] : cells_)
        if (const auto* table = layout.numbered(std::get<0>(key))) write(connection, *table, key, cell, 1);
}

void TotalChanges::write_back(Connection& connection, const TableLayout& table) const
{
    for (const auto& [key, by] : changes_)
        if (std::get<0>(key) == table.number) write(connection, key, -by);
    for (const auto& [key, cell] : cells_)
        if (std::get<0>(key) == table.number) write(connection, table, key, cell, -1);
}

void TotalChanges::write(Connection& connection, const Key& key, std::int64_t by)
{
    if (by == 0) return;
    const auto& [object, field, choice, owner] = key;
    connection
        .prepare("INSERT INTO total (object, field, choice, owner, n) VALUES (?1, ?2, ?3, ?4, ?5) "
                 "ON CONFLICT (object, field, choice, owner) DO UPDATE SET n = n + excluded.n")
        .bind(1, object)
        .bind(2, std::string_view{field})
        .bind(3, std::string_view{choice})
        .bind(4, owner)
        .bind(5, by)
        .run();
}

void TotalChanges::write(Connection& connection, const TableLayout& table, const CellKey& key, const Cell& cell, std::int64_t by)
{
    const bool changed = cell.n != 0 || std::ranges::any_of(cell.sums, [](const auto& sum) { return sum.first != 0 || sum.second != 0; });
    if (!changed) return;
    auto query = connection.prepare(table.cell_sql);
    const auto& [object, owner, choices] = key;
    int column = 1;
    query.bind(column++, owner);
    for (const auto& choice : choices) query.bind(column++, std::string_view{choice});
    query.bind(column++, by * cell.n);
    for (const auto& [sum, of] : cell.sums) query.bind(column, by * sum).bind(column + 1, by * of), column += 2;
    query.run();
}

std::int64_t TotalChanges::of(std::int64_t object, const std::string& field, const std::string& choice, std::int64_t owner) const
{
    if (changes_.empty()) return 0;
    const auto found = changes_.find({object, field, choice, owner});
    return found == changes_.end() ? 0 : found->second;
}

std::optional<std::int64_t> total_of(Connection& connection, const Layout& layout, const Select& select, const formula::Moment& moment,
                                     const TotalChanges* batch, const TotalChanges* unit)
{
    const auto& table = layout.of(*select.from);
    if (!select.search.empty() || !select.group.empty() || !select.measures.empty() || select.having || select.deleted != Select::Deleted::hide)
        return std::nullopt;
    Asked asked;
    if (select.where && !take_condition(*select.where, table, moment, asked)) return std::nullopt;
    if (asked.owner && !table.object->owned()) return std::nullopt;
    const auto field = asked.choice ? table.slots[asked.choice->first].columns.front() : std::string{};
    const Sum sum(connection, table, field, asked.choice ? asked.choice->second : std::string{}, batch, unit);
    using record::RowSight;
    const auto* sight = select.sight != nullptr ? &select.sight->rows(*select.from) : nullptr;
    if (sight != nullptr && sight->leaves_out()) return std::nullopt;
    if (sight == nullptr || sight->kind == RowSight::Kind::all) return sum.of(asked.owner ? asked.owner->value : everyone);
    if (!table.object->seen_by_owner_alone() || (!sight->by_owner_alone() && select.part != Select::Part::owned)) return std::nullopt;
    if (sight->kind == RowSight::Kind::none || !sight->owners) return 0;
    if (!table.object->owned()) return std::nullopt;
    if (asked.owner) return sight->owners->contains(*asked.owner) ? sum.of(asked.owner->value) : 0;
    return sum.of_all(*sight->owners);
}

namespace {

constexpr std::size_t owners_few = 64;

// The choices that `node` asks for by `=`.
void take_choices(const formula::Node& node, std::vector<std::size_t>& slots)
{
    if (node.op == formula::Op::all_of) {
        for (const auto& part : node.args) take_choices(*part, slots);
    } else if (node.op == formula::Op::equal && node.args.size() == 2) {
        const auto* field = field_of(*node.args[0]);
        if (field != nullptr && field->type.type == record::Type::choice) slots.push_back(field->path.front());
    }
}

// SQLite keeps no statistics here and takes the index that matches the most columns: one over two choices, before the one over the few
// owners in sight, whose rows are far fewer. Choices that begin such an index are walked past then.
std::vector<std::size_t> choices_before_owners(Connection& connection, const TableLayout& table, const Select& select)
{
    const auto* sight = select.sight != nullptr ? &select.sight->rows(*select.from) : nullptr;
    if (sight == nullptr || sight->kind != record::RowSight::Kind::owners || sight->mostly || !sight->owners || sight->owners->size() > owners_few) return {};
    if (!table.object->owned() || !table.object->seen_through().empty() || !sight->by_owner_alone()) return {};
    std::vector<std::size_t> asked;
    take_choices(*select.where, asked);
    auto followed = asked;
    for (const auto& output : select.group)
        if (const auto* field = field_of(*output.value)) followed.push_back(field->path.front());
    const auto column = [&](std::size_t slot) { return in_quotes(table.slots[slot].columns.front()); };
    std::erase_if(asked, [&](std::size_t slot) {
        return std::ranges::none_of(followed, [&](std::size_t next) { return next != slot && table.has_index({column(slot), column(next)}); });
    });
    if (asked.empty()) return {};
    const Sum all(connection, table, {}, {}, nullptr, nullptr);
    std::int64_t theirs = 0;
    for (const auto owner : *sight->owners) theirs += all.of(owner.value);
    return theirs * 4 < all.of(everyone) ? asked : std::vector<std::size_t>{};
}

}  // namespace

std::vector<std::size_t> broad_slots(Connection& connection, const Layout& layout, const Select& select, const formula::Moment& moment)
{
    if (!select.where || !select.search.empty()) return {};
    const auto& table = layout.of(*select.from);
    const auto* by = select.order.empty() ? nullptr : field_of(*select.order.front().by);
    if (by == nullptr) return choices_before_owners(connection, table, select);
    Asked asked;
    const auto& where = *select.where;
    if (where.op == formula::Op::all_of)
        for (const auto& part : where.args) take_condition(*part, table, moment, asked);
    else take_condition(where, table, moment, asked);
    if (!asked.owner && !asked.choice) return {};
    // (owner, choice, order) or (owner, order): SQLite finds these by itself; then only the choice's own index is in the way.
    const auto order = table.order_column(by->path.front());
    // Choices are sorted by their place, which no index knows.
    if (table.slots[by->path.front()].type == record::Type::choice || (by->path.front() != record::slot_id && !table.has_index({order})))
        return choices_before_owners(connection, table, select);
    const auto owner = in_quotes(table.slots[record::slot_owner].columns.front());
    const auto choice = asked.choice ? in_quotes(table.slots[asked.choice->first].columns.front()) : std::string{};
    if (asked.owner && asked.choice && table.has_index({owner, choice, order})) return {};
    if (!asked.owner && table.has_index({choice, order})) return {};
    std::vector<std::size_t> broad;
    const Sum all(connection, table, {}, {}, nullptr, nullptr);
    const auto enough = [&](std::int64_t n) { return n * 100 >= all.of(everyone) * broad_percent; };
    const bool by_owner = asked.owner && table.has_index({owner, order});
    if (asked.owner && !by_owner && enough(all.of(asked.owner->value))) broad.push_back(record::slot_owner);
    if (asked.choice) {
        const Sum of_choice(connection, table, table.slots[asked.choice->first].columns.front(), asked.choice->second, nullptr, nullptr);
        if (by_owner || enough(of_choice.of(everyone))) broad.push_back(asked.choice->first);
    }
    return broad;
}

std::string cube_text(const TableLayout& table)
{
    if (table.cube_slots.empty()) return {};
    const auto owner = in_quotes(table.slots[record::slot_owner].columns.front());
    std::string keys = "owner_of", columns = "owner_of INTEGER NOT NULL", made = fmt::format(", {} INTEGER AS (nullif(owner_of, {}))", owner, nobody);
    for (const auto slot : table.cube_slots) {
        const auto& choice = table.slots[slot].columns.front();
        keys += ", " + in_quotes("of_" + choice);
        columns += fmt::format(", {} TEXT NOT NULL", in_quotes("of_" + choice));
        made += fmt::format(", {} TEXT AS (nullif({}, ''))", in_quotes(choice), in_quotes("of_" + choice));
    }
    columns += ", n INTEGER NOT NULL";
    for (const auto slot : table.summed_slots) {
        const auto [sum, of] = table.sum_columns(slot);
        columns += fmt::format(", {} INTEGER NOT NULL, {} INTEGER NOT NULL", sum, of);
        made += fmt::format(", {} INTEGER AS (CASE WHEN {} > 0 THEN {} END)", table.order_column(slot), of, sum);
    }
    return fmt::format("CREATE TABLE {0} ({1}{2}, PRIMARY KEY ({3})) WITHOUT ROWID; CREATE INDEX {4} ON {0} ({5})", table.cube_table, columns, made, keys,
                       in_quotes("i_" + sql::cube_table_of(*table.object)), owner);
}

void create_cube(Connection& connection, const TableLayout& table)
{
    connection.execute(fmt::format("DROP TABLE IF EXISTS {}; {}", table.cube_table, cube_text(table)));
}

void recount(Connection& connection, const TableLayout& table)
{
    connection.prepare("DELETE FROM total WHERE object = ?1").bind(1, table.number).run();
    for (const auto& count : counts_of(table))
        connection.execute(
            fmt::format("INSERT INTO total (object, field, choice, owner, n) SELECT {}, field, choice, owner, n FROM ({})", table.number, count.rows));
    if (table.cube_slots.empty()) return;
    connection.execute(fmt::format("DELETE FROM {}; INSERT INTO {} ({}) {}", table.cube_table, table.cube_table, table.cell_columns, cells_of(table)));
}

std::vector<std::string> check_totals(Connection& connection, const TableLayout& table)
{
    std::vector<std::string> findings;
    for (const auto& count : counts_of(table)) {
        auto query = connection.prepare(fmt::format(
            "SELECT choice, owner, sum(kept), sum(counted) FROM ("
            "SELECT choice, owner, n AS kept, 0 AS counted FROM total WHERE object = {} AND field = '{}' UNION ALL "
            "SELECT choice, owner, 0, n FROM ({})) GROUP BY choice, owner HAVING sum(kept) <> sum(counted)", table.number, count.field, count.rows));
        while (query.step() && findings.size() < 20)
            findings.push_back(fmt::format("totals: {} {} {} of owner {} is kept as {} but counts {}", table.object->name(), count.field,
                                           query.text(0), query.integer(1), query.integer(2), query.integer(3)));
    }
    if (table.cube_slots.empty()) return findings;
    // What is in one of the two and not in the other.
    const auto kept = fmt::format("SELECT {0} FROM {1} WHERE n <> 0", table.cell_columns, table.cube_table);
    auto query = connection.prepare(fmt::format("SELECT owner_of, n FROM (SELECT * FROM ({0}) EXCEPT SELECT * FROM ({1}) UNION ALL SELECT * FROM (SELECT * FROM ({1}) EXCEPT SELECT * FROM ({0})))", kept, cells_of(table)));
    while (query.step() && findings.size() < 20)
        findings.push_back(fmt::format("totals: a cell of {} of owner {} is not what its records add up to ({})", table.object->name(), query.integer(0), query.integer(1)));
    return findings;
}

}  // namespace shangdao::store::sqlite
