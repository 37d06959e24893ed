// The numbers' rules in one place. What must not lose a digit is done in 128 bits; products and quotients go through double.
#include "formula/arithmetic.h"

#include <algorithm>

#include "base/require.h"

namespace shangdao::formula {

namespace {

__extension__ using Wide = __int128;

constexpr std::int64_t first_day = -719'162;    // 0001-01-01
constexpr std::int64_t last_day = 2'932'896;    // 9999-12-31
constexpr std::int64_t day_us = 86'400'000'000;

constexpr std::int64_t power_of_ten(int exponent)
{
    std::int64_t power = 1;
    while (exponent-- > 0) power *= 10;
    return power;
}

int sign_of(Wide value) { return value < 0 ? -1 : value > 0 ? 1 : 0; }

std::optional<std::int64_t> narrowed(Wide value)
{
    if (value < INT64_MIN || value > INT64_MAX) return std::nullopt;
    return static_cast<std::int64_t>(value);
}

Wide divided(Wide value, Wide by)
{
    return value < 0 ? -((-value + by / 2) / by) : (value + by / 2) / by;
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

std::optional<std::int64_t> product(std::int64_t a, int a_scale, std::int64_t b, int b_scale, int scale)
{
    const int digits = scale - a_scale - b_scale;
    const double exact = static_cast<double>(a) * static_cast<double>(b);
    if (digits >= 0) return round_to_units(exact, digits);
    return round_to_units(exact / static_cast<double>(power_of_ten(-digits)), 0);
}

Quotient quotient(std::int64_t a, int a_scale, std::int64_t b, int b_scale, int scale)
{
    if (b == 0) return {Quotient::Kind::by_zero};
    const double ratio = static_cast<double>(a) / static_cast<double>(b);
    const int digits = scale + b_scale - a_scale;
    const auto value = digits >= 0 ? round_to_units(ratio, digits) : round_to_units(ratio / static_cast<double>(power_of_ten(-digits)), 0);
    if (!value) return {Quotient::Kind::overflow};
    return {Quotient::Kind::value, *value};
}

bool is_sum(const Node& node)
{
    return (node.op == Op::add || node.op == Op::subtract) && (node.type.type == Type::number || node.type.type == Type::money || node.type.type == Type::share) &&
           node.args[0]->type.type == node.type.type;
}

std::vector<Term> terms_of(const Node& sum)
{
    std::vector<Term> terms;
    const auto collect = [&](const auto& self, const Expression& e, bool minus) -> void {
        if (!is_sum(*e)) {
            terms.push_back({&e, minus});
            return;
        }
        self(self, e->args[0], minus);
        self(self, e->args[1], minus != (e->op == Op::subtract));
    };
    collect(collect, sum.args[0], false);
    collect(collect, sum.args[1], sum.op == Op::subtract);
    return terms;
}

void Sum::add(std::int64_t value, int digits, bool minus)
{
    const auto exact = Wide{value} * power_of_ten(digits);
    const auto sum = ((Wide{high_} << 64) | low_) + (minus ? -exact : exact);
    low_ = static_cast<std::uint64_t>(sum);
    high_ = static_cast<std::int64_t>(sum >> 64);
}

std::optional<std::int64_t> Sum::total() const { return narrowed((Wide{high_} << 64) | low_); }

std::optional<std::int64_t> Sum::mean(std::int64_t count, int digits) const
{
    return narrowed(divided(((Wide{high_} << 64) | low_) * power_of_ten(digits), count));
}

std::optional<std::int64_t> percentile_of(std::span<const std::int64_t> sorted, Share share, int digits)
{
    constexpr std::int64_t whole = 1'000'000;
    const auto place = share.ppm * (std::ssize(sorted) - 1);
    const auto below = static_cast<std::size_t>(place / whole);
    const auto above = std::min(below + 1, sorted.size() - 1);
    const Wide low = sorted[below], high = sorted[above];
    return narrowed(divided((low * whole + (high - low) * (place % whole)) * power_of_ten(digits), whole));
}

std::int64_t microseconds_of(Duration duration)
{
    const auto per_unit = duration.unit == Duration::Unit::minutes ? day_us / 1'440 : duration.unit == Duration::Unit::hours ? day_us / 24 : day_us;
    const auto limit = INT64_MAX / per_unit;   // so many move every instant out of the calendar
    return std::clamp(duration.amount, -limit, limit) * per_unit;
}

std::optional<std::int64_t> moved_day(std::int64_t day, std::int64_t days)
{
    const auto moved = add(day, days);
    return moved && *moved >= first_day && *moved <= last_day ? moved : std::nullopt;
}

std::optional<std::int64_t> moved_instant(std::int64_t instant_us, std::int64_t us)
{
    const auto moved = add(instant_us, us);
    return moved && *moved >= first_day * day_us && *moved < (last_day + 1) * day_us ? moved : std::nullopt;
}

std::optional<std::int64_t> place_of(const record::FieldDef& field, std::string_view key)
{
    const auto found = std::ranges::find(field.choices, key, &record::Choice::key);
    if (found == field.choices.end()) return std::nullopt;
    return found - field.choices.begin();
}

int compare_scaled(std::int64_t a, int a_scale, std::int64_t b, int b_scale)
{
    return sign_of(Wide{a} * power_of_ten(std::max(0, b_scale - a_scale)) - Wide{b} * power_of_ten(std::max(0, a_scale - b_scale)));
}

int compare(const Value& a, const Value& b)
{
    if (const auto* left = std::get_if<Number>(&a)) {
        const auto& right = std::get<Number>(b);
        return compare_scaled(left->units, left->scale, right.units, right.scale);
    }
    if (const auto* left = std::get_if<std::string>(&a)) return sign_of(left->compare(std::get<std::string>(b)));
    if (const auto* left = std::get_if<record::ChoiceKey>(&a)) return sign_of(left->key.compare(std::get<record::ChoiceKey>(b).key));
    return sign_of(Wide{units_of(a)} - Wide{units_of(b)});
}

bool same(const Value& a, const Value& b)
{
    if (record::is_null(a) || record::is_null(b)) return record::is_null(a) && record::is_null(b);
    if (std::holds_alternative<record::ChoiceKeys>(a) || std::holds_alternative<record::Address>(a) || std::holds_alternative<Duration>(a)) return a == b;
    if (a.index() != b.index()) return false;
    return compare(a, b) == 0;
}

}  // namespace shangdao::formula
