// Money, Share, Number – exact amounts (D1, D3). Doubles live only in statistics.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace shangdao {

// ISO 4217 code of three capital letters.
struct Currency {
    std::array<char, 3> code{'C', 'N', 'Y'};

    constexpr Currency() = default;
    constexpr explicit Currency(const char (&letters)[4]) : code{letters[0], letters[1], letters[2]} {}
    std::string_view text() const { return {code.data(), code.size()}; }
    auto operator<=>(const Currency&) const = default;
};

// nullopt for an unknown code. Digits after the point: CNY 2, JPY 0, KWD 3.
std::optional<Currency> parse_currency(std::string_view code);
int minor_digits(Currency currency);

// An amount in minor units (分) of its currency, together with its worth in the organisation's base currency, which is
// what sums, sorts and comparisons use (D4).
struct Money {
    std::int64_t minor = 0;
    Currency currency{};
    std::int64_t base_minor = 0;

    static Money of_base(std::int64_t minor, Currency base) { return {minor, base, minor}; }
    bool operator==(const Money&) const = default;
};

// A share between 0 and 1, in parts per million. On the wire 0…1, on the screen a percentage.
struct Share {
    std::int64_t ppm = 0;
    auto operator<=>(const Share&) const = default;
};

// A decimal number: units × 10^-scale; the scale (0–6) belongs to the field.
struct Number {
    std::int64_t units = 0;
    int scale = 0;
    bool operator==(const Number&) const = default;
};

// Exact decimal text ↔ scaled integer. `parse_decimal("1,200.5", 2)` is refused: separators are the importer's matter.
// More digits than the scale are refused unless zero; overflow is refused. No exponent form.
std::optional<std::int64_t> parse_decimal(std::string_view text, int scale);
std::string format_decimal(std::int64_t units, int scale);

// Half away from zero; nullopt when the result does not fit (D3).
std::optional<std::int64_t> round_to_units(double value, int scale);
std::optional<std::int64_t> rescale(std::int64_t units, int from_scale, int to_scale);
std::optional<std::int64_t> add(std::int64_t a, std::int64_t b);
std::optional<std::int64_t> subtract(std::int64_t a, std::int64_t b);

}  // namespace shangdao
