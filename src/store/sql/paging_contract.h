// Pages read one after the other are the whole list in its order, whatever the sort, the viewer and the nulls – of every engine; see
// agreement_testing.h.
#pragma once

#include "base/testing.h"

#include <algorithm>
#include <iostream>

#include <fmt/format.h>

#include "formula/arithmetic.h"
#include "store/sql/agreement_testing.h"

namespace shangdao::store::agreement {
namespace {

// <0, 0, >0 as ORDER BY has it: nulls last in either direction, choices by place, names by pinyin.
int compare(const World& world, const Order& order, bool first, const record::Record& a, const record::Record& b)
{
    const auto slot = order.by->path.front();
    const auto& field = world.object("boat").field(slot);
    const auto absent = [&](const Value& value) {
        const auto* key = std::get_if<record::ChoiceKey>(&value);
        return record::is_null(value) || (key != nullptr && !formula::place_of(field, key->key));
    };
    const bool no_a = absent(a.at(slot)), no_b = absent(b.at(slot));
    // Walked key by key, keys no longer listed come after the nulls; elsewhere they are as nulls.
    const auto rank = [&](bool no, const Value& value) { return !no ? 0 : record::is_null(value) || !first ? 1 : 2; };
    if (no_a || no_b) return rank(no_a, a.at(slot)) - rank(no_b, b.at(slot));
    int result = 0;
    if (const auto* key = std::get_if<record::ChoiceKey>(&a.at(slot)))
        result = static_cast<int>(*formula::place_of(field, key->key) - *formula::place_of(field, std::get<record::ChoiceKey>(b.at(slot)).key));
    else if (field.name == "name") result = pinyin_sort_key(std::get<std::string>(a.at(slot))).compare(pinyin_sort_key(std::get<std::string>(b.at(slot))));
    else result = formula::compare(a.at(slot), b.at(slot));
    return order.descending ? -result : result;
}

std::vector<std::int64_t> wanted_order(const World& world, const Select& select)
{
    auto rows = world.seen("boat");
    std::ranges::sort(rows, [&](const record::Record* a, const record::Record* b) {
        for (const auto& order : select.order)
            if (const int result = compare(world, order, &order == &select.order.front(), *a, *b); result != 0) return result < 0;
        const bool down = !select.order.empty() && select.order.back().descending;
        return down ? a->id() > b->id() : a->id() < b->id();
    });
    std::vector<std::int64_t> ids;
    for (const auto* row : rows) ids.push_back(row->id().value);
    return ids;
}

std::vector<std::int64_t> paged(const World& world, Select select)
{
    const auto view = world.store->read();
    std::vector<std::int64_t> ids;
    for (;;) {
        const auto page = view->records(select, world.moment);
        for (const auto& record : page) ids.push_back(record.id().value);
        if (std::ssize(page) < select.limit || ids.size() > 1'000) return ids;
        select.after.clear();
        for (const auto& order : select.order) select.after.push_back(page.back().at(order.by->path.front()));
        select.after.emplace_back(page.back().id());
    }
}

TEST("pages follow each other without a gap or a repetition, nulls last")
{
    const auto from = seed();
    World world(open_engine, from);
    const std::string_view fields[] = {"name", "note", "crew", "length", "price", "built_on", "seen_at", "state", "insured", "created_at", "harbour", "load", "owner"};
    const auto owners = [](std::initializer_list<std::int64_t> ids) {
        auto set = std::make_shared<record::OwnerSet>();
        for (const auto id : ids) set->insert(Id{id});
        return set;
    };
    const std::shared_ptr<const Viewer> viewers[] = {nullptr, std::make_shared<Viewer>(owners({12}), false), std::make_shared<Viewer>(owners({11, 13, 14}), false),
                                                     std::make_shared<Viewer>(owners({11, 12}), true), std::make_shared<Viewer>(owners({}), false)};
    for (int round = 0; round < 150 && !testing::Test::HasFailure(); ++round) {
        world.viewer = viewers[world.pick(std::size(viewers))];
        Select select{.from = &world.object("boat"), .sight = world.viewer.get()};
        select.limit = 1 + static_cast<std::int64_t>(world.pick(9));
        std::string said;
        for (std::size_t keys = world.pick(4); keys > 0; --keys) {
            const auto name = fields[world.pick(std::size(fields))];
            select.order.push_back({by(world, name), world.chance(50)});
            said += fmt::format(" {}{}", select.order.back().descending ? "-" : "", name);
        }
        EXPECT_EQ(paged(world, select), wanted_order(world, select)) << "seed " << from << " order" << said << " limit " << select.limit;
        // Rows left out behind a place are those a reader would have passed.
        const auto whole = wanted_order(world, select);
        select.skip = static_cast<std::int64_t>(world.pick(whole.size() + 3));
        std::vector<std::int64_t> ids;
        for (const auto& record : world.store->read()->records(select, world.moment)) ids.push_back(record.id().value);
        const auto left = std::min(whole.size(), static_cast<std::size_t>(select.skip));
        EXPECT_EQ(ids, std::vector<std::int64_t>(whole.begin() + static_cast<std::ptrdiff_t>(left), whole.begin() + static_cast<std::ptrdiff_t>(std::min(whole.size(), left + static_cast<std::size_t>(select.limit)))))
            << "seed " << from << " order" << said << " skip " << select.skip;
    }
}

}  // namespace
}  // namespace shangdao::store::agreement
