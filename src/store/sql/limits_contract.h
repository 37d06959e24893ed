// The deepest formula the checker lets pass is one SQLite still takes: in a filter, an output, an order and behind a group.
#pragma once

#include "base/testing.h"

#include <functional>

#include "store/sql/agreement_testing.h"

namespace shangdao::store::agreement {
namespace {

std::string repeated(std::string_view text, int n)
{
    std::string out;
    for (int i = 0; i < n; ++i) out += text;
    return out;
}

using Shape = std::function<std::string(int)>;

TEST("the deepest and widest formulas that are accepted run in every place")
{
    World world(open_engine, 7);
    const auto viewer = std::make_shared<Viewer>(std::make_shared<const record::OwnerSet>(record::OwnerSet{Id{11}, Id{12}}), true);
    const formula::Scope scope{.catalogue = *world.definitions, .object = world.object("voyage"), .sight = viewer.get(), .base = world.moment.base};
    const std::pair<const char*, Shape> shapes[] = {
        {"not", [](int n) { return repeated("not (", n) + "tons > 1" + repeated(")", n); }},
        {"abs", [](int n) { return repeated("abs(", n) + "tons" + repeated(")", n) + " > 1"; }},
        {"minus", [](int n) { return repeated("-", n) + "tons > 1"; }},
        {"least", [](int n) { return repeated("least(1, ", n) + "tons" + repeated(")", n) + " > 1"; }},
        {"product on the right", [](int n) { return repeated("2 * (", n) + "tons" + repeated(")", n) + " > 1"; }},
        {"product on the left", [](int n) { return "tons" + repeated(" / 2", n) + " > 1"; }},
        {"sum", [](int n) { return "tons" + repeated(" + tons", n) + " > 1"; }},
        {"difference on the right", [](int n) { return repeated("1 - (", n) + "tons" + repeated(")", n) + " > 1"; }},
        {"else if", [](int n) { return repeated("if(tons > 1, 1, ", n) + "tons" + repeated(")", n) + " > 1"; }},
        {"then if", [](int n) { return repeated("if(tons > 1, ", n) + "tons" + repeated(", 1)", n) + " > 1"; }},
        {"if if", [](int n) { return repeated("if(", n) + "tons > 1" + repeated(", true, false)", n); }},
        {"or", [](int n) { return "tons > 1" + repeated(" or tons > 1", n * 16); }},
        {"and or", [](int n) { return repeated("(tons > 1 and (tons < 2 or ", n) + "true = (tons > 0)" + repeated("))", n); }},
        {"equal booleans", [](int n) { return repeated("true = (", n) + "tons > 1" + repeated(")", n); }},
        {"dates", [](int n) { return "began_on" + repeated(" + 1d", n) + " > today()"; }},
        {"coalesce", [](int n) { return repeated("coalesce(1, tons, ", n) + "tons" + repeated(")", n) + " > 1"; }},
        {"path", [](int n) { return "boat.harbour" + repeated(".next", std::min(n, 4)) + repeated(" in (1, 2) or false = (tons > 1 and boat.harbour.berths", n / 8) + " is null" + repeated(")", n / 8); }},
    };
    const auto view = world.store->read();
    for (const auto& [name, shape] : shapes) {
        int deepest = 0;
        for (int n = 1; n <= 90; ++n)
            if (formula::check_value(shape(n), scope)) deepest = n;
        EXPECT_GE(deepest, 7) << name;
        const auto where = formula::check_value(shape(deepest), scope);
        ASSERT_TRUE(where) << name;
        const auto inside = formula::check_measure("count(" + shape(std::max(deepest - 1, 1)) + ")", scope);
        try {
            Select select{.from = &world.object("voyage"), .where = *where, .sight = viewer.get()};
            select.order = {{*where, false}, {*where, true}};
            select.outputs = {{"x", *where}};
            view->rows(select, world.moment);
            select.after = {true, false, Id{5000}};
            view->rows(select, world.moment);
            select.after = {record::Null{}, true, Id{5000}};
            select.outputs.clear();
            view->records(select, world.moment);
            view->count(select, world.moment);
            Select groups{.from = select.from, .where = *where, .group = {{"x", *where}}, .sight = viewer.get()};
            if (inside) {
                groups.measures = {{"n", *inside}};
                groups.group_order = {{1, true}};
            }
            view->rows(groups, world.moment);
        } catch (const NumberOverflow&) {
            continue;
        } catch (const std::exception& failure) {
            ADD_FAILURE() << name << " at " << deepest << ": " << std::string_view{failure.what()}.substr(0, 200);
        }
    }
}

TEST("children of children, far paths and long lists run")
{
    World world(open_engine, 8);
    const formula::Scope scope{.catalogue = *world.definitions, .object = world.object("boat"), .base = world.moment.base};
    std::string list = "crew in (0";
    for (int i = 1; i < 990; ++i) list += ", " + std::to_string(i);
    const auto view = world.store->read();
    for (const auto& text : {list + ")", std::string{"count(voyages, boat.harbour.next.berths > 1 and not (boat.harbour.next.next.berths is null or tons + boat.harbour.berths > 3)) > 0"},
                             std::string{"sum(voyages.boat.harbour.next.next.berths, not (boat.harbour.next.name contains \"a\")) > 0"},
                             std::string{"if(count(voyages, if(kind = \"alpha\", abs(tons), -tons) > 1) > 2, max(voyages.fee), budget) > 1"}}) {
        const auto where = formula::check_condition(text, scope);
        ASSERT_TRUE(where) << text << where.error().front().code;
        try {
            view->records({.from = &world.object("boat"), .where = *where}, world.moment);
        } catch (const NumberOverflow&) {
            continue;
        }
    }
}

}  // namespace
}  // namespace shangdao::store::agreement
