// search_tokens, search_query_tokens – one set of tokens for every text index (D23).
//
// Tokens hold letters and digits only, so that FTS5's `unicode61` and a tsvector keep them whole. A text of the index is
//     each Han, kana or Hangul character and each pair of neighbours             张 三 张三
//     each other word, and its tails, so that a prefix search is a search inside  harbour arbour rbour … our
//     digits that only stand apart for the eye, joined                            138-0013-8000 → 13800138000
//     the pinyin from each character of a Han run on, full and by initials        zhangsan san zs
// and a query asks for all pairs, single characters and prefixes of words it holds. Nothing tells pinyin from a Latin word: a
// query does not know which it is, and the caller checks hits on the field.
//
// Bounds, so that no text costs without end: 400 tokens, cut in the order above; pinyin reaches 16 characters far; of a run
// at most 16 mixtures of readings from each character, in which the first characters vary before the later ones; words of 64
// characters, tails of the first 32 positions; 32 tokens in a query.
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <functional>

#include "base/require.h"
#include "base/text.h"

namespace shangdao {
namespace {

constexpr std::size_t tokens_max = 400;
constexpr std::size_t query_tokens_max = 32;
constexpr std::size_t pinyin_characters_max = 16;
constexpr std::size_t mixtures_max = 16;
constexpr std::size_t word_length_max = 64;
constexpr std::size_t tail_starts_max = 32;
constexpr std::size_t tail_length_min = 3;
constexpr std::size_t digit_tail_length_min = 4;
constexpr std::size_t joined_digits_min = 7;
constexpr std::size_t joined_digits_max = 20;

enum class Kind : unsigned char { gap, ideographic, word };

Kind kind_of(char32_t c)
{
    if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ? Kind::word : Kind::gap;
    if (c >= 0x4E00 && c <= 0x9FFF) return Kind::ideographic;
    const auto point = static_cast<UChar32>(c);
    if ((U_GET_GC_MASK(point) & (U_GC_L_MASK | U_GC_N_MASK)) == 0) return Kind::gap;
    UErrorCode error = U_ZERO_ERROR;
    switch (uscript_getScript(point, &error)) {
    case USCRIPT_HAN:
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
    case USCRIPT_HANGUL: return Kind::ideographic;
    default: return c == 0x30FC ? Kind::ideographic : Kind::word;  // the long-vowel mark belongs to kana
    }
}

// A stretch of one kind.
struct Run {
    Kind kind;
    std::u32string_view text;
};

// The tokens so far, each once, in one buffer.
class Tokens {
public:
    Tokens() { text_.reserve(256); }

    bool full() const { return count_ == tokens_max; }
    std::string take() && { return std::move(text_); }

