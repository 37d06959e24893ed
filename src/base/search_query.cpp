// search_query – what a query asks of the tokens of a text (search_tokens.cpp tells them). Nothing tells pinyin or initials from a
// Latin word, so a word of letters is asked for in each of these ways.
//
// Bounds: 16 words in a query, 32 tokens in a way.
#include <algorithm>

#include "base/search_text.h"
#include "base/text.h"

namespace shangdao {
namespace {

using namespace search_text;

constexpr std::size_t words_max = 16, tokens_max = 32;

void add(SearchWay& way, std::string token)
{
    if (way.size() < tokens_max && std::ranges::find(way, token) == way.end()) way.push_back(std::move(token));
}

// Parts of `length` that cover `letters` from `from` on, the last one ending with it.
void add_cover(SearchWay& way, std::string_view sort, std::u32string_view letters, std::size_t length, std::size_t from = 0)
{
    for (; from + length < letters.size(); from += length) add(way, token(sort, letters.substr(from, length)));
    add(way, token(sort, letters.substr(letters.size() - length)));
}

void add_word_ways(SearchWord& word, std::u32string_view letters)
{
    const bool digits = is_digits(letters);
    if (letters.size() <= (digits ? digits_start_part : word_start_part)) word.ways.push_back({token(word_start, letters)});
    if (letters.size() == short_word_part) word.ways.push_back({token({}, letters)});
    if (letters.size() < word_part) return;
    SearchWay way;
    add_cover(way, {}, letters, word_part);
    word.ways.push_back(std::move(way));
}

SearchWay pinyin_way(std::u32string_view letters)
{
    SearchWay way{token(pinyin_start, letters.substr(0, pinyin_part))};
    if (letters.size() > pinyin_part) add_cover(way, pinyin_inside, letters, pinyin_part, pinyin_part);
    return way;
}

SearchWay initials_way(std::u32string_view letters)
{
    if (letters.size() < initials_part) return {token(initials, letters)};
    SearchWay way;
    for (std::size_t start = 0; start + initials_part <= letters.size(); ++start) add(way, token(initials, letters.substr(start, initials_part)));
    return way;
}

SearchWord word_of(std::u32string_view letters)
{
    letters = letters.substr(0, word_length_max);
    SearchWord word;
    add_word_ways(word, letters);
    if (!std::ranges::all_of(letters, [](char32_t c) { return c >= U'a' && c <= U'z'; })) return word;
    word.ways.push_back(pinyin_way(letters));
    // No syllable begins with i, u or v.
    if (letters.size() > 1 && letters.find_first_of(U"iuv") == std::u32string_view::npos) word.ways.push_back(initials_way(letters));
    return word;
}

// Pairs overlap, so that they stand for a row of three; parts of four need only cover.
SearchWord characters_word(std::u32string_view run)
{
    SearchWay way;
    const auto length = run.size() >= row_part ? row_part : std::min(run.size(), pair_part);
    const auto step = length == row_part ? row_part : 1;
    for (std::size_t end = length;; end = std::min(end + step, run.size())) {
        std::string part;
        for (const char32_t c : run.substr(end - length, length)) append_ideograph(part, c);
        add(way, std::move(part));
        if (end == run.size()) return {{std::move(way)}};
    }
}

bool holds(std::string_view tokens, std::string_view wanted)
{
    for (auto at = tokens.find(wanted); at != std::string_view::npos; at = tokens.find(wanted, at + 1)) {
        const auto end = at + wanted.size();
        if ((at == 0 || tokens[at - 1] == ' ') && (end == tokens.size() || tokens[end] == ' ')) return true;
    }
    return false;
}

}  // namespace

SearchQuery search_query(std::string_view text)
{
    SearchQuery query;
    const auto characters = characters_of(text);
    for (const auto& [kind, run] : runs_of(characters)) {
        if (kind == Kind::gap || query.size() == words_max) continue;
        auto word = kind == Kind::word ? word_of(run) : characters_word(run);
        if (std::ranges::find(query, word) == query.end()) query.push_back(std::move(word));
    }
    return query;
}

bool search_finds(const SearchQuery& query, std::string_view tokens)
{
    const auto found_in = [&](const SearchWay& way) { return std::ranges::all_of(way, [&](const auto& token) { return holds(tokens, token); }); };
    return !query.empty() && std::ranges::all_of(query, [&](const auto& word) { return std::ranges::any_of(word.ways, found_in); });
}

}  // namespace shangdao
