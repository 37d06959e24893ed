// Recursive descent; every level counts against the depth.
#include "formula/syntax.h"

#include <algorithm>

#include "formula/check.h"
#include "formula/token.h"

namespace shangdao::formula {

namespace {

struct OperatorRow {
    std::string_view sign;
    Op op;
};
constexpr OperatorRow comparisons[] = {{"=", Op::equal}, {"!=", Op::not_equal}, {"<", Op::less}, {"<=", Op::less_equal}, {">", Op::greater}, {">=", Op::greater_equal}};

class Parser {
public:
    Parser(std::string_view source, std::vector<Token> tokens) : source_(source), tokens_(std::move(tokens)) {}

    Result<Syntax> whole()
    {
        TRY(auto tree, any_of());
        if (now().kind != Token::Kind::end) return unexpected("end");
        return tree;
    }

private:
    using Level = Result<Syntax> (Parser::*)();

    const Token& now() const { return tokens_[at_]; }
    bool is_sign(std::string_view sign) const { return now().kind == Token::Kind::sign && now().text == sign; }
    bool is_word(std::string_view word) const { return is_word(now(), word); }
    static bool is_word(const Token& token, std::string_view word)
    {
        const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
        return token.kind == Token::Kind::word && std::ranges::equal(token.text, word, {}, lower);
    }
    bool take_sign(std::string_view sign) { return is_sign(sign) && ++at_; }
    bool take_word(std::string_view word) { return is_word(word) && ++at_; }
    std::unexpected<Problems> unexpected(std::string expected) const
    {
        return refuse_at(source_, now().begin, "formula_syntax", {{"expected", std::move(expected)}, {"found", now().kind == Token::Kind::end ? "end" : now().text}});
    }
    Syntax made(Op op, std::vector<Syntax> args) const
    {
        Syntax tree{.kind = Syntax::Kind::operation, .op = op, .begin = args.front().begin, .end = tokens_[at_ - 1].end};
        tree.args = std::move(args);
        return tree;
    }

    // a or b or c is one node of three.
    Result<Syntax> chain(std::string_view word, Op op, Level below)
    {
        TRY(auto first, (this->*below)());
        if (!is_word(word)) return first;
        std::vector<Syntax> args;
        args.push_back(std::move(first));
        while (take_word(word)) {
            TRY(auto next, (this->*below)());
            args.push_back(std::move(next));
        }
        return made(op, std::move(args));
    }
    Result<Syntax> any_of() { return chain("or", Op::any_of, &Parser::all_of); }
    Result<Syntax> all_of() { return chain("and", Op::all_of, &Parser::negation); }

    Result<Syntax> negation()
    {
        if (!is_word("not")) return comparison();
        const Deeper deeper(*this);
        if (deeper.too_deep()) return too_deep();
        const auto begin = now().begin;
        ++at_;
        TRY(auto inner, negation());
        auto tree = made(Op::not_, {std::move(inner)});
        tree.begin = begin;
        return tree;
    }

    Result<Syntax> comparison()
    {
        TRY(auto left, sum());
        for (const auto& row : comparisons)
            if (take_sign(row.sign)) {
                TRY(auto right, sum());
                return made(row.op, {std::move(left), std::move(right)});
            }
        if (take_word("is")) {
            const bool negated = take_word("not");
            if (!take_word("null")) return unexpected("null");
            return made(negated ? Op::is_not_null : Op::is_null, {std::move(left)});
        }
        const bool negated = is_word("not") && is_word(tokens_[at_ + 1], "in");
        if (negated) ++at_;
        if (take_word("in")) {
            TRY(auto right, is_sign("(") ? list() : primary());
            return made(negated ? Op::not_in : Op::in, {std::move(left), std::move(right)});
        }
        for (const auto& [word, op] : {std::pair{"contains", Op::contains}, std::pair{"starts_with", Op::starts_with}})
            if (take_word(word)) {
                TRY(auto right, sum());
                return made(op, {std::move(left), std::move(right)});
            }
        return left;
    }

    Result<Syntax> list()
    {
        Syntax tree{.kind = Syntax::Kind::list, .begin = now().begin};
        ++at_;
        do {
            TRY(auto entry, sum());
            tree.args.push_back(std::move(entry));
        } while (take_sign(","));
        if (!take_sign(")")) return unexpected(")");
        tree.end = tokens_[at_ - 1].end;
        return tree;
    }

