// Names, types and rights of a syntax tree. A hidden field and a name that does not exist take the same road to the same
// answer; a masked field may only be compared by = with a literal.
#include "formula/check.h"

#include <algorithm>

#include "base/text.h"
#include "formula/arithmetic.h"
#include "formula/functions.h"
#include "formula/syntax.h"
#include "formula/token.h"
#include "record/type.h"

namespace shangdao::formula {

namespace {

using record::FieldDef;
using record::FieldLevel;
using record::Object;

enum class Place : unsigned char { value, measure };

bool is_numeric(const ExprType& type) { return type.type == Type::number || type.type == Type::money || type.type == Type::share; }
bool is_ordered(const ExprType& type) { return is_numeric(type) || type.type == Type::date || type.type == Type::instant || type.type == Type::text || type.type == Type::choice; }

std::string name_of(const ExprType& type) { return std::string{record::type_name(type.type)}; }

Expression literal(const Syntax& at, ExprType type, Value value)
{
    Node node{.op = Op::literal, .type = type, .value = std::move(value), .begin = at.begin, .end = at.end};
    return std::make_shared<const Node>(std::move(node));
}

Expression made(const Syntax& at, Op op, ExprType type, std::vector<Expression> args)
{
    Node node{.op = op, .type = type, .begin = at.begin, .end = at.end};
    node.args = std::move(args);
    return std::make_shared<const Node>(std::move(node));
}

class Checker {
public:
    Checker(std::string_view source, const Scope& scope) : source_(source), scope_(scope), object_(&scope.object) {}

    Result<Expression> condition(const Syntax& tree)
    {
        TRY(auto expression, value(tree));
        if (expression->type.type != Type::boolean || expression->type.list) return wrong(tree, "boolean", expression->type);
        return expression;
    }

    Result<Expression> value(const Syntax& tree)
    {
        switch (tree.kind) {
        case Syntax::Kind::number: return number(tree);
        case Syntax::Kind::text: return literal(tree, {.type = Type::text}, std::string{tree.text});
        case Syntax::Kind::duration: return literal(tree, {.type = Type::duration}, *parse_duration(tree.text));
        case Syntax::Kind::boolean: return literal(tree, {.type = Type::boolean}, tree.flag);
        case Syntax::Kind::null: return literal(tree, {.type = Type::text}, record::Null{});
        case Syntax::Kind::name: return name(tree);
        case Syntax::Kind::call: return call(tree);
        case Syntax::Kind::list: return fail(tree, "formula_type", {{"expected", "in (…)"}});
        case Syntax::Kind::negate: return negation(tree);
        case Syntax::Kind::operation: return operation(tree);
        }
        return fail(tree, "formula_syntax");
    }

    void set_place(Place place) { place_ = place; }

private:
    std::unexpected<Problems> fail(const Syntax& tree, std::string code, std::map<std::string, std::string> args = {}) const
    {
        return refuse_at(source_, tree.begin, std::move(code), std::move(args));
    }
    std::unexpected<Problems> wrong(const Syntax& tree, std::string expected, const ExprType& found) const
    {
        return fail(tree, "formula_type", {{"expected", std::move(expected)}, {"found", name_of(found)}});
    }

    Result<Expression> number(const Syntax& tree)
    {
        const auto point = tree.text.find('.');
        const int scale = point == std::string::npos ? 0 : static_cast<int>(tree.text.size() - point - 1);
        if (scale > 6) return fail(tree, "formula_type", {{"expected", "number"}, {"digits", "6"}});
        const auto units = parse_decimal(tree.text, scale);
        if (!units) return fail(tree, "number_overflow");
        return literal(tree, {.type = Type::number, .scale = scale}, Number{*units, scale});
    }

    FieldLevel level(const Object& object, std::size_t slot) const
    {
        if (!object.shows(slot)) return FieldLevel::hidden;
        return scope_.sight == nullptr ? FieldLevel::edit : scope_.sight->field(object, slot);
    }

