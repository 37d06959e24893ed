// How fields lie in tables: the one place that names physical columns.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <ranges>

#include "store/sql/expression_sql.h"

namespace shangdao::store::sql {

using record::Type;

std::string table_of(const record::Object& object) { return "o_" + std::string{object.name()}; }

std::string search_table_of(const record::Object& object) { return "s_" + std::string{object.name()}; }

std::int64_t text_row(std::int64_t doc, Id owner) { return -(doc << record::owner_mark_bits | record::owner_mark(owner)); }

std::vector<std::string> sight_columns(const record::Object& object)
{
    const auto searched = [&](std::size_t slot) { return object.field(slot).searched == record::Searched::yes && object.field(slot).type == Type::text; };
    const auto slots = std::views::iota(std::size_t{0}, object.slot_count());
    if (!object.owned() || object.seen_through().empty() || std::ranges::none_of(slots, searched)) return {};
    std::vector<std::string> columns{columns_of(object, record::slot_id).front().name, columns_of(object, record::slot_owner).front().name};
    for (const auto slot : object.seen_through()) columns.push_back(columns_of(object, slot).front().name);
    return columns;
}

std::string index_name(std::string_view kind, const record::Object& object, std::span<const std::string> columns)
{
    return fmt::format("{}_{}_{}", kind, table_of(object), fmt::join(columns, "__"));
}

bool has_sort_key(const record::Object& object, std::size_t slot)
{
    const auto& field = object.field(slot);
    return field.type == Type::text && (slot == object.name_slot() || field.ordered == record::Ordered::indexed);
}

std::vector<PhysicalColumn> columns_of(const record::Object& object, std::size_t slot)
{
    const auto& field = object.field(slot);
    const std::string name{object.column(slot)};
    switch (field.type) {
    case Type::text: {
        std::vector<PhysicalColumn> columns{{name, "TEXT", "text"}};
        if (has_sort_key(object, slot)) columns.push_back({name + "_sort", "BLOB", "bytea"});
        if (field.uniqueness == record::Uniqueness::unique) columns.push_back({name + "_key", "TEXT", "text"});
        return columns;
    }
    case Type::money: return {{name, "INTEGER", "bigint"}, {name + "_currency", "TEXT", "text"}, {name + "_base", "INTEGER", "bigint"}};
    case Type::address: return {{name, "TEXT", "text"}, {name + "_country", "TEXT", "text"}, {name + "_region", "TEXT", "text"}};
    case Type::duration:
    case Type::choice:
    case Type::choices: return {{name, "TEXT", "text"}};
    case Type::date: return {{name, "INTEGER", "date"}};
    case Type::boolean: return {{name, "INTEGER", "boolean"}};
    default: return {{name, "INTEGER", "bigint"}};
    }
}

}  // namespace shangdao::store::sql
