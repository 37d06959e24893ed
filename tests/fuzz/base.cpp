// Any text as what the lowest floor reads: JSON, amounts, days and moments, ids, bytes, words. What is read prints, and the print reads as
// the same; what is looked up in an index finds the text it was taken from.
#include <cmath>

#include "base/bytes.h"
#include "base/id.h"
#include "base/json.h"
#include "base/money.h"
#include "base/text.h"
#include "base/time.h"
#include "base/zone.h"
#include "laws.h"

using namespace shangdao;
using fuzz::law;

namespace {

void json(std::string_view text)
{
    const auto value = parse_json(text);
    if (!value) return law(!value.error().empty() && std::stoull(value.error().front().args.at("position")) <= text.size());
    std::string printed;
    append_json(printed, *value);
    const auto again = parse_json(printed, {.bytes_max = printed.size()});
    law(again.has_value());
    std::string printed_again;
    append_json(printed_again, *again);
    law(printed_again == printed);
}

void numbers(std::string_view text)
{
    for (int scale = 0; scale <= 6; ++scale) {
        const auto units = parse_decimal(text, scale);
        if (!units) continue;
        const auto printed = format_decimal(*units, scale);
        law(parse_decimal(printed, scale) == units);
        if (const auto finer = rescale(*units, scale, 6)) law(rescale(*finer, 6, scale) == units);
        const double value = static_cast<double>(*units) / std::pow(10, scale);
        if (const auto rounded = round_to_units(value, scale); std::abs(*units) < 1'000'000'000'000) law(rounded == units);
    }
    if (const auto id = parse_id(text)) law(to_string(*id) == text && id->value >= 0);
    if (const auto currency = parse_currency(text)) law(currency->text() == text && minor_digits(*currency) >= 0);
}

void times(std::string_view text)
{
    if (const auto date = parse_date(text)) {
        law(to_string(*date) == text);
        for (const auto& zone : {Zone::utc(), *Zone::find("Asia/Shanghai"), *Zone::find("America/Sao_Paulo")}) law(zone.date_of(zone.start_of(*date)) == *date);
    }
    if (const auto at = parse_instant(text)) law(parse_instant(to_string(*at)) == at);
    if (const auto span = parse_duration(text)) law(parse_duration(to_string(*span)) == span);
    if (const auto zone = Zone::find(text)) law(zone->date_of(zone->start_of(Date::of(2026, 3, 20))) == Date::of(2026, 3, 20));
}

void bytes(std::string_view text)
{
    law(parse_hex(hex(bytes_of(text))) == text);
    law(parse_base64url(base64url(bytes_of(text))) == text);
    if (const auto raw = parse_base64url(text)) law(base64url(bytes_of(*raw)) == text);
    if (const auto raw = parse_hex(text)) law(raw->size() * 2 == text.size());
}

void words(std::string_view text)
{
    if (!valid_utf8(text)) return;
    const auto normal = nfc(text);
    law(nfc(normal) == normal && valid_utf8(normal));
    law(match_key(match_key(text)) == match_key(text));
    law(trimmed(trimmed(text)) == trimmed(text));
    law(!with_line_feeds(text).contains('\r'));
    law(!pinyin_sort_key(text).contains('\0'));
    std::string quoted;
    append_json_string(quoted, text);
    law(parse_json(quoted, {.bytes_max = quoted.size()}).value().as_string() == text);

    const auto tokens = search_tokens(text);
    law(valid_utf8(tokens));
    const auto query = search_query(text);
    if (text.size() <= 64 && !query.empty()) law(search_finds(query, tokens));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto text = fuzz::text_of(data, size);
    json(text);
    numbers(text);
    times(text);
    bytes(text);
    words(text);
    nearest(text, std::array<std::string_view, 3>{"amount", "海鸥号", text});
    return 0;
}
