// Value – what one slot of a record holds. Null is a value of its own; empty text is null (D2).
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "base/id.h"
#include "base/money.h"
#include "base/time.h"

namespace shangdao::record {

// The stored type of a field; the one table of types is type_table() in type.h (D1).
enum class Type : unsigned char {
    text, number, share, money, date, instant, duration, boolean, choice, choices, reference, address
};

using Null = std::monostate;

struct ChoiceKey {
    std::string key;
    auto operator<=>(const ChoiceKey&) const = default;
};

struct ChoiceKeys {
    std::vector<std::string> keys;  // sorted, unique, never empty (empty is null)
    auto operator<=>(const ChoiceKeys&) const = default;
};

struct Address {
    std::string country;  // ISO 3166-1 alpha-2, "CN"
    std::string region;   // GB/T 2260 code of six digits, or empty abroad
    std::string detail;   // what is left: street, number, or everything when no region is known
    auto operator<=>(const Address&) const = default;
};

// Order of alternatives is part of nothing; ask with std::get_if. Reference is an Id.
using Value = std::variant<Null, bool, Number, Share, Money, Date, Instant, Duration, std::string, ChoiceKey, ChoiceKeys, Id, Address>;

inline bool is_null(const Value& value) { return std::holds_alternative<Null>(value); }

// True if `value` is null or holds the alternative of `type` (text → std::string, reference → Id …).
bool fits(Type type, const Value& value);

}  // namespace shangdao::record
