// The table of types, and which C++ value each of them holds.
#include "record/type.h"

#include <array>

#include "record/record.h"

namespace shangdao::record {

namespace {

constexpr std::array<TypeRow, 12> types{{
    {Type::text, "text"}, {Type::number, "number"}, {Type::share, "share"}, {Type::money, "money"},
    {Type::date, "date"}, {Type::instant, "instant"}, {Type::duration, "duration"}, {Type::boolean, "boolean"},
    {Type::choice, "choice"}, {Type::choices, "choices"}, {Type::reference, "reference"}, {Type::address, "address"},
}};

template <Type type> bool holds_stored(const Value& value) { return std::holds_alternative<typename StoredOf<type>::type>(value); }

}  // namespace

std::span<const TypeRow> type_table() { return types; }

std::string_view type_name(Type type) { return types[static_cast<std::size_t>(type)].name; }

std::optional<Type> type_named(std::string_view name)
{
    for (const auto& row : types)
        if (row.name == name) return row.type;
    return std::nullopt;
}

bool fits(Type type, const Value& value)
{
    if (is_null(value)) return true;
    switch (type) {
    case Type::text: return holds_stored<Type::text>(value);
    case Type::number: return holds_stored<Type::number>(value);
    case Type::share: return holds_stored<Type::share>(value);
    case Type::money: return holds_stored<Type::money>(value);
    case Type::date: return holds_stored<Type::date>(value);
    case Type::instant: return holds_stored<Type::instant>(value);
    case Type::duration: return holds_stored<Type::duration>(value);
    case Type::boolean: return holds_stored<Type::boolean>(value);
    case Type::choice: return holds_stored<Type::choice>(value);
    case Type::choices: return holds_stored<Type::choices>(value);
    case Type::reference: return holds_stored<Type::reference>(value);
    case Type::address: return holds_stored<Type::address>(value);
    }
    return false;
}

}  // namespace shangdao::record
