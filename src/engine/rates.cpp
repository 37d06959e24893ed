// Exact conversion: rate as a decimal of six digits, product in 128 bits, rounded once, half away from zero.
#include "engine/rates.h"

#include <boost/json.hpp>

namespace shangdao::engine {

namespace {

constexpr int rate_scale = 6;

std::optional<std::int64_t> rate_on(std::string_view text, Currency currency, Date day)
{
    boost::system::error_code error;
    const auto rates = boost::json::parse(text, error);
    if (error || !rates.is_object()) return std::nullopt;
    const auto* list = rates.as_object().if_contains(currency.text());
    if (list == nullptr || !list->is_array()) return std::nullopt;
    std::optional<std::int64_t> found;
    Date found_from{};
    for (const auto& entry : list->as_array()) {
        if (!entry.is_array() || entry.as_array().size() != 2) continue;
        const auto* from_text = entry.as_array()[0].if_string();
        const auto* rate_text = entry.as_array()[1].if_string();
        const auto from = from_text == nullptr ? std::nullopt : parse_date(*from_text);
        const auto rate = rate_text == nullptr ? std::nullopt : parse_decimal(*rate_text, rate_scale);
        if (!from || !rate || *from > day || (found && *from < found_from)) continue;
        found = rate;
        found_from = *from;
    }
    return found;
}

__extension__ using Wide = __int128;

std::optional<std::int64_t> convert(std::int64_t minor, int from_digits, std::int64_t rate, int to_digits)
{
    Wide product = static_cast<Wide>(minor) * rate;
    Wide divisor = 1;
    for (int i = 0; i < rate_scale + from_digits - to_digits; ++i) divisor *= 10;
    const Wide half = divisor / 2;
    product = product >= 0 ? (product + half) / divisor : (product - half) / divisor;
    if (product > INT64_MAX || product < INT64_MIN) return std::nullopt;
    return static_cast<std::int64_t>(product);
}

}  // namespace

Result<void> in_base(Work& work, const Object& object, const record::FieldDef& field, const Record& record, Money& money)
{
    const auto base = work.desk.organisation->base;
    if (money.currency == base) {
        money.base_minor = money.minor;
        return {};
    }
    auto day = work.desk.moment.today;
    if (!field.rate_date.empty())
        if (const auto slot = object.slot(field.rate_date))
            if (const auto* date = std::get_if<Date>(&record.at(*slot))) day = *date;
    const auto rates = work.unit.setting("rates");
    const auto rate = rates ? rate_on(*rates, money.currency, day) : std::nullopt;
    if (!rate) return refuse("no_rate", std::string{field.name}, {{"currency", std::string{money.currency.text()}}, {"date", to_string(day)}});
    const auto converted = convert(money.minor, minor_digits(money.currency), *rate, minor_digits(base));
    if (!converted) return refuse("number_overflow", std::string{field.name});
    money.base_minor = *converted;
    return {};
}

}  // namespace shangdao::engine
