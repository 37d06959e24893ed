// search_tokens – the tokens of a text in every text index (D23). All are found whole: no query asks for a beginning of tokens,
// which a text index would have to gather from thousands of lists.
//
//     each Han, kana or Hangul character, two and four in a row               张 三 张三
//     each other word: its beginning, and its parts of three and four letters  h ha har arb … harb arbo …
//     digits that only stand apart for the eye, joined                         138-0013-8000 as 13800138000
//     the pinyin of a Han run: up to five letters from each character on,
//     and each five letters anywhere                                           z zh zha zhan zhang … ngsan
//     its initials, two to four in a row                                       zs
//
// Bounds, so that no text costs without end: 800 tokens, cut in the order above; words of 64 characters; at most 16 mixtures of
// readings from each character.
#include <algorithm>
#include <array>
#include <functional>
#include <span>

#include "base/search_text.h"
#include "base/text.h"

namespace shangdao {
namespace {

using namespace search_text;

constexpr std::size_t tokens_max = 800;
constexpr std::size_t mixtures_max = 16;
constexpr std::size_t joined_digits_min = 7;
constexpr std::size_t joined_digits_max = 20;
constexpr std::size_t initials_min = 2;

// The tokens so far, each once, in one buffer.
class Tokens {
public:
    Tokens() { text_.reserve(512); }

    bool full() const { return count_ == tokens_max; }
    std::string take() && { return std::move(text_); }

