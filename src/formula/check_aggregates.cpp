// Aggregates: count(children[, condition]), sum(children.field[, condition]); over rows in a measure: count([condition]),
// sum(value[, condition]), percentile(value, 0.9[, condition]).
#include <algorithm>
#include <utility>

#include "formula/arithmetic.h"
#include "formula/checker.h"

namespace shangdao::formula {

namespace {

constexpr std::pair<std::string_view, Aggregate> names[] = {{"count", Aggregate::count}, {"sum", Aggregate::sum}, {"avg", Aggregate::avg}, {"min", Aggregate::min},
                                                            {"max", Aggregate::max}, {"median", Aggregate::median}, {"percentile", Aggregate::percentile}};

std::string sample_of(Aggregate kind, bool of_children)
{
    const std::string name{names[static_cast<std::size_t>(kind)].first};
    if (kind == Aggregate::count) return of_children ? "count(children, condition)" : "count(condition)";
    return name + (of_children ? "(children.price" : "(price") + (kind == Aggregate::percentile ? ", 0.9)" : ")");
}

}  // namespace

std::optional<Aggregate> aggregate_named(std::string_view word)
{
    const auto found = std::ranges::find(names, word, [](const auto& row) { return row.first; });
    if (found == std::end(names)) return std::nullopt;
    return found->second;
}

Result<Expression> Checker::aggregate(const Syntax& tree, Aggregate kind)
{
    if (inside_aggregate_) return fail(tree, "formula_type", {{"expected", "field"}, {"found", tree.text + "(…)"}});
    const auto* first = !tree.args.empty() && tree.args[0].kind == Syntax::Kind::name ? &tree.args[0] : nullptr;
    const auto parts = first == nullptr ? std::span<const std::string>{} : own_names(*first);
    const auto* reverse = parts.empty() ? nullptr : reverse_of(*object_, parts.front());
    Node node{.op = Op::aggregate, .object = object_->index(), .aggregate = kind, .begin = tree.begin, .end = tree.end};
    Syntax of_child;
    const Syntax* inside = nullptr;
    std::size_t next = 0;
    if (reverse != nullptr) {
        node.child_object = reverse->object;
        node.path = {reverse->slot};
        next = 1;
        if (parts.size() > 1) {
            of_child = {.kind = Syntax::Kind::name, .names = {parts.begin() + 1, parts.end()}, .begin = first->begin, .end = first->end};
            inside = &of_child;
        }
    } else if (place_ == Place::measure) {
        if (kind != Aggregate::count && !tree.args.empty()) {
            inside = &tree.args[0];
            next = 1;
        }
    } else {
        if (first != nullptr) return unknown_name(*first, *object_, parts.front());
        return arguments_wrong(tree, "children", sample_of(kind, true));
    }
    if ((kind == Aggregate::count) != (inside == nullptr)) return arguments_wrong(tree, kind == Aggregate::count ? "children" : "1", sample_of(kind, reverse != nullptr));

    // What a measure adds up may itself count children; children's children are not counted.
    const auto* outer = std::exchange(object_, reverse == nullptr ? object_ : &scope_.catalogue.object(reverse->object));
    const auto place = std::exchange(place_, Place::value);
    inside_aggregate_ = reverse != nullptr;
    auto done = aggregate_parts(tree, inside, next, node);
    inside_aggregate_ = false;
    place_ = place;
    object_ = outer;
    if (!done) return std::unexpected(done.error());
    return std::make_shared<const Node>(std::move(node));
}

Result<void> Checker::aggregate_value(const Syntax& inside, Node& node, Expression& counted)
{
    TRY(counted, value(inside));
    const auto& type = counted->type;
    const bool outermost = node.aggregate == Aggregate::min || node.aggregate == Aggregate::max;
    const bool timed = type.type == Type::date || type.type == Type::instant;
    const bool worded = type.type == Type::text || (type.type == Type::choice && type.choices_of != nullptr);
    if (!is_numeric(type) && !(outermost && (timed || worded))) return wrong(inside, outermost ? "number, money, share, date, instant, choice, text" : "number, money, share", type);
    node.type = type;
    if (node.aggregate != Aggregate::sum && !outermost && type.type == Type::number) node.type.scale = std::min(6, type.scale + 2);
    return {};
}

Result<void> Checker::aggregate_parts(const Syntax& tree, const Syntax* inside, std::size_t next, Node& node)
{
    Expression counted, only_where;
    node.type = {.type = Type::number};
    if (inside != nullptr) CHECK_OK(aggregate_value(*inside, node, counted));
    if (node.aggregate == Aggregate::percentile) {
        const auto* share = next < tree.args.size() && tree.args[next].kind == Syntax::Kind::number ? &tree.args[next].text : nullptr;
        const auto ppm = share == nullptr ? std::nullopt : parse_decimal(*share, 6);
        if (!ppm || *ppm > 1'000'000) return arguments_wrong(tree, "0…1", sample_of(node.aggregate, !node.path.empty()));
        node.value = Share{*ppm};
        ++next;
    }
    if (next < tree.args.size()) {
        TRY(only_where, condition(tree.args[next]));
        ++next;
    }
    if (next < tree.args.size()) return arguments_wrong(tree, std::to_string(next), sample_of(node.aggregate, !node.path.empty()));
    node.args = {std::move(only_where), std::move(counted)};
    return {};
}

}  // namespace shangdao::formula
