// What search_tokens and search_query share (D23): how a text falls into runs, and how tokens are spelt.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace shangdao::search_text {

enum class Kind : unsigned char { gap, ideographic, word };

// A stretch of one kind.
struct Run {
    Kind kind;
    std::u32string_view text;
};

// The folded characters of a text, words without their marks.
std::u32string characters_of(std::string_view text);
std::vector<Run> runs_of(std::u32string_view characters);
bool is_digits(std::u32string_view word);
void append_utf8(std::string& out, char32_t c);
// The tables of `unicode61` end before Extension E: later characters would be taken for gaps, so they are spelt out.
void append_ideograph(std::string& out, char32_t c);

// Tokens of these sorts begin with a private character, which no text brings, so that they meet neither words nor each other.
inline constexpr std::string_view pinyin_start = "\uE001", pinyin_inside = "\uE002", initials = "\uE003", word_start = "\uE004";

// Lengths of the parts that are indexed. A longer query asks for parts of the greatest length that cover it.
inline constexpr std::size_t pair_part = 2, row_part = 4;    // of characters
inline constexpr std::size_t word_part = 4, short_word_part = 3, word_start_part = 2, digits_start_part = 3, pinyin_part = 5, initials_part = 4;
inline constexpr std::size_t word_length_max = 64;    // of a longer word the beginning counts

std::string token(std::string_view sort, std::u32string_view letters);

}  // namespace shangdao::search_text