    // A field of `object` by API name or by label in either language; nullopt when hidden or unknown, alike.
    std::optional<std::size_t> field_of(const Object& object, std::string_view word) const
    {
        if (const auto slot = object.slot(word); slot && level(object, *slot) != FieldLevel::hidden) return slot;
        for (std::size_t slot = 0; slot < object.slot_count(); ++slot) {
            const auto& label = object.field(slot).label;
            if ((label.zh == word || match_key(label.en) == match_key(word)) && level(object, slot) != FieldLevel::hidden) return slot;
        }
        return std::nullopt;
    }

    std::unexpected<Problems> unknown_name(const Syntax& tree, const Object& object, std::string_view word, bool with_reverses) const
    {
        std::vector<std::string_view> known;
        for (std::size_t slot = 0; slot < object.slot_count(); ++slot)
            if (level(object, slot) != FieldLevel::hidden) known.push_back(object.field(slot).name);
        if (with_reverses)
            for (const auto& reverse : object.reverses()) known.push_back(reverse.name);
        for (const auto& row : function_table()) known.push_back(row.name);
        std::map<std::string, std::string> args{{"name", std::string{word.substr(0, 80)}}, {"object", std::string{object.name()}}};
        if (const auto near = nearest(word, known)) args["nearest"] = *near;
        return fail(tree, "formula_unknown_name", std::move(args));
    }

    Result<Expression> name(const Syntax& tree)
    {
        auto parts = std::span{tree.names};
        // boat.price inside boat is price (D6), unless a field is called so.
        if (parts.size() > 1 && parts[0] == object_->name() && !field_of(*object_, parts[0])) parts = parts.subspan(1);
        Node node{.op = Op::field, .object = object_->index(), .begin = tree.begin, .end = tree.end};
        const Object* object = object_;
        for (std::size_t i = 0; i < parts.size(); ++i) {
            const auto slot = field_of(*object, parts[i]);
            if (!slot) return unknown_name(tree, *object, parts[i], false);
            if (level(*object, *slot) == FieldLevel::masked && !(masked_allowed_ && i + 1 == parts.size())) return fail(tree, "formula_masked", {{"name", std::string{parts[i]}}});
            node.path.push_back(*slot);
            const auto& field = object->field(*slot);
            if (i + 1 == parts.size()) {
                node.type = {.type = field.type, .scale = field.scale, .target = object->target(*slot)};
                if (field.type == Type::choice || field.type == Type::choices) node.type.choices_of = &field;
            } else {
                if (field.type != Type::reference) return fail(tree, "formula_type", {{"expected", "reference"}, {"found", std::string{record::type_name(field.type)}}, {"name", std::string{parts[i]}}});
                object = &scope_.catalogue.object(object->target(*slot));
            }
        }
        return std::make_shared<const Node>(std::move(node));
    }

    // ---- literals beside something typed

    // Gives a literal the type its neighbour asks for: a number becomes money or share, a text becomes a choice or an id.
    Result<Expression> adapt(const Syntax& tree, Expression expression, const ExprType& wanted)
    {
        if (expression->op != Op::literal && !(expression->op == Op::negate && expression->args[0]->op == Op::literal)) return expression;
        if (record::is_null(expression->value) && expression->op == Op::literal) return literal(tree, wanted, record::Null{});
        const auto* number = std::get_if<Number>(&expression->value);
        if (number != nullptr && (wanted.type == Type::money || wanted.type == Type::share)) {
            const auto units = rescale(number->units, number->scale, scale_of(wanted, scope_.base));
            if (!units) return fail(tree, "formula_type", {{"expected", name_of(wanted)}, {"found", "number"}});
            return literal(tree, wanted, value_of(wanted, *units, scope_.base));
        }
        const auto* text = std::get_if<std::string>(&expression->value);
        if (text == nullptr) return expression;
        if (wanted.type == Type::choice || wanted.type == Type::choices) return choice(tree, *text, wanted);
        if (wanted.type == Type::reference) {
            const auto id = parse_id(*text);
            if (!id) return fail(tree, "formula_type", {{"expected", "id"}, {"found", *text}});
            return literal(tree, wanted, *id);
        }
        if (wanted.type == Type::date)
            if (const auto date = parse_date(*text)) return literal(tree, wanted, *date);
        if (wanted.type == Type::instant)
            if (const auto instant = parse_instant(*text)) return literal(tree, wanted, *instant);
        return expression;
    }

