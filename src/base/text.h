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

// Key for equality of what people type: NFKC, case-folded, full-width folded, white space collapsed.
std::string match_key(std::string_view text);

// Byte string that sorts like a Chinese reader expects: ICU zh@collation=pinyin, digits before Han before Latin. Holds no NUL.
// Stored beside the text (D1).
std::string pinyin_sort_key(std::string_view text);

// All readings of one Han character (U+4E00 … U+9FA5 and 〇) without tones ("行" → xing, hang, heng), most usual first; ü is v
// and, as people type both, u ("吕" → lv, lu). Empty for other characters. The views live as long as the program.
std::span<const std::string_view> pinyin_readings(char32_t character);

// The tokens under which a text is found (D23): characters, bigrams, words of other scripts, full pinyin of each
// character run and initials, every reading. Space separated, each once, letters and digits only, at most 400 (the head of
// search_tokens.cpp tells the bounds). `search_query_tokens` makes the AND-list for a query: "张三" → the pairs of its
// characters, "zs", "zhangsan", "boat", "8000" → the word with '*' at its end, which matches as a prefix. No tokens: nothing
// to look for, and nothing is found.
std::string search_tokens(std::string_view text);
std::vector<std::string> search_query_tokens(std::string_view query);
inline constexpr int search_tokenizer_version = 1;

// The candidate nearest to `word` by edit distance, if near enough to be meant; for "did you mean".
std::optional<std::string_view> nearest(std::string_view word, std::span<const std::string_view> candidates);

}  // namespace shangdao
