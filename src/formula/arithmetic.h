// Exact arithmetic of the rule language (D2, D3): integers of a scale, checked; products and quotients through double,
// rounded once. Both back ends call these.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "formula/expression.h"

namespace shangdao::formula {

// Number → units, Share → ppm, Money → base minor units, Date → days, Instant → µs. Another value is a bug.
std::int64_t units_of(const Value& value);
int scale_of(const ExprType& type, Currency base);              // digits after the point: number's scale, share 6, money's minor digits
Value value_of(const ExprType& type, std::int64_t units, Currency base);

// a × 10^-a_scale times b × 10^-b_scale, as units of `scale`. nullopt: overflow.
std::optional<std::int64_t> product(std::int64_t a, int a_scale, std::int64_t b, int b_scale, int scale);
// Quotient; `by_zero` is told apart from overflow because it is null (D3).
struct Quotient {
    enum class Kind : unsigned char { value, by_zero, overflow } kind;
    std::int64_t units = 0;
};
Quotient quotient(std::int64_t a, int a_scale, std::int64_t b, int b_scale, int scale);

// A sum of numbers, shares or amounts as its terms: a - (b + c) is +a -b -c. It is added exactly and narrowed once.
struct Term {
    const Expression* value;
    bool minus;
};
bool is_sum(const Node& node);
std::vector<Term> terms_of(const Node& sum);

// The exact sum of any number of integers, and what is made of it. All zero is the empty sum, so it can live in raw memory.
class Sum {
public:
    void add(std::int64_t value) { add(value, 0, false); }
    void add(std::int64_t value, int digits, bool minus);   // value × 10^digits, digits 0–6
    std::optional<std::int64_t> total() const;   // nullopt: overflow
    // total / count with `digits` more digits after the point, rounded once, half away from zero. `count` is positive.
    std::optional<std::int64_t> mean(std::int64_t count, int digits) const;

private:
    std::uint64_t low_ = 0;   // a 128-bit integer in halves: SQLite aligns to 8 bytes only
    std::int64_t high_ = 0;
};

// The value below which `share` of the sorted values lie, interpolated between neighbours (Hyndman–Fan type 7, as in R and
// Excel's PERCENTILE.INC), with `digits` more digits after the point, rounded once. `sorted` is not empty. nullopt: overflow.
std::optional<std::int64_t> percentile_of(std::span<const std::int64_t> sorted, Share share, int digits);

// Minutes, hours and calendar days.
std::int64_t microseconds_of(Duration duration);
// A day or an instant moved by so many days or microseconds; nullopt outside the years 1–9999.
std::optional<std::int64_t> moved_day(std::int64_t day, std::int64_t days);
std::optional<std::int64_t> moved_instant(std::int64_t instant_us, std::int64_t us);

// The place of a key in the definition's order; nullopt for a key that is no longer listed.
std::optional<std::int64_t> place_of(const record::FieldDef& field, std::string_view key);
// Order of two numbers of different scales, exactly: <0, 0, >0.
int compare_scaled(std::int64_t a, int a_scale, std::int64_t b, int b_scale);
// Order of two values of one type, neither null: <0, 0, >0. Choices by key; their order by definition is place_of's matter.
int compare(const Value& a, const Value& b);
// Equality with null as a value (D2).
bool same(const Value& a, const Value& b);

}  // namespace shangdao::formula
