// The contract of reading many records: pages, totals, sight, search, definitions that change. See store_contract.h.
#pragma once

#include "base/testing.h"
#include "base/text.h"

#include <algorithm>
#include <random>

#include "formula/check.h"
#include "store/store_testing.h"

namespace shangdao::store::contract {
namespace {

class OwnersSight final : public record::Sight {
public:
    explicit OwnersSight(record::OwnerSet owners, bool mostly = false)
        : rows_{.kind = record::RowSight::Kind::owners, .owners = std::make_shared<const record::OwnerSet>(std::move(owners)), .mostly = mostly}
    {
    }
    record::FieldLevel field(const Object&, std::size_t) const override { return record::FieldLevel::edit; }
    const record::RowSight& rows(const Object&) const override { return rows_; }

private:
    record::RowSight rows_;
};

formula::Moment moment()
{
    return {.now = Instant{0}, .me = zhang, .base = Currency{"CNY"}};
}

formula::Expression condition(const View& view, std::string_view object, std::string_view text)
{
    auto checked = formula::check_condition(text, {.catalogue = view.catalogue(), .object = view.catalogue().at(object), .base = Currency{"CNY"}});
    require(checked.has_value(), text);
    return *checked;
}

formula::Expression value(const View& view, std::string_view object, std::string_view text)
{
    auto checked = formula::check_value(text, {.catalogue = view.catalogue(), .object = view.catalogue().at(object), .base = Currency{"CNY"}});
    require(checked.has_value(), text);
    return *checked;
}

std::vector<Id> ids_of(const std::vector<Record>& records)
{
    std::vector<Id> ids;
    for (const auto& record : records) ids.push_back(record.id());
    return ids;
}

// Sixty boats of three owners; every fourth has no price, some are deleted.
void fill(Store& store, unsigned seed)
{
    printf("seed: %u\n", seed);
    std::mt19937 random(seed);
    for (int i = 0; i < 60; ++i) {
        const Id owners[] = {zhang, li, wang};
        const char* keys[] = {"afloat", "docked", "sunk"};
        launch(store, "船" + std::to_string(random() % 20), owners[random() % 3], [&](Record& record) {
            const auto minor = static_cast<std::int64_t>(random() % 10) * 100;
            if (random() % 4 != 0) record.set(boat_price, Money{minor, Currency{"CNY"}, minor});
            if (random() % 3 != 0) record.set(boat_rig, record::ChoiceKey{random() % 2 == 0 ? "sloop" : "ketch"});
            if (random() % 5 != 0) record.set(boat_state, record::ChoiceKey{keys[random() % 3]});
            if (random() % 6 == 0) record.set(record::slot_deleted_at, Instant{7});
        });
    }
}

TEST("pages by key give every live record once, in order, nulls last both ways")
{
    const Directory directory;
    auto store = open_engine(directory, catalogue());
    fill(*store, 41);
    const auto view = store->read();
    const auto& object = view->catalogue().at("boat");
    for (const char* field : {"price", "name", "state", "built_on", "id", "created_at"})
        for (const bool descending : {false, true}) {
            Select select{.from = &object, .order = {{value(*view, "boat", field), descending}}, .limit = 7};
            std::vector<Record> all;
            for (;;) {
                const auto page = view->records(select, moment());
                all.insert(all.end(), page.begin(), page.end());
                if (page.size() < 7) break;
                select.after = {page.back().at(*object.slot(field)), page.back().id()};
            }
            auto ids = ids_of(all);
            Select whole{.from = &object, .order = select.order, .limit = 1000};
            EXPECT_EQ(ids, ids_of(view->records(whole, moment()))) << field << descending;
            bool nulls = false;
            for (const auto& record : all) {
                const bool null = record::is_null(record.at(*object.slot(field)));
                EXPECT_TRUE(null || !nulls) << "a value behind a null, " << field << descending;
                nulls = null;
            }
            std::ranges::sort(ids);
            EXPECT_EQ(std::ranges::unique(ids).begin(), ids.end());
            EXPECT_EQ(std::ssize(ids), view->count(whole, moment()));
        }
}

// The fast answer against the slow one: all rows, counted by hand.
TEST("totals are exact for every filter, sight and state of the write")
{
    const Directory directory;
    auto store = open_engine(directory, catalogue());
    fill(*store, 42);
    record::OwnerSet crowd{li, wang};
    for (std::int64_t i = 0; i < 60; ++i) crowd.insert(Id{1'000'000 + i});
    const OwnersSight one({zhang}), two({li, wang}, true), none({}), many(crowd, true);
    const auto compare = [&](View& view, const char* when) {
        const auto& object = view.catalogue().at("boat");
        for (const char* filter : {"", "owner = me()", "state = \"afloat\"", "state = \"sunk\" and owner = me()", "state = \"docked\" and price > 3",
                                   "state is null", "owner = me() and owner = me()", "state != \"sunk\""})
            for (const record::Sight* sight : {static_cast<const record::Sight*>(nullptr), static_cast<const record::Sight*>(&one),
                                               static_cast<const record::Sight*>(&two), static_cast<const record::Sight*>(&none), static_cast<const record::Sight*>(&many)}) {
                Select select{.from = &object, .limit = 1000, .sight = sight};
                if (*filter != '\0') select.where = condition(view, "boat", filter);
                const auto rows = std::ssize(view.records(select, moment()));
                EXPECT_EQ(view.count(select, moment()), rows) << filter << " " << when;
                EXPECT_EQ(view.count(select, moment(), 3), std::min<std::ptrdiff_t>(rows, 3)) << filter << " " << when;
            }
    };
    compare(*store->read(), "after commit");
    const auto id = launch(*store, "更改");
    ASSERT_TRUE(store->write([&](Unit& unit) -> Result<void> {
        const auto& object = unit.catalogue().at("boat");
        const record::Change changes[] = {{boat_state.slot, record::ChoiceKey{"sunk"}}, {record::slot_owner, li}};
        CHECK_OK(unit.update(object, id, changes));
        CHECK_OK(unit.insert(object, new_boat(unit, "新", wang)));
        compare(unit, "inside the unit");
        const record::Change deleted[] = {{record::slot_deleted_at, Instant{9}}};
        CHECK_OK(unit.update(object, id, deleted));
        compare(unit, "inside the unit, deleted");
        return {};
    }));
    compare(*store->read(), "after an update");
    ASSERT_FALSE(store->write([&](Unit& unit) -> Result<void> {
        unit.erase(unit.catalogue().at("boat"), id);
        CHECK_OK(unit.insert(unit.catalogue().at("boat"), new_boat(unit, "nie")));
        return refuse("forbidden");
    }));
    compare(*store->read(), "after a refusal");
}

// The cube's answer against that of the records: a test of a field that it does not know makes the store read them.
class RowsSight final : public record::Sight {
public:
    explicit RowsSight(record::RowSight rows) : rows_(std::move(rows)) {}
    record::FieldLevel field(const Object&, std::size_t) const override { return record::FieldLevel::edit; }
    const record::RowSight& rows(const Object&) const override { return rows_; }

private:
    record::RowSight rows_;
};

// Few ids are named in the statement, many are looked up in a table of them.
TEST("what is seen beyond ownership, and what is withheld, holds on every page, in every total and in a search")
{
    const Directory directory;
    auto store = open_engine(directory, catalogue());
    fill(*store, 44);
    const auto view = store->read();
    const auto& object = view->catalogue().at("boat");
    const auto all = view->records({.from = &object, .limit = 1000}, moment());
    const auto is_third = [](const Record& record) { return record.id().value % 3 == 0; };
    record::OwnerSet few, many;
    for (const auto& record : all)
        if (is_third(record)) {
            few.insert(record.id());
            many.insert(record.id());
        }
    for (std::int64_t i = 1; i <= 300; ++i) many.insert(Id{i});   // of records that are not there
    const auto set = [](record::OwnerSet ids) { return std::make_shared<const record::OwnerSet>(std::move(ids)); };
    for (const auto& shared : {few, many})
        for (const auto kind : {record::RowSight::Kind::owners, record::RowSight::Kind::all})
            for (const bool restricted : {false, true}) {
                record::RowSight rows{.kind = kind, .owners = set({zhang, li}), .shared = set(shared), .opened = {condition(*view, "boat", "state = \"sunk\"")}};
                if (restricted) rows.restrictions = {condition(*view, "boat", "price > 2")};
                const RowsSight sight(rows);
                std::vector<Id> right;
                for (const auto& record : all) {
                    const auto* state = record.get(boat_state);
                    const bool sunk = state != nullptr && state->key == "sunk";
                    const bool seen = kind == record::RowSight::Kind::all || record.owner() == zhang || record.owner() == li || is_third(record) || sunk;
                    const auto* price = record.get(boat_price);
                    if (seen && (!restricted || (price != nullptr && price->minor > 200))) right.push_back(record.id());
                }
                std::ranges::sort(right);
                for (const char* field : {"id", "price", "name"}) {
                    Select select{.from = &object, .order = {{value(*view, "boat", field), true}}, .limit = 5, .sight = &sight};
                    EXPECT_EQ(view->count(select, moment()), std::ssize(right));
                    std::vector<Id> paged;
                    for (;;) {
                        const auto page = view->records(select, moment());
                        for (const auto& record : page) paged.push_back(record.id());
                        if (page.size() < 5) break;
                        select.after = {page.back().at(*object.slot(field)), page.back().id()};
                    }
                    std::ranges::sort(paged);
                    EXPECT_EQ(paged, right) << field << " " << shared.size() << " " << restricted;
                }
                const Object* objects[] = {&object};
                EXPECT_EQ(view->search(search_query("船"), objects, &sight, 1000).size(), right.size());
                const Select counted{.from = &object, .measures = {{"n", *formula::check_measure("count()", {.catalogue = view->catalogue(), .object = object, .base = Currency{"CNY"}})}}, .limit = 10, .sight = &sight};
                EXPECT_EQ(std::get<Number>(view->rows(counted, moment()).front().front()).units, std::ssize(right));
            }
}

TEST("reports over the choices of a cube are what the records add up to")
{
    const Directory directory;
    auto store = open_engine(directory, catalogue());
    fill(*store, 43);
    record::OwnerSet crowd{li, wang};
    for (std::int64_t i = 0; i < 60; ++i) crowd.insert(Id{1'000'000 + i});
    const OwnersSight one({zhang}), two({li, wang}, true), none({}), many(crowd, true);
    const auto compare = [&](View& view, const char* when) {
        const auto& object = view.catalogue().at("boat");
        const auto measure = [&](std::string_view text) { return *formula::check_measure(text, {.catalogue = view.catalogue(), .object = object, .base = Currency{"CNY"}}); };
        const std::vector<Output> measures{{"n", measure("count()")}, {"value", measure("sum(price)")}, {"afloat", measure("count(state = \"afloat\")")}, {"dear", measure("sum(price, state != \"sunk\")")}};
        const Output state{"state", value(view, "boat", "state")}, owner{"owner", value(view, "boat", "owner")}, rig{"rig", value(view, "boat", "rig")};
        for (const auto& group : {std::vector<Output>{}, {state}, {owner}, {state, owner}, {rig}})
            for (const std::string filter : {"id is not null", "rig = \"ketch\"", "owner = me()", "state = \"afloat\"", "state is null", "state != \"sunk\" and owner is not null"})
                for (const record::Sight* sight : {static_cast<const record::Sight*>(nullptr), static_cast<const record::Sight*>(&one), static_cast<const record::Sight*>(&two), static_cast<const record::Sight*>(&none)}) {
                    Select select{.from = &object, .where = condition(view, "boat", filter), .group = group, .measures = measures, .limit = 1000, .sight = sight};
                    if (filter == "id is not null") select.where = nullptr;
                    auto slow = select;
                    slow.where = condition(view, "boat", filter + " and (price > 0 or not (price > 0))");
                    EXPECT_EQ(view.rows(select, moment()), view.rows(slow, moment())) << filter << " by " << group.size() << " " << when;
                }
    };
    compare(*store->read(), "after commit");
    const auto id = launch(*store, "更改"), other = launch(*store, "无价", li, [](Record& record) { record.set(boat_state, record::ChoiceKey{"docked"}); });
    ASSERT_TRUE(store->write([&](Unit& unit) -> Result<void> {
        const auto& object = unit.catalogue().at("boat");
        const record::Change changes[] = {{boat_price.slot, Money{700, Currency{"CNY"}, 700}}, {record::slot_owner, Id{}}};
        CHECK_OK(unit.update(object, id, changes));
        compare(unit, "inside the unit");
        const auto refused = unit.attempt([&]() -> Result<void> {
            unit.erase(object, id);
            CHECK_OK(unit.insert(object, new_boat(unit, "nie")));
            return refuse("forbidden");
        });
        EXPECT_FALSE(refused);
        return unit.attempt([&]() -> Result<void> {
            const record::Change deleted[] = {{record::slot_deleted_at, Instant{9}}};
            return unit.update(object, other, deleted);
        });
    }));
    compare(*store->read(), "after changes, a refused attempt and a deletion");
}

TEST("search sees a write once it is committed, and only what the record says now")
{
    const Directory directory;
    auto store = open_engine(directory, catalogue());
    const auto id = launch(*store, "长风号"), other = launch(*store, "长风", li);
    launch(*store, "北辰");
    const auto search = [&](std::string_view words, const record::Sight* sight = nullptr) {
        const auto view = store->read();
        const Object* objects[] = {&view->catalogue().at("boat"), &view->catalogue().at("harbour")};
        const auto tokens = search_query(words);
        std::vector<Id> ids;
        for (const auto& hit : view->search(tokens, objects, sight, 10)) ids.push_back(hit.id);
        return ids;
    };
    EXPECT_EQ(search("长风"), (std::vector<Id>{other, id}));    // the shorter name is the closer hit
    EXPECT_EQ(search("chang"), (std::vector<Id>{other, id}));
    EXPECT_EQ(search("cf"), (std::vector<Id>{other, id}));
    const OwnersSight mine({zhang});
    EXPECT_EQ(search("长风", &mine), (std::vector<Id>{id}));
    ASSERT_TRUE(store->write([&](Unit& unit) -> Result<void> {
        const record::Change changes[] = {{boat_name.slot, std::string{"明珠"}}};
        return unit.update(unit.catalogue().at("boat"), id, changes);
    }));
    EXPECT_EQ(search("长风"), (std::vector<Id>{other}));
    EXPECT_EQ(search("明珠"), (std::vector<Id>{id}));
    ASSERT_TRUE(store->write([&](Unit& unit) -> Result<void> {
        unit.erase(unit.catalogue().at("boat"), other);
        return {};
    }));
    EXPECT_TRUE(search("长风").empty());
    EXPECT_TRUE(search("").empty());
    const auto view = store->read();
    EXPECT_EQ(view->records({.from = &view->catalogue().at("boat"), .search = search_query("mingzhu")}, moment()).size(), 1u);
}

TEST("a search follows a record to its new owner, and tells owners apart whose marks are equal")
{
    const Directory directory;
    auto store = open_engine(directory, catalogue());
    Id twin{li.value + 1};
    while (record::owner_mark(twin) != record::owner_mark(li)) ++twin.value;
    const auto handed = launch(*store, "长风号"), kept = launch(*store, "长风", li);
    const auto search = [&](Id viewer) {
        const auto view = store->read();
        const Object* objects[] = {&view->catalogue().at("boat")};
        std::vector<Id> ids;
        for (const auto& hit : view->search(search_query("长风"), objects, std::make_unique<OwnersSight>(record::OwnerSet{viewer}).get(), 10)) ids.push_back(hit.id);
        return ids;
    };
    EXPECT_TRUE(search(twin).empty());
    ASSERT_TRUE(store->write([&](Unit& unit) -> Result<void> {
        const record::Change changes[] = {{record::slot_owner, li}};
        return unit.update(unit.catalogue().at("boat"), handed, changes);
    }));
    EXPECT_TRUE(search(zhang).empty());
    EXPECT_EQ(search(li), (std::vector<Id>{kept, handed}));
}

TEST("of a word that thousands of records have the newest that are seen are found, wherever among them they stand")
{
    const Directory directory;
    auto store = open_engine(directory, catalogue());
    const auto first = launch(*store, "长风", li);
    std::vector<Id> mine;
    ASSERT_TRUE(store->write([&](Unit& unit) -> Result<void> {
        for (int i = 0; i < 2'500; ++i) {
            const auto boat = new_boat(unit, fmt::format("长风{}号", i), zhang);
            mine.push_back(boat.id());
            CHECK_OK(unit.insert(unit.catalogue().at("boat"), boat));
        }
        return {};
    }));
    const auto found = [&](std::string_view words, const record::Sight* sight) {
        const auto view = store->read();
        const Object* objects[] = {&view->catalogue().at("boat")};
        std::vector<Id> ids;
        for (const auto& hit : view->search(search_query(words), objects, sight, 3)) ids.push_back(hit.id);
        return ids;
    };
    EXPECT_EQ(found("长风", nullptr), (std::vector<Id>{mine[2'499], mine[2'498], mine[2'497]}));
    const OwnersSight its({li}), nobodys({Id{7}});
    EXPECT_EQ(found("长风", &its), std::vector<Id>{first});
    EXPECT_TRUE(found("长风", &nobodys).empty());
    EXPECT_EQ(found("长风2499号", nullptr), std::vector<Id>{mine[2'499]});
}

TEST("grouped rows come back in the types of their outputs")
{
    const Directory directory;
    auto store = open_engine(directory, catalogue());
    for (int i = 1; i <= 4; ++i)
        launch(*store, "b", zhang, [&](Record& record) {
            record.set(boat_price, Money{i * 100, Currency{"CNY"}, i * 100});
            record.set(boat_state, record::ChoiceKey{i % 2 == 0 ? "afloat" : "docked"});
        });
    const auto view = store->read();
    const auto& object = view->catalogue().at("boat");
    const auto measure = [&](std::string_view text) {
        return *formula::check_measure(text, {.catalogue = view->catalogue(), .object = object, .base = Currency{"CNY"}});
    };
    const Select select{.from = &object, .group = {{"state", value(*view, "boat", "state")}},
                        .measures = {{"n", measure("count()")}, {"value", measure("sum(price)")}}, .group_order = {{2, true}}};
    const auto rows = view->rows(select, moment());
    ASSERT_EQ(rows.size(), 2u);
    EXPECT_EQ(std::get<record::ChoiceKey>(rows[0][0]).key, "afloat");
    EXPECT_EQ(std::get<Money>(rows[0][2]).base_minor, 600);
    EXPECT_EQ(std::get<Number>(rows[1][1]).units, 2);
    EXPECT_EQ(std::get<Money>(rows[1][2]).base_minor, 400);
}

record::ObjectOverlay colour_overlay()
{
    record::FieldOverlay field{.name = "x_colour", .type = record::Type::text, .label = record::OwnedLabel{"颜色", "Colour"}, .unique = true,
                               .searched = true, .ordered = true, .column = "x1"};
    return {.object = "boat", .fields = {field}};
}

TEST("a redefinition is in force with its commit, for its own unit at once, and gone with its refusal")
{
    const Directory directory;
    auto store = open_engine(directory, catalogue());
    const auto id = launch(*store, "old");
    const auto early = store->read();
    const auto wider = catalogue({colour_overlay()}, 2);
    const auto redefine = [&](bool refused) {
        return store->write([&](Unit& unit) -> Result<void> {
            CHECK_OK(unit.redefine(wider));
            const auto& object = unit.catalogue().at("boat");
            auto record = new_boat(unit, refused ? "refused" : "new");
            record.set(*object.slot("x_colour"), std::string{"红色"});
            CHECK_OK(unit.insert(object, record));
            if (refused) return refuse("forbidden");
            return {};
        });
    };
    EXPECT_FALSE(redefine(true));
    EXPECT_EQ(store->catalogue()->epoch(), 1u);
    launch(*store, "between");
    ASSERT_TRUE(redefine(false));
    EXPECT_EQ(store->catalogue()->epoch(), 2u);
    EXPECT_TRUE(early->find(early->catalogue().at("boat"), id));
    const auto view = store->read();
    const auto& object = view->catalogue().at("boat");
    EXPECT_TRUE(view->find_unique(object, *object.slot("x_colour"), std::string{"红色"}));
    EXPECT_EQ(view->count({.from = &object}, moment()), 3);
    EXPECT_EQ(view->records({.from = &object, .search = search_query("hongse")}, moment()).size(), 1u);
}

}  // namespace
}  // namespace shangdao::store::contract