    Result<Expression> choice(const Syntax& tree, const std::string& text, const ExprType& wanted)
    {
        std::vector<std::string_view> keys;
        for (const auto& one : wanted.choices_of->choices) {
            if (one.key == text || one.label.zh == text || match_key(one.label.en) == match_key(text))
                return literal(tree, {.type = Type::choice, .choices_of = wanted.choices_of}, record::ChoiceKey{std::string{one.key}});
            keys.push_back(one.key);
        }
        std::map<std::string, std::string> args{{"name", text}, {"field", std::string{wanted.choices_of->name}}};
        if (const auto near = nearest(text, keys)) args["nearest"] = *near;
        return fail(tree, "formula_unknown_choice", std::move(args));
    }

    static bool same_kind(const ExprType& a, const ExprType& b)
    {
        if (a.type != b.type) return false;
        return a.type != Type::reference || a.target == b.target;
    }

    // Both sides of a comparison, brought to one type.
    Result<std::pair<Expression, Expression>> pair_of(const Syntax& left_tree, const Syntax& right_tree)
    {
        TRY(auto left, value(left_tree));
        TRY(auto right, value(right_tree));
        TRY(left, adapt(left_tree, left, right->type));
        TRY(right, adapt(right_tree, right, left->type));
        // An instant beside a day is asked for its day.
        if (left->type.type == Type::instant && right->type.type == Type::date) left = day_of(left_tree, left);
        if (right->type.type == Type::instant && left->type.type == Type::date) right = day_of(right_tree, right);
        if (!same_kind(left->type, right->type)) return fail(right_tree, "formula_type", {{"expected", name_of(left->type)}, {"found", name_of(right->type)}});
        return std::pair{std::move(left), std::move(right)};
    }

    static Expression day_of(const Syntax& tree, Expression instant)
    {
        Node node{.op = Op::call, .type = {.type = Type::date}, .function = static_cast<std::size_t>(Function::date_of), .begin = tree.begin, .end = tree.end};
        node.args = {std::move(instant)};
        return std::make_shared<const Node>(std::move(node));
    }

    // ---- operators

    Result<Expression> negation(const Syntax& tree)
    {
        TRY(auto inner, value(tree.args[0]));
        if (!is_numeric(inner->type)) return wrong(tree.args[0], "number", inner->type);
        if (const auto* number = std::get_if<Number>(&inner->value); inner->op == Op::literal && number != nullptr)
            return literal(tree, inner->type, Number{-number->units, number->scale});
        const auto type = inner->type;
        return made(tree, Op::negate, type, {std::move(inner)});
    }

    Result<Expression> operation(const Syntax& tree)
    {
        switch (tree.op) {
        case Op::all_of:
        case Op::any_of:
        case Op::not_: {
            std::vector<Expression> args;
            for (const auto& argument : tree.args) {
                TRY(auto checked, condition(argument));
                args.push_back(std::move(checked));
            }
            return made(tree, tree.op, {.type = Type::boolean}, std::move(args));
        }
        case Op::is_null:
        case Op::is_not_null: {
            TRY(auto inner, value(tree.args[0]));
            return made(tree, tree.op, {.type = Type::boolean}, {std::move(inner)});
        }
        case Op::equal:
        case Op::not_equal: return equality(tree);
        case Op::less:
        case Op::less_equal:
        case Op::greater:
        case Op::greater_equal: {
            TRY(auto sides, pair_of(tree.args[0], tree.args[1]));
            if (!is_ordered(sides.first->type)) return wrong(tree.args[0], "number, money, share, date, instant, text, choice", sides.first->type);
            return made(tree, tree.op, {.type = Type::boolean}, {std::move(sides.first), std::move(sides.second)});
        }
        case Op::in:
        case Op::not_in: return membership(tree);
        case Op::contains:
        case Op::starts_with: return text_match(tree);
        default: return arithmetic(tree);
        }
    }

