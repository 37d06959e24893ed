// The one table of field types: their names on the wire and in definitions (D1).
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "record/value.h"

namespace shangdao::record {

struct TypeRow {
    Type type;
    std::string_view name;
};

std::span<const TypeRow> type_table();
std::string_view type_name(Type type);
std::optional<Type> type_named(std::string_view name);

}  // namespace shangdao::record
