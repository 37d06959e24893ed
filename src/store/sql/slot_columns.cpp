#include "store/sql/slot_columns.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace shangdao::store::sql {

std::string joined(const record::ChoiceKeys& choices)
{
    return fmt::format("|{}|", fmt::join(choices.keys, "|"));
}

Value split(std::string_view text)
{
    record::ChoiceKeys choices;
    while (text.size() > 1) {
        text.remove_prefix(1);
        const auto bar = text.find('|');
        choices.keys.emplace_back(text.substr(0, bar));
        if (bar == std::string_view::npos) break;
        text.remove_prefix(bar);
    }
    if (choices.keys.empty()) return record::Null{};
    return choices;
}

Currency currency_of(std::string_view code)
{
    Currency currency;
    require(code.size() == currency.code.size(), "a stored currency has three letters");
    std::ranges::copy(code, currency.code.begin());
    return currency;
}

std::int64_t units_in(const SlotLayout& slot, Number number)
{
    if (number.scale == slot.scale) return number.units;
    const auto units = rescale(number.units, number.scale, slot.scale);
    require(units.has_value(), "a number does not fit the scale of its field");
    return *units;
}

Duration stored_duration(std::string_view text)
{
    const auto duration = parse_duration(text);
    require(duration.has_value(), "a stored duration can be read");
    return *duration;
}

}  // namespace shangdao::store::sql
