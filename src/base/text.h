// Text – normal forms, matching keys, pinyin. All input is UTF-8; invalid UTF-8 is the caller's refusal (valid_utf8).
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace shangdao {

bool valid_utf8(std::string_view text);
std::string nfc(std::string_view text);
std::string_view trimmed(std::string_view text);  // Unicode white space, ideographic space included
std::size_t code_point_count(std::string_view text);

// The first control character of valid UTF-8 – C0, DEL, C1 – but tab and line feed, which people mean.
std::optional<char32_t> control_character(std::string_view text);
// With line feeds for the line ends of other systems (CR LF, CR).
std::string with_line_feeds(std::string_view text);

// Key for equality of what people type: NFKC, case-folded, full-width folded, white space collapsed.
std::string match_key(std::string_view text);

// Byte string that sorts like a Chinese reader expects: ICU zh@collation=pinyin, digits before Han before Latin. Holds no NUL.
// Stored beside the text (D1).
std::string pinyin_sort_key(std::string_view text);

// All readings of one Han character (U+4E00 … U+9FA5 and 〇) without tones ("行" → xing, hang, heng), most usual first; ü is v
// and, as people type both, u ("吕" → lv, lu). Empty for other characters. The views live as long as the program.
std::span<const std::string_view> pinyin_readings(char32_t character);

// The tokens under which a text is found (D23): characters, pairs, parts of other words, pinyin from each character on, initials,
// every reading (the head of search_tokens.cpp tells them and their bounds). Space separated, each once, at most 800.
std::string search_tokens(std::string_view text);
inline constexpr int search_tokenizer_version = 3;

// What a query asks for: every word in at least one of its ways, each token of that way among the text's. Empty: nothing to look for,
// and nothing is found.
using SearchWay = std::vector<std::string>;
struct SearchWord {
    std::vector<SearchWay> ways;
    bool operator==(const SearchWord&) const = default;
};
using SearchQuery = std::vector<SearchWord>;
SearchQuery search_query(std::string_view text);
// What a text index answers for a text of these tokens.
bool search_finds(const SearchQuery& query, std::string_view tokens);

// The candidate nearest to `word` by edit distance, if near enough to be meant; for "did you mean".
std::optional<std::string_view> nearest(std::string_view word, std::span<const std::string_view> candidates);

}  // namespace shangdao
