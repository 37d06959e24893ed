#include "store/sql/page_sql.h"

#include <fmt/format.h>

#include <algorithm>

#include "formula/arithmetic.h"

namespace shangdao::store::sql {

namespace {

using formula::Expression;
using formula::Op;
using record::Type;
using record::Value;

// Measured on 600 k rows: 40 owners merged 0.2 ms, walked with visible() 11 ms at 2 %, listed with IN 238 ms.
constexpr std::size_t owners_merged_max = 64;

bool is_own_field(const Expression& e) { return e->op == Op::field && e->path.size() == 1; }

bool never_null(const Select& select, const Expression& e)
{
    if (!is_own_field(e)) return false;
    const auto slot = e->path.front();
    if (slot == record::slot_deleted_at) return select.deleted == Select::Deleted::only;
    return slot == record::slot_id || slot == record::slot_version || slot == record::slot_created_at || slot == record::slot_updated_at;
}

// A choice with an index over its keys: one walk a key, in the definition's order.
bool is_walked_by_key(const Select& select, const Expression& e)
{
    if (!is_own_field(e) || e->type.type != Type::choice) return false;
    const auto& field = select.from->field(e->path.front());
    return field.ordered == record::Ordered::indexed && !field.choices.empty();
}

SortKey key_of(const Select& select, const Order& order, ExpressionSql& sql) { return {sql.sort_value(order.by, "t"), order.descending, !never_null(select, order.by)}; }

std::vector<SortKey> keys_from(const Select& select, std::size_t first, ExpressionSql& sql)
{
    std::vector<SortKey> keys;
    for (auto i = first; i < select.order.size(); ++i) keys.push_back(key_of(select, select.order[i], sql));
    return keys;
}

std::string strictly(const SortKey& key) { return key.descending ? "<" : ">"; }

// Rows behind the place in the orders from `first` on, then by id.
std::string behind(const Select& select, std::size_t first, ExpressionSql& sql)
{
    if (first == select.order.size()) return fmt::format("t.id {} {}", id_descends(select) ? "<" : ">", sql.bind_value(select.after.back()));
    const auto& order = select.order[first];
    const auto key = key_of(select, order, sql);
    const auto place = sql.bind_sort_value(order.by, select.after[first]);
    const auto rest = behind(select, first + 1, sql);
    if (place == "NULL") return fmt::format("({} IS NULL AND {})", key.sql, rest);
    const auto nulls = key.nulls ? fmt::format(" OR {} IS NULL", key.sql) : std::string{};
    return fmt::format("({0} {1} {2} OR ({0} = {2} AND {3}){4})", key.sql, strictly(key), place, rest, nulls);
}

// One walk a key from the place on, then the nulls, then keys that are no longer listed.
std::vector<PageSegment> by_key(const Select& select, ExpressionSql& sql)
{
    const auto& order = select.order.front();
    const auto& choices = order.by->type.choices_of->choices;
    const auto column = sql.column(*select.from, order.by->path.front(), "t");
    const auto rest = keys_from(select, 1, sql);
    std::string keys;
    std::vector<std::string> tests;
    for (std::size_t i = 0; i < choices.size(); ++i) {
        const auto key = sql.bind(std::string{choices[order.descending ? choices.size() - 1 - i : i].key});
        keys += (keys.empty() ? "" : ",") + key;
        tests.push_back(fmt::format("{} = {}", column, key));
    }
    tests.push_back(column + " IS NULL");
    tests.push_back(fmt::format("{} NOT IN ({})", column, keys));

    std::size_t here = 0;
    if (!select.after.empty()) {
        const auto* reached = std::get_if<record::ChoiceKey>(&select.after.front());
        const auto place = reached == nullptr ? std::nullopt : formula::place_of(*order.by->type.choices_of, reached->key);
        here = reached == nullptr ? choices.size() : !place ? choices.size() + 1 : static_cast<std::size_t>(*place);
        if (place && order.descending) here = choices.size() - 1 - here;
        tests[here] += " AND " + behind(select, 1, sql);
    }
    std::vector<PageSegment> segments;
    for (std::size_t i = here; i < tests.size(); ++i) segments.push_back({tests[i], rest});
    return segments;
}

// From the beginning. Where null is the greatest, nulls behind what falls are a walk of their own.
std::vector<PageSegment> first_page(const Select& select, ExpressionSql& sql)
{
    auto keys = keys_from(select, 0, sql);
    if (keys.empty() || !keys.front().descending || !keys.front().nulls || sql.words().null_is_least) return {{.test = {}, .keys = std::move(keys)}};
    std::vector<PageSegment> segments(2);
    segments[1] = {.test = keys.front().sql + " IS NULL", .keys = {keys.begin() + 1, keys.end()}};
    keys.front().nulls = false;
    segments[0] = {.test = keys.front().sql + " IS NOT NULL", .keys = std::move(keys)};
    return segments;
}

bool has_narrow_test(const record::Catalogue& catalogue, const Expression& e)
{
    if (e == nullptr) return false;
    if (e->op == Op::all_of) return std::ranges::any_of(e->args, [&](const Expression& one) { return has_narrow_test(catalogue, one); });
    if ((e->op != Op::equal && e->op != Op::in) || !is_own_field(e->args[0])) return false;
    const auto slot = e->args[0]->path.front();
    const auto& field = catalogue.object(e->args[0]->object).field(slot);
    return slot == record::slot_id || slot == record::slot_owner || (field.type == Type::reference && slot >= record::first_own_slot) || field.uniqueness == record::Uniqueness::unique;
}

}  // namespace

bool id_descends(const Select& select) { return !select.order.empty() && select.order.back().descending; }

std::vector<PageSegment> page_segments(const Select& select, ExpressionSql& sql)
{
    if (!select.order.empty() && is_walked_by_key(select, select.order.front().by)) return by_key(select, sql);
    if (select.after.empty()) return first_page(select, sql);
    if (select.order.empty()) return {{.test = behind(select, 0, sql), .keys = {}}};

    const auto& order = select.order.front();
    const auto place = sql.bind_sort_value(order.by, select.after.front());
    auto keys = keys_from(select, 0, sql);
    if (place == "NULL") return {{.test = behind(select, 0, sql), .keys = std::move(keys)}};
    // The range the index walks, then the nulls.
    const auto first = keys.front();
    const auto rest = behind(select, 1, sql);
    std::vector<PageSegment> segments;
    segments.push_back({.test = fmt::format("{0} {1}= {2} AND ({0} {1} {2} OR {3})", first.sql, strictly(first), place, rest), .keys = keys});
    segments.back().keys.front().nulls = false;
    keys.erase(keys.begin());
    if (first.nulls) segments.push_back({.test = fmt::format("{} IS NULL", first.sql), .keys = std::move(keys)});
    return segments;
}

std::vector<Id> merged_owners(const record::Catalogue& catalogue, const Select& select)
{
    if (select.sight == nullptr || select.deleted != Select::Deleted::hide || !select.search.empty() || select.order.size() > 1 || !order_is_indexed(select)) return {};
    const auto& rows = select.sight->rows(*select.from);
    if (rows.kind != record::RowSight::Kind::owners || !rows.owners || rows.owners->empty() || rows.owners->size() > owners_merged_max) return {};
    if (rows.owners->size() == 1 && rows.by_owner_alone()) return {};
    if (!select.from->owned() || !select.from->seen_by_owner_alone() || has_narrow_test(catalogue, select.where)) return {};
    if (select.order.empty() || select.order.front().by->path.front() < record::first_own_slot) return {};   // the system's times have no index per owner
    std::vector<Id> owners(rows.owners->begin(), rows.owners->end());
    std::ranges::sort(owners);
    return owners;
}

}  // namespace shangdao::store::sql
