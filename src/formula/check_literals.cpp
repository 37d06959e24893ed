// Literals: exact, in normal form, and given the type their neighbour asks for.
#include <algorithm>

#include "base/text.h"
#include "formula/arithmetic.h"
#include "formula/checker.h"
#include "record/type.h"

namespace shangdao::formula {

// 12.50 is 12.5: the digits written do not decide how a result is rounded.
Result<Expression> Checker::number(const Syntax& tree) const
{
    auto text = tree.text;
    if (text.contains('.')) {
        text.resize(text.find_last_not_of('0') + 1);
        if (text.ends_with('.')) text.pop_back();
    }
    const auto point = text.find('.');
    const auto digits = point == std::string::npos ? 0 : text.size() - point - 1;
    if (digits > 6) return fail(tree, "formula_type", {{"expected", "0.000001"}, {"found", tree.text}});
    const auto units = parse_decimal(text, static_cast<int>(digits));
    if (!units) return fail(tree, "number_overflow");
    return literal(tree, {.type = Type::number, .scale = static_cast<int>(digits)}, Number{*units, static_cast<int>(digits)});
}

// Empty text is null (D2).
Result<Expression> Checker::text(const Syntax& tree) const
{
    if (tree.text.empty()) return literal(tree, {.type = Type::text}, record::Null{});
    return literal(tree, {.type = Type::text}, nfc(tree.text));
}

Result<Expression> Checker::moment_literal(const Syntax& tree, std::string_view word) const
{
    const std::string_view sample = word == "date" ? "2026-03-20" : "2026-03-20T08:00:00Z";
    if (tree.args.size() != 1) return arguments_wrong(tree, "1", std::string{word} + "(\"" + std::string{sample} + "\")");
    const auto& inside = tree.args[0];
    const auto refused = [&] { return fail(inside, "formula_type", {{"expected", "\"" + std::string{sample} + "\""}, {"found", inside.text}}); };
    if (inside.kind != Syntax::Kind::text) return refused();
    if (word == "date") {
        const auto date = parse_date(inside.text);
        return date ? literal(tree, {.type = Type::date}, *date) : Checked{refused()};
    }
    const auto instant = parse_instant(inside.text);
    return instant ? literal(tree, {.type = Type::instant}, *instant) : Checked{refused()};
}

// A number becomes money or a share, a text becomes a choice, an id or a day.
Result<Expression> Checker::adapt(const Syntax& tree, Expression expression, const ExprType& wanted) const
{
    if (expression->op != Op::literal) return expression;
    if (record::is_null(expression->value)) return literal(tree, wanted, record::Null{});
    if (const auto* number = std::get_if<Number>(&expression->value)) {
        if (wanted.type != Type::money && wanted.type != Type::share) return expression;
        return adapted_number(tree, *number, wanted);
    }
    const auto* text = std::get_if<std::string>(&expression->value);
    return text == nullptr ? expression : adapted_text(tree, expression, *text, wanted);
}

Result<Expression> Checker::adapted_number(const Syntax& tree, Number number, const ExprType& wanted) const
{
    const int digits = scale_of(wanted, scope_.base);
    const auto units = rescale(number.units, number.scale, digits);
    if (!units) return fail(tree, "number_overflow");
    if (compare_scaled(*units, digits, number.units, number.scale) != 0)
        return fail(tree, "formula_type", {{"expected", name_of(wanted)}, {"found", format_decimal(number.units, number.scale)}});
    return literal(tree, wanted, value_of(wanted, *units, scope_.base));
}

Result<Expression> Checker::adapted_text(const Syntax& tree, Expression expression, const std::string& text, const ExprType& wanted) const
{
    switch (wanted.type) {
    case Type::choice:
    case Type::choices: return choice(tree, text, wanted);
    case Type::reference: {
        const auto id = parse_id(text);
        if (!id) return fail(tree, "formula_type", {{"expected", "id"}, {"found", text}});
        return literal(tree, wanted, *id);
    }
    case Type::date:
        if (const auto date = parse_date(text)) return literal(tree, wanted, *date);
        break;
    case Type::instant:
        if (const auto instant = parse_instant(text)) return literal(tree, wanted, *instant);
        break;
    default: break;
    }
    return expression;
}

Result<Expression> Checker::choice(const Syntax& tree, const std::string& text, const ExprType& wanted) const
{
    const auto& choices = wanted.choices_of->choices;
    auto found = std::ranges::find(choices, std::string_view{text}, &record::Choice::key);
    const auto key = match_key(text);
    if (found == choices.end())
        found = std::ranges::find_if(choices, [&](const record::Choice& one) { return one.label.zh == text || (!one.label.en.empty() && match_key(one.label.en) == key); });
    if (found != choices.end())
        return literal(tree, {.type = Type::choice, .choices_of = wanted.choices_of}, record::ChoiceKey{std::string{found->key}});

    std::vector<std::string_view> known;
    for (const auto& one : choices)
        for (const auto word : {one.key, one.label.zh, one.label.en}) known.push_back(word);
    std::map<std::string, std::string> args{{"name", text}, {"field", std::string{wanted.choices_of->name}}};
    if (const auto near = nearest(text, known))
        args["nearest"] = choices[static_cast<std::size_t>(std::ranges::find(known, *near) - known.begin()) / 3].key;
    return fail(tree, "formula_unknown_choice", std::move(args));
}

}  // namespace shangdao::formula
