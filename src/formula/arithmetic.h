// Exact arithmetic of the rule language (D2, D3): integers of a scale, checked; products and quotients through double,
// rounded once. Both back ends call these.
#pragma once

#include <cstdint>
#include <optional>

#include "formula/expression.h"

namespace shangdao::formula {

// Number → units, Share → ppm, Money → base minor units, Date → days, Instant → µs. Another value is a bug.
std::int64_t units_of(const Value& value);
int scale_of(const ExprType& type, Currency base);              // digits after the point: number's scale, share 6, money's minor digits
Value value_of(const ExprType& type, std::int64_t units, Currency base);

// units × 10^-from rounded to `to` digits, half away from zero; nullopt when it does not fit.
std::optional<std::int64_t> shifted(std::int64_t units, int from, int to);
// a × 10^-a_scale times b × 10^-b_scale, as units of `scale`. nullopt: overflow.
std::optional<std::int64_t> product(std::int64_t a, int a_scale, std::int64_t b, int b_scale, int scale);
// Quotient; `by_zero` is told apart from overflow because it is null (D3).
struct Quotient {
    enum class Kind : unsigned char { value, by_zero, overflow } kind;
    std::int64_t units = 0;
};
Quotient quotient(std::int64_t a, int a_scale, std::int64_t b, int b_scale, int scale);

// The value below which `share` of the sorted values lie, interpolated between neighbours (Hyndman–Fan type 7, as in R and
// Excel's PERCENTILE.INC), with `digits` more digits after the point, rounded half away from zero. `sorted` is not empty.
std::int64_t percentile_of(const std::vector<std::int64_t>& sorted, double share, int digits);

// Order of two values of one type, neither null: <0, 0, >0. Choices by their place in `choices` when given. Numbers of
// different scales compare exactly.
int compare(const Value& a, const Value& b, const record::FieldDef* choices);
// Equality with null as a value (D2).
bool same(const Value& a, const Value& b);

}  // namespace shangdao::formula