    void add(std::string_view sort, std::string_view rest)
    {
        if (full()) return;
        // Written first, taken back when it is there already.
        const auto end = text_.size();
        if (end != 0) text_ += ' ';
        const auto start = text_.size();
        text_.append(sort).append(rest);
        const auto added = std::string_view{text_}.substr(start);
        std::size_t slot = std::hash<std::string_view>{}(added) % slots_.size();
        for (; slots_[slot].length != 0; slot = (slot + 1) % slots_.size())
            if (std::string_view(text_).substr(slots_[slot].start, slots_[slot].length) == added) return text_.resize(end);
        slots_[slot] = {static_cast<std::uint32_t>(start), static_cast<std::uint32_t>(added.size())};
        ++count_;
    }
    void add(std::string_view token) { add({}, token); }

private:
    struct Place {
        std::uint32_t start = 0;
        std::uint32_t length = 0;
    };
    std::string text_;
    std::array<Place, 2048> slots_{};  // open addressing; never more than tokens_max in use
    std::size_t count_ = 0;
};

void add_characters(Tokens& tokens, std::u32string_view run)
{
    std::string token;
    for (std::size_t i = 0; i < run.size() && !tokens.full(); ++i)
        for (const auto length : {std::size_t{1}, pair_part, row_part}) {
            if (i + length > run.size()) break;
            token.clear();
            for (const char32_t c : run.substr(i, length)) append_ideograph(token, c);
            tokens.add(token);
        }
}

void add_word(Tokens& tokens, std::u32string_view word)
{
    word = word.substr(0, word_length_max);
    const bool digits = is_digits(word);
    for (std::size_t length = 1; length <= std::min(word.size(), digits ? digits_start_part : word_start_part); ++length)
        tokens.add(token(word_start, word.substr(0, length)));
    const auto add_parts = [&](std::size_t length) {
        for (std::size_t start = 0; start + length <= word.size(); ++start) tokens.add(token({}, word.substr(start, length)));
    };
    if (!digits) add_parts(short_word_part);
    add_parts(word_part);
}

bool only_parts_digits(std::u32string_view gap)
{
    return gap.size() <= 2 && std::ranges::all_of(gap, [](char32_t c) {
               return c == ' ' || c == '-' || c == '.' || c == '(' || c == ')';
           });
}

void add_joined_digits(Tokens& tokens, std::span<const Run> runs)
{
    std::u32string joined;
    std::size_t parts = 0;
    const auto finish = [&] {
        if (parts > 1 && joined.size() >= joined_digits_min && joined.size() <= joined_digits_max) add_word(tokens, joined);
        joined.clear();
        parts = 0;
    };
    for (const auto& [kind, text] : runs) {
        if (kind == Kind::word && is_digits(text)) {
            joined += text;
            ++parts;
        } else if (kind != Kind::gap || !only_parts_digits(text)) {
            finish();
        }
    }
    finish();
}

using Readings = std::span<const std::string_view>;

// Calls `each(text)` with the readings of the run's characters in a row, mixed in at most mixtures_max ways, at least `letters` long
// where the run is. The first characters vary before the later ones.
template <typename Each>
void mix(std::span<const Readings> run, std::size_t letters, const Each& each)
{
    std::array<std::size_t, pinyin_part * 2> choices{};  // how many readings of each character take part
    std::size_t mixtures = 1, surely = 0, characters = 0;
    for (; characters < run.size() && characters < choices.size() && surely < letters; ++characters) {
        const auto& readings = run[characters];
        choices[characters] = std::min(readings.size(), mixtures_max / mixtures);
        mixtures *= choices[characters];
        surely += std::ranges::min(readings, {}, &std::string_view::size).size();
    }
    std::string text;
    for (std::size_t mixture = 0; mixture < mixtures; ++mixture) {
        text.clear();
        std::size_t rest = mixture;
        for (std::size_t i = 0; i < characters; ++i) {
            text += run[i][rest % choices[i]];
            rest /= choices[i];
        }
        each(text, run[0][mixture % choices[0]].size());
    }
}

void add_pinyin_from(Tokens& tokens, std::span<const Readings> run)
{
    const auto longest = std::ranges::max(run[0], {}, &std::string_view::size).size();
    mix(run, longest - 1 + pinyin_part, [&](const std::string& text, std::size_t first) {
        for (std::size_t length = 1; length <= std::min(text.size(), pinyin_part); ++length) tokens.add(pinyin_start, std::string_view{text}.substr(0, length));
        for (std::size_t start = 0; start < first && start + pinyin_part <= text.size(); ++start)
            tokens.add(pinyin_inside, std::string_view{text}.substr(start, pinyin_part));
    });
}

// Of one character, each once.
std::vector<std::string_view> initials_of(const Readings& readings)
{
    std::vector<std::string_view> found;
    for (const auto reading : readings)
        if (const auto initial = reading.substr(0, 1); std::ranges::find(found, initial) == found.end()) found.push_back(initial);
    return found;
}

void add_pinyin_of(Tokens& tokens, std::span<const Readings> run)
{
    std::vector<std::vector<std::string_view>> letters;
    std::vector<Readings> one_letter_each;
    for (const auto& readings : run) letters.push_back(initials_of(readings));
    for (const auto& one : letters) one_letter_each.emplace_back(one);
    for (std::size_t start = 0; start < run.size() && !tokens.full(); ++start) {
        add_pinyin_from(tokens, run.subspan(start));
        mix(std::span<const Readings>{one_letter_each}.subspan(start), initials_part, [&](const std::string& text, std::size_t) {
            for (std::size_t length = initials_min; length <= text.size(); ++length) tokens.add(initials, std::string_view{text}.substr(0, length));
        });
    }
}

void add_pinyin(Tokens& tokens, std::u32string_view run)
{
    std::vector<Readings> readings;
    const auto finish = [&] {
        add_pinyin_of(tokens, readings);
        readings.clear();
    };
    for (const char32_t c : run) {
        if (const auto of_character = pinyin_readings(c); !of_character.empty())
            readings.push_back(of_character);
        else
            finish();
    }
    finish();
}

}  // namespace

std::string search_tokens(std::string_view text)
{
    const auto characters = characters_of(text);
    const auto runs = runs_of(characters);
    Tokens tokens;
    for (const auto& run : runs)
        if (run.kind == Kind::ideographic)
            add_characters(tokens, run.text);
        else if (run.kind == Kind::word)
            add_word(tokens, run.text);
    add_joined_digits(tokens, runs);
    for (const auto& run : runs)
        if (run.kind == Kind::ideographic) add_pinyin(tokens, run.text);
    return std::move(tokens).take();
}

}  // namespace shangdao