    void add(std::string_view token)
    {
        if (full()) return;
        std::size_t slot = std::hash<std::string_view>{}(token) % slots_.size();
        for (; slots_[slot].length != 0; slot = (slot + 1) % slots_.size())
            if (std::string_view(text_).substr(slots_[slot].start, slots_[slot].length) == token) return;
        if (!text_.empty()) text_ += ' ';
        slots_[slot] = {static_cast<std::uint32_t>(text_.size()), static_cast<std::uint32_t>(token.size())};
        text_ += token;
        ++count_;
    }

private:
    struct Place {
        std::uint32_t start = 0;
        std::uint32_t length = 0;
    };
    std::string text_;
    std::array<Place, 1024> slots_{};  // open addressing; never more than tokens_max in use
    std::size_t count_ = 0;
};

void append_utf8(std::string& out, char32_t c)
{
    std::array<char, 4> bytes;
    std::size_t length = 0;
    U8_APPEND_UNSAFE(bytes.data(), length, static_cast<UChar32>(c));
    out.append(bytes.data(), length);
}

// The tables of `unicode61` end before Extension E: later characters would be taken for gaps, so they are spelt out.
void append_ideograph(std::string& out, char32_t c)
{
    if (c < 0x2B820) return append_utf8(out, c);
    constexpr std::string_view digits = "0123456789abcdef";
    out += 'u';
    for (int shift = 20; shift >= 0; shift -= 4) out += digits[(c >> shift) & 15];
}

// "müller" → "muller", "lü" → "lu", as `unicode61` does by itself and PostgreSQL does not.
void append_without_marks(std::u32string& out, char32_t c)
{
    UErrorCode error = U_ZERO_ERROR;
    icu::UnicodeString parts;
    if (c < 0x80 || !icu::Normalizer2::getNFDInstance(error)->getDecomposition(static_cast<UChar32>(c), parts)) {
        out += c;
        return;
    }
    for (std::int32_t at = 0; at < parts.length(); at = parts.moveIndex32(at, 1)) {
        const UChar32 part = parts.char32At(at);
        if ((U_GET_GC_MASK(part) & U_GC_M_MASK) == 0) out += static_cast<char32_t>(part);
    }
}

// The folded characters of a text, words without their marks. A mark that stands alone does not cut a word.
std::u32string characters_of(std::string_view text)
{
    const std::string key = match_key(text);
    std::u32string out;
    out.reserve(key.size());
    const auto length = static_cast<std::int32_t>(key.size());
    for (std::int32_t at = 0; at < length;) {
        UChar32 c = 0;
        U8_NEXT(key.data(), at, length, c);
        if (c < 0) continue;
        const auto point = static_cast<char32_t>(c);
        if (kind_of(point) == Kind::word)
            append_without_marks(out, point);
        else if (point < 0x300 || (U_GET_GC_MASK(c) & U_GC_M_MASK) == 0)
            out += point;
    }
    return out;
}

std::vector<Run> runs_of(std::u32string_view text)
{
    std::vector<Run> runs;
    for (std::size_t start = 0, end = 0; start < text.size(); start = end) {
        const Kind kind = kind_of(text[start]);
        for (end = start + 1; end < text.size() && kind_of(text[end]) == kind;) ++end;
        runs.push_back({kind, text.substr(start, end - start)});
    }
    return runs;
}

bool is_digits(std::u32string_view word)
{
    return std::ranges::all_of(word, [](char32_t c) { return c >= U'0' && c <= U'9'; });
}

std::string word_token(std::u32string_view word)
{
    std::string token;
    for (const char32_t c : word.substr(0, word_length_max)) append_utf8(token, c);
    return token;
}

void add_characters_and_pairs(Tokens& tokens, std::u32string_view run)
{
    std::string token;
    for (std::size_t i = 0; i < run.size() && !tokens.full(); ++i) {
        token.clear();
        append_ideograph(token, run[i]);
        tokens.add(token);
        if (i + 1 == run.size()) break;
        append_ideograph(token, run[i + 1]);
        tokens.add(token);
    }
}

void add_word_and_tails(Tokens& tokens, std::u32string_view word)
{
    const auto shortest = is_digits(word) ? digit_tail_length_min : tail_length_min;
    tokens.add(word_token(word));
    for (std::size_t start = 1; start + shortest <= word.size() && start < tail_starts_max; ++start)
        tokens.add(word_token(word.substr(start)));
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
        if (parts > 1 && joined.size() >= joined_digits_min && joined.size() <= joined_digits_max)
            add_word_and_tails(tokens, joined);
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

using ReadingsOfRun = std::vector<std::span<const std::string_view>>;

// Adds the full pinyin and the initials of `run`, with the readings mixed in at most mixtures_max ways.
void add_pinyin_from(Tokens& tokens, std::span<const std::span<const std::string_view>> run)
{
    std::array<std::size_t, pinyin_characters_max> choices;  // how many readings of each character take part
    std::size_t mixtures = 1;
    for (std::size_t i = 0; i < run.size(); ++i) {
        choices[i] = std::min(run[i].size(), mixtures_max / mixtures);
        mixtures *= choices[i];
    }
    std::string full;
    std::string initials;
    for (std::size_t mixture = 0; mixture < mixtures && !tokens.full(); ++mixture) {
        full.clear();
        initials.clear();
        std::size_t rest = mixture;
        for (std::size_t i = 0; i < run.size(); ++i) {
            const std::string_view reading = run[i][rest % choices[i]];
            rest /= choices[i];
            full += reading;
            initials += reading.front();
        }
        tokens.add(full);
        if (initials.size() > 1) tokens.add(initials);  // one initial is a prefix of the full pinyin
    }
}

void add_pinyin(Tokens& tokens, std::u32string_view run)
{
    ReadingsOfRun readings;
    const auto finish = [&] {
        const std::span<const std::span<const std::string_view>> all = readings;
        for (std::size_t start = 0; start < all.size() && !tokens.full(); ++start)
            add_pinyin_from(tokens, all.subspan(start, std::min(pinyin_characters_max, all.size() - start)));
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
            add_characters_and_pairs(tokens, run.text);
        else if (run.kind == Kind::word)
            add_word_and_tails(tokens, run.text);
    add_joined_digits(tokens, runs);
    for (const auto& run : runs)
        if (run.kind == Kind::ideographic) add_pinyin(tokens, run.text);
    return std::move(tokens).take();
}

std::vector<std::string> search_query_tokens(std::string_view query)
{
    std::vector<std::string> tokens;
    const auto add = [&tokens](std::string token) {
        if (tokens.size() < query_tokens_max && std::ranges::find(tokens, token) == tokens.end())
            tokens.push_back(std::move(token));
    };
    const auto characters = characters_of(query);
    for (const auto& [kind, text] : runs_of(characters)) {
        if (kind == Kind::word) {
            add(word_token(text) + '*');
        } else if (kind == Kind::ideographic) {
            for (std::size_t i = 0; i == 0 || i + 1 < text.size(); ++i) {
                std::string token;
                for (const char32_t c : text.substr(i, 2)) append_ideograph(token, c);
                add(std::move(token));
            }
        }
    }
    return tokens;
}

}  // namespace shangdao
