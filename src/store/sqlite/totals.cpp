#include "store/sqlite/totals.h"

#include <fmt/format.h>

#include <algorithm>

namespace shangdao::store::sqlite {
namespace {

constexpr std::int64_t everyone = 0, nobody = -1;

constexpr std::int64_t broad_percent = 2;    // D31

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
public:
    Sum(Connection& connection, const TableLayout& table, std::string field, std::string choice, const TotalChanges* batch,
        const TotalChanges* unit)
        : connection_(connection), table_(table), field_(std::move(field)), choice_(std::move(choice)), batch_(batch), unit_(unit)
    {
    }

    std::int64_t of(std::int64_t owner) const
    {
        auto query = connection_.prepare("SELECT n FROM total WHERE object = ?1 AND field = ?2 AND choice = ?3 AND owner = ?4");
        query.bind(1, table_.number).bind(2, std::string_view{field_}).bind(3, std::string_view{choice_}).bind(4, owner);
        std::int64_t n = query.step() ? query.integer(0) : 0;
        if (batch_ != nullptr) n += batch_->of(table_.number, field_, choice_, owner);
        if (unit_ != nullptr) n += unit_->of(table_.number, field_, choice_, owner);
        return n;
    }

private:
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

}  // namespace

bool counts_by(const TableLayout& table, std::size_t slot)
{
    return slot == record::slot_owner || slot == record::slot_deleted_at || std::ranges::find(table.counted_slots, slot) != table.counted_slots.end();
}

std::optional<Counted> counted_of(const Record& record, const TableLayout& table)
{
    if (record.deleted()) return std::nullopt;
    Counted counted;
    const auto owner = table.object->owned() ? record.owner() : Id{};
    counted.owner = owner ? owner.value : nobody;
    for (const auto slot : table.counted_slots) {
        const auto* choice = std::get_if<record::ChoiceKey>(&record.at(slot));
        counted.choices.push_back(choice != nullptr ? choice->key : std::string{});
    }
    return counted;
}

std::optional<Counted> read_counted(Connection& connection, const TableLayout& table, Id id)
{
    std::string sql = fmt::format("SELECT deleted_at, {}", in_quotes(table.slots[record::slot_owner].columns.front()));
    for (const auto slot : table.counted_slots) sql += fmt::format(", {}", in_quotes(table.slots[slot].columns.front()));
    auto query = connection.prepare(fmt::format("{} FROM {} WHERE id = ?1", sql, table.table));
    query.bind(1, id.value);
    if (!query.step() || !query.is_null(0)) return std::nullopt;
    Counted counted{.owner = query.is_null(1) || !table.object->owned() ? nobody : query.integer(1), .choices = {}};
    for (int i = 0; i < static_cast<int>(table.counted_slots.size()); ++i) counted.choices.emplace_back(query.text(2 + i));
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
}

void TotalChanges::add(const TableLayout& table, const std::optional<Counted>& before, const std::optional<Counted>& after)
{
    if (before) count(table, *before, -1);
    if (after) count(table, *after, 1);
}

void TotalChanges::take(TotalChanges&& other)
{
    if (changes_.empty()) changes_.swap(other.changes_);
    for (const auto& [key, by] : other.changes_) changes_[key] += by;
    other.changes_.clear();
}

void TotalChanges::write(Connection& connection) const
{
    for (const auto& [key, by] : changes_) write(connection, key, by);
}

void TotalChanges::write_back(Connection& connection, std::int64_t object) const
{
    for (const auto& [key, by] : changes_)
        if (std::get<0>(key) == object) write(connection, key, -by);
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
    if (sight == nullptr || sight->kind == RowSight::Kind::all) return sum.of(asked.owner ? asked.owner->value : everyone);
    if (!table.object->seen_through().empty()) return std::nullopt;
    if (sight->kind == RowSight::Kind::none || !sight->owners) return 0;
    if (!table.object->owned()) return std::nullopt;
    if (asked.owner) return sight->owners->contains(*asked.owner) ? sum.of(asked.owner->value) : 0;
    std::int64_t n = 0;
    for (const auto owner : *sight->owners) n += sum.of(owner.value);
    return n;
}

std::vector<std::size_t> broad_slots(Connection& connection, const Layout& layout, const Select& select, const formula::Moment& moment)
{
    if (!select.where || select.order.empty() || !select.search.empty()) return {};
    const auto* by = field_of(*select.order.front().by);
    if (by == nullptr) return {};
    const auto& table = layout.of(*select.from);
    Asked asked;
    const auto& where = *select.where;
    if (where.op == formula::Op::all_of)
        for (const auto& part : where.args) take_condition(*part, table, moment, asked);
    else take_condition(where, table, moment, asked);
    if (!asked.owner && !asked.choice) return {};
    // (owner, choice, order) or (owner, order): SQLite finds these by itself; then only the choice's own index is in the way.
    const auto order = table.order_column(by->path.front());
    // Choices are sorted by their place, which no index knows.
    if (table.slots[by->path.front()].type == record::Type::choice || (by->path.front() != record::slot_id && !table.has_index({order}))) return {};
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

void recount(Connection& connection, const TableLayout& table)
{
    connection.prepare("DELETE FROM total WHERE object = ?1").bind(1, table.number).run();
    for (const auto& count : counts_of(table))
        connection.execute(
            fmt::format("INSERT INTO total (object, field, choice, owner, n) SELECT {}, field, choice, owner, n FROM ({})", table.number, count.rows));
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
    return findings;
}

}  // namespace shangdao::store::sqlite
