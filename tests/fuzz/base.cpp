// Whatever the bytes: JSON is read or refused, what was read prints and reads back; text is cut into tokens without end or harm.
#include <cstdlib>

#include "base/json.h"
#include "base/money.h"
#include "base/text.h"
#include "base/time.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace shangdao;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (const auto value = parse_json(text)) {
        std::string printed;
        append_json(printed, *value);
        const auto again = parse_json(printed, {.bytes_max = printed.size()});
        if (!again) std::abort();
        std::string printed_again;
        append_json(printed_again, *again);
        if (printed_again != printed) std::abort();
    }
    search_tokens(text);
    search_query(text);
    pinyin_sort_key(text);
    trimmed(text);
    if (valid_utf8(text) && match_key(match_key(text)) != match_key(text)) std::abort();
    if (const auto units = parse_decimal(text, 2); units && parse_decimal(format_decimal(*units, 2), 2) != units)
        std::abort();
    if (const auto at = parse_instant(text); at && parse_instant(to_string(*at)) != at) std::abort();
    if (const auto date = parse_date(text); date && to_string(*date) != text) std::abort();
    return 0;
}
