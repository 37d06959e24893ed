// A small world for tests of the rule language: boats, their harbour, their visits.
#pragma once

#include <memory>

#include "formula/check.h"
#include "formula/evaluate.h"
#include "record/record.h"

namespace shangdao::formula::testing_boats {

inline constexpr record::Choice states[] = {{.key = "afloat", .label = {"在航", "Afloat"}}, {.key = "docked", .label = {"停泊", "Docked"}}};
inline constexpr record::Choice kinds[] = {{.key = "repair", .label = {"维修", "Repair"}}, {.key = "cargo", .label = {"装卸", "Cargo"}}};
inline constexpr record::FieldDef boat_fields[] = {
    {.name = "name", .type = Type::text, .label = {"船名", "Name"}},
    {.name = "price", .type = Type::money, .label = {"价格", "Price"}},
    {.name = "budget", .type = Type::money, .label = {"预算", "Budget"}},
    {.name = "state", .type = Type::choice, .label = {"状态", "State"}, .choices = states},
    {.name = "length", .type = Type::number, .label = {"长度", "Length"}, .scale = 2},
    {.name = "load", .type = Type::share, .label = {"载率", "Load"}},
    {.name = "harbour", .type = Type::reference, .label = {"母港", "Harbour"}, .target = "harbour"},
    {.name = "built_on", .type = Type::date, .label = {"建造日", "Built on"}},
    {.name = "seen_at", .type = Type::instant, .label = {"最近出现", "Seen at"}},
    {.name = "flags", .type = Type::choices, .label = {"旗帜", "Flags"}, .choices = states},
};
inline constexpr record::FieldDef harbour_fields[] = {{.name = "name", .type = Type::text, .label = {"港口", "Name"}}, {.name = "country", .type = Type::text, .label = {"国家", "Country"}}};
inline constexpr record::FieldDef visit_fields[] = {
    {.name = "name", .type = Type::text, .label = {"主题", "Name"}},
    {.name = "boat", .type = Type::reference, .label = {"船", "Boat"}, .target = "boat", .reverse = "visits"},
    {.name = "kind", .type = Type::choice, .label = {"类型", "Kind"}, .choices = kinds},
    {.name = "fee", .type = Type::money, .label = {"费用", "Fee"}},
};
inline constexpr record::FieldDef member_fields[] = {{.name = "name", .type = Type::text, .label = {"姓名", "Name"}}};
inline constexpr record::ObjectDef boat_object{.name = "boat", .plural = "boats", .label = {"船", "Boat"}, .plural_label = {"船", "Boats"}, .fields = boat_fields};
inline constexpr record::ObjectDef harbour_object{.name = "harbour", .plural = "harbours", .label = {"港", "Harbour"}, .plural_label = {"港", "Harbours"}, .fields = harbour_fields};
inline constexpr record::ObjectDef visit_object{.name = "visit", .plural = "visits", .label = {"到港", "Visit"}, .plural_label = {"到港", "Visits"}, .fields = visit_fields};
inline constexpr record::ObjectDef member_object{.name = "member", .plural = "members", .label = {"成员", "Member"}, .plural_label = {"成员", "Members"}, .fields = member_fields};

// Hides one field from its viewer; every row is visible.
class Hides final : public record::Sight {
public:
    Hides(const record::Catalogue& catalogue, std::string_view object, std::string_view field)
        : object_(catalogue.at(object).index()), slot_(*catalogue.at(object).slot(field))
    {
        all_.kind = record::RowSight::Kind::all;
    }
    record::FieldLevel field(const record::Object& object, std::size_t slot) const override
    {
        return object.index() == object_ && slot == slot_ ? record::FieldLevel::hidden : record::FieldLevel::edit;
    }
    const record::RowSight& rows(const record::Object&) const override { return all_; }

private:
    std::size_t object_, slot_;
    record::RowSight all_;
};

class Memory final : public Surroundings {
public:
    std::vector<std::pair<const record::Object*, record::Record>> records;

    const record::Record* find(const record::Object& object, Id id) override
    {
        for (const auto& [of, record] : records)
            if (of->index() == object.index() && record.id() == id) return &record;
        return nullptr;
    }
    std::vector<record::Record> children(const record::Object& object, std::size_t slot, Id parent) override
    {
        std::vector<record::Record> found;
        for (const auto& [of, record] : records)
            if (of->index() == object.index() && record.at(slot) == Value{parent}) found.push_back(record);
        return found;
    }
};

// One boat, 海鸥号, docked at 上海港 with two visits; today is 2026-03-25, the viewer owns it.
struct Fleet {
    std::shared_ptr<const record::Catalogue> catalogue;
    record::Record boat;
    Moment moment;
    std::unique_ptr<Memory> surroundings = std::make_unique<Memory>();

    Fleet()
    {
        record::CatalogueBuilder builder;
        for (const auto* def : {&boat_object, &harbour_object, &visit_object, &member_object}) builder.add(*def);
        catalogue = *builder.build(1);
        const auto& boats = catalogue->at("boat");
        const auto& harbours = catalogue->at("harbour");
        const auto& visits = catalogue->at("visit");
        const Currency yuan{"CNY"};

        record::Record harbour(harbours);
        harbour.set(record::slot_id, Id{2});
        harbour.set(*harbours.slot("name"), std::string{"上海港"});
        harbour.set(*harbours.slot("country"), std::string{"CN"});
        surroundings->records.emplace_back(&harbours, harbour);
        for (const auto& [id, kind, fee] : {std::tuple{3, "repair", 1000}, std::tuple{4, "cargo", 2000}}) {
            record::Record visit(visits);
            visit.set(record::slot_id, Id{id});
            visit.set(*visits.slot("boat"), Id{1});
            visit.set(*visits.slot("kind"), record::ChoiceKey{kind});
            visit.set(*visits.slot("fee"), Money::of_base(fee, yuan));
            surroundings->records.emplace_back(&visits, visit);
        }
        boat = record::Record(boats);
        boat.set(record::slot_id, Id{1});
        boat.set(record::slot_owner, Id{9});
        boat.set(*boats.slot("name"), std::string{"海鸥号"});
        boat.set(*boats.slot("price"), Money::of_base(120050, yuan));
        boat.set(*boats.slot("state"), record::ChoiceKey{"docked"});
        boat.set(*boats.slot("length"), Number{1250, 2});
        boat.set(*boats.slot("load"), Share{400'000});
        boat.set(*boats.slot("harbour"), Id{2});
        boat.set(*boats.slot("built_on"), Date::of(2026, 3, 20));
        boat.set(*boats.slot("seen_at"), *parse_instant("2026-03-19T20:00:00Z"));   // the 20th in Shanghai
        boat.set(*boats.slot("flags"), record::ChoiceKeys{{"afloat"}});

        moment.now = *parse_instant("2026-03-25T02:00:00Z");
        moment.zone = *Zone::find("Asia/Shanghai");
        moment.today = moment.zone.date_of(moment.now);
        moment.me = Id{9};
        moment.my_team = std::make_shared<const record::OwnerSet>(record::OwnerSet{Id{9}});
        moment.followed = moment.locked = std::make_shared<const record::OwnerSet>(record::OwnerSet{boat.id()});
        moment.base = yuan;
    }
    Scope scope() const { return {.catalogue = *catalogue, .object = catalogue->at("boat"), .base = Currency{"CNY"}}; }
};

}  // namespace shangdao::formula::testing_boats
