// Any text as a rule. What the checker accepts is printed, and the print is accepted and prints as itself; both give the same value of a
// record, which is of the type the checker gave, or overflow alike; the builder's tree is JSON. A viewer from whom a field is hidden has
// no accepted rule that reads it. What is refused names a place in the text.
#include <boost/json.hpp>

#include "base/json.h"
#include "base/text.h"
#include "formula/arithmetic.h"
#include "formula/testing_boats.h"
#include "laws.h"

using namespace shangdao;
using namespace shangdao::formula;
using fuzz::law;

namespace {

using Check = Result<Expression> (*)(std::string_view text, const Scope& scope);

struct World {
    testing_boats::Fleet fleet;
    testing_boats::Hides hides{*fleet.catalogue, "boat", "price"};
    testing_boats::Hides hides_children{*fleet.catalogue, "visit", "fee"};

    Scope scope(const record::Sight* sight) const
    {
        auto scope = fleet.scope();
        scope.sight = sight;
        return scope;
    }
};

void refused(std::string_view text, const Problems& problems)
{
    law(!problems.empty());
    for (const auto& problem : problems)
        if (const auto at = problem.args.find("position"); at != problem.args.end() && valid_utf8(text)) law(std::stoull(at->second) <= code_point_count(text));
}

bool alike(const Result<Value>& a, const Result<Value>& b) { return a && b ? same(*a, *b) : !a && !b && a.error().front().code == b.error().front().code; }

void accepted(World& world, Check check, const Scope& scope, const Expression& expression)
{
    const auto& catalogue = *world.fleet.catalogue;
    const auto printed = print(catalogue, expression);
    const auto again = check(printed, scope);
    law(again.has_value());
    law(print(catalogue, *again) == printed);
    law((*again)->type.type == expression->type.type && (*again)->type.scale == expression->type.scale);
    law(inputs(catalogue, *again) == inputs(catalogue, expression));
    const auto tree = builder_tree(catalogue, expression);
    law(parse_json(tree, {.depth_max = 200, .bytes_max = tree.size()}).has_value());
    if (check == &check_measure) return;

    const auto value = evaluate(catalogue, expression, world.fleet.boat, world.fleet.moment, *world.fleet.surroundings);
    if (value) law(record::fits(expression->type.type, *value));
    else law(value.error().front().code == "number_overflow");
    law(alike(value, evaluate(catalogue, *again, world.fleet.boat, world.fleet.moment, *world.fleet.surroundings)));
}

void hidden(const World& world, Check check, std::string_view text, const testing_boats::Hides& hides, std::string_view object, std::string_view field)
{
    const auto checked = check(text, world.scope(&hides));
    if (!checked) return;
    const auto& of = world.fleet.catalogue->at(object);
    for (const auto& [index, slot] : inputs(*world.fleet.catalogue, *checked)) law(index != of.index() || slot != *of.slot(field));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static World world;
    const auto text = fuzz::text_of(data, size);
    for (const Check check : {&check_condition, &check_value, &check_measure}) {
        const auto scope = world.scope(nullptr);
        const auto checked = check(text, scope);
        if (!checked) refused(text, checked.error());
        else accepted(world, check, scope, *checked);
        hidden(world, check, text, world.hides, "boat", "price");
        hidden(world, check, text, world.hides_children, "visit", "fee");
    }
    return 0;
}
