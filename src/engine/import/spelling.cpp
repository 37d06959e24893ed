#include "engine/import/spelling.h"

#include <unicode/utf8.h>

#include "base/text.h"

namespace shangdao::engine {

std::string spelled(std::string_view text, Spelling spelling)
{
    std::string out;
    const auto length = static_cast<std::int32_t>(text.size());
    for (std::int32_t at = 0; at < length;) {
        const auto from = at;
        UChar32 c = 0;
        U8_NEXT(text.data(), at, length, c);
        const auto readings = c < 0 ? std::span<const std::string_view>{} : pinyin_readings(static_cast<char32_t>(c));
        if (readings.empty())
            out += text.substr(static_cast<std::size_t>(from), static_cast<std::size_t>(at - from));
        else
            out += spelling == Spelling::whole ? readings.front() : readings.front().substr(0, 1);
    }
    return out;
}

}  // namespace shangdao::engine