    Result<Syntax> left_to_right(std::string_view sign_a, Op op_a, std::string_view sign_b, Op op_b, Level below)
    {
        TRY(auto left, (this->*below)());
        int links = 0;
        while (is_sign(sign_a) || is_sign(sign_b)) {
            if (++links > max_formula_depth) return too_deep();
            const auto op = is_sign(sign_a) ? op_a : op_b;
            ++at_;
            TRY(auto right, (this->*below)());
            left = made(op, {std::move(left), std::move(right)});
        }
        return left;
    }
    Result<Syntax> sum() { return left_to_right("+", Op::add, "-", Op::subtract, &Parser::term); }
    Result<Syntax> term() { return left_to_right("*", Op::multiply, "/", Op::divide, &Parser::unary); }

    Result<Syntax> unary()
    {
        if (!is_sign("-")) return primary();
        const Deeper deeper(*this);
        if (deeper.too_deep()) return too_deep();
        const auto begin = now().begin;
        ++at_;
        TRY(auto inner, unary());
        Syntax tree{.kind = Syntax::Kind::negate, .begin = begin, .end = tokens_[at_ - 1].end};
        tree.args.push_back(std::move(inner));
        return tree;
    }

    Result<Syntax> primary()
    {
        const Deeper deeper(*this);
        if (deeper.too_deep()) return too_deep();
        const auto& token = now();
        Syntax tree{.text = token.text, .begin = token.begin, .end = token.end};
        switch (token.kind) {
        case Token::Kind::number: tree.kind = Syntax::Kind::number; break;
        case Token::Kind::text: tree.kind = Syntax::Kind::text; break;
        case Token::Kind::duration: tree.kind = Syntax::Kind::duration; break;
        case Token::Kind::label: return name();
        case Token::Kind::word: {
            if (is_word("true") || is_word("false")) {
                tree.kind = Syntax::Kind::boolean;
                tree.flag = is_word("true");
                break;
            }
            if (is_word("null")) break;
            if (tokens_[at_ + 1].kind == Token::Kind::sign && tokens_[at_ + 1].text == "(") return call();
            return name();
        }
        default:
            if (!take_sign("(")) return unexpected("value");
            TRY(auto inner, any_of());
            if (!take_sign(")")) return unexpected(")");
            return inner;
        }
        ++at_;
        return tree;
    }

    Result<Syntax> name()
    {
        Syntax tree{.kind = Syntax::Kind::name, .begin = now().begin};
        do {
            if (now().kind != Token::Kind::word && now().kind != Token::Kind::label) return unexpected("name");
            tree.names.push_back(now().text);
            ++at_;
        } while (take_sign("."));
        if (tree.names.size() > 6) return too_deep();
        tree.end = tokens_[at_ - 1].end;
        return tree;
    }

    Result<Syntax> call()
    {
        Syntax tree{.kind = Syntax::Kind::call, .text = now().text, .begin = now().begin};
        at_ += 2;
        if (!take_sign(")")) {
            do {
                TRY(auto argument, any_of());
                tree.args.push_back(std::move(argument));
            } while (take_sign(","));
            if (!take_sign(")")) return unexpected(")");
        }
        tree.end = tokens_[at_ - 1].end;
        return tree;
    }

    class Deeper {
    public:
        explicit Deeper(Parser& parser) : parser_(parser) { ++parser_.depth_; }
        ~Deeper() { --parser_.depth_; }
        Deeper(const Deeper&) = delete;
        Deeper& operator=(const Deeper&) = delete;
        bool too_deep() const { return parser_.depth_ > max_formula_depth; }

    private:
        Parser& parser_;
    };
    std::unexpected<Problems> too_deep() const { return refuse_at(source_, now().begin, "formula_too_deep", {{"limit", std::to_string(max_formula_depth)}}); }

    std::string_view source_;
    std::vector<Token> tokens_;
    std::size_t at_ = 0;
    int depth_ = 0;
};

}  // namespace

Result<Syntax> parse(std::string_view source)
{
    TRY(auto tokens, tokens_of(source));
    return Parser(source, std::move(tokens)).whole();
}

}  // namespace shangdao::formula
