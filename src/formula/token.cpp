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
// What Chinese keyboards write for signs.
struct WideSign {
    std::string_view wide, sign;
};
constexpr WideSign wide_signs[] = {{"（", "("}, {"）", ")"}, {"，", ","}, {"＝", "="}, {"＞", ">"}, {"＜", "<"}, {"≥", ">="}, {"≤", "<="}, {"≠", "!="},
                                   {"＋", "+"}, {"－", "-"}, {"×", "*"}, {"÷", "/"}, {"“", "\""}, {"”", "\""}, {"　", " "}, {"【", "["}, {"】", "]"}};

const WideSign* wide_sign_at(std::string_view rest)
{
    const auto found = std::ranges::find_if(wide_signs, [&](const WideSign& one) { return rest.starts_with(one.wide); });
    return found == std::end(wide_signs) ? nullptr : &*found;
}

bool space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

}  // namespace

std::unexpected<Problems> refuse_at(std::string_view source, std::size_t byte, std::string code, std::map<std::string, std::string> args)
{
    args["position"] = std::to_string(code_point_count(source.substr(0, std::min(byte, source.size()))));
    return refuse(std::move(code), {}, std::move(args));
}

namespace {

class Lexer {
public:
    explicit Lexer(std::string_view source) : source_(source) {}

    Result<std::vector<Token>> tokens()
    {
        while (at_ < source_.size()) {
            const char c = source_[at_];
            const auto* wide = wide_sign_at(rest());
            if (space(c) || (wide != nullptr && wide->sign == " ")) {
                at_ += wide != nullptr ? wide->wide.size() : 1;
                continue;
            }
            if (wide != nullptr && wide->sign == "\"") CHECK_OK(text(wide->wide.size(), "”"));
            else if (wide != nullptr && wide->sign == "[") CHECK_OK(label(wide->wide.size(), "】"));
            else if (wide != nullptr) take(Token::Kind::sign, std::string{wide->sign}, at_ + wide->wide.size());
            else if (digit(c)) CHECK_OK(number());
            else if (c == '"' || c == '\'') CHECK_OK(text(1, source_.substr(at_, 1)));
            else if (c == '[') CHECK_OK(label(1, "]"));
            else if (word_begin(c)) word();
            else CHECK_OK(sign());
            if (tokens_.size() > max_tokens) return refuse("formula_too_large", {}, {{"limit", std::to_string(max_tokens)}});
        }
        tokens_.push_back({Token::Kind::end, {}, source_.size(), source_.size()});
        return std::move(tokens_);
    }

private:
    static constexpr std::size_t max_tokens = 4'000;

    std::string_view rest() const { return source_.substr(at_); }
    void take(Token::Kind kind, std::string text, std::size_t end)
    {
        tokens_.push_back({kind, std::move(text), at_, end});
        at_ = end;
    }
    std::unexpected<Problems> wrong(std::string expected, std::string_view found) const
    {
        return refuse_at(source_, at_, "formula_syntax", {{"expected", std::move(expected)}, {"found", std::string{found}}});
    }

    std::size_t digits_end(std::size_t from) const { return std::min(source_.find_first_not_of("0123456789", from), source_.size()); }

    std::size_t word_end(std::size_t from) const
    {
        auto end = from;
        while (end < source_.size() && word_part(source_[end]) && wide_sign_at(source_.substr(end)) == nullptr) ++end;
        return end;
    }

    // 12, 12.5, 15d
    Result<void> number()
    {
        auto end = digits_end(at_);
        const bool fraction = end + 1 < source_.size() && source_[end] == '.' && digit(source_[end + 1]);
        if (fraction) end = digits_end(end + 1);
        const auto unit = word_end(end);
        if (unit == end) {
            take(Token::Kind::number, std::string{source_.substr(at_, end - at_)}, end);
            return {};
        }
        const auto whole = source_.substr(at_, unit - at_);
        if (!parse_duration(whole)) return wrong("15d, 10wd, 36h, 90m", whole);
        take(Token::Kind::duration, std::string{whole}, unit);
        return {};
    }

    // A doubled closing quote is the quote itself.
    Result<void> text(std::size_t open, std::string_view close)
    {
        std::string text;
        auto end = at_ + open;
        for (;; ++end) {
            const auto here = source_.substr(std::min(end, source_.size()));
            if (here.empty()) return wrong(std::string{close}, "end");
            if (here.starts_with(close)) {
                if (!here.substr(close.size()).starts_with(close)) break;
                text += close;
                end += 2 * close.size() - 1;
                continue;
            }
            text += here.front();
        }
        take(Token::Kind::text, std::move(text), end + close.size());
        return {};
    }

    Result<void> label(std::size_t open, std::string_view close)
    {
        const auto end = source_.find(close, at_);
        if (end == std::string_view::npos) return wrong(std::string{close}, "end");
        take(Token::Kind::label, std::string{trimmed(source_.substr(at_ + open, end - at_ - open))}, end + close.size());
        return {};
    }

    void word()
    {
        const auto end = word_end(at_);
        take(Token::Kind::word, std::string{source_.substr(at_, end - at_)}, end);
    }

    Result<void> sign()
    {
        static constexpr std::string_view two[] = {"<=", ">=", "!=", "<>", "=="};
        const auto pair = rest().substr(0, 2);
        const char c = source_[at_];
        if (std::ranges::find(two, pair) != std::end(two)) take(Token::Kind::sign, pair == "<>" ? "!=" : pair == "==" ? "=" : std::string{pair}, at_ + 2);
        else if (std::string_view{"=<>()+-*/,.@"}.contains(c)) take(Token::Kind::sign, std::string(1, c), at_ + 1);
        else return wrong("value", source_.substr(at_, 1));
        return {};
    }

    std::string_view source_;
    std::size_t at_ = 0;
    std::vector<Token> tokens_;
};

}  // namespace

Result<std::vector<Token>> tokens_of(std::string_view source)
{
    if (source.size() > max_formula_bytes) return refuse("formula_too_long", {}, {{"limit", std::to_string(max_formula_bytes)}});
    if (!valid_utf8(source)) return refuse("invalid_utf8");
    return Lexer(source).tokens();
}

}  // namespace shangdao::formula
