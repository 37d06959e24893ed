// pinyin_readings – looks up in a table built once, at first use (0.4 ms), from ICU's readings and our polyphones.
// Readings with ü are listed with v and with u (lv, lu), because both are typed.
#include <unicode/utf8.h>

#include <algorithm>
#include <cstdint>
#include <map>

#include "base/pinyin_table.h"
#include "base/require.h"
#include "base/text.h"

namespace shangdao {
namespace {

constexpr char32_t first = 0x4E00;
constexpr char32_t last = 0x9FA5;
constexpr char32_t zero = 0x3007;  // 〇

char32_t take_character(std::string_view& text)
{
    std::int32_t at = 0;
    UChar32 c = 0;
    U8_NEXT(text.data(), at, static_cast<std::int32_t>(text.size()), c);
    require(c > 0, "the pinyin tables are UTF-8");
    text.remove_prefix(static_cast<std::size_t>(at));
    return static_cast<char32_t>(c);
}

std::string_view take_until(std::string_view& text, char end)
{
    const auto part = text.substr(0, text.find(end));
    text.remove_prefix(std::min(text.size(), part.size() + 1));
    return part;
}

std::string_view typed_with_u(std::string_view reading)
{
    if (reading == "lv") return "lu";
    if (reading == "nv") return "nu";
    if (reading == "lve") return "lue";
    if (reading == "nve") return "nue";
    return {};
}

using Readings = std::vector<std::string_view>;

void add_once(Readings& readings, std::string_view reading)
{
    if (std::ranges::find(readings, reading) == readings.end()) readings.push_back(reading);
}

// Immutable once built. Characters with the same readings share one list.
class Table {
public:
    Table();
    std::span<const std::string_view> of(char32_t character) const
    {
        if (character == zero) return lists_[zero_];
        if (character < first || character > last) return {};
        return lists_[list_of_[character - first]];
    }

private:
    std::uint16_t list(const Readings& readings);

    std::vector<Readings> lists_{Readings{}};
    std::map<Readings, std::uint16_t> known_;
    std::vector<std::uint16_t> list_of_ = std::vector<std::uint16_t>(last - first + 1, 0);
    std::uint16_t zero_ = 0;
};

std::uint16_t Table::list(const Readings& readings)
{
    const auto [place, fresh] = known_.try_emplace(readings, static_cast<std::uint16_t>(lists_.size()));
    if (fresh) lists_.push_back(readings);
    return place->second;
}

Table::Table()
{
    for (auto [reading, characters] : syllables()) {
        Readings readings{reading};
        if (const auto with_u = typed_with_u(reading); !with_u.empty()) readings.push_back(with_u);
        const auto number = list(readings);
        while (!characters.empty()) list_of_[take_character(characters) - first] = number;
    }
    for (auto lines = polyphone_lines(); !lines.empty();) {
        auto line = take_until(lines, '\n');
        const char32_t character = take_character(line);
        line.remove_prefix(1);
        Readings readings;
        while (!line.empty()) {
            const auto reading = take_until(line, ' ');
            add_once(readings, reading);
            if (const auto with_u = typed_with_u(reading); !with_u.empty()) add_once(readings, with_u);
        }
        for (const auto reading : of(character)) add_once(readings, reading);
        (character == zero ? zero_ : list_of_[character - first]) = list(readings);
    }
    known_.clear();
}

}  // namespace

std::span<const std::string_view> pinyin_readings(char32_t character)
{
    static const Table table;
    return table.of(character);
}

}  // namespace shangdao
