// One canonical text of an expression, and the tree a filter builder shows.
#include "base/json.h"
#include "formula/expression.h"
#include "formula/functions.h"
#include "record/wire.h"

namespace shangdao::formula {

namespace {

constexpr std::string_view aggregate_names[] = {"count", "sum", "avg", "min", "max", "median", "percentile"};

std::string literal(std::string_view text)
{
    std::string out = "\"";
    for (const char c : text) out += c == '"' ? std::string{"\"\""} : std::string(1, c);
    return out + "\"";
}

std::string plain_number(std::int64_t units, int scale)
{
    auto text = format_decimal(units, scale);
    if (scale > 0) {
        while (text.ends_with('0')) text.pop_back();
        if (text.ends_with('.')) text.pop_back();
    }
    return text;
}

std::string literal_text(const Value& value)
{
    if (record::is_null(value)) return "null";
    if (const auto* text = std::get_if<std::string>(&value)) return literal(*text);
    if (const auto* key = std::get_if<record::ChoiceKey>(&value)) return literal(key->key);
    if (const auto* flag = std::get_if<bool>(&value)) return *flag ? "true" : "false";
    if (const auto* date = std::get_if<Date>(&value)) return "date(" + literal(to_string(*date)) + ")";
    if (const auto* instant = std::get_if<Instant>(&value)) return "instant(" + literal(to_string(*instant)) + ")";
    if (const auto* duration = std::get_if<Duration>(&value)) return to_string(*duration);
    if (const auto* id = std::get_if<Id>(&value)) return literal(to_string(*id));
    if (const auto* number = std::get_if<Number>(&value)) return plain_number(number->units, number->scale);
    if (const auto* share = std::get_if<Share>(&value)) return plain_number(share->ppm, 6);
    if (const auto* money = std::get_if<Money>(&value)) return plain_number(money->base_minor, minor_digits(money->currency));
    return "null";
}

std::string_view sign_of(Op op)
{
    switch (op) {
    case Op::add: return " + ";
    case Op::subtract: return " - ";
    case Op::multiply: return " * ";
    case Op::divide: return " / ";
    case Op::equal: return " = ";
    case Op::not_equal: return " != ";
    case Op::less: return " < ";
    case Op::less_equal: return " <= ";
    case Op::greater: return " > ";
    case Op::greater_equal: return " >= ";
    case Op::in: return " in ";
    case Op::not_in: return " not in ";
    case Op::contains: return " contains ";
    case Op::starts_with: return " starts_with ";
    default: return {};
    }
}

// How tightly an operator binds: 1 or, 2 and, 3 not, 4 comparison, 5 sum, 6 product, 7 sign, 8 all else.
int binding(const Node& node)
{
    switch (node.op) {
    case Op::any_of: return 1;
    case Op::all_of: return 2;
    case Op::not_: return 3;
    case Op::equal:
    case Op::not_equal:
    case Op::less:
    case Op::less_equal:
    case Op::greater:
    case Op::greater_equal:
    case Op::in:
    case Op::not_in:
    case Op::contains:
    case Op::starts_with:
    case Op::is_null:
    case Op::is_not_null: return 4;
    case Op::add:
    case Op::subtract: return 5;
    case Op::multiply:
    case Op::divide: return 6;
    case Op::negate: return 7;
    case Op::literal: return literal_text(node.value).starts_with('-') ? 7 : 8;
    default: return 8;
    }
}

class Printer {
public:
    explicit Printer(const record::Catalogue& catalogue) : catalogue_(catalogue) {}

    std::string text(const Expression& e, int at_least = 0) const
    {
        auto out = bare(*e);
        return binding(*e) < at_least ? "(" + out + ")" : out;
    }

    std::string path(const Node& node) const
    {
        std::string out;
        auto object = node.object;
        for (const auto slot : node.path) {
            out += (out.empty() ? "" : ".") + std::string{catalogue_.object(object).field(slot).name};
            object = catalogue_.object(object).target(slot);
        }
        return out;
    }

private:
    std::string joined(const Node& node, std::string_view separator, int at_least) const
    {
        std::string out;
        for (const auto& argument : node.args) out += (out.empty() ? "" : std::string{separator}) + text(argument, at_least);
        return out;
    }

