// Currencies are the active codes of ISO 4217 (list one, amendment 177 of 2024), without funds, metals and test codes.
#include "base/money.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/require.h"

namespace shangdao {
namespace {

constexpr std::string_view without_minor_unit = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF";
constexpr std::string_view with_three_digits = "BHD IQD JOD KWD LYD OMR TND";
constexpr std::string_view with_two_digits =
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP "
    "CRC CUP CVE "
    "CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS "
    "KHR KPW KYD "
    "KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN "
    "PGK PHP PKR "
    "PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS "
    "UAH USD UYU "
    "UZS VED VES WST XCD YER ZAR ZMW ZWG";

constexpr std::array<std::int64_t, 19> powers_of_ten = [] {
    std::array<std::int64_t, 19> powers{};
    std::int64_t power = 1;
    for (auto& p : powers) {
        p = power;
        if (power <= std::numeric_limits<std::int64_t>::max() / 10) power *= 10;
    }
    return powers;
}();

std::int64_t power_of_ten(int exponent)
{
    require(exponent >= 0 && exponent <= 18, "a scale is between 0 and 18");
    return powers_of_ten[static_cast<std::size_t>(exponent)];
}

bool holds(std::string_view codes, std::string_view code)
{
    const auto at = codes.find(code);
    return at != std::string_view::npos && at % 4 == 0;
}

std::optional<int> digits_of(std::string_view code)
{
    if (code.size() != 3 || !std::all_of(code.begin(), code.end(), [](char c) { return c >= 'A' && c <= 'Z'; }))
        return std::nullopt;
    if (holds(with_two_digits, code)) return 2;
    if (holds(without_minor_unit, code)) return 0;
    if (holds(with_three_digits, code)) return 3;
    return std::nullopt;
}

// Appends a decimal digit on the side of the sign, so that the smallest int64 can be read too.
bool append_digit(std::int64_t& units, int digit, bool negative)
{
    return !__builtin_mul_overflow(units, 10, &units) &&
           !__builtin_add_overflow(units, negative ? -digit : digit, &units);
}

bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

}  // namespace

std::optional<Currency> parse_currency(std::string_view code)
{
    if (!digits_of(code)) return std::nullopt;
    Currency currency;
    std::copy(code.begin(), code.end(), currency.code.begin());
    return currency;
}

int minor_digits(Currency currency)
{
    const auto digits = digits_of(currency.text());
    require(digits.has_value(), "a currency is one of ISO 4217");
    return *digits;
}

std::optional<std::int64_t> parse_decimal(std::string_view text, int scale)
{
    require(scale >= 0 && scale <= 18, "a scale is between 0 and 18");
    const bool negative = !text.empty() && text.front() == '-';
    if (negative) text.remove_prefix(1);
    const auto point = text.find('.');
    const auto whole = text.substr(0, point);
    const auto fraction = point == std::string_view::npos ? std::string_view{} : text.substr(point + 1);
    if (whole.empty() || (point != std::string_view::npos && fraction.empty())) return std::nullopt;
    if (!std::all_of(whole.begin(), whole.end(), is_digit) || !std::all_of(fraction.begin(), fraction.end(), is_digit))
        return std::nullopt;

    const auto kept = fraction.substr(0, static_cast<std::size_t>(scale));
    if (fraction.substr(kept.size()).find_first_not_of('0') != std::string_view::npos) return std::nullopt;
    std::int64_t units = 0;
    for (const auto part : {whole, kept})
        for (const char c : part)
            if (!append_digit(units, c - '0', negative)) return std::nullopt;
    for (auto missing = kept.size(); missing < static_cast<std::size_t>(scale); ++missing)
        if (!append_digit(units, 0, negative)) return std::nullopt;
    return units;
}

std::string format_decimal(std::int64_t units, int scale)
{
    require(scale >= 0 && scale <= 18, "a scale is between 0 and 18");
    const bool negative = units < 0;
    const auto magnitude = negative ? ~static_cast<std::uint64_t>(units) + 1 : static_cast<std::uint64_t>(units);
    std::string text = std::to_string(magnitude);
    const auto places = static_cast<std::size_t>(scale);
    if (text.size() <= places) text.insert(0, places + 1 - text.size(), '0');
    if (places > 0) text.insert(text.size() - places, 1, '.');
    if (negative) text.insert(0, 1, '-');
    return text;
}

std::optional<std::int64_t> round_to_units(double value, int scale)
{
    const double rounded =
        std::round(value * static_cast<double>(power_of_ten(scale)));  // std::round: half away from zero
    constexpr double limit = 9223372036854775808.0;                                      // 2^63
    if (!(rounded >= -limit && rounded < limit)) return std::nullopt;                    // refuses NaN too
    return static_cast<std::int64_t>(rounded);
}

std::optional<std::int64_t> rescale(std::int64_t units, int from_scale, int to_scale)
{
    std::int64_t scaled = 0;
    if (to_scale >= from_scale)
        return __builtin_mul_overflow(units, power_of_ten(to_scale - from_scale), &scaled) ? std::nullopt
                                                                                           : std::optional(scaled);
    const std::int64_t divisor = power_of_ten(from_scale - to_scale);
    const std::int64_t rest = units % divisor;
    scaled = units / divisor;
    if (rest >= divisor - divisor / 2) ++scaled;
    if (rest <= divisor / 2 - divisor) --scaled;
    return scaled;
}

std::optional<std::int64_t> add(std::int64_t a, std::int64_t b)
{
    std::int64_t sum = 0;
    return __builtin_add_overflow(a, b, &sum) ? std::nullopt : std::optional(sum);
}

std::optional<std::int64_t> subtract(std::int64_t a, std::int64_t b)
{
    std::int64_t difference = 0;
    return __builtin_sub_overflow(a, b, &difference) ? std::nullopt : std::optional(difference);
}

}  // namespace shangdao
