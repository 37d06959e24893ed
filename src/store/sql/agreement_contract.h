// The record back end and the SQL of an engine agree on random formulas over random records, for the system and for a viewer; print and
// check are each other's inverse. The including test file says first how its engine is opened:
//
//     std::unique_ptr<Store> open_engine(const Directory& directory, std::shared_ptr<const record::Catalogue> definitions);
#pragma once

#include "base/testing.h"

#include <iostream>

#include "formula/arithmetic.h"
#include "store/sql/agreement_testing.h"
#include "store/sql/expression_testing.h"

namespace shangdao::store::agreement {
namespace {

struct Tally {
    std::int64_t formulas = 0, refused = 0, agreements = 0, overflows = 0;
};

formula::Expression column(const record::Object& object, std::size_t slot, Type type)
{
    formula::Node node{.op = formula::Op::field, .type = {.type = type, .target = object.index()}, .object = object.index()};
    node.path = {slot};
    return std::make_shared<const formula::Node>(std::move(node));
}

bool alike(const Value& a, const Value& b)
{
    const auto* left = std::get_if<Money>(&a);
    const auto* right = std::get_if<Money>(&b);
    return left != nullptr && right != nullptr ? left->base_minor == right->base_minor : formula::same(a, b);
}

std::string shown(const Value& value)
{
    if (record::is_null(value)) return "null";
    if (const auto* text = std::get_if<std::string>(&value)) return "'" + *text + "'";
    if (const auto* key = std::get_if<record::ChoiceKey>(&value)) return key->key;
    if (const auto* number = std::get_if<Number>(&value)) return format_decimal(number->units, number->scale);
    if (const auto* duration = std::get_if<Duration>(&value)) return to_string(*duration);
    if (std::holds_alternative<record::ChoiceKeys>(value)) return "keys";
    return std::to_string(formula::units_of(value));
}

// True when an operand may be left unread, so that one back end overflows where the other stops before: SQL does not compute
// what a number of more digits can never equal.
bool reads_lazily(const std::string& text)
{
    for (const auto* word : {" and ", " or ", "if(", "coalesce(", "count(", "sum(", "avg(", "min(", "max(", "median(", "percentile(", " = ", " != ", " in ("})
        if (text.contains(word)) return true;
    return false;
}

class Agreement {
public:
    Agreement(World& world, Tally& tally) : world_(world), tally_(tally), view_(world.store->read()) {}

    void compare(const std::string& text)
    {
        const formula::Scope scope{.catalogue = *world_.definitions, .object = world_.object("boat"), .sight = world_.viewer.get(), .base = world_.moment.base};
        const auto checked = formula::check_value(text, scope);
        ++tally_.formulas;
        if (!checked) {
            ++tally_.refused;
            return;
        }
        print_and_back(text, *checked, scope);
        std::map<std::int64_t, Result<Value>> wanted;
        for (const auto* record : world_.seen("boat"))
            wanted.emplace(record->id().value, formula::evaluate(*world_.definitions, *checked, *record, world_.moment, world_));
        values(text, *checked, wanted);
        if ((*checked)->type.type == Type::boolean) filter(text, *checked, wanted);
    }

private:
    using Wanted = std::map<std::int64_t, Result<Value>>;

    void print_and_back(const std::string& text, const formula::Expression& checked, const formula::Scope& scope)
    {
        const auto printed = formula::print(*world_.definitions, checked);
        const auto again = formula::check_value(printed, scope);
        ASSERT_TRUE(again) << text << "\nprinted " << printed << "\nrefused " << again.error().front().code;
        EXPECT_EQ(formula::print(*world_.definitions, *again), printed) << text;
        EXPECT_EQ((*again)->type.type, checked->type.type) << text;
        EXPECT_EQ((*again)->type.scale, checked->type.scale) << text;
    }

