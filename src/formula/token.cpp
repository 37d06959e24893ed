// One pass over the bytes; anything outside ASCII belongs to a word, so Chinese labels need no quoting.
#include "formula/token.h"

#include <algorithm>

#include "base/text.h"
#include "formula/check.h"

namespace shangdao::formula {

namespace {

bool digit(char c) { return c >= '0' && c <= '9'; }
bool word_begin(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || static_cast<unsigned char>(c) >= 0x80; }
bool word_part(char c) { return word_begin(c) || digit(c); }
bool space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

}  // namespace

std::unexpected<Problems> refuse_at(std::string_view source, std::size_t byte, std::string code, std::map<std::string, std::string> args)
{
    args["position"] = std::to_string(code_point_count(source.substr(0, std::min(byte, source.size()))));
    return refuse(std::move(code), {}, std::move(args));
}

Result<std::vector<Token>> tokens_of(std::string_view source)
{
    if (source.size() > max_formula_bytes) return refuse("formula_too_large", {}, {{"limit", std::to_string(max_formula_bytes)}});
    if (!valid_utf8(source)) return refuse("invalid_utf8");
    std::vector<Token> tokens;
    std::size_t at = 0;
    const auto take = [&](Token::Kind kind, std::string text, std::size_t end) {
        tokens.push_back({kind, std::move(text), at, end});
        at = end;
    };
    while (at < source.size()) {
        const char c = source[at];
        if (space(c)) {
            ++at;
        } else if (source.substr(at).starts_with("　")) {   // ideographic space
            at += 3;
        } else if (digit(c)) {
            auto end = at;
            while (end < source.size() && digit(source[end])) ++end;
            const bool fraction = end + 1 < source.size() && source[end] == '.' && digit(source[end + 1]);
            if (fraction)
                for (++end; end < source.size() && digit(source[end]);) ++end;
            auto unit = end;
            while (unit < source.size() && word_part(source[unit])) ++unit;
            if (unit > end && !fraction) {
                if (!parse_duration(source.substr(at, unit - at))) return refuse_at(source, at, "formula_syntax", {{"expected", "15d, 10wd, 36h, 90m"}, {"found", std::string{source.substr(at, unit - at)}}});
                end = unit;
                take(Token::Kind::duration, std::string{source.substr(at, end - at)}, end);
            } else {
                take(Token::Kind::number, std::string{source.substr(at, end - at)}, end);
            }
        } else if (c == '"' || c == '\'') {
            std::string text;
            auto end = at + 1;
            for (; end < source.size(); ++end) {
                if (source[end] == c) {
                    if (end + 1 < source.size() && source[end + 1] == c) ++end;   // doubled: the quote itself
                    else break;
                }
                text += source[end];
            }
            if (end >= source.size()) return refuse_at(source, at, "formula_syntax", {{"expected", std::string(1, c)}, {"found", "end"}});
            take(Token::Kind::text, std::move(text), end + 1);
        } else if (c == '[') {
            const auto close = source.find(']', at);
            if (close == std::string_view::npos) return refuse_at(source, at, "formula_syntax", {{"expected", "]"}, {"found", "end"}});
            take(Token::Kind::label, std::string{trimmed(source.substr(at + 1, close - at - 1))}, close + 1);
        } else if (word_begin(c)) {
            auto end = at;
            while (end < source.size() && word_part(source[end])) ++end;
            take(Token::Kind::word, std::string{source.substr(at, end - at)}, end);
        } else {
            static constexpr std::string_view two[] = {"<=", ">=", "!=", "<>", "=="};
            const auto pair = source.substr(at, 2);
            if (std::ranges::find(two, pair) != std::end(two)) take(Token::Kind::sign, pair == "<>" ? "!=" : pair == "==" ? "=" : std::string{pair}, at + 2);
            else if (std::string_view{"=<>()+-*/,.@"}.contains(c)) take(Token::Kind::sign, std::string(1, c), at + 1);
            else return refuse_at(source, at, "formula_syntax", {{"found", std::string(1, c)}});
        }
        if (tokens.size() > 4'000) return refuse("formula_too_large", {}, {{"limit", "4000"}});
    }
    tokens.push_back({Token::Kind::end, {}, source.size(), source.size()});
    return tokens;
}

}  // namespace shangdao::formula
