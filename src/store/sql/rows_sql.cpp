// Rows and columns: who sees which rows, and the way along references to a column. Both meet only here, so no path goes past
// the sight of its viewer.
#include <fmt/format.h>

#include <algorithm>

#include "store/sql/expression_sql.h"

namespace shangdao::store::sql {

namespace {

using formula::Node;
using record::Type;

// Few owners are named one by one, so that an index over the owner serves; many are asked by visible().
constexpr std::size_t owners_listed_max = 200;

std::string quoted_column(const std::string& alias, std::string_view name) { return fmt::format("{}.\"{}\"", alias, name); }

}  // namespace

std::string ExpressionSql::part_of(const record::Object& object, std::size_t slot, const std::string& alias, Part part) const
{
    const auto columns = columns_of(object, slot);
    const auto one = [&](std::size_t i) { return dialect_.column(quoted_column(alias, columns[i].name), object.field(slot).type); };
    switch (part) {
    case Part::sort:
    case Part::currency:
    case Part::country: return one(1);
    case Part::region: return one(2);
    case Part::minor:
    case Part::detail: return one(0);
    case Part::value: break;
    }
    const auto type = object.field(slot).type;
    if (type == Type::address) return fmt::format("coalesce({},{},{})", one(0), one(1), one(2));   // asked only whether it is null
    return one(type == Type::money ? 2 : 0);
}

std::string ExpressionSql::column(const record::Object& object, std::size_t slot, const std::string& alias) const { return part_of(object, slot, alias, Part::value); }

std::string ExpressionSql::field_at(const Node& node, std::size_t step, std::size_t object_index, const std::string& alias, Part part)
{
    const auto& object = catalogue_.object(object_index);
    const auto slot = node.path[step];
    if (step + 1 == node.path.size()) return part_of(object, slot, alias, part);
    const auto& target = catalogue_.object(object.target(slot));
    const auto inner = fresh_alias();
    const auto inside = field_at(node, step + 1, target.index(), inner, part);
    return fmt::format("(SELECT {} FROM \"{}\" {} WHERE {}.id = {} AND {})", inside, table_of(target), inner, inner, column(object, slot, alias),
                       visible_rows(target, inner, Select::Deleted::hide));
}

std::string ExpressionSql::one_of(const std::shared_ptr<const record::OwnerSet>& owners, const std::string& owner)
{
    if (owners->size() > owners_listed_max) return dialect_.in_set(bind(owners), owner);
    std::vector<Id> sorted(owners->begin(), owners->end());
    std::ranges::sort(sorted);
    std::string list;
    for (const auto id : sorted) list += (list.empty() ? "" : ",") + bind(id.value);
    return sorted.size() == 1 ? fmt::format("{} = {}", owner, list) : fmt::format("{} IN ({})", owner, list);
}

// Many ids are looked up, not asked of every row.
std::string ExpressionSql::with_id(const std::shared_ptr<const record::OwnerSet>& ids, const std::string& alias)
{
    const auto id = alias + ".id";
    return ids->size() > owners_listed_max ? dialect_.in_ids(bind(ids), id) : one_of(ids, id);
}

std::string ExpressionSql::in_team(const std::string& owner)
{
    return team_gathered_ ? one_of(moment_.my_team, owner) : dialect_.in_set(bind(moment_.my_team), owner);
}

std::string ExpressionSql::owned_rows(const record::Object& object, const std::string& alias)
{
    const auto& sight = sight_->rows(object);
    using Kind = record::RowSight::Kind;
    if (sight.kind == Kind::all) return "TRUE";
    if (sight.kind == Kind::none || !sight.owners || sight.owners->empty()) return "FALSE";
    const auto owner = column(object, record::slot_owner, alias);
    if (sight.mostly || (owners_judged_ && alias == "t" && sight.owners->size() > 1)) return dialect_.in_set(bind(sight.owners), owner);
    return one_of(sight.owners, owner);
}

// "FALSE": none. Each alternative says anew that its rows are live: else SQLite takes none of the indexes, which hold live rows alone.
std::string ExpressionSql::opened_rows(const record::Object& object, const std::string& alias, Select::Deleted deleted)
{
    const auto& sight = sight_->rows(object);
    if (sight.kind != record::RowSight::Kind::owners) return "FALSE";
    std::string text;
    const auto live = live_rows(alias, deleted);
    const auto add = [&](const std::string& test) { text += fmt::format("{}({} AND {})", text.empty() ? "" : " OR ", live, test); };
    if (sight.shared && !sight.shared->empty()) add(with_id(sight.shared, alias));
    for (const auto& when : sight.opened) {
        if (when->op != formula::Op::any_of) add(condition(when, alias));
        else
            for (const auto& one : when->args) add(condition(one, alias));
    }
    return text.empty() ? "FALSE" : "(" + text + ")";
}

// Seen by themselves, whatever they belong to.
std::string ExpressionSql::seen_rows(const record::Object& object, const std::string& alias, Select::Deleted deleted)
{
    const auto owned = owned_rows(object, alias);
    if (owned == "TRUE") return owned;
    const auto opened = opened_rows(object, alias, deleted);
    if (opened == "FALSE") return owned;
    return owned == "FALSE" ? opened : fmt::format("({} OR {})", owned, opened);
}

std::string ExpressionSql::rows_beyond(const record::Object& object, const std::string& alias, Select::Deleted deleted)
{
    const auto& sight = sight_->rows(object);
    const auto opened = opened_rows(object, alias, deleted);
    if (opened == "FALSE" || !sight.owners || sight.owners->empty()) return opened;
    const auto owner = column(object, record::slot_owner, alias);
    return fmt::format("{} AND ({} IS NULL OR NOT {})", opened, owner, dialect_.in_set(bind(sight.owners), owner));
}

std::string ExpressionSql::visible_cells(const record::Object& object, const std::string& alias)
{
    const auto held = alias + ".n > 0";
    return sight_ == nullptr ? held : fmt::format("{} AND {}", held, owned_rows(object, alias));
}

std::string ExpressionSql::live_rows(const std::string& alias, Select::Deleted deleted)
{
    return alias + (deleted == Select::Deleted::hide ? ".deleted_at IS NULL" : ".deleted_at IS NOT NULL");
}

std::string ExpressionSql::withheld_rows(const record::Object& object, const std::string& alias)
{
    const auto& sight = sight_->rows(object);
    std::string tests;
    if (sight.except && !sight.except->empty()) tests += fmt::format(" AND NOT ({})", one_of(sight.except, column(object, record::slot_id, alias)));
    for (const auto& restriction : sight.restrictions) tests += " AND " + exact(restriction, alias);
    return tests;
}

std::string ExpressionSql::visible_rows(const record::Object& object, const std::string& alias, Select::Deleted deleted, Select::Part part)
{
    auto live = live_rows(alias, deleted);
    if (sight_ == nullptr) return live;
    live += withheld_rows(object, alias);
    if (sight_->rows(object).kind == record::RowSight::Kind::none) return live + " AND FALSE";
    if (part != Select::Part::whole) return fmt::format("{} AND {}", live, part == Select::Part::owned ? owned_rows(object, alias) : rows_beyond(object, alias, deleted));
    auto seen = seen_rows(object, alias, deleted);
    if (seen == "TRUE") return live;
    for (const auto slot : object.seen_through()) {
        const auto& target = catalogue_.object(object.target(slot));
        const auto inner = fresh_alias();
        const auto target_seen = seen_rows(target, inner, Select::Deleted::hide);
        if (target_seen == "FALSE") continue;
        const auto there = live_rows(inner, Select::Deleted::hide) + withheld_rows(target, inner);
        seen += fmt::format(" OR EXISTS (SELECT 1 FROM \"{}\" {} WHERE {}.id = {} AND {} AND {})", table_of(target), inner, inner, column(object, slot, alias), there, target_seen);
    }
    if (const auto shared = object.shared_by()) {
        const auto with = column(object, *shared, alias);
        seen += fmt::format(" OR {} = 'all'", with);
        const auto& leaders = sight_->rows(object).leaders;
        if (leaders && !leaders->empty()) seen += fmt::format(" OR ({} = 'team' AND {})", with, one_of(leaders, column(object, record::slot_owner, alias)));
    }
    return fmt::format("{} AND ({})", live, seen);
}

}  // namespace shangdao::store::sql
