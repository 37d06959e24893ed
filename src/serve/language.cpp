#include "serve/language.h"

#include <algorithm>

#include "serve/http.h"

namespace shangdao::serve {

namespace {

// q in thousandths: "0.8" → 800, absent → 1000, malformed → 0.
int quality(std::string_view parameters)
{
    const std::size_t at = parameters.find("q=");
    if (at == std::string_view::npos) return 1000;
    std::string_view number = parameters.substr(at + 2);
    int thousandths = 0;
    int unit = 1000;
    for (const char c : number.substr(0, 5)) {
        if (c == '.') continue;
        if (c < '0' || c > '9') break;
        thousandths += (c - '0') * unit;
        unit /= 10;
    }
    return std::min(thousandths, 1000);
}

std::optional<Language> language_of(std::string_view tag)
{
    const std::string_view primary = tag.substr(0, std::min(tag.find('-'), tag.size()));
    if (equal_ignoring_case(primary, "zh")) return Language::zh;
    if (equal_ignoring_case(primary, "en")) return Language::en;
    return std::nullopt;
}

}  // namespace

Language accepted_language(std::optional<std::string_view> accept_language)
{
    Language best = Language::zh;
    int best_quality = 0;
    std::string_view rest = accept_language.value_or("");
    while (!rest.empty()) {
        std::string_view item = rest.substr(0, std::min(rest.find(','), rest.size()));
        rest.remove_prefix(std::min(item.size() + 1, rest.size()));
        while (!item.empty() && item.front() == ' ') item.remove_prefix(1);
        const std::size_t semicolon = std::min(item.find_first_of("; "), item.size());
        const auto language = language_of(item.substr(0, semicolon));
        if (!language) continue;
        if (const int q = quality(item.substr(semicolon)); q > best_quality) {
            best = *language;
            best_quality = q;
        }
    }
    return best;
}

}  // namespace shangdao::serve