    std::string bare(const Node& node) const
    {
        switch (node.op) {
        case Op::literal: return literal_text(node.value);
        case Op::list: return "(" + joined(node, ", ", 0) + ")";
        case Op::field: return path(node);
        case Op::call: return std::string{function_table()[node.function].name} + "(" + joined(node, ", ", 0) + ")";
        case Op::negate: return "-" + text(node.args[0], 7);
        case Op::any_of: return joined(node, " or ", 2);
        case Op::all_of: return joined(node, " and ", 3);
        case Op::not_: return "not " + text(node.args[0], 3);
        case Op::is_null: return text(node.args[0], 5) + " is null";
        case Op::is_not_null: return text(node.args[0], 5) + " is not null";
        case Op::aggregate: return aggregate(node);
        default: break;
        }
        const int own = binding(node);
        return text(node.args[0], own == 4 ? 5 : own) + std::string{sign_of(node.op)} + text(node.args[1], own + 1);
    }

    std::string aggregate(const Node& node) const
    {
        std::string inside;
        if (!node.path.empty()) {
            const auto& parent = catalogue_.object(node.object);
            for (const auto& reverse : parent.reverses())
                if (reverse.object == node.child_object && reverse.slot == node.path.front()) inside = reverse.name;
        }
        if (node.args.size() > 1 && node.args[1]) inside += (inside.empty() ? "" : ".") + text(node.args[1]);
        if (node.aggregate == Aggregate::percentile) inside += ", " + literal_text(node.value);
        if (!node.args.empty() && node.args[0]) inside += (inside.empty() ? "" : ", ") + text(node.args[0]);
        return std::string{aggregate_names[static_cast<std::size_t>(node.aggregate)]} + "(" + inside + ")";
    }

    const record::Catalogue& catalogue_;
};

class Builder {
public:
    explicit Builder(const record::Catalogue& catalogue) : printer_(catalogue) {}

    void append(std::string& out, const Expression& e) const
    {
        switch (e->op) {
        case Op::all_of:
        case Op::any_of:
        case Op::not_:
            out += e->op == Op::all_of ? R"({"op":"and","args":[)" : e->op == Op::any_of ? R"({"op":"or","args":[)" : R"({"op":"not","args":[)";
            for (std::size_t i = 0; i < e->args.size(); ++i) {
                if (i > 0) out += ',';
                append(out, e->args[i]);
            }
            out += "]}";
            return;
        case Op::is_null:
        case Op::is_not_null:
            if (e->args[0]->op != Op::field) break;
            field(out, e->op == Op::is_null ? "is null" : "is not null", *e->args[0]);
            out += '}';
            return;
        default: break;
        }
        const auto sign = sign_of(e->op);
        if (sign.empty() || binding(*e) != 4 || e->args[0]->op != Op::field || !shown(*e->args[1])) return formula(out, e);
        field(out, sign.substr(1, sign.size() - 2), *e->args[0]);
        if (e->args[1]->op == Op::list) {
            out += R"(,"values":[)";
            for (std::size_t i = 0; i < e->args[1]->args.size(); ++i) {
                if (i > 0) out += ',';
                operand(out, e->args[1]->args[i]);
            }
            out += "]}";
        } else {
            out += R"(,"value":)";
            operand(out, e->args[1]);
            out += '}';
        }
    }

private:
    static bool shown(const Node& node) { return node.op == Op::literal || node.op == Op::call || node.op == Op::list || node.op == Op::add || node.op == Op::subtract; }

    void field(std::string& out, std::string_view op, const Node& node) const
    {
        out += R"({"op":)";
        append_json_string(out, op);
        out += R"(,"field":)";
        append_json_string(out, printer_.path(node));
    }
    // A literal in wire form, anything else as {"text": …}.
    void operand(std::string& out, const Expression& e) const
    {
        const bool plain = e->op == Op::literal && !std::holds_alternative<Date>(e->value) && !std::holds_alternative<Instant>(e->value) && !std::holds_alternative<Duration>(e->value);
        if (plain && std::holds_alternative<Money>(e->value)) {
            out += literal_text(e->value);
        } else if (plain) {
            static constexpr record::FieldDef any{};
            record::append_wire(out, any, e->value);
        } else {
            out += R"({"text":)";
            append_json_string(out, printer_.text(e));
            out += '}';
        }
    }
    void formula(std::string& out, const Expression& e) const
    {
        out += R"({"op":"formula","text":)";
        append_json_string(out, printer_.text(e));
        out += '}';
    }

    Printer printer_;
};

}  // namespace

std::string print(const record::Catalogue& catalogue, const Expression& expression) { return Printer(catalogue).text(expression); }

std::string builder_tree(const record::Catalogue& catalogue, const Expression& expression)
{
    std::string out;
    Builder(catalogue).append(out, expression);
    return out;
}

}  // namespace shangdao::formula
