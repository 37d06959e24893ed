// check – text to typed tree, or a refusal that names the place and the nearest known word.
//
//   price > 100000 and state in ("open", "held") and count(visits, kind = "call") >= 2 and harbour.country = "CN"
//
// Literals: 12, 12.5, "text" ("" escapes a quote; 'text' too), true, false, null, date("2026-03-20"), duration 15d / 10wd.
// A number literal beside money means major units of the base currency; beside a share 0…1. Keywords: and or not in is null
// contains starts_with. Labels in either language are accepted for fields and choices when quoted in [ ] ([金额] > 5).
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "base/money.h"
#include "base/result.h"
#include "formula/expression.h"
#include "record/sight.h"

namespace shangdao::formula {

struct Scope {
    const record::Catalogue& catalogue;
    const record::Object& object;
    const record::Sight* sight = nullptr;   // nullptr: a system formula, sees every field; else hidden fields are unknown
                                            // words and masked ones only compare by = (docs/laws.md, 24)
    Currency base{};                        // currency of money literals
    // A measure may call these by name: what else is computed over the same rows (having, beside the query's measures).
    std::span<const std::pair<std::string, Expression>> measures = {};
    enum class BackEnd : unsigned char { every, record } back_end = BackEnd::every;   // record: a gate, never asked of SQL
};

inline constexpr std::size_t max_formula_bytes = 16'384;
inline constexpr int max_formula_depth = 64;

// A yes/no rule (filter, gate). Refusals: formula_syntax, formula_unknown_name, formula_type, formula_too_large, … with args
// {position (0-based code point), expected, nearest, name}.
Result<Expression> check_condition(std::string_view text, const Scope& scope);
// Any value: a group key, a measure's inside, a computed column.
Result<Expression> check_value(std::string_view text, const Scope& scope);
// A measure over rows: count(), sum(price), avg(price), min, max, median, count(condition), or arithmetic of these.
Result<Expression> check_measure(std::string_view text, const Scope& scope);

// Every field the expression reads, as (object index, slot); for rights of authors and for dependency tracking.
std::vector<std::pair<std::size_t, std::size_t>> inputs(const record::Catalogue& catalogue, const Expression& expression);

}  // namespace shangdao::formula
