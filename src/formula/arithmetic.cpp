// The numbers' rules in one place.
#include "formula/arithmetic.h"

#include <algorithm>
#include <cmath>

#include "base/require.h"

namespace shangdao::formula {

namespace {

double power_of_ten(int exponent)
{
    double power = 1;
    for (int i = 0; i < exponent; ++i) power *= 10;
    return power;
}

std::optional<std::int64_t> rounded(double value)
{
    const double whole = value < 0 ? -std::floor(-value + 0.5) : std::floor(value + 0.5);
    if (!(whole > -9.2233720368547e18 && whole < 9.2233720368547e18)) return std::nullopt;
    return static_cast<std::int64_t>(whole);
}

__extension__ using Wide = __int128;

int sign_of(Wide value) { return value < 0 ? -1 : value > 0 ? 1 : 0; }

std::ptrdiff_t place_of(const record::FieldDef& field, const std::string& key)
{
    const auto found = std::ranges::find(field.choices, std::string_view{key}, &record::Choice::key);
    return found - field.choices.begin();
}

}  // namespace

std::int64_t units_of(const Value& value)
{
    if (const auto* number = std::get_if<Number>(&value)) return number->units;
    if (const auto* share = std::get_if<Share>(&value)) return share->ppm;
    if (const auto* money = std::get_if<Money>(&value)) return money->base_minor;
    if (const auto* date = std::get_if<Date>(&value)) return date->days;
    if (const auto* instant = std::get_if<Instant>(&value)) return instant->us;
    if (const auto* flag = std::get_if<bool>(&value)) return *flag ? 1 : 0;
    if (const auto* id = std::get_if<Id>(&value)) return id->value;
    require(false, "a value without units");
    return 0;
}

int scale_of(const ExprType& type, Currency base)
{
    if (type.type == Type::share) return 6;
    if (type.type == Type::money) return minor_digits(base);
    return type.type == Type::number ? type.scale : 0;
}

Value value_of(const ExprType& type, std::int64_t units, Currency base)
{
    switch (type.type) {
    case Type::number: return Number{units, type.scale};
    case Type::share: return Share{units};
    case Type::money: return Money::of_base(units, base);
    case Type::date: return Date{static_cast<std::int32_t>(units)};
    case Type::instant: return Instant{units};
    default: break;
    }
    require(false, "a type without units");
    return {};
}

std::optional<std::int64_t> shifted(std::int64_t units, int from, int to)
{
    if (to >= from) return rescale(units, from, to);
    Wide divisor = 1;
    for (int i = to; i < from; ++i) divisor *= 10;
    const Wide value = units;
    return static_cast<std::int64_t>(value >= 0 ? (value + divisor / 2) / divisor : (value - divisor / 2) / divisor);
}

std::optional<std::int64_t> product(std::int64_t a, int a_scale, std::int64_t b, int b_scale, int scale)
{
    return rounded(static_cast<double>(a) * static_cast<double>(b) / power_of_ten(a_scale + b_scale - std::min(scale, a_scale + b_scale)) *
                   power_of_ten(std::max(0, scale - a_scale - b_scale)));
}

Quotient quotient(std::int64_t a, int a_scale, std::int64_t b, int b_scale, int scale)
{
    if (b == 0) return {Quotient::Kind::by_zero};
    const auto value = rounded(static_cast<double>(a) / static_cast<double>(b) * power_of_ten(scale + b_scale) / power_of_ten(a_scale));
    if (!value) return {Quotient::Kind::overflow};
    return {Quotient::Kind::value, *value};
}

std::int64_t percentile_of(const std::vector<std::int64_t>& sorted, double share, int digits)
{
    const double place = share * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(place);
    const auto above = std::min(below + 1, sorted.size() - 1);
    const double part = place - static_cast<double>(below);
    const double low = static_cast<double>(sorted[below]), high = static_cast<double>(sorted[above]);
    return rounded((low + (high - low) * part) * power_of_ten(digits)).value_or(0);
}

int compare(const Value& a, const Value& b, const record::FieldDef* choices)
{
    if (const auto* left = std::get_if<Number>(&a)) {
        const auto& right = std::get<Number>(b);
        Wide x = left->units, y = right.units;
        for (int i = left->scale; i < right.scale; ++i) x *= 10;
        for (int i = right.scale; i < left->scale; ++i) y *= 10;
        return sign_of(x - y);
    }
    if (const auto* left = std::get_if<std::string>(&a)) {
        const auto order = left->compare(std::get<std::string>(b));
        return order < 0 ? -1 : order > 0 ? 1 : 0;
    }
    if (const auto* left = std::get_if<record::ChoiceKey>(&a)) {
        const auto& right = std::get<record::ChoiceKey>(b);
        if (choices != nullptr) return sign_of(Wide{place_of(*choices, left->key)} - Wide{place_of(*choices, right.key)});
        return left->key.compare(right.key);
    }
    return sign_of(Wide{units_of(a)} - Wide{units_of(b)});
}

bool same(const Value& a, const Value& b)
{
    if (record::is_null(a) || record::is_null(b)) return record::is_null(a) && record::is_null(b);
    if (std::holds_alternative<record::ChoiceKeys>(a) || std::holds_alternative<record::Address>(a) || std::holds_alternative<Duration>(a)) return a == b;
    if (a.index() != b.index()) return false;
    return compare(a, b, nullptr) == 0;
}

}  // namespace shangdao::formula