    Select select_of(formula::Expression value) const
    {
        Select select{.from = &world_.object("boat"), .limit = 10'000, .sight = world_.viewer.get()};
        select.outputs = {{"id", column(*select.from, record::slot_id, Type::reference)}, {"value", std::move(value)}};
        return select;
    }

    void values(const std::string& text, const formula::Expression& checked, const Wanted& wanted)
    {
        auto select = select_of(checked);
        try {
            const auto rows = view_->rows(select, world_.moment);
            ASSERT_EQ(rows.size(), wanted.size()) << text;
            for (const auto& row : rows) agree(text, std::get<Id>(row[0]), row[1], wanted);
        } catch (const NumberOverflow&) {
            one_by_one(text, std::move(select), wanted);
        }
    }

    void one_by_one(const std::string& text, Select select, const Wanted& wanted)
    {
        for (const auto& [id, expected] : wanted) {
            formula::Node is{.op = formula::Op::equal};
            formula::Node literal{.op = formula::Op::literal, .type = select.outputs[0].value->type, .value = Id{id}};
            is.args = {select.outputs[0].value, std::make_shared<const formula::Node>(std::move(literal))};
            select.where = std::make_shared<const formula::Node>(std::move(is));
            try {
                const auto rows = view_->rows(select, world_.moment);
                ASSERT_EQ(rows.size(), 1U) << text;
                agree(text, Id{id}, rows[0][1], wanted);
            } catch (const NumberOverflow&) {
                ++tally_.overflows;
                if (expected && !reads_lazily(text)) ADD_FAILURE() << text << "\nSQL overflows, the record gives " << shown(*expected) << " id " << id;
                if (!expected) ++tally_.agreements;
            }
        }
    }

    void agree(const std::string& text, Id id, const Value& found, const Wanted& wanted)
    {
        const auto& expected = wanted.at(id.value);
        if (!expected) {
            if (!reads_lazily(text)) ADD_FAILURE() << text << "\nthe record overflows, SQL gives " << shown(found) << " id " << id.value;
            return;
        }
        ++tally_.agreements;
        if (!alike(*expected, found)) ADD_FAILURE() << text << "\nrecord " << shown(*expected) << ", SQL " << shown(found) << " id " << id.value;
    }

    void filter(const std::string& text, const formula::Expression& checked, const Wanted& wanted)
    {
        Select select{.from = &world_.object("boat"), .where = checked, .limit = 10'000, .sight = world_.viewer.get()};
        try {
            std::set<std::int64_t> found, expected;
            for (const auto& record : view_->records(select, world_.moment)) found.insert(record.id().value);
            for (const auto& [id, value] : wanted) {
                if (!value) return;
                if (*value == Value{true}) expected.insert(id);
            }
            EXPECT_EQ(found, expected) << text;
            EXPECT_EQ(view_->count(select, world_.moment), std::ssize(expected)) << text;
            tally_.agreements += std::ssize(wanted);
        } catch (const NumberOverflow&) {
            ++tally_.overflows;
        }
    }

    World& world_;
    Tally& tally_;
    std::unique_ptr<View> view_;
};

TEST("the record back end and SQL agree on random formulas and records")
{
    const auto from = seed();
    Tally tally;
    for (std::uint64_t round = 0; round < 3 && !testing::Test::HasFailure(); ++round) {
        World world(open_engine, from + round);
        Expressions expressions(from ^ (round * 7919 + 1));
        for (const auto& owners : {std::shared_ptr<const record::OwnerSet>{}, std::make_shared<const record::OwnerSet>(record::OwnerSet{Id{11}, Id{13}})}) {
            world.viewer = owners ? std::make_shared<const Viewer>(owners, round == 1) : nullptr;
            Agreement agreement(world, tally);
            for (int i = 0; i < 250 && !testing::Test::HasFailure(); ++i) agreement.compare(i % 2 == 0 ? expressions.condition(1 + i % 4) : expressions.any(1 + i % 4));
        }
    }
    std::cout << "seed " << from << ": " << tally.formulas << " formulas, " << tally.refused << " refused, " << tally.agreements << " agreements, " << tally.overflows << " overflows\n";
    EXPECT_GE(tally.agreements, 20'000);
    EXPECT_LT(tally.refused * 2, tally.formulas) << "most of them are meant to be understood";
}

}  // namespace
}  // namespace shangdao::store::agreement