    Result<Expression> equality(const Syntax& tree)
    {
        // x = null says the same as x is null.
        for (const auto side : {std::size_t{0}, std::size_t{1}})
            if (tree.args[side].kind == Syntax::Kind::null) {
                TRY(auto inner, value(tree.args[1 - side]));
                return made(tree, tree.op == Op::equal ? Op::is_null : Op::is_not_null, {.type = Type::boolean}, {std::move(inner)});
            }
        const bool literals = tree.args[1].kind == Syntax::Kind::text || tree.args[1].kind == Syntax::Kind::number;
        const auto allowed = std::exchange(masked_allowed_, tree.op == Op::equal && literals);
        auto sides = pair_of(tree.args[0], tree.args[1]);
        masked_allowed_ = allowed;
        if (!sides) return std::unexpected(sides.error());
        if (sides->first->type.type == Type::address || sides->first->type.type == Type::choices) return wrong(tree.args[0], "has(field, key)", sides->first->type);
        return made(tree, tree.op, {.type = Type::boolean}, {std::move(sides->first), std::move(sides->second)});
    }

    Result<Expression> membership(const Syntax& tree)
    {
        TRY(auto left, value(tree.args[0]));
        const auto& right = tree.args[1];
        if (right.kind != Syntax::Kind::list) {
            TRY(auto set, value(right));
            if (!set->type.list || !same_kind(left->type, set->type)) return fail(right, "formula_type", {{"expected", "list"}, {"found", name_of(set->type)}});
            return made(tree, tree.op, {.type = Type::boolean}, {std::move(left), std::move(set)});
        }
        if (right.args.size() > 1'000) return fail(right, "formula_too_large", {{"limit", "1000"}});
        std::vector<Expression> entries;
        for (const auto& entry : right.args) {
            TRY(auto checked, value(entry));
            TRY(checked, adapt(entry, checked, left->type));
            if (checked->op != Op::literal && checked->op != Op::call) return fail(entry, "formula_type", {{"expected", "literal"}});
            if (!same_kind(checked->type, left->type)) return fail(entry, "formula_type", {{"expected", name_of(left->type)}, {"found", name_of(checked->type)}});
            entries.push_back(std::move(checked));
        }
        auto type = left->type;
        type.list = true;
        auto list = made(right, Op::list, type, std::move(entries));
        return made(tree, tree.op, {.type = Type::boolean}, {std::move(left), std::move(list)});
    }

    Result<Expression> text_match(const Syntax& tree)
    {
        TRY(auto left, value(tree.args[0]));
        TRY(auto right, value(tree.args[1]));
        if (left->type.type == Type::choices && tree.op == Op::contains) {
            TRY(right, adapt(tree.args[1], right, left->type));
            Node node{.op = Op::call, .type = {.type = Type::boolean}, .function = static_cast<std::size_t>(Function::has), .begin = tree.begin, .end = tree.end};
            node.args = {std::move(left), std::move(right)};
            return std::make_shared<const Node>(std::move(node));
        }
        if (left->type.type != Type::text) return wrong(tree.args[0], "text", left->type);
        if (right->type.type != Type::text) return wrong(tree.args[1], "text", right->type);
        return made(tree, tree.op, {.type = Type::boolean}, {std::move(left), std::move(right)});
    }

    Result<Expression> arithmetic(const Syntax& tree)
    {
        TRY(auto left, value(tree.args[0]));
        TRY(auto right, value(tree.args[1]));
        const bool sum = tree.op == Op::add || tree.op == Op::subtract;
        const auto kind = [](const Expression& e) { return e->type.type; };
        if (sum && (kind(left) == Type::date || kind(left) == Type::instant)) return moved_time(tree, std::move(left), std::move(right));
        if (sum) {
            TRY(left, adapt(tree.args[0], left, right->type));
            TRY(right, adapt(tree.args[1], right, left->type));
        }
        if (!is_numeric(left->type)) return wrong(tree.args[0], "number", left->type);
        if (!is_numeric(right->type)) return wrong(tree.args[1], "number", right->type);
        ExprType type{.type = Type::number};
        if (sum) {
            if (kind(left) != kind(right)) return fail(tree, "formula_type", {{"expected", name_of(left->type)}, {"found", name_of(right->type)}});
            type = left->type;
            type.scale = std::max(left->type.scale, right->type.scale);
        } else if (tree.op == Op::multiply) {
            if (kind(left) == Type::money && kind(right) == Type::money) return fail(tree, "formula_type", {{"expected", "number"}, {"found", "money"}});
            if (kind(left) == Type::money || kind(right) == Type::money) type.type = Type::money;
            else type.scale = std::min(6, scale_of(left->type, scope_.base) + scale_of(right->type, scope_.base));
        } else {
            if (kind(right) == Type::money && kind(left) != Type::money) return wrong(tree.args[1], "number", right->type);
            if (kind(left) == Type::money && kind(right) != Type::money) type.type = Type::money;
            else type.scale = 6;
        }
        type.choices_of = nullptr;
        return made(tree, tree.op, type, {std::move(left), std::move(right)});
    }

    // day ± 15d, day - day, instant ± 36h. Working days move a day where the calendar is at hand (record back end).
    Result<Expression> moved_time(const Syntax& tree, Expression left, Expression right)
    {
        const auto type = left->type;
        if (tree.op == Op::subtract && type.type == Type::date && right->type.type == Type::date) return made(tree, tree.op, {.type = Type::number}, {std::move(left), std::move(right)});
        const auto* duration = std::get_if<Duration>(&right->value);
        if (right->op != Op::literal || duration == nullptr) return wrong(tree.args[1], "duration", right->type);
        const bool days = duration->unit == Duration::Unit::days || duration->unit == Duration::Unit::working_days;
        if (type.type == Type::date && !days) return fail(tree.args[1], "formula_type", {{"expected", "15d, 10wd"}, {"found", to_string(*duration)}});
        if (duration->unit == Duration::Unit::working_days) {
            if (type.type == Type::instant) return fail(tree.args[1], "formula_type", {{"expected", "15d, 36h"}, {"found", to_string(*duration)}});
            if (scope_.back_end == Scope::BackEnd::every && !constant(left)) return fail(tree.args[1], "formula_no_sql", {{"name", to_string(*duration)}});
        }
        return made(tree, tree.op, type, {std::move(left), std::move(right)});
    }

    // True when nothing of the record is read: such a part is computed once and bound.
    static bool constant(const Expression& expression)
    {
        if (expression->op == Op::field || expression->op == Op::aggregate) return false;
        return std::ranges::all_of(expression->args, [](const auto& argument) { return argument == nullptr || constant(argument); });
    }

    // ---- calls

    Result<Expression> call(const Syntax& tree)
    {
        const auto word = match_key(tree.text);
        if (word == "date" || word == "instant") return moment_literal(tree, word);
        if (const auto aggregate = aggregate_named(word)) return this->aggregate(tree, *aggregate);
        const auto* row = function_named(word);
        if (row == nullptr) return unknown_name(tree, *object_, tree.text, true);
        std::vector<Expression> args;
        for (const auto& argument : tree.args) {
            TRY(auto checked, value(argument));
            args.push_back(std::move(checked));
        }
        TRY(const auto type, result_type(tree, *row, args));
        if (row->back_ends == FunctionRow::BackEnds::record && scope_.back_end == Scope::BackEnd::every &&
            !std::ranges::all_of(args, [](const auto& argument) { return constant(argument); }))
            return fail(tree, "formula_no_sql", {{"name", std::string{row->name}}});
        Node node{.op = Op::call, .type = type, .function = static_cast<std::size_t>(row->function), .begin = tree.begin, .end = tree.end};
        node.args = std::move(args);
        return std::make_shared<const Node>(std::move(node));
    }

    Result<Expression> moment_literal(const Syntax& tree, std::string_view word)
    {
        if (tree.args.size() != 1 || tree.args[0].kind != Syntax::Kind::text) return fail(tree, "formula_type", {{"expected", word == "date" ? "date(\"2026-03-20\")" : "instant(\"2026-03-20T08:00:00Z\")"}});
        if (word == "date") {
            const auto date = parse_date(tree.args[0].text);
            if (!date) return fail(tree.args[0], "formula_type", {{"expected", "2026-03-20"}, {"found", tree.args[0].text}});
            return literal(tree, {.type = Type::date}, *date);
        }
        const auto instant = parse_instant(tree.args[0].text);
        if (!instant) return fail(tree.args[0], "formula_type", {{"expected", "2026-03-20T08:00:00Z"}, {"found", tree.args[0].text}});
        return literal(tree, {.type = Type::instant}, *instant);
    }

    Result<ExprType> result_type(const Syntax& tree, const FunctionRow& row, std::vector<Expression>& args)
    {
        const auto arity = [&](std::size_t n) -> Result<void> {
            if (args.size() == n) return {};
            return fail(tree, "formula_arguments", {{"name", std::string{row.name}}, {"expected", std::to_string(n)}, {"found", std::to_string(args.size())}, {"example", std::string{row.example}}});
        };
        const auto of_type = [&](std::size_t i, std::initializer_list<Type> types) -> Result<void> {
            if (std::ranges::find(types, args[i]->type.type) != types.end() && !args[i]->type.list) return {};
            return fail(tree.args[i], "formula_type", {{"expected", std::string{row.takes}}, {"found", name_of(args[i]->type)}, {"example", std::string{row.example}}});
        };
        // Brings later arguments to the type of the first one.
        const auto alike = [&](std::size_t from) -> Result<void> {
            for (std::size_t i = from + 1; i < args.size(); ++i) {
                TRY(args[i], adapt(tree.args[i], args[i], args[from]->type));
                TRY(args[from], adapt(tree.args[from], args[from], args[i]->type));
                if (!same_kind(args[i]->type, args[from]->type)) return fail(tree.args[i], "formula_type", {{"expected", name_of(args[from]->type)}, {"found", name_of(args[i]->type)}});
            }
            return {};
        };
        switch (row.function) {
        case Function::today: CHECK_OK(arity(0)); return ExprType{.type = Type::date};
        case Function::now: CHECK_OK(arity(0)); return ExprType{.type = Type::instant};
        case Function::me:
        case Function::my_team: {
            CHECK_OK(arity(0));
            const auto* members = scope_.catalogue.find("member");
            return ExprType{.type = Type::reference, .target = members == nullptr ? 0 : members->index(), .list = row.function == Function::my_team};
        }
        case Function::days_since:
        case Function::days_until: CHECK_OK(arity(1)); CHECK_OK(of_type(0, {Type::date, Type::instant})); return ExprType{.type = Type::number};
        case Function::working_days_between: CHECK_OK(arity(2)); CHECK_OK(of_type(0, {Type::date})); CHECK_OK(of_type(1, {Type::date})); return ExprType{.type = Type::number};
        case Function::date_of: CHECK_OK(arity(1)); CHECK_OK(of_type(0, {Type::instant})); return ExprType{.type = Type::date};
        case Function::year:
        case Function::start_of_week:
        case Function::start_of_month:
        case Function::start_of_quarter:
        case Function::start_of_year:
        case Function::end_of_week:
        case Function::end_of_month:
        case Function::end_of_quarter:
        case Function::end_of_year:
            CHECK_OK(arity(1));
            if (args[0]->type.type == Type::instant) args[0] = day_of(tree.args[0], args[0]);
            CHECK_OK(of_type(0, {Type::date}));
            return ExprType{.type = row.function == Function::year ? Type::number : Type::date};
        case Function::lower: CHECK_OK(arity(1)); CHECK_OK(of_type(0, {Type::text})); return ExprType{.type = Type::text};
        case Function::length: CHECK_OK(arity(1)); CHECK_OK(of_type(0, {Type::text})); return ExprType{.type = Type::number};
        case Function::absolute: CHECK_OK(arity(1)); CHECK_OK(of_type(0, {Type::number, Type::money, Type::share})); return args[0]->type;
        case Function::round: {
            CHECK_OK(arity(2));
            CHECK_OK(of_type(0, {Type::number}));
            const auto* digits = std::get_if<Number>(&args[1]->value);
            if (args[1]->op != Op::literal || digits == nullptr || digits->scale != 0 || digits->units < 0 || digits->units > 6) return fail(tree.args[1], "formula_type", {{"expected", "0…6"}});
            return args[0]->type;
        }
        case Function::least:
        case Function::greatest: {
            CHECK_OK(arity(2));
            CHECK_OK(alike(0));
            CHECK_OK(of_type(0, {Type::number, Type::money, Type::share, Type::date, Type::instant}));
            if (args[0]->type.scale != args[1]->type.scale) return fail(tree, "formula_type", {{"expected", "numbers of one scale"}});
            return args[0]->type;
        }
        case Function::coalesce: {
            if (args.size() < 2) CHECK_OK(arity(2));
            CHECK_OK(alike(0));
            for (const auto& argument : args)
                if (argument->type.scale != args[0]->type.scale) return fail(tree, "formula_type", {{"expected", "numbers of one scale"}});
            return args[0]->type;
        }
        case Function::condition: {
            CHECK_OK(arity(3));
            CHECK_OK(of_type(0, {Type::boolean}));
            CHECK_OK(alike(1));
            if (args[1]->type.scale != args[2]->type.scale) return fail(tree, "formula_type", {{"expected", "numbers of one scale"}});
            return args[1]->type;
        }
        case Function::has:
            CHECK_OK(arity(2));
            CHECK_OK(of_type(0, {Type::choices}));
            TRY(args[1], adapt(tree.args[1], args[1], args[0]->type));
            CHECK_OK(of_type(1, {Type::choice}));
            return ExprType{.type = Type::boolean};
        }
        return fail(tree, "formula_syntax");
    }

    // ---- aggregates

    static std::optional<Aggregate> aggregate_named(std::string_view word)
    {
        static constexpr std::pair<std::string_view, Aggregate> names[] = {{"count", Aggregate::count}, {"sum", Aggregate::sum}, {"avg", Aggregate::avg}, {"min", Aggregate::min},
                                                                           {"max", Aggregate::max}, {"median", Aggregate::median}, {"percentile", Aggregate::percentile}};
        for (const auto& [name, aggregate] : names)
            if (name == word) return aggregate;
        return std::nullopt;
    }

    // count(children[, condition]), sum(children.field[, condition]); over rows in a measure: count([condition]), sum(value[, condition]),
    // percentile(value, 0.9[, condition]).
    Result<Expression> aggregate(const Syntax& tree, Aggregate kind)
    {
        if (inside_aggregate_) return fail(tree, "formula_type", {{"expected", "no aggregate inside another"}});
        const auto* reverse = !tree.args.empty() && tree.args[0].kind == Syntax::Kind::name ? object_->reverse(tree.args[0].names[0]) : nullptr;
        Node node{.op = Op::aggregate, .object = object_->index(), .aggregate = kind, .begin = tree.begin, .end = tree.end};
        const Object* rows = object_;
        std::size_t next = 0;
        const Syntax* inside = nullptr;
        Syntax inner_name;
        if (reverse != nullptr) {
            rows = &scope_.catalogue.object(reverse->object);
            if (level(*rows, reverse->slot) == FieldLevel::hidden) return unknown_name(tree, *object_, tree.args[0].names[0], true);
            node.child_object = reverse->object;
            node.path = {reverse->slot};
            next = 1;
            inner_name = tree.args[0];
            inner_name.names.erase(inner_name.names.begin());
            if (!inner_name.names.empty()) inside = &inner_name;
        } else if (place_ == Place::measure) {
            if (kind != Aggregate::count && !tree.args.empty()) {
                inside = &tree.args[0];
                next = 1;
            }
        } else {
            if (!tree.args.empty() && tree.args[0].kind == Syntax::Kind::name) return unknown_name(tree.args[0], *object_, tree.args[0].names[0], true);
            return fail(tree, "formula_arguments", {{"name", tree.text}, {"expected", "children"}, {"found", "0"}, {"example", "count(children, condition)"}});
        }
        if (kind != Aggregate::count && inside == nullptr) return fail(tree, "formula_arguments", {{"name", tree.text}, {"expected", "1"}, {"found", "0"}, {"example", "sum(children.price)"}});
        if (kind == Aggregate::count && inside != nullptr) return fail(tree, "formula_arguments", {{"name", tree.text}, {"expected", "children"}, {"found", "field"}, {"example", "count(children, condition)"}});

        const auto outer = std::exchange(object_, rows);
        inside_aggregate_ = true;
        auto parts = aggregate_parts(tree, kind, inside, next, node);
        inside_aggregate_ = false;
        object_ = outer;
        if (!parts) return std::unexpected(parts.error());
        return std::make_shared<const Node>(std::move(node));
    }

    Result<void> aggregate_parts(const Syntax& tree, Aggregate kind, const Syntax* inside, std::size_t next, Node& node)
    {
        Expression counted, condition_;
        node.type = {.type = Type::number};
        if (inside != nullptr) {
            TRY(counted, value(*inside));
            const bool orderly = is_numeric(counted->type) || counted->type.type == Type::date || counted->type.type == Type::instant;
            const bool summed = kind == Aggregate::sum || kind == Aggregate::avg;
            if (summed ? !is_numeric(counted->type) : !orderly) return wrong(*inside, summed ? "number, money, share" : "number, money, share, date, instant", counted->type);
            node.type = counted->type;
            const bool between = kind == Aggregate::avg || kind == Aggregate::median || kind == Aggregate::percentile;
            if (between && node.type.type == Type::number) node.type.scale = std::min(6, node.type.scale + 2);
        }
        if (kind == Aggregate::percentile) {
            const auto* share = next < tree.args.size() && tree.args[next].kind == Syntax::Kind::number ? &tree.args[next].text : nullptr;
            const auto ppm = share == nullptr ? std::nullopt : parse_decimal(*share, 6);
            if (!ppm || *ppm > 1'000'000) return fail(tree, "formula_arguments", {{"name", tree.text}, {"expected", "0…1"}, {"found", ""}, {"example", "percentile(days, 0.9)"}});
            node.value = Share{*ppm};
            ++next;
        }
        if (next < tree.args.size()) {
            TRY(condition_, condition(tree.args[next]));
            ++next;
        }
        if (next < tree.args.size()) return fail(tree.args[next], "formula_arguments", {{"name", tree.text}, {"expected", std::to_string(next)}, {"found", std::to_string(tree.args.size())}});
        node.args = {std::move(condition_), std::move(counted)};
        return {};
    }

    std::string_view source_;
    const Scope& scope_;
    const Object* object_;
    Place place_ = Place::value;
    bool masked_allowed_ = false, inside_aggregate_ = false;
};

}  // namespace

Result<Expression> check_condition(std::string_view text, const Scope& scope)
{
    TRY(const auto tree, parse(text));
    return Checker(text, scope).condition(tree);
}

Result<Expression> check_value(std::string_view text, const Scope& scope)
{
    TRY(const auto tree, parse(text));
    TRY(auto expression, Checker(text, scope).value(tree));
    if (expression->type.list) return refuse_at(text, 0, "formula_type", {{"expected", "value"}, {"found", "list"}});
    return expression;
}

Result<Expression> check_measure(std::string_view text, const Scope& scope)
{
    TRY(const auto tree, parse(text));
    Checker checker(text, scope);
    checker.set_place(Place::measure);
    TRY(auto expression, checker.value(tree));
    // A field outside an aggregate has no single value over many rows.
    const auto stray = [](const auto& self, const Expression& e) -> const Node* {
        if (e->op == Op::field) return e.get();
        if (e->op == Op::aggregate && e->path.empty()) return nullptr;
        for (const auto& argument : e->args)
            if (argument)
                if (const auto* found = self(self, argument)) return found;
        return e->op == Op::aggregate ? e.get() : nullptr;
    };
    if (const auto* found = stray(stray, expression)) return refuse_at(text, found->begin, "formula_type", {{"expected", "count(), sum(…)"}, {"found", "field"}});
    return expression;
}

std::vector<std::pair<std::size_t, std::size_t>> inputs(const record::Catalogue& catalogue, const Expression& expression)
{
    std::vector<std::pair<std::size_t, std::size_t>> found;
    const auto visit = [&](const auto& self, const Expression& e) -> void {
        if (!e) return;
        if (e->op == Op::field) {
            auto object = e->object;
            for (const auto slot : e->path) {
                found.emplace_back(object, slot);
                object = catalogue.object(object).target(slot);
            }
        }
        if (e->op == Op::aggregate && !e->path.empty()) found.emplace_back(e->child_object, e->path.front());
        for (const auto& argument : e->args) self(self, argument);
    };
    visit(visit, expression);
    return found;
}

}  // namespace shangdao::formula
